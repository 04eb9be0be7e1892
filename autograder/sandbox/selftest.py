"""Tries what isolation must prevent; run in a new process before a tier is trusted.

Each attempt does no harm where nothing prevents it, and leaves nothing behind.
"""

import ctypes
import errno
import fcntl
import os
import socket
import tempfile
from collections.abc import Callable

from autograder.sandbox import kernel
from autograder.sandbox.connection import Connection

NEW_USER, LARGE = 0x10000000, 4 << 30


def _read_file() -> None:
    with open("/etc/passwd"):
        pass


def _read_this() -> None:
    """What lies beside it knows right answers."""
    with open(__file__):
        pass


def _write_file() -> None:
    tempfile.TemporaryFile(dir="/tmp").close()


def _reach() -> None:
    """An address that nobody has; connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.connect(("192.0.2.1", 9))


def _meet() -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"\0autograder-selftest-{os.getpid()}")


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _run_program() -> None:
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)


def _signal_parent() -> None:
    os.kill(max(os.getppid(), 2), 0)


def _read_memory() -> None:
    vector = (ctypes.c_size_t * 2)()
    vector[:] = [ctypes.addressof(vector), 8]
    one, none = ctypes.c_ulong(1), ctypes.c_ulong(0)
    kernel.call("process_vm_readv", os.getpid(), vector, one, vector, one, none)


def _lock() -> None:
    with open(os.__file__) as shared:
        fcntl.flock(shared, fcntl.LOCK_SH)


ATTEMPTS: dict[str, Callable[[], object]] = {
    "read a file": _read_file,
    "read the grader itself": _read_this,
    "write a file": _write_file,
    "list processes": lambda: os.listdir("/proc"),
    "open a socket": lambda: socket.socket().close(),
    "reach the network": _reach,
    "meet others by name": _meet,
    "start a process": _fork,
    "run a program": _run_program,
    "signal another process": _signal_parent,
    "read memory as a debugger": _read_memory,
    "share memory": lambda: os.close(os.memfd_create("selftest")),
    "lock a shared file": _lock,
    "become root": lambda: os.setuid(0),
    "take 4 GiB of memory": lambda: bytearray(LARGE),
    "make a namespace": lambda: kernel.call("unshare", NEW_USER),
}


def main(connection: Connection) -> None:
    """Answer one request with what stopped each attempt; empty for those that succeeded."""
    connection.receive()
    connection.send({"stopped": {name: _stopped_by(act) for name, act in ATTEMPTS.items()}})


def _stopped_by(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except MemoryError:
        return "ENOMEM"
    except AttributeError:
        return "ENOSYS"
    return ""
