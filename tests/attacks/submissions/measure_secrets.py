"""Measures files that it cannot open: their existence, sizes and times, through stat."""

import os

from .arms import KNOWN, attempt, look

CLASSES = (1, 20)

# Landlock does not hide that a file is there.
measure = attempt if KNOWN["hidden"] else look
for path in (*KNOWN["secrets"], KNOWN["course"], "/etc/passwd"):
    measure(f"stat {path}", lambda: os.stat(path))
    measure(f"statvfs {path}", lambda: os.statvfs(path))
