"""`check("affine_backward")`: the public trials of a task, in the notebook, in a moment."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Task, load_assignment
from autograder.diagnosis.hints import hint
from autograder.judge.case import load_checks, public_trials
from autograder.judge.examine import Examination, examine
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result
from autograder.local.interrupted import CheckInterrupted
from autograder.local.recorded import FILE, RecordedExpected
from autograder.local.report import CheckFailed, Report
from autograder.local.workplace import OwnTrainer, Workplace, find_folder, validation_gallery


def check(task: str, solver: Any = None) -> Report:
    """Run the public trials of one task on the files as they are saved now.

    For a training exercise, pass the trained Solver; without it the training is run here. Under
    nbgrader a task that is not passed raises CheckFailed, so that its cell fails. Interrupting the
    kernel raises CheckInterrupted.
    """
    assignment = load_assignment(find_folder(Path.cwd()))
    report = Checker(assignment, solver).check(assignment.task(task))
    if not report.passed and os.environ.get("NBGRADER_EXECUTION"):
        raise CheckFailed(report)
    return report


class Checker:
    """Checks tasks in this process, on the files as they are now.

    Of what a notebook defines, the definition that runs in this kernel counts, saved or not.
    """

    def __init__(self, assignment: Assignment, solver: Any = None) -> None:
        load_checks(assignment.checks)
        main = sys.modules.get("__main__")
        cells = {task.id: getattr(main, task.id, None) for task in assignment.tasks if task.in_cell}
        live = {name: found for name, found in cells.items() if callable(found)}
        self._workplace = Workplace(assignment, live)
        expected = RecordedExpected(assignment.root / FILE)
        trainer = OwnTrainer(self._workplace.channel, solver)
        self._examination = Examination(
            assignment, expected, public_trials, trainer, validation_gallery
        )

    def check(self, task: Task) -> Report:
        """The report of `task`, without those of the tasks that it needs."""
        alone = task.model_copy(update={"needs": ()})
        try:
            result = next(iter(examine(self._examination, self._workplace, [alone])))
        except KeyboardInterrupt as error:
            raise CheckInterrupted(task.id, self._workplace.where(error)) from None
        plain = replace(_plain(result), task=task)
        return Report(plain, self._workplace.submission.statuses)


def _plain(result: Result) -> Result:
    """With hints, and as text alone: that passes between processes."""
    return replace(result, findings=tuple(map(_hinted, result.findings)), outcomes=())


def _hinted(finding: Finding) -> Finding:
    return replace(finding, hint=finding.hint or hint(finding), actual=None, expected=None)
