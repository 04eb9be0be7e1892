"""Whether the catalogue's entries are what they say: mistakes are wrong, variants are right."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Misconception, Variant, patched
from autograder.diagnosis.naming import Diagnostician
from autograder.grading.staff import staff_modules
from autograder.judge.case import Trial, cases_of, public_trials
from autograder.judge.trial import Expected, Outcome, run_trial
from autograder.release.entries import PLACE, TODO, placed
from autograder.release.errors import demand_none
from autograder.student.channel import Stopped
from autograder.student.local import LocalChannel


def check_mistakes(mistakes: Iterable[Misconception], diagnostician: Diagnostician) -> None:
    """ReleaseError lists those that do not run, or that answer all public trials rightly.

    What was recorded of them is not asked again.
    """
    faults = []
    for mistake in mistakes:
        outcomes = [diagnostician.outcome(mistake, trial) for trial in _trials(mistake.task)]
        faults += [f"{mistake.id}: {fault}" for fault in _harmless(outcomes)]
    demand_none(placed(faults), PLACE, "some mistakes are none", TODO)


def _harmless(outcomes: list[Outcome]) -> Iterator[str]:
    if stopped := [outcome.error for outcome in outcomes if isinstance(outcome.error, Stopped)]:
        yield f"with its edits the file does not run: {stopped[0]}"
    elif all(outcome.passed for outcome in outcomes):
        yield "all public trials pass with its edits, so it is no mistake, or a case is missing"


def check_variants(
    assignment: Assignment, variants: Iterable[Variant], expected: Expected
) -> None:
    """ReleaseError lists those that fail a public trial of their task."""
    files = staff_modules(assignment)
    own = {task.id for task in assignment.tasks}
    faults = [
        f"{variant.id}: {failure}"
        for variant in variants
        if variant.task in own
        if (failure := _failure(variant, assignment.package, files, expected))
    ]
    demand_none(placed(faults), PLACE, "some variants are wrong", TODO)


def _failure(
    variant: Variant, package: str, files: Mapping[str, str], expected: Expected
) -> str:
    """The first case that it fails, and how; "" if it passes."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        channel = LocalChannel(package, patched(files, variant))
        outcomes = [run_trial(trial, channel, expected) for trial in _trials(variant.task)]
    channel.session.close()
    failed = ((outcome.trial.case.name, finding) for outcome in outcomes for finding in outcome.findings)
    for name, finding in failed:
        return f"fails the case {name}: {' '.join(finding.summary.split())}"
    return ""


def _trials(task: str) -> list[Trial]:
    return [trial for case in cases_of(task) for trial in public_trials(case)]
