"""Makes links in its own directory that lead to secrets, and reads through them."""

import os

from .arms import KNOWN, attempt, look

CLASSES = (1, 31)

for number, path in enumerate(KNOWN["secrets"]):
    look("link", lambda: os.symlink(path, f"soft{number}"))
    attempt("read through it", lambda: open(f"soft{number}").read())
    attempt("hard link", lambda: os.link(path, f"hard{number}"))
    attempt("rename", lambda: os.rename(path, f"mine{number}"))
look("folder", lambda: os.symlink("/", "root"))
attempt("read through the folder", lambda: open("root/etc/passwd").read())
