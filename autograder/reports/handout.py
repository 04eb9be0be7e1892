"""What a student may see of a submission's results."""

from typing import Any

from autograder.reports.document import Finding, Submission, TaskResult
from autograder.reports.verdicts import LOOKS


def handout(submission: Submission) -> Submission:
    """The submission without what is for staff alone, so that no template can show it."""
    tasks = [task.model_copy(update=_shown(task)) for task in submission.tasks]
    return submission.model_copy(update={"tasks": tasks})


def _shown(task: TaskResult) -> dict[str, Any]:
    """A grader fault tells of the grader's inside, which is no student's concern."""
    own = task.findings if task.verdict != "grader fault" else []
    findings = [finding for finding in own if finding.visibility == "student"]
    return {"findings": _merged(findings), "diagnosis": []}


def _merged(findings: list[Finding]) -> list[Finding]:
    """What several trials found alike is told once, with the names of all."""
    trials: dict[Finding, list[str]] = {}
    for finding in findings:
        trials.setdefault(finding.model_copy(update={"trial": ""}), []).append(finding.trial)
    return [f.model_copy(update={"trial": ", ".join(names)}) for f, names in trials.items()]


def task_text(task: TaskResult) -> str:
    """The result of one task of a hand-out, for a place that knows plain text only."""
    look = LOOKS[task.verdict]
    head = f"{look.mark} {task.id}: {look.label}, {task.points:g} of {task.max_points:g} points"
    lines = [f"[{each.trial}] " * bool(each.trial) + each.message for each in task.findings]
    lines += dict.fromkeys(line for each in task.findings for line in _advice(each))
    if task.stand_ins:
        lines.append(f"Judged with the staff's {', '.join(task.stand_ins)} in place of yours.")
    lines += [f"Note: {note}" for note in task.notes]
    return "\n".join([head, *(f"  {part}" for line in lines for part in line.splitlines())])


def _advice(finding: Finding) -> list[str]:
    told = {"Hint": finding.hint, "Read again": finding.section}
    return [f"{name}: {text}" for name, text in told.items() if text]
