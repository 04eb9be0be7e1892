"""Processes that judge, each one submission at a time; who dies is replaced and costs nobody."""

import gc
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from autograder.grading.desk import Desk, Graded
from autograder.grading.grade import Job
from autograder.sandbox.kernel import die_with_parent

# One thread per judge: more would only make the judges wait for one another.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
TRIES, MOST_DEATHS = 2, 10
_END_SECONDS = 5.0


class JudgesError(Exception):
    """No judge lives long enough to judge anything; the message says what to do."""


class Judges:
    """Use as a context manager, which ends the processes. `made_by` is what `judged_by` says."""

    def __init__(self, job: Job, made_by: Mapping[str, str]) -> None:
        self._job, self._made_by = job, made_by
        self._processes: dict[Connection, BaseProcess] = {}
        self._left = deque[Path]()
        self._at_hand: dict[Connection, Path] = {}
        self._deaths, self._deaths_in_a_row = Counter[Path](), 0

    def __enter__(self) -> "Judges":
        os.environ.update(ONE_THREAD)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for link, process in self._processes.items():
            link.close()
            if kind:
                process.kill()
        for process in self._processes.values():
            process.join(_END_SECONDS)
            process.kill()

    def graded(self, paths: Sequence[Path], jobs: int) -> Iterator[tuple[Path, Graded | None]]:
        """What becomes of each, as soon as it is known; None for one that no judge survived.

        `jobs` is the number of judges. Raises JudgesError if all of them die at once.
        """
        self._left.extend(paths)
        for _ in range(min(jobs, len(paths))):
            self._hand_next(self._start())
        while self._at_hand:
            for link in _ready(self._at_hand):
                path, graded = self._at_hand.pop(link), _received(link)
                again = graded is None and self._put_back(path)
                self._deaths_in_a_row = 0 if graded else self._deaths_in_a_row + 1
                if self._left:
                    self._hand_next(link if graded else self._replaced(link))
                if not again:
                    yield path, graded

    def _hand_next(self, link: Connection) -> None:
        """A judge that is dead already will be noticed when it gives nothing back."""
        self._at_hand[link] = self._left.popleft()
        with suppress(OSError):
            link.send(self._at_hand[link])

    def _put_back(self, path: Path) -> bool:
        """Whether one that a judge died of is tried again."""
        self._deaths[path] += 1
        if self._deaths[path] == TRIES:
            return False
        self._left.append(path)
        return True

    def _start(self) -> Connection:
        context = get_context("spawn")
        link, theirs = context.Pipe()
        with theirs:
            arguments = (theirs, self._job, self._made_by, os.getpid())
            process = context.Process(target=_judge, args=arguments, daemon=True)
            process.start()
        self._processes[link] = process
        return link

    def _replaced(self, link: Connection) -> Connection:
        self._processes.pop(link).join(_END_SECONDS)
        link.close()
        if self._deaths_in_a_row > MOST_DEATHS:
            ask = f"is memory left, and can {sys.executable} run?"
            text = f"the last {self._deaths_in_a_row} judges died; {ask}"
            raise JudgesError(f"{text} What was finished is stored: run the same command again.")
        return self._start()


def _ready(links: Mapping[Connection, Path]) -> list[Connection]:
    return [link for link in wait(list(links)) if isinstance(link, Connection)]


def _received(link: Connection) -> Graded | None:
    try:
        graded: Graded = link.recv()
    except (EOFError, OSError):
        return None
    return graded


def _judge(link: Connection, job: Job, made_by: Mapping[str, str], parent: int) -> None:
    """Judge what comes until nothing does."""
    # An interrupt is for the process that started this one, which ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        die_with_parent(parent)
    with Desk(job, made_by) as desk:
        # The trees of each submission's files would have all of this looked through again.
        gc.freeze()
        while True:
            try:
                path = link.recv()
            except EOFError:
                return
            link.send(desk.graded(path))
