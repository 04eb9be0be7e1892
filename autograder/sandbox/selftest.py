"""Tries what isolation must prevent; run in a new process before a tier is trusted."""

import os
import socket
from collections.abc import Callable

from autograder.sandbox.connection import Connection


def _read_file() -> None:
    with open("/etc/passwd"):
        pass


def _write_file() -> None:
    with open("/tmp/autograder-selftest", "w"):
        pass


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _signal_parent() -> None:
    os.kill(max(os.getppid(), 2), 0)


ATTEMPTS: dict[str, Callable[[], object]] = {
    "read a file": _read_file,
    "write a file": _write_file,
    "open a socket": socket.socket,
    "start a process": _fork,
    "signal another process": _signal_parent,
}


def main(connection: Connection) -> None:
    """Answer one request with the names of the attempts that succeeded."""
    connection.receive()
    connection.send({"succeeded": [name for name, act in ATTEMPTS.items() if _succeeds(act)]})


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
