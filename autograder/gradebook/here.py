"""One submission judged for nbgrader, by a judge that goes on to the next."""

import atexit
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

from autograder.assignment import load_assignment
from autograder.grading.grade import Entry, Job, Judge, faulty_entry
from autograder.grading.known import known_entry
from autograder.grading.provenance import judged_by
from autograder.grading.run import document, faulty, result_key
from autograder.grading.store import Store
from autograder.reports.document import Submission, read_document
from autograder.sandbox.tiers import probe

STORE = Path("graded/results.db")
OPEN = ExitStack()
atexit.register(OPEN.close)


def entry_of(folder: Path, source: Path) -> Submission:
    """What the files in `folder` earn in the assignment `source`; a fault of ours is told in it."""
    assignment, store = load_assignment(source.resolve()), STORE.resolve()
    with Store(store) as results:
        job = Job(assignment.root, probe(), results.seed(assignment.id), store)
        judge = _judge(job, assignment.digest)
        key, made_by = result_key(folder, assignment, job), judged_by(assignment)
        known = known_entry(results, key, assignment, made_by)
        entry = known.entry if known and not known.stale else _judged(folder, judge)
        if not faulty(entry):
            results.keep_result(key, entry, made_by)
    run = {"tier": job.tier.name, "versions": {}, "started": ""}
    return read_document(document(assignment, job, run, [entry])).submissions[0]


def _judged(folder: Path, judge: Judge) -> Entry:
    try:
        return judge.grade(folder)
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"[:1000]
        return faulty_entry(judge.assignment, folder, judge.job, fault)


@lru_cache(maxsize=1)
def _judge(job: Job, digest: str) -> Judge:
    """Only the last one stays open: assignments change, and the formgrader runs for weeks."""
    judge = Judge(job)
    OPEN.close()
    return OPEN.enter_context(judge)
