"""Landlock: this process may open files beneath the given paths and nothing else.

Constants: include/uapi/linux/landlock.h. Version 3 (Linux 6.2) is the least accepted, for before
it truncating a file could not be forbidden. The network and signal scopes of later versions are
used where present; seccomp forbids the same.
"""

import ctypes
import os
from collections.abc import Sequence

from autograder.sandbox.kernel import syscall

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
MAKE_CHAR, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
TRUNCATE = 1 << 14
LEAST_VERSION = 3
_FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
_SPECIAL_FILES = MAKE_CHAR | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scope", ctypes.c_uint64),
    ]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("directory", ctypes.c_int32)]


def confine(readable: Sequence[str], writable: Sequence[str]) -> None:
    """Allow reading beneath `readable` and all but special files beneath `writable`, for good.

    Needs no_new_privs. Paths that do not exist are passed over. Raises OSError.
    """
    version = _version()
    handled = (1 << (15 if version < 5 else 16)) - 1
    ruleset = _create(version, handled)
    for path in readable:
        _allow(ruleset, path, READ_FILE | READ_DIR)
    for path in writable:
        _allow(ruleset, path, handled & ~_SPECIAL_FILES & ~EXECUTE)
    syscall("landlock_restrict_self", ctypes.c_int(ruleset), ctypes.c_uint(0))
    os.close(ruleset)


def _version() -> int:
    version = syscall("landlock_create_ruleset", None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if version < LEAST_VERSION:
        raise OSError(f"Landlock version {version} is older than {LEAST_VERSION}")
    return version


def _create(version: int, handled: int) -> int:
    ruleset = _Ruleset(handled, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    # Older kernels know a shorter structure and refuse the longer one.
    size = 8 if version < 4 else 16 if version < 6 else 24
    pointer = ctypes.byref(ruleset)
    return syscall("landlock_create_ruleset", pointer, ctypes.c_size_t(size), ctypes.c_uint(0))


def _allow(ruleset: int, path: str, rights: int) -> None:
    if not os.path.exists(path):
        return
    target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _Beneath(rights if os.path.isdir(path) else rights & _FILE_RIGHTS, target)
    beneath = ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint(0)
    syscall("landlock_add_rule", ctypes.c_int(ruleset), *beneath)
    os.close(target)
