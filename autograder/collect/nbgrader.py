"""nbgrader: `submitted/STUDENT/ASSIGNMENT/`, or the zips that `zip_collect` takes."""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.collect.attempt import Attempt, CollectError, timed
from autograder.collect.folders import entries, mostly

STAMP = "timestamp.txt"
ZIPPED = re.compile(r"(?P<who>.+_\w+)_attempt_(?P<time>[0-9-]+)(?:_(?P<file>.+)|\.zip)")
"""The example in nbgrader's documentation, and how Blackboard names files."""


def looks(folder: Path) -> bool:
    """Is it `submitted/`, or have most entries a name or a time as nbgrader knows them?"""
    stamped = {path.parts[-3] for path in folder.glob(f"*/*/{STAMP}")}
    mostly_stamped = 2 * len(stamped) > len(entries(folder))
    return folder.name == "submitted" or mostly_stamped or mostly(folder, ZIPPED)


def read(folder: Path, assignment: str = "") -> Iterator[Attempt]:
    """An attempt for each student or zip; CollectError if `assignment` has to be named."""
    for path in entries(folder):
        if found := ZIPPED.fullmatch(path.name):
            file = {found["file"] or path.name: path}
            when, note = timed(found["time"])
            yield Attempt(_students(found["who"], assignment), file, path.name, when, note=note)
        elif path.is_dir() and not path.is_symlink():
            yield from _submitted(path, assignment)
        else:
            yield Attempt((path.name,), {}, path.name, trouble="its name is none of nbgrader's")


def _students(who: str, assignment: str) -> tuple[str, ...]:
    """Who may be meant by ASSIGNMENT_STUDENT, both of which may hold underscores: nobody shares the
    first of them, and a roster knows which is right."""
    if assignment and who.startswith(f"{assignment}_"):
        return (who.removeprefix(f"{assignment}_"),)
    words = who.split("_")
    return tuple("_".join(words[n:]) for n in range(1, len(words)))


def _submitted(student: Path, assignment: str) -> Iterator[Attempt]:
    inside = entries(student)
    if any(not path.is_dir() for path in inside):
        yield Attempt((student.name,), {student.name: student}, student.name)
        return
    chosen = [path for path in inside if assignment in ("", path.name)]
    if len(chosen) > 1:
        names = ", ".join(path.name for path in chosen)
        raise CollectError(f"{student}: holds {names}: say with --name which to take")
    for path in chosen:
        source = f"{student.name}/{path.name}"
        when, note = timed(_written(path / STAMP))
        yield Attempt((student.name,), {path.name: path}, source, when, note=note)


def _written(stamp: Path) -> str:
    """The first line, or nothing where there is none to be read."""
    if stamp.is_symlink() or not stamp.is_file():
        return ""
    with stamp.open(encoding="utf-8", errors="replace") as text:
        return text.readline(100)
