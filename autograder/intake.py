"""Reading what strangers hand in: no links, no devices, no bombs, no way out of the folder."""

import hashlib
import os
import stat
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

MAX_FILE_BYTES = 20 << 20
MAX_TOTAL_BYTES = 64 << 20
MAX_FILES = 500
MAX_DEPTH = 8
SUFFIXES = (".py", ".ipynb", ".npz")
PACKED = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar")
SKIPPED = (
    "__pycache__", ".ipynb_checkpoints", "__MACOSX", ".git", ".venv", ".env", "venv", "env",
    "site-packages", "node_modules",
)  # fmt: skip
"""Folders in which nothing is a student's own work; they do not count against the limits."""


def lies_at(place: str, path: str) -> bool:
    """Is `place` the file `path`, in whatever folder?"""
    return f"/{place}".endswith(f"/{path}")


def file_name(path: str) -> str:
    """The last part of `path`; thousands are asked for."""
    return path.rpartition("/")[2]


class IntakeError(Exception):
    """The submission as a whole cannot be read; the message is for its owner."""


@dataclass
class Found:
    """Contents of programs, notebooks and weights, and why others were refused, by path.

    unreadable: why nothing of it can be read, if so.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    packed: list[str] = field(default_factory=list)
    seen: int = 0
    total: int = 0
    everything: bool = False
    unreadable: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that there is."""
        told = repr((sorted(self.refused.items()), sorted(self.packed), self.unreadable))
        digest = hashlib.sha256(told.encode("utf-8", "backslashreplace"))
        for place, content in sorted(self.files.items()):
            name = place.encode("utf-8", "surrogateescape")
            digest.update(b"%d %d " % (len(name), len(content)) + name + content)
        return digest.hexdigest()

    def wants(self, place: PurePosixPath) -> bool:
        """Is it a kind of file that is read?"""
        return self.everything or place.suffix in SUFFIXES

    def note(self, place: PurePosixPath) -> None:
        """Remember an archive: it is not unpacked, and its owner should know."""
        if place.suffix.lower() in PACKED:
            self.packed.append(str(place))

    def demand_files(self) -> None:
        """IntakeError if all that there is lies in an archive."""
        if self.packed and not self.files:
            raise IntakeError(f"holds {self.packed[0]}: unpack it, and hand in the files")

    def room_for(self, path: str, size: int) -> bool:
        """Count a file, and refuse it if it is too large; raises IntakeError for too many."""
        self.seen += 1
        if self.seen > MAX_FILES:
            raise IntakeError(f"more than {MAX_FILES} files: hand in the assignment's files only")
        if size > MAX_FILE_BYTES or self.total + size > MAX_TOTAL_BYTES:
            self.refused[path] = f"too large ({size / 2**20:.0f} MiB)"
            return False
        self.total += size
        return True


def take_in(path: Path) -> Found:
    """What a folder or a zip holds, or why it cannot be read."""
    try:
        return read_files(path)
    except IntakeError as error:
        return Found(unreadable=str(error))


def read_files(path: Path) -> Found:
    """What a folder or a zip holds; raises IntakeError."""
    return read_folder(path) if path.is_dir() else read_zip(path)


def read_folder(folder: Path, everything: bool = False) -> Found:
    """All files below `folder`; links and special files are refused, not followed.

    everything: other kinds than programs, notebooks and weights too, whatever their names.
    """
    found = Found(everything=everything)
    try:
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise IntakeError(f"cannot be opened: {error.strerror}") from None
    _walk(top, PurePosixPath(), found)
    found.demand_files()
    return found


def _walk(directory: int, place: PurePosixPath, found: Found) -> None:
    """Takes over the descriptor: files are opened relative to it, so that no path is trusted."""
    try:
        for entry in sorted(os.scandir(directory), key=lambda e: e.name):
            if entry.name not in SKIPPED:
                _visit(directory, entry.name, place / entry.name, found)
    except OSError as error:
        found.refused[str(place)] = f"cannot be read: {error.strerror}"
    finally:
        os.close(directory)


def _visit(directory: int, name: str, place: PurePosixPath, found: Found) -> None:
    try:
        mode = os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode
    except OSError as error:
        found.refused[str(place)] = f"cannot be read: {error.strerror}"
        return
    if stat.S_ISLNK(mode):
        found.refused[str(place)] = "a link: hand in the file itself"
    elif stat.S_ISDIR(mode):
        _descend(directory, name, place, found)
    elif not found.everything and (real := _hidden_suffix(place)):
        found.refused[str(place)] = f"rename it to {real}"
    elif found.wants(place) and not stat.S_ISREG(mode):
        found.refused[str(place)] = "not a plain file"
    elif found.wants(place):
        _take(directory, name, place, found)
    else:
        found.note(place)


def _hidden_suffix(place: PurePosixPath) -> str:
    """The true name of layers.py.txt, which some systems show as layers.py; else ""."""
    return place.stem if PurePosixPath(place.stem).suffix in (".py", ".ipynb") else ""


def _descend(directory: int, name: str, place: PurePosixPath, found: Found) -> None:
    if len(place.parts) > MAX_DEPTH:
        found.refused[str(place)] = "nested too deeply"
        return
    try:
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
        below = os.open(name, flags, dir_fd=directory)
    except OSError as error:
        found.refused[str(place)] = f"cannot be opened: {error.strerror}"
        return
    _walk(below, place, found)


def _take(directory: int, name: str, place: PurePosixPath, found: Found) -> None:
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        with open(os.open(name, flags, dir_fd=directory), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
                found.refused[str(place)] = "not a plain file of its own"
            elif found.room_for(str(place), status.st_size):
                found.files[str(place)] = file.read(MAX_FILE_BYTES)
    except OSError as error:
        found.refused[str(place)] = f"cannot be read: {error.strerror}"


def read_zip(path: Path) -> Found:
    """All files in the zip, unpacked in memory and never further than the limits allow."""
    found = Found()
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                _member(archive, info, found)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise IntakeError(f"is not a readable zip ({error}): zip the files again") from None
    except OSError as error:
        raise IntakeError(f"cannot be read: {error.strerror or error}") from None
    found.demand_files()
    if not found.files and not found.refused:
        raise IntakeError("the zip holds no Python file and no notebook")
    return found


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, found: Found) -> None:
    place = PurePosixPath(info.filename.replace("\\", "/"))
    if info.is_dir() or set(place.parts) & set(SKIPPED):
        return
    if real := _hidden_suffix(place):
        found.refused[str(place)] = f"rename it to {real}"
        return
    if place.suffix not in SUFFIXES:
        found.note(place)
        return
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
        found.refused[str(place)] = "its path leads out of the zip"
    elif stat.S_ISLNK(info.external_attr >> 16):
        found.refused[str(place)] = "a link: hand in the file itself"
    elif info.flag_bits & 1:
        found.refused[str(place)] = "encrypted: zip it without a password"
    elif found.room_for(str(place), info.file_size):
        _unpack(archive, info, str(place), found)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, found: Found) -> None:
    """The stated size may be a lie, so that never more than it plus one byte is unpacked."""
    try:
        with archive.open(info) as member:
            content = member.read(info.file_size + 1)
    except Exception as error:
        found.refused[place] = f"cannot be unpacked ({error}): zip the files again"
        return
    found.files[place] = content[: info.file_size]
