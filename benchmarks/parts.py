"""Where the time of a drawn submission goes: reading, answers, mistakes, workers.

`python -m benchmarks.parts 600` grades a drawn class by twelve functions with one judge, and prints
processor time for each submission. Linux only.
"""

import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any
from unittest.mock import patch

import typer

from autograder.grading import grade
from autograder.grading.grade import Job, Judge
from autograder.sandbox.tiers import probe
from autograder.sandbox.zygote import Zygote
from benchmarks.classes import SOURCE, write_class
from benchmarks.peers.course import TWELVE
from benchmarks.processes import cpu_seconds, tree

WARM = 60
"""Submissions before any is timed: what a judge makes once is made by then."""
PARTS: dict[str, tuple[Any, str]] = {
    "reading what was handed in": (grade, "read_in_dialect"),
    "naming mistakes": (grade, "diagnosed"),
    "starting workers": (Zygote, "spawn"),
}
"""Where the functions are that are measured."""


class Meter:
    """How often functions were called, and their seconds of processor time."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: defaultdict[str, int] = defaultdict(int)

    def measured(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, measured."""

        def call(*args: Any, **kwargs: Any) -> Any:
            begin = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.calls[name] += 1
                self.seconds[name] += time.process_time() - begin

        return call


def main(
    count: Annotated[int, typer.Argument(min=1, help="How many submissions.")] = 600,
    right: Annotated[bool, typer.Option("--right", help="A class without mistakes.")] = False,
) -> None:
    """Grade a class and print what takes the time."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as place:
        write_class(Path(place, "class"), WARM + count, seed=1, right=right)
        paths = sorted(Path(place, "class").iterdir())
        job = Job(SOURCE.resolve(), probe(), "s", Path(place, "r.db"), TWELVE, experiments=False)
        with Judge(job) as judge:
            _judge(judge, paths[:WARM])
            _tell(judge, paths[WARM:])


def _tell(judge: Judge, paths: Sequence[Path]) -> None:
    meter, each = Meter(), 1e3 / len(paths)
    before, begin = _workers(), time.process_time()
    with ExitStack() as patches:
        for name, (owner, function) in PARTS.items():
            measured = meter.measured(name, getattr(owner, function))
            patches.enter_context(patch.object(owner, function, measured))
        _judge(judge, paths)
    print(f"judge: {each * (time.process_time() - begin):.1f} ms")
    for name in PARTS:
        calls, spent = meter.calls[name] / len(paths), each * meter.seconds[name]
        print(f"  of it {name}: {spent:.1f} ms ({calls:.2f} times)")
    print(f"workers: {each * (_workers() - before):.1f} ms")


def _judge(judge: Judge, paths: Sequence[Path]) -> None:
    for path in paths:
        judge.grade(path)


def _workers() -> float:
    """Seconds of the zygotes, and of all that they started."""
    return sum(cpu_seconds(pid) for pid in tree(os.getpid()) if pid != os.getpid())


if __name__ == "__main__":
    typer.run(main)
