"""The zygote: imports once, then forks one isolated process per command.

It runs as a program of its own, in a fresh interpreter with an almost empty environment and one
thread. It never receives what the isolated code is to be judged by.
"""

import fcntl
import gc
import importlib
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from autograder.sandbox import connection, namespaces, records
from autograder.sandbox.connection import Connection
from autograder.sandbox.frames import Header, Reader, receive
from autograder.sandbox.isolation import Isolation, prepare
from autograder.sandbox.records import COMMAND, Command, Report

SIGNALS = {records.INTERRUPT: signal.SIGINT, records.KILL: signal.SIGKILL}

Entry = Callable[[Connection], object]


def main(control: int) -> None:
    """Serve commands from socket `control`; the configuration is a frame on standard input."""
    config, data = _configuration()
    own_pids = namespaces.enter() if "namespaces" in config["layers"] else -1
    entry, data = _import(config, data)
    isolation = prepare(frozenset(config["layers"]), config["sockets"], config["readable"])
    isolation.own_pids = own_pids
    gc.collect()
    # Objects that are never collected are never written to, so their pages stay shared.
    gc.freeze()
    Server(socket.socket(fileno=control), isolation, entry, data).serve()


def _configuration() -> tuple[Header, bytes]:
    reader = Reader()
    if not receive(lambda space: os.readv(0, [space]), reader):
        os._exit(1)
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    header, data = reader.frame()
    return header, bytes(data)


def _import(config: Header, data: bytes) -> tuple[Entry, Any]:
    """The entry, and what every process gets."""
    sys.path[:0] = config["path"]
    for name in config["preload"]:
        importlib.import_module(name)
    entry: Entry = _function(config["entry"])
    return entry, _function(config["ready"])(data) if config["ready"] else data


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


class Server:
    """The zygote's loop: commands in, reports of ended processes out."""

    def __init__(
        self, control: socket.socket, isolation: Isolation, entry: Entry, data: Any
    ) -> None:
        self._control, self._isolation = control, isolation
        self._entry, self._data = entry, data
        self._children: dict[int, int] = {}
        self._wake, self._woken = os.pipe()

    def serve(self) -> None:
        """Work until the trusted side closes the control socket."""
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._wake, select.POLLIN)
        self._control.sendall(Report(records.READY).pack())
        while True:
            self._handle({fd for fd, _ in poll.poll()})

    def _handle(self, ready: set[int]) -> None:
        if self._wake in ready:
            os.read(self._wake, 4096)
            self._reap()
        if self._control.fileno() in ready:
            record, files, _, _ = socket.recv_fds(self._control, COMMAND.size, records.MAX_FILES)
            if not record:
                os._exit(0)
            self._obey(Command.unpack(record), files)

    def _obey(self, command: Command, files: list[int]) -> None:
        if command.kind == records.SPAWN:
            self._spawn(command, files)
        elif command.ident in self._children:
            os.kill(self._children[command.ident], SIGNALS[command.kind])

    def _reap(self) -> None:
        numbers = {pid: ident for ident, pid in self._children.items()}
        while self._children:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
            if pid == 0:
                return
            ident = numbers[pid]
            del self._children[ident]
            self._report(ident, status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)

    def _report(self, ident: int, status: int, cpu_seconds: float, max_rss: int) -> None:
        unit = 1 if sys.platform == "darwin" else 1024
        code = os.waitstatus_to_exitcode(status)
        report = Report(records.ENDED, ident, code, cpu_seconds, max_rss * unit)
        try:
            self._control.sendall(report.pack())
        except OSError:
            os._exit(0)

    def _spawn(self, command: Command, files: list[int]) -> None:
        parent = os.getpid()
        if self._isolation.own_pids >= 0:
            namespaces.next_child_is_alone(self._isolation.own_pids)
        pid = os.fork()
        if pid == 0:
            self._child(command, files, parent)
        for file in files:
            os.close(file)
        self._children[command.ident] = pid

    def _child(self, command: Command, files: list[int], parent: int) -> NoReturn:
        status = 1
        try:
            _keep_only(*files)
            self._isolation.apply(command.ident, command.limits, parent)
            link = Connection(self._data, len(files) - 2)
            # Sent before foreign code can run: without it, the fault is the sandbox's own.
            link.send({"isolated": True})
            self._entry(link)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            connection.end(status)


def _keep_only(link: int, output: int, *granted: int) -> None:
    """Leave no file open but null, the output pipe twice, the connection and what was granted."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    kept = [output, output, link, *granted]
    # Out of the way first: the place of one may still hold another.
    above = [fcntl.fcntl(file, fcntl.F_DUPFD, 1 + len(kept)) for file in kept]
    for place, file in enumerate(above, 1):
        os.dup2(file, place)
    os.closerange(len(kept) + 1, min(os.sysconf("SC_OPEN_MAX"), 1 << 20))
    os.setsid()
    sys.stdout, sys.stderr = (
        open(fd, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
        for fd in (1, 2)
    )
