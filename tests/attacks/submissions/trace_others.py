"""Reads and writes the memory of the judge and of a sibling as a debugger does."""

import ctypes
import os

from .arms import KNOWN, attempt, syscall

CLASSES = (10, 23, 30)

piece = ctypes.create_string_buffer(64)
vector = (ctypes.c_size_t * 2)(ctypes.addressof(piece), 8)
there = (ctypes.c_size_t * 2)(id(vector), 8)
for pid in (KNOWN["judge"], KNOWN["zygote"], KNOWN["neighbour"], 2, 3, os.getppid(), os.getpid()):
    attempt(f"attach {pid}", lambda: syscall("ptrace", 16, pid, 0, 0))
    attempt(f"seize {pid}", lambda: syscall("ptrace", 0x4206, pid, 0, 0))
    attempt(f"read {pid}", lambda: syscall("process_vm_readv", pid, vector, 1, there, 1, 0))
    attempt(f"write {pid}", lambda: syscall("process_vm_writev", pid, vector, 1, there, 1, 0))
    attempt(f"compare {pid}", lambda: syscall("kcmp", pid, os.getpid(), 0, 0, 0))
    attempt(f"take a file of {pid}", lambda: syscall("pidfd_getfd", pid, 3, 0))
attempt("be traced", lambda: syscall("ptrace", 0, 0, 0, 0))
