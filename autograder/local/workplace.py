"""A student's folder: the files as they are on disk now, called in this process."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.assignment import Assignment, AssignmentError, Experiment, Task
from autograder.judge.experiment import Hyperparameters
from autograder.student.channel import (
    Answer,
    Call,
    Channel,
    Handle,
    StudentError,
    Unusable,
    error_from,
)
from autograder.student.export import export
from autograder.student.local import LocalChannel
from autograder.student.session import Failure, described
from autograder.submission import Submission, read_workplace


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
    """The student's own code as a bench; nothing can stand in for a broken function here."""

    def __init__(self, assignment: Assignment) -> None:
        self.submission: Submission = read_workplace(assignment)
        self._channel = LocalChannel(
            assignment.package, {**_given(assignment), **self.submission.modules()}
        )

    def own(self) -> Channel:
        """The student's code."""
        return self._channel

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> None:
        """There is no reference in a student's folder."""

    def stub_left(self, task: Task) -> bool:
        """Is the released stub of `task` still in the text?"""
        return self.submission.stub_left(task)

    def where(self, error: BaseException) -> str:
        """The last line of the student's files that `error` passed, or ""."""
        return self._channel.session.where(error)

    def load(self, file: str) -> None:
        """Import a student's file, as far as that goes."""
        with suppress(Failure):
            self._channel.session.load(_module(file))

    def stopped(self, task: Task) -> str:
        """What stopped the imported file of `task` before its end, or ""."""
        session = self._channel.session
        return session.stopped.get(f"{session.name}.{_module(task.file)}", "") if task.file else ""


class LiveFunction:
    """A function defined in the running notebook, as a bench and its channel."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function

    def own(self) -> "LiveFunction":
        """The function is its own channel."""
        return self

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> None:
        """It needs no other task."""

    def stub_left(self, task: Task) -> bool:
        """The stub raises when it is called."""
        return True

    def begin(self, seed: int) -> None:
        """It keeps no state."""

    def invoke(self, call: Call) -> Answer:
        """Call the function; raises StudentError."""
        try:
            return Answer(export(self._function(), _refuse))
        except StudentError:
            raise
        except Exception as error:
            raise error_from(described(error)) from None


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


def _refuse(value: Any) -> Handle:
    raise Unusable(f"the function returned a {type(value).__name__}, not plain numbers")
