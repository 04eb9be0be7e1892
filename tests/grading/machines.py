"""A cluster whose machines have little in common but the wire: each a checkout of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_PAGES = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
KEYS = Path("keys")
TLS = {"ca-file": "ca.pem", "cert": "cert.pem", "key": "key.pem"}

ALONE = """
set -e
for hidden in "$1/autograder" "$1/datasets" "$1/source" "$2"; do mount -t tmpfs none "$hidden"; done
mkdir "$2/machine"
cp -a . "$2/machine"
cd "$2/machine"
shift 2
exec "$@"
"""


@dataclass
class Program:
    """A running program with all its children, and what it has said."""

    process: subprocess.Popen[bytes]
    log: Path

    def text(self) -> str:
        """All that it has said."""
        return self.log.read_text()

    def said(self, pattern: str, seconds: float = 30.0) -> str:
        """The group of the first match in what it says."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if match := re.search(pattern, self.text()):
                return match[1]
            time.sleep(0.05)
        raise AssertionError(self.text())

    def kill(self) -> None:
        """End it, and all its children but those in sessions of their own."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def checkout(folder: Path, tls: Path) -> Path:
    """What a worker needs of this repository, and a copy of the keys."""
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("autograder", "datasets"):
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    shutil.copytree(tls, folder / KEYS)
    return folder


def keys(folder: Path) -> Path:
    """Made as docs/scale.md says."""
    folder.mkdir()
    [line] = re.findall(r"^openssl .*", (ROOT / "docs/scale.md").read_text(), re.MULTILINE)
    subprocess.run(line, shell=True, cwd=folder, check=True, capture_output=True)
    return folder


def with_keys(folder: Path = KEYS) -> list[str]:
    """The options that Dask's programs have for them."""
    return [part for name, file in TLS.items() for part in (f"--tls-{name}", str(folder / file))]


@cache
def unshared() -> tuple[str, ...]:
    """What starts a program that has mounts of its own; nothing where the system forbids that."""
    user = () if os.geteuid() == 0 else ("--map-current-user", "--keep-caps")
    start = ("unshare", *user, "--mount")
    mount = [*start, "mount", "-t", "tmpfs", "none", tempfile.gettempdir()]
    return start if subprocess.run(mount, capture_output=True).returncode == 0 else ()


def on(machine: Path, *command: str) -> list[str]:
    """The command to be run in `machine`, in whose place and beside which it finds nothing but a
    copy of it, in memory of its own, and no other checkout of this repository; where nothing can
    be unshared, it finds all that is there."""
    alone = ["sh", "-c", ALONE, "sh", str(ROOT), str(machine.parent)]
    return [*unshared(), *alone, *command] if unshared() else list(command)


@contextmanager
def running(command: list[str], where: Path, logs: Path | None = None) -> Iterator[Program]:
    """A program on the machine `where`, ended at the end."""
    log = (logs or where) / f"{time.monotonic_ns()}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=where, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            start_new_session=True,
        )  # fmt: skip
    program = Program(process, log)
    try:
        yield program
    finally:
        if process.poll() is None:
            program.kill()


@contextmanager
def scheduler(where: Path, *options: str) -> Iterator[tuple[Program, str]]:
    """A scheduler, and its address."""
    fixed = ["--host", "127.0.0.1", "--port", "0", *NO_PAGES]
    with running([*_dask("scheduler"), *fixed, *options], where) as program:
        yield program, program.said(r"Scheduler at: +(\S+)")


@contextmanager
def worker(where: Path, address: str, *options: str) -> Iterator[Program]:
    """A worker with keys that has joined, on a machine with the files of `where` alone."""
    fixed = ["--nthreads", "1", *NO_PAGES, "--local-directory", ".", *with_keys()]
    with running(on(where, *_dask("worker"), address, *fixed, *options), where) as program:
        program.said(r"(Registered to)")
        yield program


def _dask(name: str) -> list[str]:
    return [sys.executable, "-m", f"distributed.cli.dask_{name}"]
