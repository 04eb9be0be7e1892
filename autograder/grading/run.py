"""A whole class: judged in parallel, stored as it arrives, continued after any interruption."""

import datetime
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, AssignmentError
from autograder.diagnosis.catalogue import CatalogueError
from autograder.diagnosis.naming import Diagnostician
from autograder.dialects.dialect import load_dialect
from autograder.dialects.recognize import AUTO, OWN
from autograder.grading.desk import Graded, faulty, versions
from autograder.grading.grade import Entry, Job, chosen_tasks, faulty_entry
from autograder.grading.judges import Judges
from autograder.grading.ledger import Ledger
from autograder.grading.provenance import judged_by
from autograder.grading.staff import reference, staff_modules
from autograder.grading.store import Store
from autograder.natural import natural
from autograder.submission import submission_id

__all__ = ["Progress", "document", "faulty", "grade_class"]

Progress = Callable[[int, int, int], None]
"""Gets how many are done, how many there are, and how many of those done were known before."""
Maker = Callable[
    [Sequence[Path], Assignment, Job, Mapping[str, str]], Iterator[tuple[Path, Graded]]
]
"""Grades the submissions at all paths, and gives what came of each as soon as it is known."""


def grade_class(
    paths: Sequence[Path],
    assignment: Assignment,
    job: Job,
    jobs: int,
    progress: Progress,
    elsewhere: Maker | None = None,
) -> dict[str, Any]:
    """Grade the submissions at `paths`, by `jobs` judges or `elsewhere`; the result document.

    Its submissions are `Results`: they lie in the store, not in memory. Raises AssignmentError for
    what would stop every judge alike, StoreError if results cannot be kept.
    """
    _ready(assignment, job)
    started, begin = datetime.datetime.now(datetime.UTC), time.monotonic()
    paths = sorted(paths, key=lambda path: natural(submission_id(path)))
    made_by = judged_by(assignment)
    with Store(job.store) as store:
        job = replace(job, seed=job.seed or store.seed(assignment.id))
        ledger = Ledger(store, paths, made_by)
        progress(0, len(paths), 0)
        graders = elsewhere or partial(_here, jobs)
        for done, (path, graded) in enumerate(graders(paths, assignment, job, made_by), 1):
            ledger.enter(path, graded)
            progress(done, len(paths), ledger.known)
    run = _run(job, ledger, started, time.monotonic() - begin)
    return document(assignment, job, run, ledger.results(assignment, job))


def _run(job: Job, ledger: Ledger, started: datetime.datetime, seconds: float) -> dict[str, Any]:
    """What may differ between two runs of one seed."""
    return {
        "tier": job.tier.name,
        "versions": versions(),
        "started": started.isoformat(timespec="seconds"),
        "seconds": {"total": round(seconds, 3)},
        "known": ledger.known + ledger.renewed,
        "renewed": ledger.renewed,
    }


def _ready(assignment: Assignment, job: Job) -> None:
    reference(assignment)
    try:
        Diagnostician(assignment.package, staff_modules(assignment))
    except CatalogueError as error:
        text = f"{assignment.root}: is no solved source of the course, or a changed one: {error}"
        raise AssignmentError(text) from None
    if job.dialect not in (AUTO, OWN) and not load_dialect(job.dialect).fits(assignment):
        raise AssignmentError(f"--dialect {job.dialect} has no task of {assignment.id}")
    if not chosen_tasks(assignment, job):
        raise AssignmentError("no task is left to grade: --task and --skip-experiments clash")


def document(
    assignment: Assignment, job: Job, run: dict[str, Any], entries: Sequence[Entry]
) -> dict[str, Any]:
    """The result document of a run, `entries` in the order of their ids.

    A task that no submission's course has is not listed."""
    judged = {task["id"] for entry in entries for task in entry["tasks"]}
    tasks = [
        {"id": t.id, "title": t.title, "points": t.points, "notebook": t.notebook}
        for t in chosen_tasks(assignment, job)
        if t.id in judged or (not entries and t in assignment.tasks)
    ]
    return {
        "schema": 1,
        "assignment": assignment.id,
        "title": assignment.title,
        "seed": job.seed,
        "run": run,
        "tasks": tasks,
        "submissions": entries,
    }


def _here(
    jobs: int, paths: Sequence[Path], assignment: Assignment, job: Job, made_by: Mapping[str, str]
) -> Iterator[tuple[Path, Graded]]:
    """Results as they are made. A judge that dies costs nobody: its work is done again."""
    fault = "The grader's own process ended twice on this submission."
    with Judges(job, made_by) as judges:
        for path, graded in judges.graded(paths, jobs):
            yield path, graded or Graded("", faulty_entry(assignment, path, job, fault))
