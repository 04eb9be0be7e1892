"""One running zygote, as the trusted side sees it."""

import os
import secrets
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import records
from autograder.sandbox.channel import Channel
from autograder.sandbox.errors import ZygoteDied
from autograder.sandbox.frames import pack
from autograder.sandbox.layers import Tier
from autograder.sandbox.limits import Limits
from autograder.sandbox.records import REPORT, Command, Report

_START_SECONDS, _END_SECONDS = 60.0, 5.0
_ROOT = str(Path(__file__).resolve().parents[2])
# In front only while the package is found: beside it may lie files that hide standard modules.
_PROGRAM = """\
import sys
sys.path.insert(0, sys.argv[2])
import autograder
sys.path.append(sys.path.pop(0))
from autograder.sandbox.server import main
control = int(sys.argv[1])
sys.argv = ["sandbox"]
main(control)
"""
_ENVIRONMENT = {
    "PATH": "/usr/bin",
    "HOME": "/box",
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Recipe:
    """All it takes to start the same zygote again."""

    tier: Tier
    entry: str
    preload: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()
    data: bytes = b""
    sockets: bool = False
    environment: tuple[tuple[str, str], ...] = ()
    ready: str = ""

    def frame(self) -> bytes:
        header = {"layers": sorted(self.tier.layers), "sockets": self.sockets}
        header |= {"entry": self.entry, "ready": self.ready}
        lists = {"preload": self.preload, "path": self.path, "readable": self.readable}
        return b"".join(pack({**header, **lists}, [self.data]))


class Host:
    """Starts the zygote's program. Raises ZygoteDied if that fails."""

    def __init__(self, recipe: Recipe) -> None:
        self._closed = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the zygote
        self._reports: dict[int, Report] = {}
        self._next = secrets.randbelow(1 << 32)
        self._control, theirs = socket.socketpair()
        with theirs:
            self._program = self._start(theirs.fileno(), recipe)
        if self._read(_START_SECONDS) is None:
            raise self._died()

    @property
    def dead(self) -> bool:
        """Whether the program is known to have ended."""
        return self._closed or self._program.poll() is not None

    @property
    def pid(self) -> int:
        """Id of the program that was started."""
        return self._program.pid

    def spawn(self, limits: Limits, files: Sequence[int] = ()) -> tuple[int, Channel]:
        """Ask for a process with `files`; its number and the channel to it. Raises ZygoteDied."""
        self._next += 1
        link, theirs = socket.socketpair()
        pipe, their_pipe = os.pipe()
        command = Command(records.SPAWN, self._next, limits).pack()
        try:
            socket.send_fds(self._control, [command], [theirs.fileno(), their_pipe, *files])
        except OSError:
            link.close()
            os.close(pipe)
            raise self._died() from None
        finally:
            theirs.close()
            os.close(their_pipe)
        return self._next, Channel(link, pipe, limits.output_bytes)

    def kill(self, ident: int) -> None:
        """Have one process killed; no error if it or the zygote is gone already."""
        self._order(records.KILL, ident)

    def interrupt(self, ident: int) -> None:
        """Have SIGINT sent to one process; no error if it or the zygote is gone already."""
        self._order(records.INTERRUPT, ident)

    def report(self, ident: int, seconds: float) -> Report | None:
        """How a process ended, or None if it has not within `seconds`. Raises ZygoteDied."""
        deadline = time.monotonic() + seconds
        while ident not in self._reports:
            report = self._read(deadline - time.monotonic())
            if report is None:
                return None
            self._reports[report.ident] = report
        return self._reports.pop(ident)

    def close(self) -> None:
        """End the zygote and all its processes."""
        self._closed = True
        self._control.close()
        try:
            self._program.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
        self._errors.close()

    def _order(self, kind: bytes, ident: int) -> None:
        with suppress(OSError):
            self._control.sendall(Command(kind, ident).pack())

    def _start(self, control: int, recipe: Recipe) -> subprocess.Popen[bytes]:
        options = ["-I", "-B", "-X", "utf8", "-c", _PROGRAM, str(control), _ROOT]
        with tempfile.TemporaryFile() as configuration:
            configuration.write(recipe.frame())
            configuration.seek(0)
            return subprocess.Popen(
                [sys.executable, *options],
                stdin=configuration,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                env=_ENVIRONMENT | dict(recipe.environment),
                cwd="/",
                pass_fds=[control],
                start_new_session=True,
            )

    def _read(self, seconds: float) -> Report | None:
        if self._closed:
            raise ZygoteDied("the sandbox's zygote has ended")
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        if not poll.poll(max(0.0, seconds) * 1000):
            return None
        try:
            record = self._control.recv(REPORT.size, socket.MSG_WAITALL)
        except OSError:
            record = b""
        if len(record) < REPORT.size:
            raise self._died()
        return Report.unpack(record)

    def _died(self) -> ZygoteDied:
        self._errors.seek(0)
        tail = self._errors.read()[-2000:].decode("utf-8", "replace").strip()
        self.close()
        return ZygoteDied(f"the sandbox's zygote ended: {tail or 'no message'}")
