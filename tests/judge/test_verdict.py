"""From outcomes to verdicts and points."""

from collections.abc import Mapping

import pytest

from autograder.assignment import Task
from autograder.draw import Draw
from autograder.judge.case import Case, Trial
from autograder.judge.finding import Finding
from autograder.judge.trial import Outcome
from autograder.judge.verdict import Result, better, name_of, verdict_of
from autograder.student import channel as ch
from autograder.student.proxy import Student

TASK = Task(id="f", title="F", points=4.0, notebook="n.ipynb", file="m.py")
CREDIT = {"main": 0.7, "edge": 0.3}
BOTH = frozenset(CREDIT)


def no_answers(student: Student, draw: Draw) -> Mapping[str, object]:
    return {}


def outcome(group: str, wrong: bool = False, error: ch.StudentError | None = None) -> Outcome:
    trial = Trial(Case("f", "a_case", no_answers, group), 0, True, 1)
    findings = [Finding("x", "wrong", case=f"{group}: a case")] if wrong or error else []
    return Outcome(trial, findings, notes=[f"note of {group}"], error=error)


def judged(*outcomes: Outcome, groups: frozenset[str] = BOTH) -> tuple[str, float]:
    result = verdict_of(TASK, outcomes, CREDIT, groups)
    return result.verdict, result.points


def test_points_are_split_by_group() -> None:
    right, odd = outcome("main"), outcome("edge")
    assert judged(right, odd) == ("passed", 4.0)
    assert judged(right, outcome("edge", wrong=True)) == ("partial", 2.8)
    assert judged(right) == ("partial", 2.8)
    assert judged(right, groups=frozenset({"main"})) == ("passed", 4.0)
    assert judged(right, outcome("main", wrong=True), odd) == ("failed", 0.0)
    assert judged(outcome("main", wrong=True), odd) == ("failed", 0.0)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (ch.NotAttempted("f"), "not attempted"), (ch.NotAttempted("g"), "blocked"),
        (ch.Missing("no f"), "not attempted"), (ch.Stopped("no f"), "crashed"),
        (ch.TimedOut("slow"), "timed out"),
        (ch.Crashed("died"), "crashed"), (ch.Raised("KeyError", "x"), "crashed"),
        (ch.Unusable("junk"), "failed"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_an_error_of_the_main_group_names_the_verdict(error: ch.StudentError, verdict: str) -> None:
    assert name_of(TASK, error) == verdict
    assert judged(outcome("main", error=error)) == (verdict, 0.0)
    assert judged(outcome("main"), outcome("edge", error=error)) == ("partial", 2.8)
    assert judged(outcome("main", wrong=True), outcome("edge", error=error)) == ("failed", 0.0)


def test_notes_of_passed_trials_and_findings_of_failed_ones_are_kept_once() -> None:
    outcomes = [outcome("main"), outcome("main"), *[outcome("edge", wrong=True)] * 3]
    result = verdict_of(TASK, outcomes, CREDIT, BOTH)
    assert result.notes == ("note of main",) and len(result.findings) == 1


def test_help_counts_only_if_it_helps() -> None:
    def result(verdict: str, points: float) -> Result:
        return Result(TASK, verdict, points, outcomes=(outcome("main"),))

    own, passed = result("partial", 2.8), result("passed", 4.0)
    assert better(own, passed) is passed
    assert better(own, result("partial", 2.8)) is own
    assert better(own, result("failed", 0.0)) is own


def test_what_was_not_tried_says_less_than_what_failed_with_help() -> None:
    failed = Result(TASK, "failed", outcomes=(outcome("main", wrong=True),))
    assert better(Result(TASK, "blocked"), failed) is failed
