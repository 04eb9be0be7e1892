"""Changes its user, its capabilities and its filters."""

import ctypes
import os

from .arms import attempt, syscall

CLASSES = (29,)

for name in ("setuid", "setgid", "seteuid", "setegid"):
    attempt(name, lambda: getattr(os, name)(0))
attempt("all ids", lambda: os.setresuid(0, 0, 0))
attempt("groups", lambda: os.setgroups([0]))
for option, value in ((8, 1), (24, 1), (28, 0), (47, 2), (4, 1), (1, 0), (38, 0), (36, 1), (22, 1)):
    attempt(f"prctl {option}", lambda: syscall("prctl", option, value, 0, 0, 0))
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
attempt("personality", lambda: syscall("personality", 0x0040000))
attempt("another filter", lambda: syscall("seccomp", 1, 0, header))
attempt("Landlock", lambda: syscall("landlock_create_ruleset", 0, 0, 1))
