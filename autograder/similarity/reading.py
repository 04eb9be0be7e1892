"""Many submissions, read in several processes."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from autograder.similarity.work import Work, read_work

WORTH_PROCESSES = 40
"""So many submissions take longer to read than a process to start."""

Handed = tuple[Path, str]
"""A submission and its year, "" for the class."""


def read_works(sources: Sequence[Handed], starter: frozenset[str], jobs: int) -> Iterator[Work]:
    """What was handed in at each of `sources`, in their order, read by `jobs` processes."""
    if jobs == 1 or len(sources) < WORTH_PROCESSES:
        yield from (read_work(path, year, starter) for path, year in sources)
        return
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (starter,))
    try:
        yield from pool.map(_read, sources, chunksize=4)
    finally:
        pool.shutdown(cancel_futures=True)


_starter: frozenset[str]


def _start(starter: frozenset[str]) -> None:
    global _starter
    # An interrupt is for the process that started this one, which ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _starter = starter


def _read(source: Handed) -> Work:
    return read_work(*source, _starter)
