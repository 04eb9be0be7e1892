"""A zip that depends on names and contents alone."""

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
UNIX = 3


def write_zip(file: Path, contents: Mapping[str, bytes]) -> None:
    """Pack `contents`, bytes by name, in their order, without times and owners.

    Raises OSError; then an older `file` is what it was before.
    """
    part = file.with_name(f".{file.name}.part")
    try:
        with ZipFile(part, "w") as archive:
            for name, content in contents.items():
                archive.writestr(_entry(name), content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type, entry.create_system = ZIP_DEFLATED, UNIX
    entry.external_attr = PLAIN_FILE
    return entry
