"""The processes of a run, as the kernel lists them."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.kernel import prctl

PR_SET_CHILD_SUBREAPER = 36
ZOMBIE = "Z"
GRACE = 10.0
"""Seconds that others have to follow a process that has ended."""


@dataclass(frozen=True)
class Process:
    """`session` is the id of the process that began the one it is in."""

    pid: int
    parent: int
    session: int
    state: str
    command: str

    def __str__(self) -> str:
        what = "zombie" if self.state == ZOMBIE else "process"
        return f"{what} {self.pid}: {' '.join(self.command.split())[:100]}"


def adopt_orphans() -> None:
    """From now on whatever is left of a run becomes a child of this process."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def below(root: int) -> list[Process]:
    """All descendants of the process `root`, parents first."""
    children: dict[int, list[Process]] = {}
    for process in _processes():
        children.setdefault(process.parent, []).append(process)
    found = list(children.get(root, ()))
    for process in found:
        found += children.get(process.pid, ())
    return found


def roles(scheduler: int) -> dict[str, list[int]]:
    """Ids by what a process does in the run of the command with the id `scheduler`."""
    everything = below(scheduler)
    judges = [p.pid for p in everything if p.parent == scheduler and "spawn_main" in p.command]
    programs = {p.pid for p in everything if p.parent in judges}
    zygotes = [p.pid for p in everything if p.session in programs]
    known = {scheduler, *judges, *zygotes}
    workers = [p.pid for p in everything if _ancestors(p, everything) & programs]
    return {
        "worker": [pid for pid in workers if pid not in known],
        "zygote": zygotes,
        "judge": judges,
        "scheduler": [scheduler],
        "everything": [scheduler, *(p.pid for p in everything)],
    }


def orphans(run: int) -> list[Process]:
    """What is left of processes of a run that have ended, and was adopted; `run` is not."""
    members = {run, *(p.pid for p in below(run))}
    return [p for p in below(os.getpid()) if p.pid not in members]


def followed(run: int) -> list[Process]:
    """Give orphans the time to end, let go of those that do, and return the others."""
    deadline = time.monotonic() + GRACE
    while (left := _reaped(orphans(run))) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def ended(pid: int) -> bool:
    """Is it gone, but for what its parent is to know?"""
    try:
        return _process(Path(f"/proc/{pid}")).state == ZOMBIE
    except OSError:
        return True


def _reaped(found: list[Process]) -> list[Process]:
    """Those that have not ended."""
    for process in found:
        if process.state == ZOMBIE:
            with suppress(ChildProcessError):
                os.waitpid(process.pid, os.WNOHANG)
    return [process for process in found if process.state != ZOMBIE]


def _ancestors(process: Process, among: list[Process]) -> set[int]:
    parents = {p.pid: p.parent for p in among}
    found, pid = set[int](), process.parent
    while pid in parents:
        found.add(pid)
        pid = parents[pid]
    return found


def _processes() -> Iterator[Process]:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            yield _process(folder)


def _process(folder: Path) -> Process:
    """OSError if it is gone; of a zombie, nothing but the name is left of its command."""
    # The name, in brackets, may hold anything.
    head, _, tail = (folder / "stat").read_text().rpartition(")")
    state, parent, _, session = tail.split()[:4]
    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    command = words or head.partition("(")[2]
    return Process(int(folder.name), int(parent), int(session), state, command)
