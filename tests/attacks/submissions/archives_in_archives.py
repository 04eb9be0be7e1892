"""An archive in an archive in an archive, each of which would have to be unpacked."""

import gzip
import io
import zipfile
from pathlib import Path

CLASSES = (31, 22)
EARNS = ()
SAYS = ("holds 19.zip: unpack it",)


def build(folder: Path, work) -> Path:
    content = work["right"]["deepnets/layers.py"].encode()
    for depth in range(20):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(f"{depth}.zip" if depth else "layers.py", content)
            archive.writestr("layers.py.gz", gzip.compress(bytes(1 << 16)))
        content = buffer.getvalue()
    (folder / "eve.zip").write_bytes(content)
    return folder / "eve.zip"
