"""Leaves a process behind that tampers with the results once the grader is done."""

import os
import time

from .arms import KNOWN, attempt

CLASSES = (3, 22)


def detach():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(5)
            open(KNOWN["secrets"][0], "w").write("100")
        os._exit(0)


attempt("daemon", detach)
