"""A zip whose members share their bytes, so that each kilobyte counts thousandfold."""

import zipfile
from pathlib import Path

CLASSES = (31, 22)
EARNS = ()
SAYS = ("cannot be unpacked (File name in directory", "too large (15 MiB)")


def build(folder: Path, work) -> Path:
    path = folder / "eve.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", b"#" * (15 << 20))
        [first] = archive.filelist
        for number in range(400):
            twin = zipfile.ZipInfo(f"{number}.py")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
    return path
