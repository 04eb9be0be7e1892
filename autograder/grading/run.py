"""A whole class: judged in parallel, stored as it arrives, continued after any interruption."""

import datetime
import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, AssignmentError
from autograder.diagnosis.catalogue import CatalogueError
from autograder.diagnosis.naming import Diagnostician
from autograder.dialects.dialect import load_dialect
from autograder.dialects.reading import read_in_dialect
from autograder.dialects.recognize import AUTO, OWN
from autograder.grading.grade import FAULT, Entry, Job, Judge, chosen_tasks, faulty_entry
from autograder.grading.known import Known, known_entry
from autograder.grading.provenance import engine_digest, judged_by
from autograder.grading.staff import reference, staff_modules
from autograder.grading.store import Store, content_key
from autograder.sandbox.kernel import die_with_parent
from datasets import chosen_source

Progress = Callable[[int, int], None]
Work = Mapping[Path, Known | None]
Judged = tuple[Entry, bool]
"""An entry, and whether some of it is from an earlier run."""
# One thread per judge: more would only make the judges wait for one another.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


def grade_class(
    paths: Sequence[Path], assignment: Assignment, job: Job, jobs: int, progress: Progress
) -> dict[str, Any]:
    """Grade the submissions at `paths` and return the result document.

    Raises AssignmentError for what would stop every judge alike.
    """
    _ready(assignment, job)
    started, begin = datetime.datetime.now(datetime.UTC), time.monotonic()
    with Store(job.store) as store:
        job = replace(job, seed=job.seed or store.seed(assignment.id))
        keys = {path: _key(path, assignment, job) for path in paths}
        made_by = judged_by(assignment)
        found = {path: known_entry(store, keys[path], assignment, made_by) for path in paths}
        entries = {path: each.entry for path, each in found.items() if each and not each.stale}
        work = {path: each for path, each in found.items() if path not in entries}
        known, renewed = len(entries), 0
        progress(known, len(paths))
        for path, (entry, in_part) in _judged(work, assignment, job, jobs):
            entries[path] = entry
            renewed += in_part
            # A submission that was edited meanwhile is judged again by the next run.
            unchanged = keys[path] and _key(path, assignment, job) == keys[path]
            if unchanged and not faulty(entry):
                store.keep_result(keys[path], entry, made_by)
            progress(len(entries), len(paths))
    run = {
        "tier": job.tier.name,
        "versions": _versions(),
        "started": started.isoformat(timespec="seconds"),
        "seconds": {"total": round(time.monotonic() - begin, 3)},
        "known": known + renewed,
        "renewed": renewed,
    }
    return document(assignment, job, run, [entries[path] for path in paths])


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
    """The result document of a run; a task that no submission's course has is not listed."""
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
        "submissions": sorted(entries, key=lambda entry: entry["id"]),
    }


def faulty(entry: Entry) -> bool:
    """Did the grader itself fail on this submission?"""
    return any(task["verdict"] == FAULT for task in entry["tasks"])


def result_key(path: Path, assignment: Assignment, job: Job) -> str:
    """Equal keys promise equal verdicts, as far as `judged_by` is equal: the same work, judged in
    the same way."""
    submission = read_in_dialect(path, assignment, job.dialect)
    statuses = repr((submission.statuses, submission.spoken))
    how = (job.seed, job.tasks, job.experiments, job.environments, job.tier.name)
    options = repr((how, sorted(_versions().items())))
    return content_key(
        submission.id,
        submission.digest,
        statuses,
        # Another course's tasks have points of their own.
        assignment.digest if submission.spoken else assignment.digest_of_verdicts,
        options,
        engine_digest() if submission.spoken else "",
        chosen_source(),
    )


def _key(path: Path, assignment: Assignment, job: Job) -> str:
    """The `result_key`; of what the grader stumbles over, one that nothing is kept under."""
    try:
        return result_key(path, assignment, job)
    except Exception:
        return ""


def _judged(
    work: Work, assignment: Assignment, job: Job, jobs: int
) -> Iterator[tuple[Path, Judged]]:
    """Entries as they are made. A judge that dies costs nobody: its work is done again, alone."""
    left = dict(work)
    for workers in (jobs, max(1, jobs // 2)):
        for path, judged in _pooled(dict(left), job, workers):
            if judged is not None:
                del left[path]
                yield path, judged
    for path, known in left.items():
        [(_, judged)] = _pooled({path: known}, job, 1)
        fault = "The grader's own process ended twice on this submission."
        yield path, judged or (faulty_entry(assignment, path, job, fault), False)


def _pooled(work: Work, job: Job, jobs: int) -> Iterator[tuple[Path, Judged | None]]:
    if not work:
        return
    os.environ.update(ONE_THREAD)
    workers = max(1, min(jobs, len(work)))
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (job,))
    try:
        futures: dict[Future[Judged], Path] = {
            pool.submit(_grade, *each): each[0] for each in work.items()
        }
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                yield futures[future], None
    except (KeyboardInterrupt, GeneratorExit):
        for judge in active_children():
            judge.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_judge: Judge


def _start(job: Job) -> None:
    global _judge
    # An interrupt is for the process that started this one, which ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        die_with_parent(os.getppid())
    _judge = Judge(job)


@cache
def _judge_of(tasks: tuple[str, ...]) -> Judge:
    return Judge(replace(_judge.job, tasks=tasks))


def _grade(path: Path, known: Known | None) -> Judged:
    try:
        again = known.renewed(_judge_of(known.stale).grade(path)) if known else None
        return again or _judge.grade(path), again is not None
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"[:1000]
        return faulty_entry(_judge.assignment, path, _judge.job, fault), False


@cache
def _versions() -> dict[str, str]:
    names = ["graded-nets", "numpy", "nbgrader", *(["torch"] if find_spec("torch") else [])]
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
