"""Writes its score when the process ends: exit handlers, finalizers, threads, signals."""

import atexit
import os
import signal
import threading
import weakref

from .arms import KNOWN, attempt

CLASSES = (3, 2)


def write(*_):
    for path in KNOWN["secrets"]:
        attempt("late write", lambda: open(path, "w").write("100"))


class Last:
    __del__ = write


atexit.register(write)
keep = Last()
weakref.finalize(keep, write)
threading.Timer(0.01, write).start()
signal.signal(signal.SIGALRM, write)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
signal.signal(signal.SIGTERM, write)
os.register_at_fork(before=write)
