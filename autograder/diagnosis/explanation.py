"""Which known mistakes explain what is wrong: one, or two that were made at once?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic

from autograder.diagnosis.evidence import Evidence, M, refuted, wrong_in
from autograder.diagnosis.hints import hint
from autograder.diagnosis.pairs import Pairs
from autograder.judge.claims import Holds
from autograder.judge.finding import Finding
from autograder.judge.trial import Outcome
from autograder.judge.verdict import Result
from autograder.student.channel import Crashed, NotAttempted, TimedOut

# What no known mistake does: none need be tried to see that it differs.
NO_ANSWER = (NotAttempted, Crashed, TimedOut)
GUESS = "It may be this:"


@dataclass(frozen=True)
class Explanation(Generic[M]):
    """The mistakes that were made at once, and others that explain as much as the first.

    Those made are `guessed` of which conditions fail as with them, but no numbers are wrong.
    """

    made: tuple[M, ...] = ()
    others: tuple[M, ...] = ()
    guessed: tuple[M, ...] = ()


def explain(result: Result, evidence: Evidence[M]) -> Explanation[M]:
    """A mistake with the answers of the first failed trial, or two with those of all."""
    failed = [outcome for outcome in result.outcomes if not outcome.passed]
    candidates = evidence.candidates(result.task.id)
    if not failed or not candidates or isinstance(failed[0].error, NO_ANSWER):
        return Explanation()
    fitting = _fitting(candidates, result.outcomes, failed, evidence)
    measured = [outcome for outcome in failed if not _conditions(outcome)]
    proved = tuple(m for m in fitting if any(_explains(m, o, evidence) for o in measured))
    whole = tuple(m for m in fitting if all(_explains(m, o, evidence) for o in failed))
    if whole and whole[0] not in proved:
        return Explanation(whole, guessed=whole) if len(whole) == 1 else Explanation()
    for pair in () if whole else Pairs(candidates, result.outcomes, evidence):
        guessed = tuple(m for m in pair if not any(evidence.wrong(m, o.trial) for o in measured))
        if guessed != pair:
            return Explanation(pair, guessed=guessed)
    return Explanation(proved[:1], proved[1:])


def _conditions(outcome: Outcome) -> bool:
    """Does a condition fail? That may have many causes, while a wrong number has few."""
    return any(isinstance(outcome.answers.get(q), Holds) for q in wrong_in(outcome))


def diagnosed(result: Result, evidence: Evidence[M]) -> Result:
    """`result` with the mistakes' ids, and each finding with a hint and where to read on."""
    if not result.findings:
        # What was not attempted may have failed, and is nobody's mistake.
        return result
    found = explain(result, evidence)
    findings = (_told(finding, found, result, evidence) for finding in result.findings)
    names = tuple(mistake.id for mistake in (*found.made, *found.others))
    return replace(result, findings=tuple(findings), diagnosis=names)


def _told(
    finding: Finding, found: Explanation[M], result: Result, evidence: Evidence[M]
) -> Finding:
    outcomes = [outcome for outcome in result.outcomes if finding in outcome.findings]
    causes = _causes(finding, found, outcomes, evidence)
    if not causes:
        terms = {name: value for o in outcomes for name, value in _terms(o).items()}
        return replace(finding, hint=finding.hint or hint(finding, terms))
    hints = dict.fromkeys(mistake.hint for mistake in causes)
    sections = dict.fromkeys(mistake.section for mistake in causes)
    guess = any(mistake in found.guessed for mistake in causes)
    said = " ".join([GUESS] * guess + [*hints])
    return replace(finding, hint=said, section="; ".join(sections))


def _terms(outcome: Outcome) -> dict[str, Any]:
    """What may be a term of a wrong answer: the right ones, and what the code was given."""
    wrong = wrong_in(outcome)
    right = {name: value for name, value in outcome.answers.items() if name not in wrong}
    return {**outcome.given, **right}


def _causes(
    finding: Finding, found: Explanation[M], outcomes: Sequence[Outcome], evidence: Evidence[M]
) -> Sequence[M]:
    """Of two mistakes the one that gives this answer, or both if they mix."""
    for mistake in found.made:
        if any(evidence.agrees_in(mistake, o, finding.quantity) for o in outcomes):
            return (mistake,)
    return found.made


def _fitting(
    candidates: Sequence[M],
    outcomes: Sequence[Outcome],
    failed: Sequence[Outcome],
    evidence: Evidence[M],
) -> tuple[M, ...]:
    """The mistakes that explain the first failed trial, the one that explains most first."""
    fitting = [m for m in candidates if _explains(m, failed[0], evidence)]
    fitting = [m for m in fitting if not refuted(m, outcomes, evidence)]
    scores = {m.id: sum(_explains(m, outcome, evidence) for outcome in failed) for m in fitting}
    return tuple(sorted(fitting, key=lambda mistake: scores[mistake.id], reverse=True))


def _explains(mistake: M, outcome: Outcome, evidence: Evidence[M]) -> bool:
    return bool(evidence.wrong(mistake, outcome.trial)) and evidence.agrees(mistake, outcome)
