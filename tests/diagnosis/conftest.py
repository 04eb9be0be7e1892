"""The staff's library, judged by its own checks in this process."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import pytest

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Entry, patched
from autograder.diagnosis.naming import Diagnostician
from autograder.judge.case import Trial, cases_of, graded_trials
from autograder.judge.trial import Expected, Outcome, ReferenceExpected, run_trial
from autograder.judge.verdict import Result, verdict_of
from autograder.student.local import LocalChannel

Judge = Callable[[Entry, str, str, Expected], Result]
JudgeText = Callable[[Mapping[str, str], str, str], Result]


@pytest.fixture(scope="session")
def secrets(request: pytest.FixtureRequest) -> list[str]:
    """As many as `--seeds` says."""
    return [f"secret {number}" for number in range(request.config.getoption("--seeds"))]


@pytest.fixture(scope="session")
def diagnostician(assignment: Assignment, library: dict[str, str]) -> Diagnostician:
    return Diagnostician(assignment.package, library)


@pytest.fixture(scope="session")
def reference(staff: LocalChannel) -> Expected:
    return ReferenceExpected(staff)


@pytest.fixture(scope="session")
def judge(assignment: Assignment, library: dict[str, str]) -> Judge:
    """Judges an entry as if a student had handed it in."""

    @lru_cache(maxsize=4)
    def channel(entry: Entry) -> LocalChannel:
        return LocalChannel(assignment.package, patched(library, entry))

    # The public trials of a task are the same whatever the secret.
    @lru_cache(maxsize=256)
    def outcome(entry: Entry, trial: Trial, expected: Expected) -> Outcome:
        return run_trial(trial, channel(entry), expected)

    def judged(entry: Entry, task: str, secret: str, expected: Expected) -> Result:
        return _judged(assignment, task, secret, lambda trial: outcome(entry, trial, expected))

    return judged


@pytest.fixture(scope="session")
def judge_text(assignment: Assignment, reference: Expected) -> JudgeText:
    """Judges a whole library."""

    def judged(files: Mapping[str, str], task: str, secret: str) -> Result:
        channel = LocalChannel(assignment.package, files)
        result = _judged(
            assignment, task, secret, lambda trial: run_trial(trial, channel, reference)
        )
        channel.session.close()
        return result

    return judged


def _judged(
    assignment: Assignment, task: str, secret: str, ask: Callable[[Trial], Outcome]
) -> Result:
    """A case ends with its first failure."""
    outcomes: list[Outcome] = []
    for case in cases_of(task):
        for trial in graded_trials(case, secret):
            outcomes.append(ask(trial))
            if not outcomes[-1].passed:
                break
    groups = frozenset(case.group for case in cases_of(task))
    return verdict_of(assignment.task(task), outcomes, assignment.credit, groups)
