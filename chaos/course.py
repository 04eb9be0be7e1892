"""Where a class is graded again and again: a small disk of its own, and short time limits."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.sandbox import namespaces
from autograder.sandbox.namespaces import NEW_MOUNTS, PRIVATE, RECURSIVE, mount
from benchmarks.classes import SOURCE, write_class

FILE = "deepnets/layers.py"
TASKS = (
    *("affine_forward", "affine_backward", "relu_forward", "relu_backward"),
    *("svm_loss", "dropout_forward", "dropout_backward", "layernorm_forward"),
)
LIMITS = {"call_seconds = 5.0": "call_seconds = 3.0", "file_seconds = 120.0": "file_seconds = 12.0"}
NEW_TIME = 0x80
WRITTEN = {"results.db", "results.json", "points.csv"}
ROOM, ROOM_EACH = 64 << 20, 64 << 10
"""Bytes of the disk: for any class, and for each submission."""


@dataclass(frozen=True)
class Course:
    """`disk` holds all that a run writes, temporary files as well; `clock` what time it sees."""

    root: Path
    jobs: int

    @property
    def disk(self) -> Path:
        return self.root / "disk"

    @property
    def temporary(self) -> Path:
        return self.disk / "tmp"

    @property
    def output(self) -> Path:
        return self.disk / "out"

    @property
    def store(self) -> Path:
        return self.output / "results.db"

    @property
    def clock(self) -> Path:
        return self.root / "clock"

    def command(self) -> list[str]:
        """The one that is run again after each fault."""
        files = (
            "--json",
            str(self.output / "results.json"),
            "--csv",
            str(self.output / "points.csv"),
        )
        place = "--assignment", str(self.root / "assignment"), "--store", str(self.store)
        tasks = [word for task in TASKS for word in ("--task", task)]
        how = "--jobs", str(self.jobs), "--seed", "chaos", "--skip-experiments"
        grade = [sys.executable, "-m", "autograder", "grade", str(self.root / "class")]
        return [*grade, *place, *files, *how, *tasks]

    def start(self, uptime: int | None = None) -> subprocess.Popen[str]:
        """The command, running; on a machine that has been up for `uptime` seconds, where a process
        may believe so."""
        shim = str(Path(__file__).with_name("clock"))
        seen = {"TMPDIR": str(self.temporary), "CHAOS_CLOCK": str(self.clock), "PYTHONPATH": shim}
        log = open(self.root / "log", "w+")  # noqa: SIM115 - read when the run has ended
        return subprocess.Popen(
            self.command(), env=os.environ | seen, stdout=subprocess.DEVNULL, stderr=log, text=True,
            preexec_fn=None if uptime is None else partial(_begin_at, uptime),
        )  # fmt: skip

    def said(self) -> str:
        """The last run's errors."""
        return (self.root / "log").read_text("utf-8", "replace")

    def clean(self) -> None:
        """As before the first run."""
        for folder in (self.temporary, self.output):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        self.clock.write_text("0")

    def result(self) -> tuple[str, str]:
        """The final table: the document, but for what is true of one run alone, and the CSV."""
        document = json.loads((self.output / "results.json").read_text("utf-8"))
        del document["run"]
        return json.dumps(document, indent=1), (self.output / "points.csv").read_text("utf-8")

    def left_over(self) -> list[str]:
        """Files that nobody asked for."""
        kept = {self.output / name for name in WRITTEN}
        shared = list(Path("/dev/shm").iterdir())
        found = [p for p in (*self.output.rglob("*"), *self.temporary.rglob("*")) if p not in kept]
        return [str(path) for path in (*found, *shared)]


def prepared(root: Path, count: int, jobs: int, seed: int, hostile: float) -> Course:
    """A new class in `root`, and a disk that nobody else sees. Raises OSError where this process
    may not mount one."""
    shutil.rmtree(root, ignore_errors=True)
    course = Course(root.resolve(), jobs)
    write_class(course.root / "class", count, seed, hostile, [FILE])
    assignment = Path(shutil.copytree(SOURCE, course.root / "assignment")) / "assignment.toml"
    text = assignment.read_text("utf-8")
    for usual, short in LIMITS.items():
        assert usual in text
        text = text.replace(usual, short)
    assignment.write_text(text, "utf-8")
    course.disk.mkdir()
    _mount(course.disk, ROOM + count * ROOM_EACH)
    return course


def _begin_at(uptime: int) -> None:
    """The monotonic clock of those whom this process starts, where it may be set."""
    with suppress(OSError):
        namespaces.unshare(NEW_TIME)
        passed = int(time.clock_gettime(time.CLOCK_MONOTONIC))
        Path("/proc/self/timens_offsets").write_text(f"monotonic {uptime - passed} 0")


def _mount(disk: Path, size: int) -> None:
    if os.geteuid():
        namespaces._own_user_namespace()
    namespaces.unshare(NEW_MOUNTS)
    mount(None, "/", None, RECURSIVE | PRIVATE)
    for target in (str(disk), "/dev/shm"):
        mount("tmpfs", target, "tmpfs", 0, f"size={size}")
