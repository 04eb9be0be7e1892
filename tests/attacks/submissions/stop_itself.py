"""Stops its process, and has it wait for events that never come."""

import os
import select
import signal

CLASSES = (22, 30)
ENDLESS = True


def affine_forward(x, w, b):
    os.kill(os.getpid(), signal.SIGSTOP)
    signal.pause()


def relu_forward(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    select.select([3], [], [], 3600)
