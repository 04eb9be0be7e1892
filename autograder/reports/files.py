"""Writing files: whole or not at all."""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.reports.document import ReportError

DRAFT = ".draft-"


def write_whole(file: Path, content: str, encoding: str = "utf-8") -> Path:
    """Write text, folders included; a reader sees the old file or the new one, never half.

    ReportError if the place cannot be written.
    """
    return write_pieces(file, [content], encoding)


def write_pieces(file: Path, pieces: Iterable[str], encoding: str = "utf-8") -> Path:
    """The same with text that comes in pieces."""
    with explained(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, (piece.encode(encoding) for piece in pieces))
    return file


def forget_drafts(folder: Path) -> None:
    """Remove what writers that were killed left there; the draft of one that lives is locked."""
    for draft in folder.glob(f"{DRAFT}*"):
        if re.fullmatch(rf"{DRAFT}\w{{8}}", draft.name):
            with suppress(OSError), open(draft, "rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                draft.unlink()


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """A ReportError that says what to do, in place of an OSError."""
    try:
        yield
    except OSError as error:
        raise ReportError(
            f"{file}: cannot be written ({error.strerror}). "
            "Choose a folder that you may write to, and see that the disk is not full."
        ) from None


def _replace(file: Path, pieces: Iterable[bytes]) -> None:
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=DRAFT)
    try:
        with os.fdopen(handle, "wb") as stream:
            with suppress(OSError):  # not every file system has locks
                fcntl.flock(stream, fcntl.LOCK_EX)
            stream.writelines(pieces)
            stream.flush()
            os.chmod(draft, 0o644)  # mkstemp's 0600 would hide reports from a web server
            os.replace(draft, file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
