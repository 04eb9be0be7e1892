"""What the isolated process does in these tests; imported by the zygote, under its name alone."""

import ctypes
import fcntl
import os
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from autograder.sandbox.connection import SOCKET, Connection
from autograder.sandbox.frames import MAGIC, PREFIX, pack

Act = Callable[..., Any]
FORGED = {
    "garbage": b"<html>" * 20,
    "wrong magic": PREFIX.pack(b"SBX0", 2, 0) + b"{}",
    "huge header": PREFIX.pack(MAGIC, 0xFFFFFFFF, 0),
    "huge payload": PREFIX.pack(MAGIC, 2, 1 << 60) + b"{}",
    "payload over the limit": PREFIX.pack(MAGIC, 2, 101) + b"{}" + bytes(101),
    "empty header": PREFIX.pack(MAGIC, 0, 0),
    "not JSON": PREFIX.pack(MAGIC, 2, 0) + b"{]",
    "not an object": PREFIX.pack(MAGIC, 2, 0) + b"[]",
    "not UTF-8": PREFIX.pack(MAGIC, 4, 0) + b'"\xff "',
    "lone surrogate": PREFIX.pack(MAGIC, 14, 0) + b'{"a":"\\ud800"}',
    "too deep": PREFIX.pack(MAGIC, 60_000, 0) + b"[" * 60_000,
    "deep but closed": PREFIX.pack(MAGIC, 405, 0) + b'{"a":' + b"[" * 200 + b"]" * 199 + b"]}"[:1],
    "huge integer": PREFIX.pack(MAGIC, 60_006, 0) + b'{"a":' + b"9" * 60_000 + b"}",
}
UNFINISHED = {"short prefix": MAGIC, "short payload": PREFIX.pack(MAGIC, 2, 9) + b"{}"}


def read(path: str) -> int:
    with open(path, "rb") as file:
        return len(file.read())


def write(path: str, size: int = 1) -> int:
    with open(path, "wb") as file:
        return file.write(bytes(size))


def touch(path: str) -> None:
    os.utime(path)


def connect(port: int) -> None:
    with socket.socket() as client:
        client.connect(("127.0.0.1", port))


def unix_socket() -> None:
    socket.socket(socket.AF_UNIX).close()


def pair(kind: int) -> None:
    for end in socket.socketpair(socket.AF_UNIX, kind):
        end.close()


def answer_the_door(file: int) -> None:
    with socket.socket(fileno=file) as door:
        visitor, _ = door.accept()
        with visitor:
            visitor.sendall(visitor.recv(100).upper())


def leave_by_the_door(file: int, path: str) -> None:
    with socket.socket(fileno=file) as door:
        door.connect(path)


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def execute() -> None:
    os.execv("/bin/true", ["true"])


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def own_signals(pid: int) -> None:
    """Have the kernel send a signal of our choice to `pid` whenever a pipe turns readable."""
    ours, _ = os.pipe()
    fcntl.fcntl(ours, fcntl.F_SETOWN, pid)
    fcntl.fcntl(ours, fcntl.F_SETSIG, signal.SIGKILL)


def lock() -> None:
    fcntl.flock(0, fcntl.LOCK_EX)


def syscall(number: int) -> int:
    """errno of a raw system call with zeros for arguments."""
    libc = ctypes.CDLL(None, use_errno=True)
    return ctypes.get_errno() if libc.syscall(number, 0, 0, 0, 0, 0) < 0 else 0


def threads(count: int) -> int:
    done = threading.Event()
    for _ in range(count):
        threading.Thread(target=done.wait, daemon=True).start()
    done.set()
    return count


def allocate(size: int) -> int:
    return len(bytearray(size))


def loop() -> None:
    while True:
        pass


def stubborn_loop() -> None:
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_IGN)
    loop()


def flood() -> None:
    while True:
        print("x" * 1000)


def say(text: str) -> None:
    print(text)
    print(text, file=sys.stderr)


def forge(name: str) -> None:
    os.write(SOCKET, {**FORGED, **UNFINISHED}[name])
    time.sleep(10)


def slip_in(header: dict[str, Any]) -> None:
    os.write(SOCKET, b"".join(pack(header)))


def dribble() -> None:
    for byte in PREFIX.pack(MAGIC, 60_000, 0) + b" " * 60_000:
        os.write(SOCKET, bytes([byte]))
        time.sleep(0.01)


def answer_twice(connection: Connection) -> None:
    connection.send({"first": True})


def close_connection() -> None:
    os.close(SOCKET)
    time.sleep(10)


def files() -> list[int]:
    return [fd for fd in range(4096) if _is_open(fd)]


def _is_open(fd: int) -> bool:
    try:
        os.lseek(fd, 0, os.SEEK_CUR)
    except OSError as error:
        return error.errno != 9
    return True


ACTS: dict[str, Act] = {
    "read": read, "write": write, "list": os.listdir, "chmod": os.chmod, "touch": touch,
    "connect": connect, "unix socket": unix_socket, "pair": pair,
    "answer the door": answer_the_door, "leave by the door": leave_by_the_door,
    "fork": fork, "execute": execute,
    "kill": kill, "own signals": own_signals, "lock": lock, "syscall": syscall,
    "threads": threads, "allocate": allocate, "loop": loop, "stubborn loop": stubborn_loop,
    "flood": flood, "say": say, "forge": forge, "slip in": slip_in, "dribble": dribble,
    "files": files,
    "close": close_connection, "exit": os._exit, "segfault": lambda: ctypes.string_at(0),
    "raise": lambda: struct.unpack("!Q", b""), "environ": lambda: dict(os.environ),
    "whoami": lambda: [os.getuid(), os.getpid(), os.getppid()], "sleep": time.sleep,
    "import": lambda name: __import__(name).__name__,
}  # fmt: skip


def serve(connection: Connection) -> None:
    """Perform what is asked, answer with its value or the name of its error."""
    while True:
        header, payload = connection.receive()
        if header["do"] == "exit at once":
            return
        if header["do"] == "answer twice":
            answer_twice(connection)
        connection.send(_perform(connection, header), [payload])


def _perform(connection: Connection, header: dict[str, Any]) -> dict[str, Any]:
    if header["do"] in ("echo", "answer twice"):
        return {**header, "data": len(connection.data)}
    try:
        return {"value": ACTS[header["do"]](*header.get("with", []))}
    except Exception as error:
        return {"error": type(error).__name__, "text": str(error)}
