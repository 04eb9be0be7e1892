"""Has the name of the class page, of a folder above, and of a device of some system."""

from pathlib import Path

CLASSES = (31, 32)
EARNS = ()
SAYS = ('"deepnets/layers.py", "status": "ok"',)


def build(folder: Path, work) -> Path:
    place = folder / "..index.html con aux.css %00"
    place.mkdir()
    (place / "layers.py").write_text(work["stubs"]["deepnets/layers.py"])
    (place / "index.html").write_text("<script>alert(1)</script>")
    return place
