"""Opens secrets by descriptors, handles and detours instead of plain paths."""

import ctypes
import os

from .arms import KNOWN, attempt, syscall

CLASSES = (1, 29)

secret = KNOWN["secrets"][0]


def within(folder, way):
    return os.read(os.open(way, os.O_RDONLY, dir_fd=os.open(folder, os.O_PATH)), 10)


for way in (secret[1:], "../" * 9 + secret[1:], f"/box/../{secret}", f"/./{secret}", f"//{secret}"):
    attempt(f"relative {way}", lambda: within("/", way))
attempt("in its folder", lambda: within(os.path.dirname(secret), os.path.basename(secret)))
for flags in (os.O_RDWR, os.O_WRONLY | os.O_TRUNC, os.O_APPEND | os.O_WRONLY, os.O_CREAT | 2):
    attempt(f"flags {flags}", lambda: os.open(secret, flags))
attempt("o_path", lambda: os.read(os.open(secret, os.O_PATH), 10))
attempt("chdir", lambda: (os.chdir(KNOWN["folder"]), os.listdir(".")))
handle = ctypes.create_string_buffer(b"\x80\0\0\0" + bytes(200))
number = ctypes.create_string_buffer(8)
path = ctypes.create_string_buffer(secret.encode())
attempt("a handle", lambda: syscall("name_to_handle_at", -100, path, handle, number, 0))
attempt("by handle", lambda: syscall("open_by_handle_at", -100, handle, 0))
