"""Marked files that nobody in the sandbox may read, and which nobody may change."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import numpy as np

SHARED = [
    path
    for path in map(Path, ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/", "/run"))
    if path.is_dir()
]
PLACES = ("solutions.py", "other_student.py", "results.json", "home.txt")


class Canaries:
    """Files in `folder`, each with a marker of its own, and a name that nothing may be given.

    They are writable for all: the sandbox has to protect them, and not their modes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"nest{secrets.token_hex(8)}"
        self.files = [folder / name for name in PLACES]
        self.markers = {str(path): f"canary-{secrets.token_hex(8)}" for path in self.files}
        for path in self.files:
            path.write_text(f"# {self.markers[str(path)]}\n" * 3)
            path.chmod(0o666)
        (folder / self.mark("a list of files")).touch()
        self._before = self._state()

    def mark(self, what: str) -> str:
        """A new marker for something else that nobody may read."""
        self.markers[what] = f"canary-{secrets.token_hex(8)}"
        return self.markers[what]

    def protect(self) -> None:
        """All that is below the folder now may not be changed."""
        self._before = self._state()

    def read_in(self, text: str) -> Iterator[str]:
        """Which of the markers are in `text`, as they are or in hexadecimal."""
        for what, marker in self.markers.items():
            if marker in text or marker.encode().hex() in text:
                yield f"read: {what}"

    def changed(self) -> Iterator[str]:
        """What is not as it was."""
        after = self._state()
        for path in self._before.keys() | after.keys():
            if self._before.get(path) != after.get(path):
                yield f"changed: {path}"
        self._before = after
        for folder in (*SHARED, Path(np.__file__).parent, Path(os.__file__).parent, Path.cwd()):
            if any(self.name in name for name in os.listdir(folder)):
                yield f"written: {folder}"

    def _state(self) -> dict[str, tuple[object, ...]]:
        numpy = Path(np.__file__)
        found = [*self.folder.rglob("*"), numpy, numpy.parent, *SHARED[:3]]
        return {str(path): _print(path) for path in found}


def _print(path: Path) -> tuple[object, ...]:
    """Content and attributes of a file; of a directory, which others use too, who may do what."""
    status = path.lstat()
    who = status.st_mode, status.st_uid, status.st_gid
    if not path.is_file():
        return who
    return *who, status.st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()
