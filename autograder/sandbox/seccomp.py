"""Seccomp: an allow-list of system calls, compiled to classic BPF.

Everything not listed fails with EPERM. Fork, exec, sockets, signals to others, keyrings, shared
memory, ptrace, io_uring and the like are absent, and so is flock, a channel between processes
that can read the same file. Constants: include/uapi/linux/{seccomp,filter}.h.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Iterable

from autograder.sandbox import syscalls
from autograder.sandbox.kernel import syscall

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_X32 = 0x40000000
_UNIX, _STREAM, _NON_BLOCKING, _ON_EXEC = 1, 1, 0x800, 0x80000

CLONE_THREAD, CLONE_NEW_ANYTHING = 0x10000, 0x7E020000
GET_SET_NAME = (15, 16)
# dup, flags and record locks. F_SETOWN and F_SETSIG would let one process signal another.
FCNTL_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 1030, 1032)
# Terminal queries and close-on-exec, non-blocking, bytes waiting.
IOCTL_COMMANDS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def static_part(allow_paths: bool, sockets: bool = False, attributes: bool = False) -> bytes:
    """The rules that are the same for every process; `own_part` goes before them.

    sockets: to use those it was given, and pairs of its own; still none with an address.
    attributes: to change modes and times of files.
    """
    plain = {**syscalls.PLAIN, **(syscalls.PATHS if allow_paths else {})}
    plain |= syscalls.SOCKETS if sockets else {}
    plain |= syscalls.ATTRIBUTES if attributes else {}
    code = b"".join(_when(name, _op(_RETURN, _ALLOW)) for name in plain)
    code += _stream_pairs() + _unchanged_schedule() if sockets else b""
    code += _arguments("prctl", 0, GET_SET_NAME)
    code += _arguments("fcntl", 1, FCNTL_COMMANDS) + _arguments("ioctl", 1, IOCTL_COMMANDS)
    # ENOSYS makes the C library fall back to clone, whose flags a filter can see.
    return code + _threads_only() + _refuse("clone3", errno.ENOSYS) + _fail(errno.EPERM)


def own_part(pid: int) -> bytes:
    """The start of the program: the machine, and signals to process `pid` alone."""
    code = _op(_LOAD, _ARCH) + _op(_EQUAL, syscalls.machine()[1], 1, 0) + _op(_RETURN, _KILL)
    code += _op(_LOAD, _NUMBER)
    if platform.machine() == "x86_64":
        code += _op(_AT_LEAST, _X32, 0, 1) + _fail(errno.ENOSYS)
    code += _arguments("kill", 0, (pid,)) + _arguments("tgkill", 0, (pid,))
    code += _arguments("prlimit64", 0, (0, pid))
    return code + _arguments("sched_getaffinity", 0, (0, pid))


def install(code: bytes) -> None:
    """Filter every later call of this thread, for good. Needs no_new_privs. Raises OSError."""
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    syscall("seccomp", ctypes.c_uint(1), ctypes.c_uint(0), ctypes.byref(program))


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _fail(code: int) -> bytes:
    return _op(_RETURN, _FAIL | code)


def _allow(value: int) -> bytes:
    return _op(_EQUAL, value, 0, 1) + _op(_RETURN, _ALLOW)


def _when(name: str, body: bytes) -> bytes:
    """`body`, which must return, for one call; nothing where the machine lacks the call."""
    number = syscalls.find(name)
    return b"" if number is None else _op(_EQUAL, number, 0, len(body) // 8) + body


def _refuse(name: str, code: int) -> bytes:
    return _when(name, _fail(code))


def _arguments(name: str, index: int, values: Iterable[int]) -> bytes:
    """Allow a call when its argument `index`, a 32-bit integer, is one of `values`."""
    body = _op(_LOAD, _ARGUMENTS + 8 * index) + b"".join(map(_allow, values))
    return _when(name, body + _fail(errno.EPERM))


def _stream_pairs() -> bytes:
    """Allow sockets connected to each other for good: those for datagrams could send elsewhere."""
    kinds = [_STREAM | flags for flags in (0, _NON_BLOCKING, _ON_EXEC, _NON_BLOCKING | _ON_EXEC)]
    body = _op(_LOAD, _ARGUMENTS) + _op(_EQUAL, _UNIX, 1, 0) + _fail(errno.EPERM)
    body += _op(_LOAD, _ARGUMENTS + 8) + b"".join(map(_allow, kinds))
    return _when("socketpair", body + _fail(errno.EPERM))


def _unchanged_schedule() -> bytes:
    """Nothing done, and no error, on which ZeroMQ ends the process: it asks for what is so."""
    return _refuse("sched_setscheduler", 0)


def _threads_only() -> bytes:
    """Allow clone for a thread that shares all with this process."""
    body = _op(_LOAD, _ARGUMENTS) + _op(_AND, CLONE_THREAD | CLONE_NEW_ANYTHING)
    return _when("clone", body + _allow(CLONE_THREAD) + _fail(errno.EPERM))
