"""Reads from all descriptors that it may have inherited, and out of turn from its own."""

import os

from .arms import attempt

CLASSES = (1, 2)

for number in range(4, 1024):
    try:
        os.get_inheritable(number)
    except OSError:
        continue
    attempt(f"descriptor {number}", lambda: os.read(number, 100))
attempt("seek in the socket", lambda: os.lseek(3, 0, os.SEEK_SET))
attempt("read what comes from the judge next", lambda: os.set_blocking(3, False) or os.read(3, 9))
