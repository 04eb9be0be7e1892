"""An attempt as one zip: read as any submission is, with no link followed."""

import os
import stat
from pathlib import Path

from autograder.archive import write_zip
from autograder.collect.attempt import Attempt
from autograder.intake import MAX_TOTAL_BYTES, SUFFIXES, Found, IntakeError, read_folder, read_zip
from autograder.reports.text import clean, one_line


def pack(attempt: Attempt, target: Path) -> list[str]:
    """Write what was handed in as the zip `target`; what the staff should know of it.

    A single zip stays as it is. Raises IntakeError if nothing can be read, wherever it has got to.
    """
    contents: dict[str, bytes] = {}
    zips: list[Path] = []
    left_out: list[str] = []
    for name, path in attempt.files.items():
        _add(name, path, contents, zips, left_out)
    if len(zips) == 1 and not contents:
        target.write_bytes(_plain(zips[0]))
        read_zip(target)
        return left_out
    if len(zips) > 1:
        left_out.append(f"several zips, each in a folder: {', '.join(path.name for path in zips)}")
    for path in zips:
        _take(path.stem, read_zip(path), contents, left_out)
    if not contents:
        raise IntakeError("; ".join(left_out) or "holds no Python file and no notebook")
    write_zip(target, contents)
    return left_out


def _add(
    name: str, path: Path, contents: dict[str, bytes], zips: list[Path], left_out: list[str]
) -> None:
    """Sort one file or folder by what it holds."""
    if path.is_symlink():
        raise IntakeError("a link: hand in the file itself")
    if path.is_dir():
        found, inside = _folder(path)
        _take(name, found, contents, left_out)
        zips += inside
    elif Path(name).suffix.lower() == ".zip":
        zips.append(path)
    elif Path(name).suffix in SUFFIXES:
        contents[clean(name)] = _plain(path)
    else:
        left_out.append(f"{one_line(name)}: is neither a zip, a Python file nor a notebook")


def _take(name: str, found: Found, contents: dict[str, bytes], left_out: list[str]) -> None:
    """Put all that was found under the folder `name`."""
    for place, data in found.files.items():
        contents[clean(f"{name}/{place}")] = data
    left_out += [f"{place}: {why}" for place, why in found.refused.items()]


def _folder(path: Path) -> tuple[Found, list[Path]]:
    """What it holds, and the zips at its top."""
    inside = [each for each in sorted(path.iterdir()) if each.suffix.lower() == ".zip"]
    zips = [each for each in inside if not each.is_symlink()]
    try:
        return read_folder(path), zips
    except IntakeError:
        if not zips:
            raise
        return Found(), zips


def _plain(path: Path) -> bytes:
    """The content of a plain file; links are not followed, and nobody waits for a pipe."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                content = file.read(MAX_TOTAL_BYTES + 1)
                if len(content) <= MAX_TOTAL_BYTES:
                    return content
                raise IntakeError(f"larger than {MAX_TOTAL_BYTES >> 20} MiB")
    except OSError as error:
        raise IntakeError(f"cannot be read: {error.strerror}") from None
    raise IntakeError("not a plain file")
