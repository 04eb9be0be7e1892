"""Processes that nobody in the sandbox may signal, and those of the sandbox that may not stay."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType

CAUGHT = [
    number
    for number in signal.valid_signals()
    if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, signal.SIGINT)
]
_NEIGHBOUR = """
import os, signal
os.setpgid(0, 0)
def note(number, frame):
    os.write(1, b"%d\\n" % number)
for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, note)
os.write(1, b"ready\\n")
while True:
    signal.pause()
"""


class Bystanders:
    """This process and another one, both of which note the signals that they get."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-S", "-c", _NEIGHBOUR]
        self._neighbour = subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0)
        assert self._neighbour.stdout
        assert self._neighbour.stdout.readline() == b"ready\n"
        os.set_blocking(self._neighbour.stdout.fileno(), False)
        self._noted: list[int] = []
        self._before = {number: signal.signal(number, self._note) for number in CAUGHT}

    @property
    def pid(self) -> int:
        return self._neighbour.pid

    def disturbed(self) -> Iterator[str]:
        """Which of them got a signal."""
        assert self._neighbour.stdout
        if self._neighbour.poll() is not None or self._stopped():
            yield f"signalled: the neighbour ended or stopped ({self._neighbour.poll()})"
        elif found := self._neighbour.stdout.read():
            yield f"signalled: the neighbour got {found.decode().split()}"
        if self._noted:
            yield f"signalled: the judge got {self._noted}"
        self._noted.clear()

    def close(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        self._neighbour.kill()
        self._neighbour.communicate()

    def _stopped(self) -> bool:
        return state(self.pid) in ("T", "t")

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._noted.append(number)


def state(pid: int) -> str:
    """One letter, see proc(5); empty if there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def marked(name: str) -> set[int]:
    """The living processes with `name` in their environment, zombies among them left out."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if name.encode() in (folder / "environ").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue
    return {pid for pid in found if state(pid) not in ("", "Z")}


def zombies(parents: Iterable[int]) -> set[int]:
    """Ended children of these processes that nobody has waited for."""
    lists = [path for pid in parents for path in Path(f"/proc/{pid}/task").glob("*/children")]
    pids = {int(pid) for path in lists for pid in path.read_text().split()}
    return {pid for pid in pids if state(pid) == "Z"}
