"""What a worker of the cluster does: it has judges of its own, and students' code is in theirs."""

import socket
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from distributed import get_worker

from autograder.assignment import Assignment, AssignmentError, load_assignment
from autograder.grading.cluster.errors import told
from autograder.grading.cluster.parcels import failure, refusal, reply, unpacked, unpacked_run
from autograder.grading.cluster.terms import differences, terms
from autograder.grading.grade import Job
from autograder.grading.judging import Judging
from autograder.judge.case import load_checks
from autograder.sandbox.errors import NotIsolated
from autograder.sandbox.tiers import Tier, probe


class Refused(Exception):
    """This worker is not to judge; the message says why."""


@dataclass
class Bench:
    """The judges of the run that this process works for."""

    run: bytes
    judging: Judging
    end: ExitStack


_bench: Bench | None = None
_one_at_a_time = Lock()


def judge_batch(run: bytes, batch: list[bytes]) -> bytes:
    """The reply of this worker to the submissions of a `batch`."""
    with _one_at_a_time:
        try:
            judging = _judging(run)
            return reply([judging(*unpacked(each)) for each in batch])
        except Refused as error:
            return refusal(f"{_me()}: {error}")
        except Exception as error:
            return failure(f"{_me()} failed ({told(error)})", get_worker().address)


def _me() -> str:
    return f"worker {get_worker().name} on {socket.gethostname()}"


def _judging(run: bytes) -> Judging:
    global _bench
    if _bench and _bench.run != run:
        _bench.end.close()
        _bench = None
    _bench = _bench or _opened(run)
    return _bench.judging


def _opened(run: bytes) -> Bench:
    with ExitStack() as stack:
        place = stack.enter_context(TemporaryDirectory(dir=get_worker().local_directory))
        theirs, job = unpacked_run(run, Path(place))
        _demand_agreement(theirs, job)
        judging = Judging(job)
        stack.callback(judging.close)
        return Bench(run, judging, stack.pop_all())


def _demand_agreement(theirs: dict[str, str], job: Job) -> None:
    """Raises Refused if this process could come to other verdicts than the one that asks."""
    try:
        assignment = load_assignment(job.assignment)
        _load(assignment)
        tier = probe() if job.tier.isolated else Tier.none()
    except (AssignmentError, NotIsolated) as error:
        raise Refused(error) from None
    if told := differences(theirs, terms(assignment, tier)):
        raise Refused(f"verdicts could differ ({told})")


def _load(assignment: Assignment) -> None:
    try:
        load_checks(assignment.checks)
    except ImportError as error:
        raise Refused(f"the assignment's checks are not installed ({error})") from None
