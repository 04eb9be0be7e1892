"""Meets others in shared memory: named, anonymous, and of System V."""

import mmap
import os

from .arms import KNOWN, attempt, syscall

CLASSES = (23, 29)


def named():
    from multiprocessing import shared_memory

    return shared_memory.SharedMemory(KNOWN["name"], create=True, size=64).name


attempt("named", named)
attempt("file", lambda: open(f"/dev/shm/{KNOWN['name']}", "w"))
attempt("memfd", lambda: os.memfd_create("x"))
attempt("memfd_secret", lambda: syscall("memfd_secret", 0))
attempt("shmget", lambda: syscall("shmget", 0, 4096, 0o1666))
attempt("msgget", lambda: syscall("msgget", 4711, 0o1666))
attempt("semget", lambda: syscall("semget", 4711, 1, 0o1666))
attempt("mq_open", lambda: syscall("mq_open", 0, 0o102, 0o666, 0))
mmap.mmap(-1, 1 << 16)[:4] = b"mine"
