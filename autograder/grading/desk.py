"""Where submissions are taken up: what is known of one is looked up, the rest is judged."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from autograder.assignment import Assignment
from autograder.grading.grade import FAULT, Entry, Job, faulty_entry
from autograder.grading.judging import Judging
from autograder.grading.known import Known, known_entry
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


@dataclass(frozen=True)
class Taken:
    """A submission that is to be judged: what was found, its key, and what is known of it."""

    found: Found
    key: str
    known: Known | None

    def graded(self, entry: Entry, in_part: bool) -> Graded:
        """What came of it; a fault of the grader is not to be kept."""
        return Graded("" if faulty(entry) else self.key, entry, in_part)


class Register:
    """What is known of submissions; `made_by` is what `judged_by` says.

    It reads the store and leaves writing to whoever asks, who is one for many.
    """

    def __init__(self, assignment: Assignment, job: Job, made_by: Mapping[str, str]) -> None:
        self._assignment, self._job, self._made_by = assignment, job, made_by
        self._store = Store(job.store)

    def take(self, path: Path) -> Taken | Graded:
        """The submission at `path`, which is graded already if all is known, or if the grader
        fails to read it."""
        try:
            found = take_in(path)
            key = result_key(path, found, self._assignment, self._job)
            known = known_entry(self._store, key, self._assignment, self._made_by)
        except Exception as error:
            text = f"{type(error).__name__}: {error}"[:1000]
            return Graded("", faulty_entry(self._assignment, path, self._job, text))
        return Graded(key, None) if known and not known.stale else Taken(found, key, known)


class Desk:
    """Takes up one submission after the other."""

    def __init__(self, job: Job, made_by: Mapping[str, str]) -> None:
        self._judging = Judging(job)
        self._register = Register(self._judging.assignment, job, made_by)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self._judging.close()

    def graded(self, path: Path) -> Graded:
        """What comes of the submission at `path`; a fault of the grader is told in the entry."""
        taken = self._register.take(path)
        if isinstance(taken, Graded):
            return taken
        return taken.graded(*self._judging(path, taken.found, taken.known))


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
