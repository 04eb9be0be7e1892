"""A folder beside the target, in which everything is made before anything is replaced."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.release.errors import ReleaseError


@contextmanager
def stage(root: Path, name: str) -> Iterator[Path]:
    """A temporary folder in `root`, for making `root`/`name`; ReleaseError if it cannot be made."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(dir=root, prefix=f".{name}-")
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        todo = "Choose another folder with --to, or change its permissions"
        raise ReleaseError(str(root), None, what, todo) from None
    with folder as path:
        yield Path(path)


def publish(stage: Path, root: Path, name: str, *files: str) -> None:
    """Put the new folder `name` and `files` in place of the old, which go with the stage."""
    target, old = root / name, stage / "old"
    if target.exists():
        target.rename(old)
    try:
        (stage / name).rename(target)
        for file in files:
            os.replace(stage / file, root / file)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        if old.exists():
            old.rename(target)
        raise
