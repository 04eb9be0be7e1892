"""A zip that depends on names and contents alone."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
UNIX = 3


def write_zip(folder: Path, file: Path) -> None:
    """Pack all files of `folder`, under its name, sorted, without times and owners."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with ZipFile(file, "w") as archive:
        for path in files:
            entry = ZipInfo(path.relative_to(folder.parent).as_posix(), EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, UNIX
            entry.external_attr = PLAIN_FILE
            archive.writestr(entry, path.read_bytes())
