"""Overwrites results, the course and another student's work, and changes who may read them."""

import os
import shutil

from .arms import KNOWN, attempt

CLASSES = (2, 19)

for path in (*KNOWN["secrets"], f"{KNOWN['course']}/assignment.toml"):
    attempt(f"write {path}", lambda: open(path, "w").write('{"score": 100}'))
    attempt(f"append {path}", lambda: open(path, "a").write("x"))
    attempt(f"truncate {path}", lambda: os.truncate(path, 0))
    attempt(f"remove {path}", lambda: os.unlink(path))
    attempt(f"chmod {path}", lambda: os.chmod(path, 0o400))
    attempt(f"chown {path}", lambda: os.chown(path, 0, 0))
    attempt(f"touch {path}", lambda: os.utime(path, (0, 0)))
    attempt(f"attribute {path}", lambda: os.setxattr(path, "user.x", b"x"))
attempt("remove all", lambda: shutil.rmtree(KNOWN["course"]))
