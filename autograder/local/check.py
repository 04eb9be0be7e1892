"""`check("affine_backward")`: the public trials of a task, in the notebook, in a moment."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Task, load_assignment
from autograder.diagnosis.hints import hint
from autograder.judge.case import load_checks, public_trials
from autograder.judge.examine import Examination, examine
from autograder.judge.verdict import Result
from autograder.local.recorded import FILE, RecordedExpected
from autograder.local.report import CheckFailed, Report
from autograder.local.workplace import LiveFunction, OwnTrainer, Workplace, find_folder


def check(task: str, solver: Any = None) -> Report:
    """Run the public trials of one task on the files as they are saved now.

    For a training exercise, pass the trained Solver; without it the training is run here. Under
    nbgrader a task that is not passed raises CheckFailed, so that its cell fails.
    """
    assignment = load_assignment(find_folder(Path.cwd()))
    [report] = run_checks(assignment, [assignment.task(task)], solver)
    if not report.passed and os.environ.get("NBGRADER_EXECUTION"):
        raise CheckFailed(report)
    return report


def run_checks(assignment: Assignment, tasks: Sequence[Task], solver: Any = None) -> list[Report]:
    """The reports of `tasks`, without those of the tasks that they need."""
    load_checks(assignment.checks)
    workplace = Workplace(assignment)
    expected = RecordedExpected(assignment.root / FILE)
    trainer = OwnTrainer(workplace.own(tasks[0]), solver)
    examination = Examination(assignment, expected, public_trials, trainer)
    return [_report(examination, workplace, task) for task in tasks]


def _report(examination: Examination, workplace: Workplace, task: Task) -> Report:
    live = getattr(sys.modules.get("__main__"), task.id, None) if task.experiment else None
    bench = LiveFunction(live) if callable(live) else workplace
    alone = task.model_copy(update={"needs": ()})
    result = next(iter(examine(examination, bench, [alone])))
    return Report(_with_hints(replace(result, task=task)), workplace.submission.statuses)


def _with_hints(result: Result) -> Result:
    findings = tuple(replace(f, hint=f.hint or hint(f)) for f in result.findings)
    return replace(result, findings=findings)
