"""Forks until the machine can do nothing else."""

import os

from .arms import attempt

CLASSES = (22,)


def bomb():
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()


attempt("fork", bomb)
attempt("forkpty", os.forkpty)
