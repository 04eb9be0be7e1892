"""Results in the words of a student's own course."""

from dataclasses import replace

from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.dialects.dialect import Dialect
from autograder.dialects.hints import WHERE_P_DROPS
from autograder.dialects.spoken import Spoken
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result

HINTS = {mistake.id: mistake.hint for mistake in MISCONCEPTIONS}


def in_words_of(spoken: Spoken, result: Result) -> Result:
    """`result` with the course's names of states, and of what p means.

    Its sections are those of notebooks that the student does not have: they are left out.
    """
    names = _names(spoken.dialect, result.task.id)
    findings = [_named(finding, names) for finding in result.findings]
    hints = {HINTS[m]: WHERE_P_DROPS[m] for m in result.diagnosis if m in WHERE_P_DROPS}
    if spoken.dialect.p == "drop":
        findings = [replace(f, hint=_replaced(f.hint, hints)) for f in findings]
    return replace(result, findings=tuple(replace(f, section="") for f in findings))


def _names(dialect: Dialect, task: str) -> dict[str, str]:
    if task == "sgd_momentum" and dialect.momentum == "pytorch":
        return {"velocity": "-learning_rate * velocity"}
    return dialect.state.get(task, {})


def _named(finding: Finding, names: dict[str, str]) -> Finding:
    old = finding.quantity
    new = names.get(old, old)
    summary = finding.summary.replace(f"{old} ", f"{new} ", 1) if new != old else finding.summary
    return replace(finding, quantity=new, summary=summary)


def _replaced(hint: str, hints: dict[str, str]) -> str:
    for old, new in hints.items():
        hint = hint.replace(old, new)
    return hint
