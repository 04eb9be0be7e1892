"""Tells the next submission something by locks on a file that both can read."""

import fcntl
import os

from .arms import attempt

CLASSES = (23, 20)

shared = open(os.__file__)
attempt("flock", lambda: fcntl.flock(shared, fcntl.LOCK_SH))
attempt("lease", lambda: fcntl.fcntl(shared, fcntl.F_SETLEASE, fcntl.F_RDLCK))
attempt("open file lock", lambda: fcntl.fcntl(shared, 37, bytes(32)))
attempt("notice", lambda: fcntl.fcntl(shared, fcntl.F_NOTIFY, 1))
