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
        left, deaths, in_a_row = deque(paths), Counter[Path](), 0
        at_hand = {self._start(): left.popleft() for _ in range(min(jobs, len(left)))}
        for link, path in at_hand.items():
            _hand(link, path)
        while at_hand:
            for link in _ready(at_hand):
                path, graded = at_hand.pop(link), _received(link)
                in_a_row = 0 if graded else in_a_row + 1
                deaths.update([] if graded else [path])
                if again := graded is None and deaths[path] < TRIES:
                    left.append(path)
                if left:
                    link = link if graded else self._replaced(link, in_a_row)
                    at_hand[link] = left.popleft()
                    _hand(link, at_hand[link])
                if not again:
                    yield path, graded

    def _start(self) -> Connection:
        context = get_context("spawn")
        link, theirs = context.Pipe()
        with theirs:
            arguments = (theirs, self._job, self._made_by, os.getpid())
            process = context.Process(target=_judge, args=arguments, daemon=True)
            process.start()
        self._processes[link] = process
        return link

    def _replaced(self, link: Connection, in_a_row: int) -> Connection:
        self._processes.pop(link).join(_END_SECONDS)
        link.close()
        if in_a_row > MOST_DEATHS:
            text = f"the last {in_a_row} judges died; is memory left, and can {sys.executable} run?"
            raise JudgesError(f"{text} What was finished is stored: run the same command again.")
        return self._start()


def _ready(links: Mapping[Connection, Path]) -> list[Connection]:
    return [link for link in wait(list(links)) if isinstance(link, Connection)]


def _hand(link: Connection, path: Path) -> None:
    """A judge that is dead already will be noticed when it gives nothing back."""
    with suppress(OSError):
        link.send(path)


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
