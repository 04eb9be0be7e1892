"""Makes processes by each call that the kernel has for it, with namespaces of their own."""

import ctypes
import os

from .arms import attempt, syscall

CLASSES = (22, 29)
DORMANT = ("made",)

SHARES = {"plain": 17, "vm": 0x100 | 17, "files": 0x400 | 17, "new user": 0x10000000 | 17}
SHARES |= {"new pids": 0x20000000 | 17, "new net": 0x40000000 | 17, "parent": 0x8000 | 17}


def made(pid):
    if pid == 0:
        os._exit(0)
    return pid


for name, flags in SHARES.items():
    attempt(f"clone {name}", lambda: made(syscall("clone", flags, 0, 0, 0, 0)))
attempt("fork", lambda: made(syscall("fork")))
attempt("vfork", lambda: made(syscall("vfork")))
block = ctypes.create_string_buffer(bytes(8 * 4) + (17).to_bytes(8, "little") + bytes(64))
attempt("clone3", lambda: made(syscall("clone3", block, 88)))
