"""`python -m fuzz`: varies frames for as long as it is told to, guided by the lines they reach.

Prints a table. What breaks a target is kept in build/fuzz/, to be tried again by
`python -m fuzz.once TARGET FILE...`; then the exit code is 1.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fuzz.corpus import seeds, words
from fuzz.targets import TARGETS

PLACE = Path("build/fuzz")
SHARES = {"frames": 0.25, "trees": 0.35, "replies": 0.25, "conversations": 0.1, "sockets": 0.05}
"""Of all frames: what is slow gets fewer."""
LIMITS = "-max_len=4096", "-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1"


def main(
    frames: Annotated[int, typer.Option(help="How many, over all targets.")] = 10_000_000,
    processes: Annotated[int, typer.Option(help="Targets tried at the same time.")] = 2,
    seed: Annotated[int, typer.Option(help="Another seed tries other frames.")] = 1,
) -> None:
    """Fuzz all decoders of the wire."""
    for name in TARGETS:
        _plant(name)
    (PLACE / "words").write_text(words(), "utf-8")
    with ThreadPoolExecutor(processes) as pool:
        rows = list(pool.map(lambda name: _fuzzed(name, frames, seed), TARGETS))
    table = Table("target", "frames", "a second", "edges", "kept inputs", "crashes")
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)
    raise typer.Exit(int(any(row[-1] for row in rows)))


def _plant(name: str) -> None:
    """Write what a target begins with; what earlier runs have found is there still."""
    (PLACE / name).mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(seeds(name)):
        (PLACE / name / f"seed-{number}").write_bytes(content)


def _fuzzed(name: str, frames: int, seed: int) -> tuple[str, int, int, int, int, int]:
    wanted = f"-dict={PLACE}/words", f"-runs={int(frames * SHARES[name])}", f"-seed={seed}"
    places = f"-artifact_prefix={PLACE}/{name}-", str(PLACE / name)
    command = [sys.executable, "-m", "fuzz.once", name, *LIMITS, *wanted, *places]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace")
    (PLACE / f"{name}.log").write_text(run.stdout + run.stderr, "utf-8")
    return name, *_figures(run.stderr), int(run.returncode != 0)


def _figures(log: str) -> tuple[int, int, int, int]:
    """Frames tried, frames a second, edges reached, and inputs that reached something new."""
    tried = re.findall(r"number_of_executed_units: *(\d+)", log) or ["0"]
    speed = re.findall(r"average_exec_per_sec: *(\d+)", log) or ["0"]
    reached = re.findall(r"cov: (\d+) .*corp: (\d+)", log) or [("0", "0")]
    return int(tried[-1]), int(speed[-1]), int(reached[-1][0]), int(reached[-1][1])


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    typer.run(main)
