"""Where a class is graded again and again: a small disk of its own."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from autograder.sandbox import namespaces
from benchmarks.classes import SOURCE, write_class
from chaos.disks import SHARED, Elsewhere, mounted, resize

FILE = "deepnets/layers.py"
TASKS = (
    *("affine_forward", "affine_backward", "relu_forward", "relu_backward"),
    *("svm_loss", "dropout_forward", "dropout_backward", "layernorm_forward"),
)
NEW_TIME = 0x80
MARK = ".made-by-chaos"
WRITTEN = re.compile(
    r"(results\.db|results\.json|points\.csv|html"
    r"|html/(index\.html|\.hand-outs|\.table|students|table|students/s\d{5}\.html|table/\d+\.html))"
)
OF_ONE_RUN = re.compile(r"\d+ graded in [\d.]+ s(, \d+ known [^<]*)?|<dd>\d{4}-\d\d-\d\dT[^<]*")
"""What pages say of a run, besides its date."""
ROOM, ROOM_EACH = 64 << 20, 64 << 10
"""Bytes of the disk: for any class, and for each submission."""
Table = dict[str, str]
"""By name a part of what a run has written."""


@dataclass(frozen=True)
class Course:
    """`disk` holds all that a run writes, temporary files as well; `clock` what time it sees.

    `count` submissions are handed in. With `own_disk` nobody else sees it, nor the shared memory;
    `elsewhere` are other folders. With `own_uptime` runs may believe in another one.
    """

    root: Path
    count: int
    jobs: int
    own_disk: bool
    elsewhere: Elsewhere
    own_uptime: bool

    @property
    def disk(self) -> Path:
        return self.root / "disk"

    @property
    def room(self) -> int:
        """Bytes of the disk."""
        return ROOM + self.count * ROOM_EACH

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
    def judged(self) -> Path:
        return self.root / "judged.db"

    @property
    def clock(self) -> Path:
        return self.root / "clock"

    def command(self) -> list[str]:
        """The one that is run again after each fault."""
        names = {"--json": "results.json", "--csv": "points.csv", "--html": "html"}
        files = [word for key, name in names.items() for word in (key, str(self.output / name))]
        place = "--assignment", str(SOURCE), "--store", str(self.store)
        tasks = [word for task in TASKS for word in ("--task", task)]
        how = "--jobs", str(self.jobs), "--seed", "chaos", "--skip-experiments"
        grade = [sys.executable, "-m", "autograder", "grade", str(self.root / "class")]
        return [*grade, *place, *files, *how, *tasks]

    def start(self, uptime: int | None = None) -> subprocess.Popen[str]:
        """The command, running; with `own_uptime` on a machine that has been up for `uptime`
        seconds."""
        shim = str(Path(__file__).with_name("clock"))
        seen = {"TMPDIR": str(self.temporary), "CHAOS_CLOCK": str(self.clock), "PYTHONPATH": shim}
        begin = None if uptime is None or not self.own_uptime else partial(_begin_at, uptime)
        with open(self.root / "log", "w") as log:
            return subprocess.Popen(
                self.command(), env=os.environ | seen, stdout=subprocess.DEVNULL, stderr=log,
                text=True, preexec_fn=begin,
            )  # fmt: skip

    def said(self) -> str:
        """The last run's errors."""
        return (self.root / "log").read_text("utf-8", "replace")

    def clean(self, share: float = 1.0) -> None:
        """As before the first run, or when `share` of the class is still to be judged."""
        for folder in (self.temporary, self.output):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        self.clock.write_text("0\n")
        if share < 1:
            shutil.copy(self.judged, self.store)
            with closing(sqlite3.connect(self.store, isolation_level=None)) as database:
                [[count]] = database.execute("select count(*) from entries")
                some = "select key from entries order by key limit ?"
                database.execute(f"delete from entries where key in ({some})", [int(share * count)])

    def remember(self) -> None:
        """Keep the store of a whole class, for `clean`."""
        shutil.copy(self.store, self.judged)

    def jump(self, seconds: int) -> None:
        """From now on the clock is wrong by so much."""
        with open(self.clock, "a") as file:
            file.write(f"{seconds}\n")

    def clocks(self) -> list[int]:
        """By how many seconds it has been wrong, one after the other."""
        return list(map(int, self.clock.read_text().split()))

    def started(self) -> float:
        """What time the run was that wrote the document, as it says."""
        return datetime.fromisoformat(self._document()["run"]["started"]).timestamp()

    def reporting(self, pages: int = 1) -> bool:
        """Are so many students' pages there, but not yet the last one, that of the class?"""
        found = (self.output / "html" / "students").glob("*.html")
        return not self.reported() and sum(1 for _ in found) >= pages

    def reported(self) -> bool:
        """Are all pages there?"""
        return (self.output / "html" / "index.html").exists()

    def forget_pages(self) -> None:
        """If all are there, so that they are written again."""
        if self.reported():
            shutil.rmtree(self.output / "html")

    def result(self) -> Table:
        """Of the document each submission and what it says besides, the CSV, and all pages; but for
        what is true of one run alone."""
        document = self._document()
        date = document.pop("run")["started"][:10]
        parts = {entry["id"]: entry for entry in document.pop("submissions")} | {"": document}
        found = {f"results.json {who}": json.dumps(part, indent=1) for who, part in parts.items()}
        for file in (self.output / "points.csv", *(self.output / "html").rglob("*.html")):
            text = OF_ONE_RUN.sub("", file.read_text("utf-8")).replace(date, "")
            found[str(file.relative_to(self.output))] = text
        return found

    def _document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.output / "results.json").read_text("utf-8"))
        return found

    def left_over(self) -> list[str]:
        """Files that nobody asked for."""
        written = (str(path.relative_to(self.output)) for path in self.output.rglob("*"))
        odd = [self.output / name for name in written if not WRITTEN.fullmatch(name)]
        return [*map(str, (*odd, *self.temporary.rglob("*"))), *self.put_elsewhere()]

    def put_elsewhere(self) -> list[str]:
        """What was left outside of the disk since this was asked last."""
        shared = list(SHARED.iterdir()) if self.own_disk else []
        changed = self.elsewhere.changed()
        return [str(path) for path in (*shared, *changed) if not path.is_relative_to(self.root)]

    def make_room(self) -> None:
        """On a disk that is full."""
        if self.own_disk:
            resize(self.disk, self.room)

    def lose_memory(self) -> None:
        """What lies in memory does not come back after a restart."""
        for file in SHARED.iterdir() if self.own_disk else ():
            file.unlink()


def foreign(root: Path) -> bool:
    """Does something lie there that was not made here?"""
    made = root.is_dir() and ((root / MARK).exists() or not any(root.iterdir()))
    return root.exists() and not made


def prepared(root: Path, count: int, jobs: int, seed: int, hostile: float) -> Course:
    """A new class in `root`, with a disk of its own if this process may mount one."""
    assert not foreign(root)
    root = root.resolve()
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / MARK).touch()
    (root / "disk").mkdir()
    elsewhere = Elsewhere()
    own_disk = elsewhere.watch() and mounted(root / "disk")
    course = Course(root, count, jobs, own_disk, elsewhere, _sets_uptime())
    course.make_room()
    write_class(course.root / "class", count, seed, hostile, [FILE])
    _zip_some(course.root / "class")
    return course


def _zip_some(folder: Path) -> None:
    """Some hand in a zip, and some of these broke on the way."""
    for number, each in enumerate(sorted(folder.iterdir())):
        if number % 5 == 1:
            archive = Path(shutil.make_archive(str(each), "zip", each))
            shutil.rmtree(each)
            if number % 4 == 1:
                os.truncate(archive, archive.stat().st_size // 2)


def _begin_at(uptime: int) -> None:
    """The monotonic clock of those whom this process starts. Raises OSError."""
    namespaces.unshare(NEW_TIME)
    passed = int(time.clock_gettime(time.CLOCK_MONOTONIC))
    Path("/proc/self/timens_offsets").write_text(f"monotonic {uptime - passed} 0")


def _sets_uptime() -> bool:
    try:
        subprocess.run([sys.executable, "-c", ""], preexec_fn=partial(_begin_at, 0), check=True)
    except subprocess.SubprocessError:
        return False
    return True
