"""Has a name that a spreadsheet takes for a formula, and files whose messages begin like one."""

from pathlib import Path

CLASSES = (32,)
EARNS = ()
SAYS = ('"@SUM(1).py.txt", "status": "refused"', "line 3: invalid syntax")
NAME = "=HYPERLINK(char(104)&A1,1)+cmd|' -C calc'!A0"


def build(folder: Path, work) -> Path:
    (folder / NAME).mkdir()
    for name in ("@SUM(1).py.txt", "+1+1.py.txt", "-2.ipynb.txt"):
        (folder / NAME / name).write_text("x")
    (folder / NAME / "layers.py").write_text("raise ValueError('=1+1')\n@SUM\n=cmd|'/C calc'!A0")
    return folder / NAME
