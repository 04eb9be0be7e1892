"""Has a name, and names of files, that are markup, sequences for terminals, and other people's."""

from pathlib import Path

CLASSES = (32, 31)
EARNS = ()
SAYS = ('"<script>0.py", "status": "refused"', '"deepnets/layers.py", "status": "ok"')
NAME = "'><svg onload=alert(1)>\x1b[2J\u202e\n&amp;%2e%2e%2findex.html"


def build(folder: Path, work) -> Path:
    place = folder / NAME
    place.mkdir()
    for number, name in enumerate(("<script>", "\x1b]0;x\x07", "\u202eyp.sreyal", "a\nb", "\r")):
        (place / f"{name}{number}.py.txt").write_text("x")
        (place / f"{name}{number}.py").symlink_to("/etc/passwd")
    (place / "layers.py").write_text(work["stubs"]["deepnets/layers.py"])
    return place
