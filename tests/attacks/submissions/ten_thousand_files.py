"""Hands in more files than anybody wrote."""

from pathlib import Path

CLASSES = (31, 22)
EARNS = ()
SAYS = ("more than 500 files",)


def build(folder: Path, work) -> Path:
    place = folder / "eve"
    place.mkdir()
    for number in range(10_000):
        (place / f"{number}.py").touch()
    (place / "layers.py").write_text(work["right"]["deepnets/layers.py"])
    return place
