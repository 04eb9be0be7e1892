"""The Linux calls Python has no name for, through the C library."""

import ctypes
import os
from typing import Any

from autograder.sandbox import syscalls

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION_3 = 0x20080522


def call(function: str, *arguments: Any) -> int:
    """Call a C library function. Raises OSError naming it when it returns a negative number."""
    result = int(getattr(_libc, function)(*arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{function}: {os.strerror(code)}")
    return result


def syscall(name: str, *arguments: Any) -> int:
    """Call the kernel by system call name. Raises OSError."""
    try:
        return call("syscall", ctypes.c_long(syscalls.number(name)), *arguments)
    except OSError as error:
        raise OSError(error.errno, f"{name}: {os.strerror(error.errno or 0)}") from None


def prctl(option: int, value: int) -> None:
    """Set one attribute of this process. Raises OSError."""
    zero = ctypes.c_ulong(0)
    call("prctl", ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero)


def drop_capabilities() -> None:
    """Give up every capability of this process."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    syscall("capset", header, (ctypes.c_uint32 * 6)())


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent, of id `parent`, ends."""
    prctl(PR_SET_PDEATHSIG, 9)
    if os.getppid() != parent:
        os._exit(1)
