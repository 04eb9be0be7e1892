"""A cluster whose machines have nothing in common but the wire: each a checkout of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_PAGES = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
TLS = {"ca-file": "ca.pem", "cert": "cert.pem", "key": "key.pem"}


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


def checkout(folder: Path) -> Path:
    """What a worker needs of this repository."""
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("autograder", "datasets"):
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    return folder


def keys(folder: Path) -> Path:
    """Made as docs/scale.md says."""
    folder.mkdir()
    [line] = re.findall(r"^openssl .*", (ROOT / "docs/scale.md").read_text(), re.MULTILINE)
    subprocess.run(line, shell=True, cwd=folder, check=True, capture_output=True)
    return folder


def with_keys(folder: Path) -> list[str]:
    """The options that Dask's programs have for them."""
    return [part for name, file in TLS.items() for part in (f"--tls-{name}", str(folder / file))]


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
    """A worker that has joined."""
    fixed = ["--nthreads", "1", *NO_PAGES, "--local-directory", str(where)]
    with running([*_dask("worker"), address, *fixed, *options], where) as program:
        program.said(r"(Registered to)")
        yield program


def _dask(name: str) -> list[str]:
    return [sys.executable, "-m", f"distributed.cli.dask_{name}"]
