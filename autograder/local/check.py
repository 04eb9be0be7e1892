"""`check("affine_backward")`: the public trials of a task, in the notebook, in a moment."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Task, load_assignment
from autograder.diagnosis.explanation import diagnosed
from autograder.judge.case import load_checks, public_trials
from autograder.judge.examine import Examination, examine
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result
from autograder.local.interrupted import CheckInterrupted, UserInterrupt, user_interrupts
from autograder.local.mistakes import FILE as MISTAKES
from autograder.local.mistakes import RecordedMistakes
from autograder.local.recorded import FILE, RecordedExpected
from autograder.local.report import CheckFailed, Report
from autograder.local.workplace import OwnTrainer, Workplace, find_folder, validation_gallery


def check(task: str, solver: Any = None) -> Report:
    """Run the public trials of one task on the files as they are saved now.

    For a training exercise, pass the trained Solver; without it the training is run here. Under
    nbgrader a task that is not passed raises CheckFailed, so that its cell fails. Interrupting the
    kernel raises CheckInterrupted.
    """
    if not isinstance(task, str) or isinstance(solver, str):
        raise TypeError('check one task at a time, by its name: check("affine_forward")')
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
            with user_interrupts():
                *_, result = examine(self._examination, self._workplace, [alone])
        except UserInterrupt as error:
            raise CheckInterrupted(f"{task.id} was checked", self._where(error)) from None
        except Exception:
            raise
        except BaseException as error:
            result = _escaped(task, error, self._where(error))
        plain = replace(_plain(self._told(result)), task=task)
        return Report(self._remarked(plain), self._workplace.submission.statuses)

    def _told(self, result: Result) -> Result:
        """With hints, for which a recording is read only if a trial failed."""
        if all(outcome.passed for outcome in result.outcomes):
            return result
        return diagnosed(result, RecordedMistakes(self._examination.assignment.root / MISTAKES))

    def load(self, file: str) -> str:
        """Import a student's file; what stopped it before its end, or ""."""
        try:
            with user_interrupts():
                return self._workplace.load(file)
        except UserInterrupt as error:
            raise CheckInterrupted(f"{file} was imported", self._where(error)) from None
        except BaseException as error:
            return f"{type(error).__name__}, which is no Exception ({self._where(error)})"

    def _where(self, error: BaseException) -> str:
        return self._workplace.where(error)

    def _remarked(self, result: Result) -> Result:
        """Says that the task's file stopped half-way, unless a finding does."""
        stop = self._workplace.stopped(result.task.file)
        if not stop or any(stop in finding.text for finding in result.findings):
            return result
        note = f"{result.task.file} stopped before its end with {stop}"
        return replace(result, notes=(*result.notes, note))


def _escaped(task: Task, error: BaseException, where: str) -> Result:
    """For what is not derived from Exception, which alone counts as an error of a call."""
    name = type(error).__name__
    text = f"{task.id} raised {name}, which is no Exception: raise a ValueError, for example"
    if isinstance(error, KeyboardInterrupt):
        text = f"{task.id} raised {name} itself: nobody interrupted it"
    return Result(task, "crashed", findings=(Finding("", f"{text}\n{where}".strip()),))


def _plain(result: Result) -> Result:
    """As text alone: that passes between processes."""
    findings = (replace(each, actual=None, expected=None) for each in result.findings)
    return replace(result, findings=tuple(findings), outcomes=())
