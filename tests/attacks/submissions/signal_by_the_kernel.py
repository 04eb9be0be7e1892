"""Has the kernel send signals to others: owners of descriptors, timers, terminals."""

import fcntl
import os
import signal
import termios

from .arms import KNOWN, attempt, look

CLASSES = (30,)

ours, theirs = os.pipe()
for pid in (KNOWN["judge"], KNOWN["neighbour"], os.getppid(), -os.getpgrp()):
    attempt(f"owner {pid}", lambda: fcntl.fcntl(ours, fcntl.F_SETOWN, pid))
    attempt(f"owner of the socket {pid}", lambda: fcntl.fcntl(3, fcntl.F_SETOWN, pid))
    attempt(
        f"owner by ioctl {pid}",
        lambda: fcntl.ioctl(3, 0x8901, pid.to_bytes(4, "little", signed=True)),
    )
attempt("which signal", lambda: fcntl.fcntl(ours, fcntl.F_SETSIG, signal.SIGUSR1))
attempt(
    "asynchronous",
    lambda: fcntl.fcntl(ours, fcntl.F_SETFL, os.O_ASYNC) or fcntl.fcntl(ours, fcntl.F_NOTIFY, 1),
)
attempt("lease", lambda: fcntl.fcntl(ours, fcntl.F_SETLEASE, fcntl.F_RDLCK))
attempt("type into the terminal", lambda: fcntl.ioctl(0, termios.TIOCSTI, b"x"))
attempt("a terminal of its own", lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 1))
look("own group", lambda: os.setpgid(0, 0))
