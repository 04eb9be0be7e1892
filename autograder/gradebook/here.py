"""One submission judged for nbgrader, by a judge that goes on to the next."""

import atexit
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

from autograder.assignment import load_assignment
from autograder.grading.desk import Desk
from autograder.grading.grade import Job
from autograder.grading.provenance import judged_by
from autograder.grading.results import Results
from autograder.grading.run import document
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
        graded = _desk(job, assignment.digest).graded(folder)
        if graded.key and graded.entry:
            results.keep_result(graded.key, graded.entry, judged_by(assignment))
    loose = {0: graded.entry} if graded.entry else {}
    entries = Results(store, assignment, [graded.key], loose)
    run = {"tier": job.tier.name, "versions": {}, "started": ""}
    return read_document(document(assignment, job, run, entries)).submissions[0]


@lru_cache(maxsize=1)
def _desk(job: Job, digest: str) -> Desk:
    """Only the last one stays open: assignments change, and the formgrader runs for weeks."""
    desk = Desk(job, judged_by(load_assignment(job.assignment)))
    OPEN.close()
    return OPEN.enter_context(desk)
