"""Claims in its files to be another student, another course, or the staff."""

from pathlib import Path

CLASSES = (19, 23)
EARNS = ()
SAYS = ("line 2 imports cs231n, which is not installed",)


def build(folder: Path, work) -> Path:
    place = folder / "alice"
    (place / "deepnets").mkdir(parents=True)
    for name in ("info.json", "submission_metadata.yml", "timestamp.txt", ".git/config", "id.txt"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text('{"id": "bob", "users": [{"email": "bob@example.com"}]}')
    text = "# cs231n.layers\nfrom cs231n import *\n" + work["stubs"]["deepnets/layers.py"]
    (place / "deepnets" / "layers.py").write_text(text)
    (place / "cs231n").mkdir()
    (place / "cs231n" / "layers.py").write_text("def affine_forward(x, w, b):\n    pass\n")
    return place
