"""A release, recorded and proved with the grader's own judge; and its solutions."""

from itertools import chain
from pathlib import Path

from autograder.assignment import Assignment, load_assignment
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.naming import Diagnostician
from autograder.diagnosis.variants import VARIANTS
from autograder.grading.grade import Job, Judge
from autograder.grading.staff import reference, staff_modules
from autograder.judge.case import cases_of, public_trials
from autograder.judge.trial import ReferenceExpected
from autograder.local.mistakes import FILE as MISTAKES
from autograder.local.mistakes import record_mistakes
from autograder.local.recorded import record
from autograder.release.build import build_release
from autograder.release.cases import check_answers, check_tasks
from autograder.release.dice import fixed_dice
from autograder.release.effects import check_mistakes, check_variants
from autograder.release.entries import check_entries
from autograder.release.errors import ReleaseError
from autograder.release.known import known_tasks
from autograder.release.solutions import Told, build_solutions, try_notebooks
from autograder.release.sources import check_calls, check_source
from autograder.sandbox.tiers import probe


def release_assignment(folder: Path, release_root: Path, store: Path) -> Path:
    """Make and prove the release of the assignment in `folder`; returns its folder.

    `store` keeps the results of the training runs. Raises ReleaseError, AssignmentError and, where
    nothing can be isolated, NotIsolated.
    """
    assignment = _read(folder)
    job = Job(folder.resolve(), probe(), "release", store.resolve())
    if missing := {task.environment for task in assignment.tasks} - {*job.environments}:
        what = f"some tasks cannot be recorded and proved without {', '.join(missing)}"
        raise ReleaseError("assignment.toml", None, what, "Install it: `make release` does")
    with Judge(job) as judge:
        return build_release(folder, release_root, lambda to: _record(assignment, to), judge.grade)


def solve_assignment(folder: Path, root: Path, told: Told) -> Path:
    """Publish the solutions of the assignment in `folder`; see `build_solutions`."""
    assignment = _read(folder)
    return build_solutions(folder, root, lambda to: _record(assignment, to), told)


def try_assignment(folder: Path, told: Told) -> None:
    """Run all notebooks of the assignment in `folder` shortly; see `try_notebooks`."""
    assignment = _read(folder)
    try_notebooks(folder, lambda to: _record(assignment, to), told)


def _read(folder: Path) -> Assignment:
    """The assignment, if all that its author wrote fits together; nothing is run for that."""
    assignment = load_assignment(folder)
    check_source(assignment)
    check_calls(assignment)
    tasks = known_tasks(assignment)
    check_entries(assignment, tasks, (*MISCONCEPTIONS, *VARIANTS))
    reference(assignment)
    check_tasks(assignment, tasks)
    return assignment


def _record(assignment: Assignment, to: Path) -> None:
    staff = reference(assignment)
    diagnostician = Diagnostician(assignment.package, staff_modules(assignment))
    cases = [case for task in assignment.tasks for case in cases_of(task.id)]
    trials = [trial for case in cases for trial in public_trials(case)]
    expected = ReferenceExpected(staff, diagnostician.alternatives)
    check_answers(trials, expected, ReferenceExpected(staff))
    record(trials, expected, to)
    known = {task.id: diagnostician.candidates(task.id) for task in assignment.tasks}
    with fixed_dice():
        record_mistakes(known, diagnostician.outcome, to.with_name(MISTAKES))
    check_mistakes(chain.from_iterable(known.values()), diagnostician)
    check_variants(assignment, VARIANTS, expected)
