"""Which paths on the command line are submissions."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.assignment import Assignment
from autograder.dialects.dialect import usual_places
from autograder.intake import SKIPPED, IntakeError, read_folder
from autograder.submission import submission_id

MOST_NAMED = 10
"""Doubles that a message names; a class handed in twice has as many as it has students."""


class RosterError(Exception):
    """A path is no submission; the message says what to pass instead."""


def find_submissions(paths: Iterable[Path], assignments: Sequence[Assignment]) -> list[Path]:
    """Every path that is a submission, and the submissions in every folder that holds some.

    A folder is a submission if a file of one of `assignments`, or of another course, lies in it at
    its usual place, or if nothing in it is one. Raises RosterError for a path that is none, for no
    submission at all, and for two of the same name.
    """
    found: list[Path] = []
    due = [name for each in assignments for name in (*each.student_files, *each.notebooks)]
    for path in paths:
        try:
            found.extend(_expand(path, due))
        except OSError as error:
            raise RosterError(f"{path}: cannot be read ({error.strerror})") from None
    if all(_is_empty(path) for path in found):
        raise RosterError("no submission found: pass folders or zips, or a folder that holds them")
    _demand_names(found)
    return found


def _demand_names(paths: Sequence[Path]) -> None:
    """Each submission has a name of its own, on file systems that ignore case, too."""
    count = Counter(map(_name, paths))
    doubles = sorted((path for path in paths if count[_name(path)] > 1), key=_name)
    if doubles:
        more = f" and {len(doubles) - MOST_NAMED} more" if len(doubles) > MOST_NAMED else ""
        named = ", ".join(map(str, doubles[:MOST_NAMED])) + more
        text = "submissions have the same name (upper and lower case count as the same)"
        raise RosterError(f"{text}; rename all but one of each: {named}")


def _is_empty(path: Path) -> bool:
    """Does it hold nothing but folders, however deep?"""
    if not path.is_dir() or _holds_work(path):
        return False
    return not any(files for _, _, files in os.walk(path))


def _name(path: Path) -> str:
    return submission_id(path).casefold()


def _expand(path: Path, due: Sequence[str]) -> list[Path]:
    if not path.exists():
        raise RosterError(f"{path}: there is no such file or folder")
    if not path.is_dir():
        if not _is_zip(path):
            raise RosterError(f"{path}: a submission is a folder or a .zip")
        return [path]
    if any((path / name).exists() for name in (*due, *usual_places())):
        return [path]
    return [p for p in _inside(path) if _may_be_one(p)] or [path]


def strangers(paths: Iterable[Path], found: Iterable[Path]) -> list[str]:
    """Names of what lies among the submissions `found` in the folders `paths`, and is none."""
    known = set(found)
    folders = [path for path in paths if path.is_dir() and path not in known]
    others = [p for folder in folders for p in sorted(folder.iterdir()) if p not in known]
    return [p.name for p in others if _worth_naming(p)]


def _worth_naming(path: Path) -> bool:
    """Hidden things are the system's, unless work lies in them."""
    if _is_hidden(path):
        return path.name not in SKIPPED and path.is_dir() and _holds_work(path)
    return path.suffix != ".md"


def _inside(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if not _is_hidden(path)]


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "__"))


def _may_be_one(path: Path) -> bool:
    if path.is_dir():
        return path.name not in SKIPPED and not path.is_symlink() and _holds_work(path)
    return _is_zip(path)


def _is_zip(path: Path) -> bool:
    """A pipe of that name would be waited for."""
    return path.suffix.lower() == ".zip" and path.is_file()


def _holds_work(folder: Path) -> bool:
    """Does it hold anything of which its owner must be told something?"""
    try:
        found = read_folder(folder)
    except (IntakeError, OSError):
        return True
    return bool(found.files or found.refused)
