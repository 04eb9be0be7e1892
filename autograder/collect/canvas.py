"""Canvas, "Download Submissions": `lovelaceada_LATE_12345_67890_submission-1.zip`."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.collect.attempt import Attempt
from autograder.collect.folders import entries, mostly

NAME = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>\d+)_(?P<upload>\d+)_(?P<file>.+)")
VERSION = re.compile(r"(?P<stem>.+?)(?:-(?P<number>\d{1,3}))?(?P<suffix>\.\w+)?")


@dataclass(frozen=True)
class Upload:
    """One file; Canvas appends -1, -2 to the name of a file that is handed in again."""

    path: Path
    name: str
    user: str
    late: bool
    file: str
    number: int


def looks(folder: Path) -> bool:
    """Are most names as Canvas makes them?"""
    return mostly(folder, NAME)


def read(folder: Path) -> Iterator[Attempt]:
    """The attempts of each user, told apart by the numbers behind the files' names."""
    users: dict[str, list[Upload]] = defaultdict(list)
    for path in entries(folder):
        if found := NAME.fullmatch(path.name):
            users[found["user"]].append(_upload(path, found))
        else:
            yield Attempt((path.name,), {}, path.name, trouble="its name is none of Canvas's")
    for uploads in users.values():
        yield from _attempts(uploads)


def _upload(path: Path, found: re.Match[str]) -> Upload:
    version = VERSION.fullmatch(found["file"])
    assert version
    file = version["stem"] + (version["suffix"] or "")
    number = int(version["number"] or 0)
    return Upload(path, found["name"], found["user"], bool(found["late"]), file, number)


def _attempts(uploads: list[Upload]) -> Iterator[Attempt]:
    """Of each file, attempt n has the newest version that is not newer than n: in a second attempt
    of two files, one may have a number and the other none."""
    for number in sorted({upload.number for upload in uploads}):
        newest: dict[str, Upload] = {}
        for upload in sorted(uploads, key=lambda each: each.number):
            if upload.number <= number:
                newest[upload.file] = upload
        last = [upload for upload in newest.values() if upload.number == number]
        files = {name: upload.path for name, upload in newest.items()}
        source = ", ".join(path.name for path in files.values())
        late = any(upload.late for upload in last)
        user = last[0]
        yield Attempt((user.user, user.name), files, source, late=late, number=number)
