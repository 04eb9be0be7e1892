"""Fetching CIFAR-10 from its author's page: resumable, verified, unpacked with care."""

import hashlib
import tarfile
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

from filelock import FileLock
from tqdm import tqdm

from datasets.cifar_format import FILES, DataError, is_complete
from datasets.files import replacing

FOLDER: Final = "cifar-10-batches-py"
"""The folder of the batches, inside the archive and inside the data folder."""

_BLOCK = 1 << 16
_TIMEOUT = 30.0
_LARGEST_FILE = 64 << 20


@dataclass(frozen=True)
class Archive:
    """A file on the web, and its SHA-256."""

    url: str
    sha256: str

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.url.rsplit("/", 1)[-1]


CIFAR10 = Archive(
    "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
    "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce",
)


def download(folder: Path, archive: Archive = CIFAR10) -> Path:
    """Fetches and unpacks CIFAR-10 (163 MiB) unless it is there; an old attempt is resumed.

    An archive that was put into `folder` by hand is used instead of the web.

    Returns:
        the folder of the batches.

    Raises:
        DataError: no connection, or the archive is not the expected one.
    """
    target = folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"{archive.name}.lock"):
        if not is_complete(target):
            _unpack(_obtain(folder, archive), target)
    return target


def _obtain(folder: Path, archive: Archive) -> Path:
    path = folder / archive.name
    if not path.exists():
        part = path.with_name(f"{path.name}.part")
        _fetch(archive.url, part)
        _verify(part, archive)
        part.replace(path)
    else:
        _verify(path, archive)
    return path


def _fetch(url: str, part: Path) -> None:
    """Completes `part`, which keeps what arrived even if the connection breaks."""
    have = part.stat().st_size if part.exists() else 0
    request = Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        with urlopen(request, timeout=_TIMEOUT) as response:
            _receive(response, part)
    except (OSError, HTTPException) as error:
        # Nothing lies beyond what we have: it is complete, or the hash will tell.
        if have and getattr(error, "code", None) == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return
        raise _unreachable(url, part.parent, error) from error


def _receive(response: HTTPResponse, part: Path) -> None:
    """Appends to `part`, or starts it anew if the server ignored the range."""
    resumed = response.status == HTTPStatus.PARTIAL_CONTENT
    with part.open("ab" if resumed else "wb") as file:
        total = file.tell() + int(response.headers.get("Content-Length", 0))
        with tqdm(total=total, initial=file.tell(), unit="B", unit_scale=True) as bar:
            while block := response.read(_BLOCK):
                bar.update(file.write(block))
        if file.tell() < total:
            raise ConnectionError(f"the connection broke after {file.tell()} of {total} bytes")


def _unreachable(url: str, folder: Path, error: Exception) -> DataError:
    reason = getattr(error, "reason", None) or error
    return DataError(
        f"Cannot fetch {url} ({reason}). Run the download again to resume it, or put that file "
        f"into {folder} by hand. The built-in images need no connection."
    )


def _verify(path: Path, archive: Archive) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != archive.sha256:
        # Under another name it is not resumed, and whoever put it there has not lost it.
        wrong = path.replace(path.with_name(f"{archive.name}.wrong"))
        raise DataError(
            f"{wrong} is not the expected archive: its SHA-256 is {found}, "
            f"not {archive.sha256}. Delete it and run the download again."
        )


def _unpack(archive: Path, target: Path) -> None:
    """Writes the expected files into `target`, and nothing else anywhere."""
    try:
        with tarfile.open(archive) as tar:
            for name in FILES:
                content = _member(tar, f"{FOLDER}/{name}")
                with replacing(target / name) as file:
                    file.write(content)
    except (tarfile.TarError, KeyError) as error:
        raise DataError(f"{archive} cannot be unpacked: {error}. Delete it, try again.") from error


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.getmember(name)
    file = tar.extractfile(member) if member.isreg() else None
    if file is None or member.size > _LARGEST_FILE:
        raise tarfile.TarError(f"{name} is no plain file of a sane size")
    return file.read()
