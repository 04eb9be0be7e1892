"""Hands in modules with the names of those that the grader imports."""

from pathlib import Path

CLASSES = (18, 19)
EARNS = "all"
SAYS = ("the staff's copy of this given file is used",)
EVIL = "print('impossible-and-yet-done: imported instead')\nraise SystemExit\n"
NAMES = ["numpy", "random", "json", "os", "ctypes", "typing", "autograder", "sandbox", "arrays"]
NAMES += ["deepnets/numpy", "deepnets/arrays", "deepnets/solver", "deepnets/json", "builtins"]
NAMES += ["numpy/__init__", "autograder/__init__", "autograder/student/wire", "datasets/__init__"]


def build(folder: Path, work) -> Path:
    for name in NAMES:
        file = folder / "eve" / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(EVIL)
    text = work["right"]["deepnets/layers.py"]
    (folder / "eve" / "deepnets" / "layers.py").write_text(f"import json, random\n{text}")
    return folder / "eve"
