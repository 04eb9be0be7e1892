"""From the outcomes of a task's trials to its verdict and points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from autograder.assignment import Task
from autograder.judge.finding import Finding
from autograder.judge.trial import Outcome
from autograder.student.channel import (
    Crashed,
    Missing,
    NotAttempted,
    Raised,
    Stopped,
    StudentError,
    TimedOut,
)

MAX_FINDINGS = 6


@dataclass(frozen=True)
class Result:
    """The verdict on one task."""

    task: Task
    verdict: str
    points: float = 0.0
    stand_ins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    diagnosis: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = field(default=(), repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Full points."""
        return self.verdict == "passed"


def verdict_of(
    task: Task, outcomes: Sequence[Outcome], credit: Mapping[str, float], groups: frozenset[str]
) -> Result:
    """Split the points by group of cases; nothing is earned unless the main group is right.

    `groups` are the groups that the task has cases in: their shares are scaled to add up to one.
    """
    wrong = {o.trial.case.group for o in outcomes if not o.passed}
    reached = {o.trial.case.group for o in outcomes}
    right = (groups & reached) - wrong if "main" not in wrong else frozenset()
    share = sum(credit[g] for g in right) / sum(credit[g] for g in groups)
    name = "passed" if right == groups else "partial" if right else _failure(task, outcomes)
    return Result(
        task,
        name,
        round(task.points * share, 2),
        notes=_unique(note for o in outcomes if o.passed for note in o.notes),
        findings=_shown(outcomes),
        outcomes=tuple(outcomes),
    )


def _failure(task: Task, outcomes: Sequence[Outcome]) -> str:
    main = [o for o in outcomes if o.trial.case.group == "main"]
    errors = [o.error for o in main if o.error is not None]
    return name_of(task, errors[0]) if errors else "failed"


def name_of(task: Task, error: StudentError) -> str:
    """The verdict that an error in the main group stands for."""
    match error:
        case NotAttempted() if error.task == task.id:
            return "not attempted"
        case NotAttempted():
            return "blocked"
        case Stopped():
            return "crashed"
        case Missing():
            return "not attempted"
        case TimedOut():
            return "timed out"
        case Crashed() | Raised():
            return "crashed"
    return "failed"


def _shown(outcomes: Sequence[Outcome]) -> tuple[Finding, ...]:
    """One finding per case and quantity, the public one first: it shows more."""
    found: dict[tuple[str, str], Finding] = {}
    for outcome in outcomes:
        for finding in outcome.findings:
            found.setdefault((finding.case, finding.quantity), finding)
    return tuple(found.values())[:MAX_FINDINGS]


def _unique(notes: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notes))  # type: ignore[call-overload]


def better(own: Result, helped: Result) -> Result:
    """The result that earns more: the own one, or else the helped one.

    An own one without any outcome was not tried, and says nothing about the task.
    """
    tried = bool(own.outcomes)
    return helped if helped.passed or helped.points > own.points or not tried else own
