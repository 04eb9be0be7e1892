"""What the child process is asked, one by one, and what is said if it falls silent."""

import signal
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.assignment import Assignment, Task

SECONDS, TRAINING_SECONDS = 20.0, 600.0
REASONS = {
    9: "does your code use too much memory?",
    11: "a segmentation fault; does your code use ctypes, or recurse without end?",
}


@dataclass(frozen=True)
class Step:
    """A request to the child: the name of a file to import, or a task to check."""

    request: str | Task

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"importing {self.request}" if isinstance(self.request, str) else self.request.id

    @property
    def seconds(self) -> float:
        """How long the answer may take."""
        training = isinstance(self.request, Task) and self.request.experiment
        return TRAINING_SECONDS if training else SECONDS

    def endless(self) -> str:
        """It took longer than that."""
        limit = f"within {self.seconds:g} s"
        return f"{self.name} gave no answer {limit}: is there an endless loop{self._place()}?"

    def ended(self, status: int | None) -> str:
        """The process ended with `status`, which is negative for a signal."""
        how, why = f"exit status {status}", f"does your code call exit{self._place()}?"
        if status is not None and status < 0:
            how = f"killed by signal {-status}"
            why = REASONS.get(-status, signal.strsignal(-status) or "no common one")
        return f"{self.name} ended the process ({how}): {why}"

    def _place(self) -> str:
        return " outside of its functions" if isinstance(self.request, str) else ""


def imports(assignment: Assignment, task: Task) -> list[Step]:
    """The files that `task` may need, each after those it needs; a training run needs all."""
    if task.file:
        files = {task.file, *below(assignment, task.file)}
    else:
        files = set(assignment.student_files)
    return [Step(file) for file in in_order(assignment, files)]


def in_order(assignment: Assignment, files: Iterable[str]) -> list[str]:
    """`files`, each after those it needs."""
    return sorted(files, key=lambda f: (len(below(assignment, f)), f))


def below(assignment: Assignment, file: str) -> set[str]:
    """The other files that tasks of `file` build on: it may import them."""
    needs = [need for t in assignment.tasks if t.file == file for need in assignment.foundations(t)]
    files = {assignment.task(need).file for need in needs}
    return {other for other in files if other and other != file}
