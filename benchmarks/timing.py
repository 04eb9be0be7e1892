"""How long something takes."""

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], runs: int = 15) -> float:
    """Median wall time of `runs` calls, after one to warm up."""
    work()
    return statistics.median(once(work) for _ in range(runs))


def once(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
