"""Hands in files whose names differ in case, in Unicode's forms, or look alike, one hostile."""

import unicodedata
from pathlib import Path

CLASSES = (31, 18)
EARNS = "all"
SAYS = ('"deepnets/layers.py", "status": "ok"',)
EVIL = "print('impossible-and-yet-done: the wrong file')\nraise SystemExit\n"


def build(folder: Path, work) -> Path:
    place = folder / "eve"
    names = ["deepnets/LAYERS.PY", "deepnets/Layers.py", "DEEPNETS/layers.py", "deepnets/layers.pY"]
    names += ["deepnets/l\u0430yers.py", "deepnets/layers\u200b.py", "deepnets/ layers.py"]
    names += [f"deepnets/{unicodedata.normalize('NFD', 'läyers')}.py", "ｄｅｅｐｎｅｔｓ/layers.py"]
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(EVIL)
    (place / "deepnets").mkdir(exist_ok=True)
    (place / "deepnets" / "layers.py").write_text(work["right"]["deepnets/layers.py"])
    return place
