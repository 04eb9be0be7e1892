"""Ends the process while it is imported: exit, signals to itself, a broken interpreter."""

import ctypes
import os
import signal

CLASSES = (4, 34)


class Leaving(BaseException):
    pass


os.kill(os.getpid(), signal.SIGKILL)
ctypes.string_at(0)
os.abort()
os._exit(0)
raise Leaving
