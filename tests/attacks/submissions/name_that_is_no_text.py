"""Has names of files that are bytes and no text."""

import os
from pathlib import Path

CLASSES = (31, 32)
EARNS = ()
SAYS = ('(.py.txt", "status": "refused"', '"deepnets/layers.py", "status": "ok"')


def build(folder: Path, work) -> Path:
    place = os.fsencode(folder) + b"/eve\xff\xfe\x80"
    os.mkdir(place)
    for name in (b"\xff.py", b"\xc3\x28.py.txt", b"\xed\xa0\x80.ipynb", b"layers\xff.py"):
        with open(place + b"/" + name, "wb") as file:
            file.write(b"raise ValueError\n")
    (Path(os.fsdecode(place)) / "layers.py").write_text(work["stubs"]["deepnets/layers.py"])
    return Path(os.fsdecode(place))
