"""Mutants judged like submissions, in parallel; a run that was stopped goes on where it was."""

import os
import signal
import sys
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from multiprocessing import active_children, get_context

from autograder.grading.grade import Entry, Job, Judge
from autograder.grading.provenance import engine_digest
from autograder.grading.store import Store, content_key
from autograder.sandbox.kernel import die_with_parent
from mutants.mutant import Mutant

BATCH = 40


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: `share` of its points is left; `killers` are the tasks that lost.

    `noticed` are the cases that failed.
    """

    mutant: Mutant
    share: float
    killers: tuple[str, ...]
    noticed: tuple[str, ...]


def fates(mutants: Sequence[Mutant], job: Job, jobs: int) -> Generator[Fate, None, None]:
    """The fate of each of `mutants`, in any order.

    Each is judged in its own task; if that is content, in all others, for a wrong cache is seen by
    who reads it.
    """
    with _pool(jobs) as pool:
        first = [pool.submit(_judged, batch, _own(batch, job)) for batch in _by_task(mutants)]
        alive: list[Mutant] = []
        for future in as_completed(first):
            yield from (fate for fate in future.result() if fate.killers)
            alive += [fate.mutant for fate in future.result() if not fate.killers]
        for future in as_completed([pool.submit(_judged, b, job) for b in _batches(alive)]):
            yield from future.result()


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Judges that end at once, whatever they are at, if what uses them does not come to its end."""
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _obey, (os.getpid(),))
    try:
        yield pool
    except BaseException:
        for judge in active_children():
            judge.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _obey(parent: int) -> None:
    """An interrupt is for the process that started this one, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        die_with_parent(parent)


def _own(mutants: Sequence[Mutant], job: Job) -> Job:
    return replace(job, tasks=(mutants[0].task,))


def _by_task(mutants: Sequence[Mutant]) -> Iterator[list[Mutant]]:
    """A judge prepares for its tasks, so that a batch has only one."""
    ordered = sorted(mutants, key=lambda mutant: mutant.task)
    for _, group in groupby(ordered, key=lambda mutant: mutant.task):
        yield from _batches(list(group))


def _batches(mutants: list[Mutant]) -> Iterator[list[Mutant]]:
    return (mutants[i : i + BATCH] for i in range(0, len(mutants), BATCH))


def _judged(mutants: list[Mutant], job: Job) -> list[Fate]:
    how = engine_digest(), job.seed, repr(job.tasks)
    keys = [content_key(*how, mutant.submission.digest) for mutant in mutants]
    with Store(job.store) as store:
        if not all(map(store.result, keys)):
            with Judge(job) as judge:
                for key, mutant in zip(keys, mutants, strict=True):
                    if store.result(key) is None:
                        store.keep_result(key, judge.judge(mutant.submission), {})
        kept = [store.result(key) for key in keys]
    return [_fate(m, each.entry) for m, each in zip(mutants, kept, strict=True) if each]


def _fate(mutant: Mutant, entry: Entry) -> Fate:
    lost = [task for task in entry["tasks"] if task["points"] < task["max_points"]]
    findings = [finding for task in lost for finding in task["findings"]]
    noticed = dict.fromkeys(found["trial"] for found in findings)
    killers = tuple(task["id"] for task in lost)
    return Fate(mutant, entry["points"] / entry["max_points"], killers, tuple(noticed))
