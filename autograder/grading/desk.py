"""Where submissions are taken up: what is known of one is looked up, the rest is judged."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from autograder.assignment import Assignment
from autograder.dialects.reading import read_in_dialect
from autograder.grading.grade import FAULT, Entry, Job, Judge, faulty_entry
from autograder.grading.known import known_entry
from autograder.grading.store import Store, content_key
from autograder.intake import Found, take_in
from autograder.submission import submission_id
from datasets import chosen_source


@dataclass(frozen=True)
class Graded:
    """What came of one submission.

    key: under which its entry is kept or to be kept, "" for one that is not to be. entry: None if
    it is kept already. in_part: whether some of it is from an earlier run.
    """

    key: str
    entry: Entry | None
    in_part: bool = False


class Desk:
    """Takes up one submission after the other; `made_by` is what `judged_by` says.

    It reads the store and leaves writing to whoever asks, who is one for many desks.
    """

    def __init__(self, job: Job, made_by: Mapping[str, str]) -> None:
        self._job, self._made_by = job, made_by
        self._judge, self._store = Judge(job), Store(job.store)
        self._judge_of = cache(lambda tasks: Judge(replace(job, tasks=tasks)))

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self._judge.__exit__()

    def graded(self, path: Path) -> Graded:
        """What comes of the submission at `path`; a fault of the grader is told in the entry."""
        try:
            return self._graded(path)
        except Exception as error:
            return Graded("", fault(path, self._judge.assignment, self._job, error))

    def _graded(self, path: Path) -> Graded:
        assignment = self._judge.assignment
        found = take_in(path)
        key = result_key(path, found, assignment, self._job)
        known = known_entry(self._store, key, assignment, self._made_by)
        if known and not known.stale:
            return Graded(key, None)
        submission = read_in_dialect(path, assignment, self._job.dialect, found)
        again = known and known.renewed(self._judge_of(known.stale).judge(submission))
        entry = again or self._judge.judge(submission)
        return Graded("" if faulty(entry) else key, entry, in_part=bool(again))


def fault(path: Path, assignment: Assignment, job: Job, error: Exception) -> Entry:
    """The entry of a submission on which the grader failed with `error`."""
    return faulty_entry(assignment, path, job, f"{type(error).__name__}: {error}"[:1000])


def faulty(entry: Entry) -> bool:
    """Did the grader itself fail on this submission?"""
    return any(task["verdict"] == FAULT for task in entry["tasks"])


def result_key(path: Path, found: Found, assignment: Assignment, job: Job) -> str:
    """Equal keys promise equal verdicts, as far as `judged_by` is equal: the same work, judged in
    the same way. `found` is what lies at `path`."""
    how = (job.seed, job.tasks, job.experiments, job.environments, job.tier.name, job.dialect)
    options = repr((how, sorted(versions().items())))
    work = (submission_id(path), path.name, found.digest)
    return content_key(*work, assignment.digest_of_verdicts, options, chosen_source())


@cache
def versions() -> dict[str, str]:
    """Of the programs that a verdict may depend on."""
    names = ["graded-nets", "numpy", "nbgrader", *(["torch"] if find_spec("torch") else [])]
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
