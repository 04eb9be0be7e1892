"""The staff's library, judged by its own checks in this process."""

from collections.abc import Callable, Mapping
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
JudgeText = Callable[[Mapping[str, str], str, str], Result]


@pytest.fixture(scope="session")
def secrets(request: pytest.FixtureRequest) -> list[str]:
    """As many as `--seeds` says."""
    return [f"secret {number}" for number in range(request.config.getoption("--seeds"))]


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
    """Judges an entry as if a student had handed it in."""
    channels: dict[str, LocalChannel] = {}

    def judged(entry: Entry, task: str, secret: str, expected: Expected) -> Result:
        if entry.id not in channels:
            channels[entry.id] = LocalChannel(assignment.package, patched(files, entry))
        return _judged(assignment, channels[entry.id], task, secret, expected)

    return judged


@pytest.fixture(scope="session")
def judge_text(assignment: Assignment, reference: Expected) -> JudgeText:
    """Judges a whole library."""

    def judged(files: Mapping[str, str], task: str, secret: str) -> Result:
        channel = LocalChannel(assignment.package, files)
        result = _judged(assignment, channel, task, secret, reference)
        channel.session.close()
        return result

    return judged


def _judged(
    assignment: Assignment, channel: LocalChannel, task: str, secret: str, expected: Expected
) -> Result:
    """A case ends with its first failure."""
    outcomes: list[Outcome] = []
    for case in cases_of(task):
        for trial in graded_trials(case, secret):
            outcomes.append(run_trial(trial, channel, expected))
            if not outcomes[-1].passed:
                break
    groups = frozenset(case.group for case in cases_of(task))
    return verdict_of(assignment.task(task), outcomes, assignment.credit, groups)
