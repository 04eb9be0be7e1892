"""The processes of a run, as the kernel lists them."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.kernel import prctl

PR_SET_CHILD_SUBREAPER = 36
ZOMBIE = "Z"


@dataclass(frozen=True)
class Process:
    """`session` is the id of the process that began the one it is in."""

    pid: int
    parent: int
    session: int
    state: str
    command: str


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


def reap() -> None:
    """Let go of adopted children that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


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
            # The name, in brackets, may hold anything.
            state, parent, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            yield Process(int(folder.name), int(parent), int(session), state, command)
