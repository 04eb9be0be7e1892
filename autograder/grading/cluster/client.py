"""A class judged by a cluster: batches out, entries in, and nobody pays for a worker that ends."""

from asyncio import CancelledError
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from time import monotonic
from typing import cast

from distributed import Client, Future, KilledWorker

from autograder.assignment import Assignment
from autograder.grading.cluster.address import Address
from autograder.grading.cluster.connection import connected
from autograder.grading.cluster.errors import ClusterError, told
from autograder.grading.cluster.parcels import Reply, packed, packed_run, read_reply
from autograder.grading.cluster.terms import terms
from autograder.grading.cluster.worker import judge_batch
from autograder.grading.desk import Graded, Register, Taken
from autograder.grading.grade import Job, faulty_entry

MOST, MOST_BYTES = 32, 8 << 20
"""Submissions of a batch: enough that sending them costs little, few enough to be done again."""
AHEAD = 2
"""Batches sent for each worker, so that it need not wait for the next one."""
TRIES = 3
"""Times that a batch is sent to workers that fail."""
POLL, FETCH = 2.0, 20.0
FAULT = "The worker that judges this submission ended again and again."
STORED = "what was finished is stored: run the same command again to go on"


class Cluster:
    """Judges all work of a run on Dask workers; `tell` says what a person should know meanwhile."""

    def __init__(self, address: Address, wait: float, tell: Callable[[str], None]) -> None:
        self._address, self._wait, self._tell = address, wait, tell

    def __call__(
        self,
        paths: Sequence[Path],
        assignment: Assignment,
        job: Job,
        made_by: Mapping[str, str],
    ) -> Iterator[tuple[Path, Graded]]:
        """Results as they come. Raises ClusterError if there is no cluster, or no longer, or one
        that could come to other verdicts; and if for too long there is no worker. Where all is
        known already, none is needed."""
        register, left = Register(assignment, job, made_by), deque(paths)
        while left and isinstance(graded := register.take(left[0]), Graded):
            yield left.popleft(), graded
        if left:
            yield from self._judged(left, assignment, job, register)

    def _judged(
        self, paths: Sequence[Path], assignment: Assignment, job: Job, register: Register
    ) -> Iterator[tuple[Path, Graded]]:
        run = packed_run(assignment, job, terms(assignment, job.tier))
        if there := self._address.url:
            text = f"Looking for the scheduler at {there}, for at most {self._wait:g} seconds"
            self._tell(f"{text} (--cluster-wait).")
        with connected(self._address, self._wait) as client:
            team = Team(client, self._wait, self._tell)
            for path, graded in Dispatch(team, run, paths, register).graded():
                yield path, graded or Graded("", faulty_entry(assignment, path, job, FAULT))


class Team:
    """The workers, who may come and go."""

    def __init__(self, client: Client, wait: float, tell: Callable[[str], None]) -> None:
        self._client, self._wait, self._tell = client, wait, tell
        self._alone_since: float | None = None
        self._done: Queue[Future] = Queue()

    def size(self) -> int:
        """How many there are. Raises ClusterError."""
        return len(self._addresses())

    def _addresses(self) -> list[str]:
        try:
            if self._client.status == "running":
                return list(self._client.nthreads())
        except (OSError, RuntimeError):
            pass
        raise ClusterError(f"the cluster's scheduler is gone; {STORED}")

    def start(self, run: bytes, batch: list[bytes]) -> Future:
        """Have a batch judged by one of them."""
        future = self._client.submit(judge_batch, run, batch, pure=False)
        future.add_done_callback(self._done.put)
        return future

    def next_done(self) -> Future:
        """A batch that was judged, or cannot be. Raises ClusterError if there is nobody to do it
        for too long."""
        while True:
            try:
                return self._done.get(timeout=POLL)
            except Empty:
                self._demand_somebody()

    def reply(self, future: Future) -> bytes | None:
        """The answer to a batch that is done; None if too many workers ended on it. It lies where
        it was made, and is made again if that worker has ended meanwhile. Raises ClusterError."""
        while True:
            try:
                return cast(bytes, future.result(timeout=FETCH))
            except TimeoutError:
                self._demand_somebody()
            except KilledWorker:
                return None
            except (Exception, CancelledError) as error:
                self.size()
                raise ClusterError(f"a batch was lost ({told(error)}); {STORED}") from None

    def send_home(self, address: str) -> None:
        """A worker that fails is soon done, so that it would get most of the work. The last one
        has to try again. Raises ClusterError."""
        there = self._addresses()
        if address in there and len(there) > 1:
            self._tell("A worker failed, and is ended: others do its work.")
            # If the scheduler is gone, whoever asks next how many there are will tell.
            with suppress(OSError, RuntimeError):
                self._client.retire_workers([address])

    def dismiss(self, batches: list[Future]) -> None:
        """What is not judged yet is not wanted any more."""
        if self._client.status == "running":
            self._client.cancel(batches, force=True)

    def _demand_somebody(self) -> None:
        if self.size():
            self._alone_since = None
            return
        if self._alone_since is None:
            self._alone_since = monotonic()
            self._tell(f"The cluster has no worker; waiting {self._wait:g} seconds for one.")
        if monotonic() - self._alone_since > self._wait:
            text = f"the cluster had no worker for {self._wait:g} seconds (--cluster-wait)"
            raise ClusterError(f"{text}; {STORED}")


class Dispatch:
    """Which submissions are where.

    A batch whose workers end is halved, until the one submission is found that ends them. It is
    tried once more when it is alone in the cluster: another's end may have been taken for its own.
    """

    def __init__(self, team: Team, run: bytes, paths: Sequence[Path], register: Register) -> None:
        self._team, self._run, self._register = team, run, register
        self._fresh = deque(paths)
        self._taken: dict[Path, Taken] = {}
        self._known: list[tuple[Path, Graded]] = []
        self._parts: deque[list[Path]] = deque()
        self._out: dict[Future, list[Path]] = {}
        self._suspects: list[Path] = []
        self._failures: Counter[Path] = Counter()

    def graded(self) -> Iterator[tuple[Path, Graded | None]]:
        """Results as they come; None for a submission that ends whoever judges it."""
        try:
            while self._fresh or self._parts or self._out:
                self._fill()
                yield from self._known
                self._known.clear()
                if self._out:
                    yield from self._received(self._team.next_done())
            for path in tuple(self._suspects):
                yield self._alone(path)
        finally:
            self._team.dismiss(list(self._out))

    def _alone(self, path: Path) -> tuple[Path, Graded | None]:
        self._parts.append([path])
        while self._parts:
            self._send(self._parts.popleft())
            for result in self._received(self._team.next_done()):
                return result
        return path, None

    def _fill(self) -> None:
        workers = max(1, self._team.size())
        while len(self._out) < AHEAD * workers and (batch := self._batch(workers)):
            self._send(batch)

    def _batch(self, workers: int) -> list[Path]:
        """Smaller towards the end, so that all workers end together."""
        if self._parts:
            return self._parts.popleft()
        most = max(1, min(MOST, len(self._fresh) // (2 * AHEAD * workers)))
        batch: list[Path] = []
        while self._fresh and len(self._known) < MOST and not self._is_full(batch, most):
            batch += self._unknown(self._fresh.popleft())
        return batch

    def _is_full(self, batch: list[Path], most: int) -> bool:
        total = sum(self._taken[path].found.total for path in batch)
        return len(batch) == most or total > MOST_BYTES

    def _unknown(self, path: Path) -> list[Path]:
        """The path, if its submission has to be judged."""
        taken = self._register.take(path)
        if isinstance(taken, Graded):
            self._known.append((path, taken))
            return []
        self._taken[path] = taken
        return [path]

    def _send(self, paths: list[Path]) -> None:
        taken = [(path.name, self._taken[path]) for path in paths]
        batch = [packed(name, each.found, each.known) for name, each in taken]
        self._out[self._team.start(self._run, batch)] = paths

    def _received(self, future: Future) -> Iterator[tuple[Path, Graded]]:
        paths, answer = self._out.pop(future), self._team.reply(future)
        if answer is None:
            self._suspect(paths)
            return
        reply = read_reply(answer)
        if reply.refused:
            raise ClusterError(f"{reply.refused}; {STORED}")
        if reply.failed:
            self._try_again(paths, reply)
            return
        for path, each in zip(paths, reply.judged, strict=True):
            yield path, self._taken.pop(path).graded(*each)

    def _try_again(self, paths: list[Path], reply: Reply) -> None:
        self._failures.update(paths)
        if max(self._failures[path] for path in paths) == TRIES:
            raise ClusterError(f"{reply.failed}; {STORED}")
        self._team.send_home(reply.address)
        self._parts.append(paths)

    def _suspect(self, paths: list[Path]) -> None:
        half = len(paths) // 2
        if half:
            self._parts.extend([paths[:half], paths[half:]])
        else:
            self._suspects.extend(paths)
