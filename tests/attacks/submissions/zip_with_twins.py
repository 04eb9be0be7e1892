"""A zip that holds the same name twice, right at first and hostile then, and unlike its index."""

import warnings
import zipfile
from pathlib import Path

CLASSES = (31, 18)
EARNS = ()
SAYS = ("cannot be unpacked (File name in directory", "the last counts")
EVIL = "\nprint('loaded the last one')\ndef affine_forward(x, w, b): return 0, 0\n"
EVIL += "def relu_forward(x): return 0, 0\ndef affine_backward(dout, cache): return 0, 0, 0\n"


def build(folder: Path, work) -> Path:
    warnings.simplefilter("ignore")
    text = work["right"]["deepnets/layers.py"]
    with zipfile.ZipFile(folder / "eve.zip", "w") as archive:
        archive.writestr("deepnets/layers.py", text)
        archive.writestr("deepnets/layers.py", text + EVIL)
    content = (folder / "eve.zip").read_bytes()
    place = content.rindex(b"PK\x01\x02")
    (folder / "eve.zip").write_bytes(
        content[:place] + content[place:].replace(b"nets", b"\xffets", 1)
    )
    with zipfile.ZipFile(folder / "eve.zip", "a") as archive:
        archive.writestr("deepnets/layers.py", text + EVIL)
    return folder / "eve.zip"
