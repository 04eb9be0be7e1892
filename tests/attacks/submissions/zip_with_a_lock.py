"""A zip that is encrypted, packed in an unknown way, cut off, and has things before its start."""

import zipfile
from pathlib import Path

CLASSES = (31, 22)
EARNS = ()
SAYS = ("encrypted: zip it without a password", "cannot be unpacked (Bad magic number")


def build(folder: Path, work) -> Path:
    path = folder / "eve.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for number in range(20):
            archive.writestr(f"{number}.py", work["right"]["deepnets/layers.py"])
    content = bytearray(b"#!/bin/sh\n" + path.read_bytes())
    places = [i for i in range(len(content)) if content[i : i + 4] == b"PK\x01\x02"]
    for number, place in enumerate(places):
        content[place + 8] |= number % 2
        content[place + 10] = number
        content[place + 42] ^= number
    path.write_bytes(content)
    return path
