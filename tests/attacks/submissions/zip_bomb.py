"""A zip that unpacks to a thousand times its size, and states that it unpacks to nothing much."""

import struct
import zipfile
from pathlib import Path

CLASSES = (31, 22)
EARNS = ()
SAYS = ("cannot be unpacked (Bad CRC-32",)


def build(folder: Path, work) -> Path:
    path = folder / "eve.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in ("layers.py", "fc_net.py"):
            with archive.open(f"deepnets/{name}", "w") as member:
                for _ in range(64):
                    member.write(bytes(1 << 20))
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 64 << 20), struct.pack("<I", 100)))
    return path
