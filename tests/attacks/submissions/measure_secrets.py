"""Measures files that it cannot open: their existence, sizes and times, through stat."""

import os

from .arms import KNOWN, look

CLASSES = (1, 20)

for path in (*KNOWN["secrets"], KNOWN["course"], "/etc/passwd"):
    look(f"stat {path}", lambda: os.stat(path))
    look(f"access {path}", lambda: os.access(path, os.R_OK))
    look(f"statvfs {path}", lambda: os.statvfs(path))
