"""`python -m fuzz`: varies frames for as long as it is told to, guided by the lines they reach.

Prints a table. What breaks a target is kept in build/fuzz/, to be tried again by
`python -m fuzz.once TARGET FILE...`; then the exit code is 1, as it is if fewer frames than wanted
were tried.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fuzz.corpus import seeds, words
from fuzz.targets import TARGETS

PLACE = Path("build/fuzz")
INTERRUPTED = 72
"""libFuzzer's exit code after SIGINT, which ends one target with the figures so far."""
COLUMNS = "target", "frames", "wanted", "a second", "edges", "kept inputs", "crashes"
SHARES = {"frames": 0.25, "trees": 0.2, "replies": 0.45, "conversations": 0.05, "sockets": 0.05}
"""Of all frames: what is slow gets fewer."""
LONGEST = {"trees": 256}
"""Bytes; 4096 of the others. Each of these bytes is a choice, and so several bytes of a frame."""
LIMITS = "-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1"


@dataclass(frozen=True)
class Row:
    """What became of one target; its start counts for `a_second`, too."""

    target: str
    frames: int
    wanted: int
    a_second: float
    edges: int
    kept: int
    crashes: int

    @property
    def fine(self) -> bool:
        return not self.crashes and self.frames >= self.wanted


def main(
    frames: Annotated[int, typer.Option(min=100, help="How many, over all targets.")] = 10_000_000,
    processes: Annotated[int, typer.Option(min=1, help="Targets tried at the same time.")] = 2,
    seed: Annotated[int, typer.Option(min=1, help="Another seed tries other frames.")] = 1,
) -> None:
    """Fuzz all decoders of the wire."""
    for name in TARGETS:
        _plant(name)
    (PLACE / "words").write_text(words(), "utf-8")
    with ThreadPoolExecutor(processes) as pool:
        rows = list(pool.map(lambda name: _fuzzed(name, frames, seed), TARGETS))
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(*map(str, astuple(row)))
    Console().print(table)
    raise typer.Exit(int(not all(row.fine for row in rows)))


def _plant(name: str) -> None:
    """Write what a target begins with; what earlier runs have found is there still."""
    (PLACE / name).mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(seeds(name)):
        (PLACE / name / f"seed-{number}").write_bytes(content)


def _fuzzed(name: str, frames: int, seed: int) -> Row:
    count = int(frames * SHARES[name])
    command = _command(name, count, seed)
    log, start = PLACE / f"{name}.log", time.monotonic()
    with open(log, "wb") as file:
        run = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT)
    tried, edges, kept = figures(log.read_text("utf-8", "replace"))
    speed = tried / (time.monotonic() - start)
    crashed = int(run.returncode not in (0, INTERRUPTED))
    return Row(name, tried, count, round(speed) or round(speed, 2), edges, kept, crashed)


def _command(name: str, count: int, seed: int) -> list[str]:
    wanted = (
        f"-max_len={LONGEST.get(name, 4096)}",
        f"-dict={PLACE}/words",
        f"-runs={count}",
        f"-seed={seed}",
    )
    places = f"-artifact_prefix={PLACE}/{name}-", str(PLACE / name)
    return [sys.executable, "-m", "fuzz.once", name, *LIMITS, *wanted, *places]


def figures(log: str) -> tuple[int, int, int]:
    """Frames tried, edges reached, and inputs that reached something new."""
    tried = re.findall(r"number_of_executed_units: *(\d+)", log) or ["0"]
    reached = re.findall(r"cov: (\d+) .*corp: (\d+)", log) or [("0", "0")]
    return int(tried[-1]), int(reached[-1][0]), int(reached[-1][1])


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    typer.run(main)
