"""Watches folders for the moment in which the grader writes its results."""

import ctypes
import os

from .arms import KNOWN, attempt, syscall

CLASSES = (3,)

attempt("inotify", lambda: syscall("inotify_init1", 0))
attempt("fanotify", lambda: syscall("fanotify_init", 0, 0))
libc = ctypes.CDLL(None, use_errno=True)


def c_library():
    if libc.inotify_init() < 0:
        raise OSError(ctypes.get_errno(), "inotify_init")


attempt("inotify of the C library", c_library)
attempt("poll", lambda: os.scandir(KNOWN["course"]))
