"""Writing files: whole or not at all."""

import fcntl
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.reports.document import ReportError

DRAFT = ".autograder-draft-"


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
    """Remove what this user's writers that were killed left there; the draft of one that lives is
    locked. Where others may write, they could put anything there under such a name."""
    for draft in folder.glob(f"{DRAFT}*"):
        if re.fullmatch(rf"{re.escape(DRAFT)}\w{{8}}", draft.name):
            with suppress(OSError):
                _forget(draft)


def _forget(draft: Path) -> None:
    """Raises OSError for a link, and for one that is locked; a pipe is not waited for."""
    # Over NFS a lock needs a file that is open for writing.
    handle = os.open(draft, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(handle)
        if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid():
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()
    finally:
        os.close(handle)


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
    handle, draft = _locked_draft(file.parent)
    try:
        # Some file systems tell when a file is closed that there was no room; the lock stays.
        with os.fdopen(os.dup(handle), "wb") as stream:
            stream.writelines(pieces)
        os.fchmod(handle, 0o644)  # mkstemp's 0600 would hide reports from a web server
        os.replace(draft, file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def _locked_draft(folder: Path) -> tuple[int, str]:
    """A new file, open, and its path. Before it is locked, another program may take it away."""
    while True:
        handle, draft = tempfile.mkstemp(dir=folder, prefix=DRAFT)
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), os.lstat(draft)):
                return handle, draft
        os.close(handle)
