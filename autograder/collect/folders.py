"""A folder with one zip or one folder per student, named after the student."""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.collect.attempt import Attempt
from autograder.submission import submission_id


def entries(folder: Path) -> list[Path]:
    """What lies in `folder`, but for hidden things."""
    return [p for p in sorted(folder.iterdir()) if not p.name.startswith((".", "__"))]


def mostly(folder: Path, name: re.Pattern[str]) -> bool:
    """Do most of the names in `folder` look like `name`? One may be a student's own choice."""
    names = [path.name for path in entries(folder)]
    return 2 * sum(bool(name.fullmatch(each)) for each in names) > len(names)


def read(folder: Path) -> Iterator[Attempt]:
    """An attempt for each entry but pages of text, with no time: that of a file says nothing."""
    for path in entries(folder):
        if path.suffix.lower() != ".md":
            yield Attempt((submission_id(path),), {path.name: path}, path.name)
