"""A bench without a sandbox, for what takes thousands of submissions."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from autograder.assignment import Assignment, Task
from autograder.grading.grade import entry
from autograder.grading.staff import given_files
from autograder.judge.case import public_trials
from autograder.judge.examine import Examination, examine
from autograder.judge.trial import ReferenceExpected
from autograder.student.local import LocalChannel
from autograder.student.session import Session
from autograder.submission import Submission


class Helped(LocalChannel):
    """The student's code with the functions of `staff` as stand-ins of the same names."""

    def __init__(self, package: str, files: Mapping[str, str], staff: Mapping[str, Any]) -> None:
        self.asked: set[str] = set()
        stand_ins = {name: partial(self._ask, name, found) for name, found in staff.items()}
        super().__init__(package, files, stand_ins)

    def _ask(self, name: str, found: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.asked.add(name)
        return found(*args, **kwargs)


class InProcess:
    """One submission. What ends or hangs its process must not come here."""

    def __init__(
        self, assignment: Assignment, given: Mapping[str, str], work: Submission, staff: Session
    ) -> None:
        self._assignment, self._work, self._staff = assignment, work, staff
        self._files = {**given, **work.files}
        self._made: dict[Any, Helped] = {}

    def __enter__(self) -> "InProcess":
        return self

    def __exit__(self, *_: object) -> None:
        for channel in self._made.values():
            channel.session.close()

    def own(self, task: Task) -> Helped:
        return self.helped(())

    def weights(self, name: str) -> None:
        return None

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> Helped:
        if (stand_ins, silent) not in self._made:
            files = {**self._files, **self._work.modules(silent)}
            staff = dict(map(self._stand_in, stand_ins))
            self._made[stand_ins, silent] = Helped(self._assignment.package, files, staff)
        return self._made[stand_ins, silent]

    def _stand_in(self, name: str) -> tuple[str, Any]:
        module = PurePosixPath(self._assignment.task(name).file or "").stem
        return f"{module}.{name}", getattr(self._staff.load(module), name)

    def stub_left(self, task: Task) -> bool:
        return self._work.stub_left(task)

    def untouched(self, task: Task) -> bool:
        return False


class InThisProcess:
    """Judges public trials as the sandboxed judge does, in a tenth of its time."""

    def __init__(self, assignment: Assignment, staff: LocalChannel) -> None:
        self._given, self._staff = given_files(assignment), staff.session
        self._examination = Examination(assignment, ReferenceExpected(staff), public_trials)

    def __call__(self, files: dict[str, str], where: frozenset[str] | None = None) -> Any:
        """Each task of `where` (none: of all files) and each it needs, by its id."""
        assignment, work = self._examination.assignment, Submission("s", files)
        wanted = [t for t in assignment.tasks if t.file and (where is None or t.id in where)]
        with InProcess(assignment, self._given, work, self._staff) as bench:
            results = list(examine(self._examination, bench, wanted))
        return {task["id"]: task for task in entry(work, results)["tasks"]}
