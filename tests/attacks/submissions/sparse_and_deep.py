"""Hands in a file of terabytes that takes no room, and hundreds of folders in each other."""

from pathlib import Path

CLASSES = (31, 22)
EARNS = "all"
SAYS = ("nested too deeply", "too large (4194304 MiB)")


def build(folder: Path, work) -> Path:
    place = folder / "eve"
    deep = place.joinpath(*["d"] * 400)
    deep.mkdir(parents=True)
    (deep / "layers.py").write_text("raise SystemExit")
    with open(place / "optim.py", "wb") as file:
        file.truncate(1 << 42)
    (place / "layers.py").write_text(work["right"]["deepnets/layers.py"])
    return place
