"""Which paths on the command line are submissions."""

from collections.abc import Iterable
from pathlib import Path

from autograder.assignment import Assignment


class RosterError(Exception):
    """A path is no submission; the message says what to pass instead."""


def find_submissions(paths: Iterable[Path], assignment: Assignment) -> list[Path]:
    """Every path that is a submission, and the submissions in every folder that holds some.

    A folder is a submission if one of the assignment's files lies in it at its usual place.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise RosterError(f"{path}: there is no such file or folder")
        found.extend(_expand(path, assignment))
    if all(path.is_dir() and not any(path.iterdir()) for path in found):
        raise RosterError("no submission found: pass folders or zips, or a folder that holds them")
    names = [_name(path) for path in found]
    if double := sorted({name for name in names if names.count(name) > 1}):
        raise RosterError(f"two submissions have the same name: {', '.join(double)}")
    return found


def _name(path: Path) -> str:
    return path.name.removesuffix(".zip").casefold()


def _expand(path: Path, assignment: Assignment) -> list[Path]:
    if not path.is_dir():
        if path.suffix != ".zip":
            raise RosterError(f"{path}: a submission is a folder or a .zip")
        return [path]
    if any((path / name).exists() for name in (*assignment.student_files, *assignment.notebooks)):
        return [path]
    inside = [p for p in sorted(path.iterdir()) if not p.name.startswith(".")]
    children = [p for p in inside if (p.is_dir() and not p.is_symlink()) or p.suffix == ".zip"]
    return children or [path]
