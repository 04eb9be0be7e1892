"""The zip of a whole class, unpacked: nothing lands outside of the folder, and no link is made."""

import shutil
import zipfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

from autograder.collect.attempt import CollectError
from autograder.intake import MAX_TOTAL_BYTES, SKIPPED

MOST_MEMBERS = 200_000
MOST_BYTES = 16 << 30


def unpack(file: Path, to: Path) -> list[str]:
    """Unpack `file` into the folder `to`; what was left out, and why. Raises CollectError."""
    left_out, room = [], MOST_BYTES
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > room:
                raise CollectError(f"{file}: is too large to be the submissions of a class")
            for member in members:
                if why := _take(archive, member, to):
                    left_out.append(f"{member.filename} ({why})")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CollectError(f"{file}: is no readable zip ({error})") from None
    return left_out


def _take(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> str:
    """Why it was not unpacked; "" if it was, or if nobody misses it."""
    place = PurePosixPath(member.filename.replace("\\", "/"))
    if member.is_dir() or set(place.parts) & set(SKIPPED):
        return ""
    if place.is_absolute() or ".." in place.parts or not place.parts:
        return "its path leads out of the zip"
    if member.file_size > MAX_TOTAL_BYTES:
        return f"larger than {MAX_TOTAL_BYTES >> 20} MiB"
    try:
        _write(archive, member, to / place)
    except FileExistsError:
        return "there is another of that name"
    except Exception as error:  # a broken member raises many kinds
        with suppress(OSError):
            (to / place).unlink()
        return f"cannot be unpacked: {error}"
    return ""


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """As a plain file, whatever it says it is; never more than the stated size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("xb") as file:
        shutil.copyfileobj(source, file)
