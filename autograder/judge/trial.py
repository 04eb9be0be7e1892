"""One trial: ask the student's code, compare with what is expected."""

import builtins
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, Case, Trial
from autograder.judge.claims import Claim
from autograder.judge.compare import TOLERANCES, compare
from autograder.judge.describe import describe
from autograder.judge.finding import Finding
from autograder.student.channel import (
    Channel,
    Crashed,
    Raised,
    StudentError,
    TimedOut,
    Tree,
    Unreachable,
)
from autograder.student.proxy import Logged, Student

KNOWN_ERRORS = {n for n, e in vars(builtins).items() if isinstance(e, type) and n.endswith("Error")}


@dataclass(frozen=True)
class Expectation:
    """What the reference answered, and a description of each of its calls' results.

    `accepted` holds the answers of other conventions that count as right, each with its note;
    `right` what was found right before, by what the channel told of it: most of a class answer the
    same, bit for bit.
    """

    answers: dict[str, Any]
    calls: tuple[tuple[str, str], ...] = ()
    accepted: tuple[tuple[str, dict[str, Any]], ...] = ()
    right: "dict[bytes, Outcome]" = field(default_factory=dict)


MOST_RIGHT = 32
"""Ways to be right in a trial that are remembered."""

Alternatives = Callable[[str], Iterable[tuple[str, Channel]]]


class Expected(Protocol):
    """Where expected answers come from: the reference, or a recording of it."""

    def of(self, trial: Trial) -> Expectation:
        """The expected answers of `trial`."""


@dataclass
class Outcome:
    """What one trial showed; `error` is set when the code gave no answer.

    `given` is what was passed to the code under a name of its own: parameters, settings.
    """

    trial: Trial
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    error: StudentError | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Nothing is wrong."""
        return not self.findings


class ReferenceExpected:
    """Runs the reference in this process, once per trial.

    `alternatives(task)` gives the accepted conventions: a note, and an implementation of each.
    """

    def __init__(self, channel: Channel, alternatives: Alternatives = lambda task: ()) -> None:
        self._channel, self._alternatives = channel, alternatives
        self._known: dict[tuple[str, int], Expectation] = {}
        self._values: dict[tuple[str, int], list[Tree]] = {}

    def of(self, trial: Trial) -> Expectation:
        """The expected answers of `trial`; an exception here is a fault of the grader."""
        key = trial.key, trial.seed
        if key not in self._known:
            self._known[key] = self._ask(trial)
        return self._known[key]

    def values(self, trial: Trial) -> list[Tree]:
        """What each call of `trial` returned."""
        self.of(trial)
        return self._values[trial.key, trial.seed]

    def _ask(self, trial: Trial) -> Expectation:
        answers, student = ask(self._channel, trial)
        self._values[trial.key, trial.seed] = [logged.value for logged in student.log]
        calls = tuple((logged.target, describe(logged.value)) for logged in student.log)
        others = self._alternatives(trial.case.task)
        accepted = tuple((note, dict(ask(channel, trial)[0])) for note, channel in others)
        return Expectation(dict(answers), calls, accepted)


def ask(channel: Channel, trial: Trial) -> tuple[Answers, Student]:
    """The answers of the code behind `channel`."""
    channel.begin(trial.seed)
    student = Student(channel)
    return _question(student, trial), student


def _question(student: Student, trial: Trial) -> Answers:
    with np.errstate(all="ignore"):
        answers = trial.case.ask(student, Draw(trial.seed))
    return answers if isinstance(answers, Answers) else Answers(answers)


def run_trial(trial: Trial, channel: Channel, expected: Expected) -> Outcome:
    """Judge one trial; only a fault of the grader raises."""
    right, told = expected.of(trial).right, channel.begin(trial.seed)
    if told and told.digest in right:
        return right[told.digest]
    outcome = _judged(trial, channel, expected.of(trial))
    if told and not told.asked and outcome.passed and len(right) < MOST_RIGHT:
        # The answers themselves are of use only where others are wrong.
        right[told.digest] = Outcome(trial, notes=outcome.notes)
    return outcome


def _judged(trial: Trial, channel: Channel, expectation: Expectation) -> Outcome:
    student, outcome = Student(channel), Outcome(trial)
    try:
        answers = _question(student, trial)
        # Before an explanation tries other values.
        outcome.given = {k: v for logged in student.log for k, v in logged.given.items()}
        coarse = _has_float32([logged.value for logged in student.log])
        _compare(answers, expectation, outcome, coarse=coarse)
    except Unreachable:
        raise
    except StudentError as error:
        outcome.error = _bare(error)
        outcome.findings = [_of_error(error, public=trial.public)]
    except Exception as error:
        # The same lines ran on the reference: only the student's answer can be the cause.
        outcome.findings = [_malformed(student.log, expectation, error)]
    _note_changes(student.log, outcome)
    name = trial.case.label
    outcome.findings = [replace(f, case=name, public=trial.public) for f in outcome.findings]
    return outcome


def _bare(error: StudentError) -> StudentError:
    """Without the frames that it passed: some outcomes are kept, and all modules with these."""
    error.__context__ = None
    return error.with_traceback(None)


def _of_error(error: StudentError, *, public: bool) -> Finding:
    """What the student's code says of itself may hold the inputs: those of a hidden trial are not
    for its page."""
    if public or isinstance(error, Crashed | TimedOut):
        return Finding("", str(error))
    kind = error.kind if isinstance(error, Raised) else ""
    kind = kind if kind in KNOWN_ERRORS else "an error"
    return Finding("", f"{kind}, with inputs other than the published ones", str(error))


def _compare(answers: Answers, expectation: Expectation, outcome: Outcome, *, coarse: bool) -> None:
    case = outcome.trial.case
    outcome.answers = dict(answers)
    outcome.findings, outcome.notes = differences(case, answers, expectation.answers, coarse=coarse)
    if not outcome.findings:
        return
    for note, accepted in expectation.accepted:
        findings, notes = differences(case, answers, accepted, coarse=coarse)
        if not findings:
            outcome.findings, outcome.notes = [], [note, *notes]
            return
    outcome.findings = [_explained(finding, answers) for finding in outcome.findings]


def differences(
    case: Case, answers: Mapping[str, Any], expected: Mapping[str, Any], *, coarse: bool = False
) -> tuple[list[Finding], list[str]]:
    """What is wrong with `answers`, claims included, and what is worth a note.

    `coarse`: float32 took part on the way, so that float64 answers are no more exact than that.
    """
    tolerance = TOLERANCES["float32"] if coarse else case.tolerance
    findings: list[Finding | None] = []
    notes: list[str] = []
    for quantity, actual in answers.items():
        if isinstance(actual, Claim):
            findings.append(actual.verify(quantity))
            notes.extend(actual.notes(quantity))
            continue
        lenient = quantity in case.lenient
        comparison = compare(
            quantity, actual, expected[quantity], lenient=lenient, tolerance=tolerance
        )
        findings.append(comparison.finding)
        notes.extend(comparison.notes)
    return [finding for finding in findings if finding is not None], notes


def _explained(finding: Finding, answers: Answers) -> Finding:
    if answers.explain is None or finding.actual is None:
        return finding
    if np.shape(finding.actual) != np.shape(finding.expected):
        return finding
    try:
        with np.errstate(all="ignore"):
            own = answers.explain(finding.quantity)
    except Unreachable:
        raise
    except Exception:
        return finding
    if own is None:
        return finding
    sentence = (
        "It is the derivative of your own forward pass, so look at the forward pass."
        if own
        else "It is not the derivative of your own forward pass."
    )
    return replace(finding, summary=f"{finding.summary}.\n{sentence}")


def _malformed(log: list[Logged], expectation: Expectation, error: Exception) -> Finding:
    if log and len(log) <= len(expectation.calls):
        target, wanted = expectation.calls[len(log) - 1]
        name = target.rsplit(".", 1)[-1]
        got = describe(log[-1].value)
        if got != wanted:
            return Finding(name, f"{name} returned {got}; expected is {wanted}")
    return Finding("answer", f"The answer has not the form that was asked for ({error})"[:500])


def _has_float32(tree: Any) -> bool:
    match tree:
        case np.ndarray():
            return bool(tree.dtype == np.float32)
        case list() | tuple():
            return any(_has_float32(item) for item in tree)
        case dict():
            return any(_has_float32(item) for item in tree.values())
    return False


def _note_changes(log: list[Logged], outcome: Outcome) -> None:
    for logged in log:
        for position in logged.changed:
            name = logged.target.rsplit(".", 1)[-1]
            outcome.notes.append(f"{name} changes its argument number {position + 1} in place")
    outcome.notes = list(dict.fromkeys(outcome.notes))
