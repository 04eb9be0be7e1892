"""Replaces the worker by another program, which has its descriptors and boasts through them."""

import os
import sys

from .arms import KNOWN, attempt

CLASSES = (4, 18)

ECHO = ["/bin/echo", KNOWN["boast"]]
attempt("execv", lambda: os.execv(ECHO[0], ECHO))
attempt("execve", lambda: os.execve(sys.executable, ["python", "-c", f"print({ECHO[1]!r})"], {}))
for loader in ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"):
    attempt(loader, lambda: os.execv(loader, [loader, *ECHO]))


def own_program():
    with open("program", "w") as file:
        file.write(f"#!/bin/sh\necho {ECHO[1]}\n")
    os.execv("./program", ["program"])


attempt("a program of its own", own_program)
