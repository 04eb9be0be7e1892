"""One submission, judged where Gradescope puts it, within the time that Gradescope gives."""

import json
import os
import sys
import time
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from autograder.assignment import Assignment, load_assignment
from autograder.exports.gradescope.results import results
from autograder.grading.grade import Entry, Job, Judge
from autograder.grading.judges import ONE_THREAD
from autograder.grading.run import document
from autograder.reports.files import write_whole
from autograder.sandbox.kernel import die_with_parent
from autograder.sandbox.tiers import Tier, probe

SETTINGS = "gradescope.json"
SUBMISSION, RESULTS = "submission", "results/results.json"
RESERVE = 20
NOTHING: Entry = {"id": "submission", "dialect": "", "points": 0.0, "max_points": 0.0, "tasks": []}
GOING_ON = "they are being judged; this page is of the meantime."
TIME_UP = "the time of {seconds} s was up. Staff: give more time, and run the autograder again."
ENDED = "the autograder ended. Staff: look at its output, and run it again."


class Settings(BaseModel):
    """What the staff chose when they made the zip."""

    assignment: str
    seed: str
    seconds: int
    experiments: bool
    tasks: tuple[str, ...] = ()
    trusted: bool = False


@dataclass(frozen=True)
class Place:
    """The folder that Gradescope calls /autograder, and when the time began."""

    root: Path
    settings: Settings
    begin: float

    @property
    def left(self) -> float:
        """Seconds until the results have to be there."""
        return max(0.0, self.settings.seconds - RESERVE - (time.monotonic() - self.begin))

    def write(self, whole: dict[str, Any], waiting: str) -> None:
        """Results so far."""
        found = results(whole, time.monotonic() - self.begin, waiting)
        write_whole(self.root / RESULTS, json.dumps(found, indent=1))


def run(root: Path) -> None:
    """Judge `root`/submission into `root`/results, which is written anew after each task.

    Raises NotIsolated, and AssignmentError for an assignment that cannot be judged.
    """
    begin, source = time.monotonic(), root / "source"
    settings = Settings.model_validate_json((source / SETTINGS).read_bytes())
    assignment = load_assignment(source / settings.assignment)
    tier = Tier.none() if settings.trusted else probe()
    store = root / "graded" / "results.db"
    tasks, experiments = settings.tasks, settings.experiments
    job = Job(assignment.root, tier, settings.seed, store, tasks, experiments)
    _follow(Place(root, settings, begin), assignment, job)


def _follow(place: Place, assignment: Assignment, job: Job) -> None:
    """A process of its own judges, so that it can be ended when the time is up."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    os.environ.update(ONE_THREAD)
    work = (job, place.root / SUBMISSION, theirs, os.getpid())
    judge = context.Process(target=_judge, args=work)
    entry, done = NOTHING, False
    judge.start()
    theirs.close()
    try:
        while not done:
            place.write(_whole(assignment, job, entry, done), GOING_ON)
            if not ours.poll(place.left):
                break
            entry, done = ours.recv()
        why = "" if done else TIME_UP.format(seconds=place.settings.seconds)
    except EOFError:
        why = ENDED
    judge.kill()
    judge.join()
    place.write(_whole(assignment, job, entry, done), why)


def _judge(job: Job, submission: Path, to: Connection, parent: int) -> None:
    """Send what there is of the entry after each task, and the whole of it at last."""
    if sys.platform == "linux":
        die_with_parent(parent)
    with Judge(job) as judge:
        to.send((judge.grade(submission, lambda entry: to.send((entry, False))), True))


def _whole(assignment: Assignment, job: Job, entry: Entry, done: bool) -> dict[str, Any]:
    """The result document; until all is done it lists every task that is to be judged."""
    run = {"tier": job.tier.name, "versions": {}, "started": ""}
    return {**document(assignment, job, run, [entry] if done else []), "submissions": [entry]}
