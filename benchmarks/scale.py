"""What a large class costs: time, memory and disk, from the first tenth to the last.

`python -m benchmarks.scale 10000` draws a class, grades it with the command that instructors use,
and prints a row per tenth, and what more of them would need. `--all` asks for every task that needs
neither training nor PyTorch instead of twelve. Linux only: what processes use is read in /proc.
"""

import math
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from autograder.assignment import load_assignment
from benchmarks.classes import SOURCE, write_class
from benchmarks.peers.course import TWELVE
from benchmarks.processes import children, cpu_seconds, memory, tree

PARTS, MIB = 10, 1 << 20


@dataclass(frozen=True)
class Sample:
    """How far a run is: submissions stored, wall and processor seconds, bytes in memory and on
    disk."""

    stored: int
    wall: float
    cpu: float
    main: int
    judge: int
    disk: int


def _ours(folder: Path) -> Path:
    if folder.exists() and not (folder / "class").is_dir():
        raise typer.BadParameter(f"{folder} was not made here, and would be replaced: name another")
    return folder


def main(
    count: Annotated[int, typer.Argument(min=PARTS, help="How many submissions.")] = 10_000,
    all: Annotated[bool, typer.Option("--all", help="All tasks with code, not twelve.")] = False,
    right: Annotated[
        bool, typer.Option("--right", help="A class without mistakes, each task in some way.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Judges.")] = os.cpu_count() or 1,
    folder: Annotated[
        Path, typer.Option(callback=_ours, help="Where all is written; replaced.")
    ] = Path("build/scale"),
) -> None:
    """Grade a large class and print what it costs."""
    shutil.rmtree(folder, ignore_errors=True)
    write_class(folder / "class", count, seed=1, right=right)
    begin, before = time.monotonic(), _ended()
    print("submissions  a second  CPU ms each  command MiB  judge MiB  disk MB")
    last = Sample(0, 0.0, 0.0, 0, 0, 0)
    for sample in _samples(_command(folder, jobs, all), folder):
        due = (last.stored * PARTS // count + 1) * count // PARTS
        if sample.stored >= due > last.stored:
            print(_row(last, sample), flush=True)
            last = sample
    _tell_of_all(count, time.monotonic() - begin, _ended() - before)
    _tell_of_reports(folder, count)


def _command(folder: Path, jobs: int, all: bool) -> list[str]:
    assignment = load_assignment(SOURCE)
    cheap = (t.id for t in assignment.tasks if t.has_cases and t.environment == "numpy")
    tasks = [word for task in (cheap if all else TWELVE) for word in ("--task", task)]
    places = {"store": "results.db", "html": "report", "csv": "points.csv", "json": "results.json"}
    to = [word for name, file in places.items() for word in (f"--{name}", str(folder / file))]
    grade = [sys.executable, "-m", "autograder", "grade", str(folder / "class"), *tasks, *to]
    return [*grade, "--assignment", str(SOURCE), "--jobs", str(jobs)]


def _samples(command: list[str], folder: Path) -> Iterator[Sample]:
    begin, log = time.monotonic(), folder / "grade.log"
    with open(log, "wb") as told:
        run = subprocess.Popen(command, stdout=told, stderr=told)
    while run.poll() is None:
        yield _sample(run.pid, folder / "results.db", time.monotonic() - begin)
        time.sleep(0.5)
    if run.returncode:
        raise SystemExit(f"the command ended with status {run.returncode}, see {log}")


def _sample(pid: int, store: Path, wall: float) -> Sample:
    judges = [memory(judge) for judge in children(pid)]
    files = [store, store.with_name(f"{store.name}-wal")]
    disk = sum(file.stat().st_size for file in files if file.exists())
    cpu = sum(map(cpu_seconds, tree(pid)))
    return Sample(_stored(store), wall, cpu, memory(pid), max(judges, default=0), disk)


def _row(last: Sample, now: Sample) -> str:
    count, cpu = now.stored - last.stored, 1e3 * (now.cpu - last.cpu)
    speed = f"{count / (now.wall - last.wall):8.1f} {cpu / count:12.0f}"
    sizes = f"{now.main / MIB:12.0f} {now.judge / MIB:10.0f} {now.disk / 1e6:8.1f}"
    return f"{now.stored:11} {speed} {sizes}"


def _ended() -> float:
    """Processor seconds of all that has run and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tell_of_all(count: int, wall: float, cpu: float) -> None:
    """With the start and the reports; so many machines judge more in an hour."""
    print(f"in all: {wall:.0f} s, {count / wall:.1f} a second, CPU {1e3 * cpu / count:.0f} ms each")
    for many in (100_000, 10_000_000):
        print(f"{many:,} an hour: {math.ceil(many * wall / count / 3600)} such machines")


def _tell_of_reports(folder: Path, count: int) -> None:
    size = (folder / "results.db").stat().st_size
    print(f"results.db: {size / 1e6:.1f} MB, {size / count:.0f} bytes each")
    pages = sorted((folder / "report").rglob("*.html"), key=lambda page: page.stat().st_size)
    print(f"report: {len(pages)} pages, the largest {pages[-1].stat().st_size / 1e6:.2f} MB")


def _stored(store: Path) -> int:
    """While the file is being made, nothing is."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database:
            return int(database.execute("select count(*) from entries").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


if __name__ == "__main__":
    typer.run(main)
