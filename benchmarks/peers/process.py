"""What a command costs with all processes that it starts, also those that outlive it."""

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.tools import PLACE

BECOME_REAPER = 36
"""PR_SET_CHILD_SUBREAPER of include/uapi/linux/prctl.h."""
ENVIRONMENT = {
    **{f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")},
    "LANG": "C.UTF-8",
}


@dataclass(frozen=True)
class Cost:
    """Processor and wall-clock seconds."""

    cpu: float
    wall: float


def measured(
    command: Sequence[object],
    folder: Path,
    more: Mapping[str, str] | None = None,
    codes: tuple[int, ...] = (0,),
) -> tuple[str, Cost]:
    """What `command` prints in `folder`, and its cost; `more` are variables of its environment,
    `codes` its exit statuses if all is well.

    Processes that a command leaves behind, as kernels may be, become this one's children, and are
    waited for.
    """
    ctypes.CDLL(None).prctl(BECOME_REAPER, 1, 0, 0, 0)
    words = list(map(str, command))
    PLACE.joinpath("home").mkdir(parents=True, exist_ok=True)
    variables = {**ENVIRONMENT, "HOME": str(PLACE / "home"), **(more or {})}
    variables["PATH"] = f"{Path(words[0]).parent}:{os.environ['PATH']}"
    cpu, wall = _used(), time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=variables, capture_output=True, text=True)
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    cost = Cost(_used() - cpu, time.perf_counter() - wall)
    if done.returncode not in codes:
        told = (done.stdout + done.stderr)[-3000:]
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{told}")
    return done.stdout, cost


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
