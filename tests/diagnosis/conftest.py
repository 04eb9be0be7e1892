"""The staff's library, judged by its own checks in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.assignment import Assignment, load_assignment
from autograder.diagnosis.catalogue import Entry, patched
from autograder.diagnosis.naming import Diagnostician
from autograder.grading.staff import staff_modules
from autograder.judge.case import cases_of, graded_trials, load_checks
from autograder.judge.trial import Expected, Outcome, ReferenceExpected, run_trial
from autograder.judge.verdict import Result, verdict_of
from autograder.student.local import LocalChannel

ROOT = Path(__file__).parents[2] / "source" / "modular-nets"
Judge = Callable[[Entry, str, str, Expected], Result]


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    found = load_assignment(ROOT)
    load_checks(found.checks)
    return found


@pytest.fixture(scope="session")
def files(assignment: Assignment) -> dict[str, str]:
    return staff_modules(assignment)


@pytest.fixture(scope="session")
def diagnostician(assignment: Assignment, files: dict[str, str]) -> Diagnostician:
    return Diagnostician(assignment.package, files)


@pytest.fixture(scope="session")
def reference(assignment: Assignment, files: dict[str, str]) -> Expected:
    return ReferenceExpected(LocalChannel(assignment.package, files))


@pytest.fixture(scope="session")
def judge(assignment: Assignment, files: dict[str, str]) -> Judge:
    """Judges an entry as if a student had handed it in; a case ends with its first failure."""
    channels: dict[str, LocalChannel] = {}

    def judged(entry: Entry, task: str, secret: str, expected: Expected) -> Result:
        if entry.id not in channels:
            channels[entry.id] = LocalChannel(assignment.package, patched(files, entry))
        outcomes: list[Outcome] = []
        for case in cases_of(task):
            for trial in graded_trials(case, secret):
                outcomes.append(run_trial(trial, channels[entry.id], expected))
                if not outcomes[-1].passed:
                    break
        groups = frozenset(case.group for case in cases_of(task))
        return verdict_of(assignment.task(task), outcomes, assignment.credit, groups)

    return judged
