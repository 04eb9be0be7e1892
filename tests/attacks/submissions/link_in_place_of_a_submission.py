"""Is a link to the solutions as a whole."""

from pathlib import Path

CLASSES = (31, 1)
EARNS = ()
SAYS = ("cannot be opened: Not a directory",)


def build(folder: Path, work) -> Path:
    (folder / "eve").symlink_to(folder.parents[1] / "staff" / "nets-5", target_is_directory=True)
    return folder / "eve"
