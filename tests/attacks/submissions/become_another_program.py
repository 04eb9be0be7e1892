"""Replaces the worker by another program, which has its descriptors."""

import ctypes
import os
import sys

from .arms import attempt

CLASSES = (4, 18)

attempt("execv", lambda: os.execv("/bin/true", ["true"]))
attempt("execve", lambda: os.execve(sys.executable, ["python", "-c", ""], {}))
loaders = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")
for loader in loaders:
    attempt(loader, lambda: os.execv(loader, [loader, "/bin/true"]))


def own_program():
    with open("program", "wb") as file:
        file.write(b"#!/bin/sh\ntrue\n")
    os.chmod("program", 0o777)
    os.execv("./program", ["program"])


attempt("a program of its own", own_program)
attempt("a library of its own", lambda: ctypes.CDLL("./program"))
