"""A student's folder: the files as they are on disk now, called in this process."""

from collections.abc import Callable, Mapping
from pathlib import Path
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
from autograder.student.session import described
from autograder.submission import Submission, read_workplace


def find_folder(start: Path) -> Path:
    """The nearest folder at or above `start` with an assignment.toml."""
    for folder in (start, *start.parents):
        if (folder / "assignment.toml").exists():
            return folder
    text = f"{start}: no assignment.toml here or above; open the folder that you unpacked"
    raise AssignmentError(text)


class Workplace:
    """The student's own code as a bench; nothing can stand in for a broken function here."""

    def __init__(self, assignment: Assignment) -> None:
        self.submission: Submission = read_workplace(assignment)
        self._channel = LocalChannel(
            assignment.package, {**_given(assignment), **self.submission.modules()}
        )

    def own(self, task: Task) -> Channel:
        """The student's code."""
        return self._channel

    def weights(self, name: str) -> bytes | None:
        """The file of trained weights of that name."""
        return self.submission.weights.get(name)

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> None:
        """There is no reference in a student's folder."""

    def stub_left(self, task: Task) -> bool:
        """Is the released stub of `task` still in the text?"""
        return self.submission.stub_left(task)


class LiveFunction:
    """A function defined in the running notebook, as a bench and its channel."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function

    def own(self, task: Task) -> "LiveFunction":
        """The function is its own channel."""
        return self

    def weights(self, name: str) -> None:
        """It needs none."""

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


def _given(assignment: Assignment) -> dict[str, str]:
    paths = [assignment.root / name for name in assignment.given_files]
    missing = [path for path in paths if not path.exists()]
    if missing:
        text = f"{missing[0]}: this given file is missing; take it from the assignment's zip again"
        raise AssignmentError(text)
    names = zip(assignment.given_files, paths, strict=True)
    return {name: path.read_text(encoding="utf-8") for name, path in names}


def _refuse(value: Any) -> Handle:
    raise Unusable(f"the function returned a {type(value).__name__}, not plain numbers")
