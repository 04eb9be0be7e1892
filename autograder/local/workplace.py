"""A student's folder: the files as they are on disk now, called in this process."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.assignment import Assignment, AssignmentError, Experiment, Task
from autograder.judge.challenge import Gallery
from autograder.judge.experiment import Hyperparameters
from autograder.salvage.undefined import completed
from autograder.student.channel import Call, Channel
from autograder.student.local import LocalChannel
from autograder.student.session import Failure
from autograder.submission import PRELUDES, Submission, read_workplace
from datasets import get_data


def find_folder(start: Path) -> Path:
    """The nearest folder at or above `start` with an assignment.toml."""
    for folder in (start, *start.parents):
        if (folder / "assignment.toml").exists():
            return folder
    below = [file.parent for file in start.glob("*/assignment.toml")]
    goal = f"the folder {below[0]}" if len(below) == 1 else "the folder that you unpacked"
    text = f"{start}: no assignment.toml here or above; open the terminal or Jupyter in {goal}"
    raise AssignmentError(text)


class Workplace:
    """The student's own code as a bench; nothing can stand in for a broken function here.

    `live` holds what a running notebook defines, by task id: it counts, not the notebook as saved.
    """

    def __init__(self, assignment: Assignment, live: Mapping[str, Any] | None = None) -> None:
        self._live = dict(live or {})
        self.submission: Submission = read_workplace(assignment)
        cells = {
            f"cell_{name}.py": PRELUDES[assignment.task(name).environment] for name in self._live
        }
        own = completed(assignment, self.submission.files, self.submission.modules())
        files = {**_given(assignment), **own, **cells}
        stand_ins = {f"cell_{name}.{name}": found for name, found in self._live.items()}
        self.channel = LocalChannel(assignment.package, files, stand_ins)

    def own(self, task: Task) -> Channel:
        """The student's code."""
        return self.channel

    def weights(self, name: str) -> bytes | None:
        """The file of trained weights of that name."""
        return self.submission.weights.get(name)

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> None:
        """There is no reference in a student's folder."""

    def stub_left(self, task: Task) -> bool:
        """Is the released stub of `task` still in the text? A live one raises when it is called."""
        return task.id in self._live or self.submission.stub_left(task)

    def untouched(self, task: Task) -> bool:
        """Our own stubs say so when they are called."""
        return False

    def where(self, error: BaseException) -> str:
        """The last line of the student's files that `error` passed, or ""."""
        return self.channel.session.where(error)

    def load(self, file: str) -> str:
        """Import a student's file, as far as that goes; what stopped it before its end, or ""."""
        with suppress(Failure):
            self.channel.session.load(_module(file))
        return self.stopped(file)

    def stopped(self, file: str | None) -> str:
        """What stopped the imported file first, or ""."""
        session = self.channel.session
        stops = session.stopped.get(f"{session.name}.{_module(file)}") if file else None
        return stops[0].reason if stops else ""


def validation_gallery(count: int) -> Gallery:
    """The first `count` validation images: of those that a student has, no model trains on them."""
    data = get_data(quiet=True)
    return Gallery(data.X_val[:count], data.y_val[:count])


class OwnTrainer:
    """Trains the student's own net, or reads what a Solver has reached already."""

    def __init__(self, channel: Channel, solver: Any = None) -> None:
        self._channel, self._solver = channel, solver

    def measures(self, experiment: Experiment, chosen: Hyperparameters) -> Mapping[str, Any]:
        """The measures of the run, by the library's own experiments.py; raises StudentError."""
        solver = self._solver
        if solver is None:
            self._channel.begin(0)
            solver = self._call(experiment.train, chosen)
        measures: Mapping[str, Any] = self._call("measures", solver)
        return measures

    def _call(self, function: str, argument: Any) -> Any:
        call = Call("call", f"experiments.{function}", None, (argument,))
        return self._channel.invoke(call).value


def _module(file: str) -> str:
    """Its name within the package: the first folder is the package's own."""
    return ".".join(PurePosixPath(file).with_suffix("").parts[1:])


def _given(assignment: Assignment) -> dict[str, str]:
    return {name: _text(assignment.root / name) for name in assignment.given_files}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        what = "is missing"
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read ({error})"
    text = f"{path}: this given file {what}; take it from the assignment's zip again"
    raise AssignmentError(text)
