"""The zip to hand in."""

import zipfile
from pathlib import Path

from autograder.assignment import Assignment
from autograder.submission import read_workplace

FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class SubmitError(Exception):
    """The submission is not complete; the message says what to repair."""


def pack(assignment: Assignment, target: Path) -> list[str]:
    """Zip the student's files and notebooks into `target`; returns their names."""
    submission = read_workplace(assignment)
    names = [*assignment.student_files, *assignment.notebooks]
    problems = [
        f"  {status.path}: {status.message}"
        for status in submission.statuses
        if status.path in names and status.status != "ok"
    ]
    if problems:
        raise SubmitError("Not packed, because of:\n" + "\n".join(problems))
    try:
        _write(assignment.root, names, target)
    except OSError as error:
        text = f"Not packed, because of {error.filename or target}: {error.strerror}"
        raise SubmitError(text) from None
    return names


def _write(root: Path, names: list[str], target: Path) -> None:
    contents = {name: (root / name).read_bytes() for name in names}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
