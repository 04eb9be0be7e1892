"""What running processes use, read in /proc."""

import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> Iterator[int]:
    """It and all below it."""
    yield pid
    for child in children(pid):
        yield from tree(child)


def children(pid: int) -> list[int]:
    """Those that it started and that have not ended."""
    return [int(word) for word in _proc(pid, f"task/{pid}/children").split()]


def memory(pid: int) -> int:
    """Bytes that a process holds and shares with nobody."""
    fields = _proc(pid, "statm").split()
    pages = int(fields[1]) - int(fields[2]) if fields else 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(pid: int) -> float:
    """Processor seconds of a process and of its children that have ended."""
    fields = _proc(pid, "stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def _proc(pid: int, name: str) -> str:
    """Empty for a process that has ended meanwhile."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""
