"""The judges of one process: of a whole job, and of what earlier results lack of it."""

from dataclasses import replace
from pathlib import Path

from autograder.dialects.reading import read_in_dialect
from autograder.grading.grade import Entry, Job, Judge, faulty_entry
from autograder.grading.known import Known
from autograder.intake import Found

Judged = tuple[Entry, bool]
"""An entry, and whether some of it is from an earlier run."""


class Judging:
    """Judges one submission after the other; a fault of the grader is told in the entry."""

    def __init__(self, job: Job) -> None:
        self._job, self._judge = job, Judge(job)
        self._of_tasks: dict[tuple[str, ...], Judge] = {}
        self.assignment = self._judge.assignment

    def __call__(self, path: Path, found: Found, known: Known | None) -> Judged:
        """The entry of the submission that was `found` at `path`; of what is `known`, only the rest
        is judged."""
        try:
            submission = read_in_dialect(path, self.assignment, self._job.dialect, found)
            again = known and known.renewed(self._of(known.stale).judge(submission))
            return again or self._judge.judge(submission), bool(again)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"[:1000]
            return faulty_entry(self.assignment, path, self._job, fault), False

    def close(self) -> None:
        """End all processes of the judges."""
        for judge in (self._judge, *self._of_tasks.values()):
            judge.__exit__()

    def _of(self, tasks: tuple[str, ...]) -> Judge:
        if tasks not in self._of_tasks:
            self._of_tasks[tasks] = Judge(replace(self._job, tasks=tasks))
        return self._of_tasks[tasks]
