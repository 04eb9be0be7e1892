"""Leaves a message in a keyring for whoever is graded next."""

import ctypes

from .arms import attempt, syscall

CLASSES = (23, 29)

kind, name = ctypes.create_string_buffer(b"user"), ctypes.create_string_buffer(b"note")
for ring in (-1, -2, -3, -4, -5):
    attempt(f"add to {ring}", lambda: syscall("add_key", kind, name, name, 4, ring))
    attempt(f"find {ring}", lambda: syscall("keyctl", 0, ring, 1))
    attempt(f"ask for {ring}", lambda: syscall("request_key", kind, name, 0, ring))
attempt("join", lambda: syscall("keyctl", 1, name))
