"""A whole assignment in small: a library of two functions, a notebook, and a grader for it."""

import json
import shutil
from pathlib import Path
from typing import Any

TOML = """schema = 1
id = "tiny"
title = "Tiny"
package = "tiny"
notebooks = ["1-Tiny.ipynb"]
student_files = ["tiny/layers.py"]
given_files = ["tiny/__init__.py", "tiny/tools.py"]
checks = ["autograder.checks.layers"]
[credit]
main = 1.0
[[tasks]]
id = "double"
title = "Double"
points = 2.0
notebook = "1-Tiny.ipynb"
file = "tiny/layers.py"
[[tasks]]
id = "spread"
title = "Spread"
points = 1.0
notebook = "1-Tiny.ipynb"
file = "tiny/layers.py"
[[tasks]]
id = "settings"
title = "Settings"
points = 3.0
notebook = "1-Tiny.ipynb"
experiment = { train = "train", measure = "accuracy", threshold = 0.5, bounds = { rate = [0, 1] } }
"""
LIBRARY = '''"""Two functions."""


def double(x):
    """Twice x."""
    ### BEGIN SOLUTION double
    secret_factor = 2
    return secret_factor * x
    ### END SOLUTION


def spread(values):
    """Largest minus smallest."""
    ### BEGIN SOLUTION spread
    largest, smallest = max(values), min(values)
    ### END SOLUTION
    return largest - smallest
'''
SETTINGS = '''def settings():
    """A good rate."""
    ### BEGIN SOLUTION settings
    return {"rate": 0.123456789}
    ### END SOLUTION
'''
ANSWER = """**Your answer**

### BEGIN SOLUTION why
Because the learning rate is neither too large nor too small.
### END SOLUTION"""
TEST = """assert settings()
### BEGIN HIDDEN TESTS
assert settings()["rate"] > 0.1
### END HIDDEN TESTS"""


def cell(kind: str, source: str, **nbgrader: Any) -> dict[str, Any]:
    """A notebook cell; keyword arguments are nbgrader's metadata."""
    default = {"schema_version": 3, "grade": False, "solution": False, "locked": False}
    marks = {"nbgrader": default | {"task": False} | nbgrader} if nbgrader else {}
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": marks, "source": source.splitlines(True), **code}


def notebook(*cells: dict[str, Any]) -> str:
    """A notebook of format 4.4, whose cells have no ids."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": kernel}}
    return json.dumps({**content, "cells": list(cells)}, indent=1)


def usual_notebook() -> str:
    """One task, its hidden test, one written question; run by the instructor and saved."""
    settings = cell("code", SETTINGS, grade_id="settings", solution=True)
    text = ["{'rate': 0.123456789}\n"]
    settings["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    test = cell("code", TEST, grade_id="settings_check", grade=True, locked=True, points=3)
    answer = cell("markdown", ANSWER, grade_id="why", grade=True, solution=True, points=2)
    return notebook(cell("markdown", "# Tiny"), settings, test, answer)


def grade(folder: Path) -> dict[str, Any]:
    """Runs the three functions, as the grader would: an entry of the result document."""
    names: dict[str, Any] = {}
    exec((folder / "tiny/layers.py").read_text(), names)
    cells = json.loads((folder / "1-Tiny.ipynb").read_text())["cells"]
    exec("".join(cells[1]["source"]), names)
    trials = {
        "double": ((3,), 6, 2.0),
        "spread": (([4, 1],), 3, 1.0),
        "settings": ((), {"rate": 0.123456789}, 3.0),
    }
    return {"tasks": [{"id": id, **_judge(names[id], *trial)} for id, trial in trials.items()]}


def _judge(function: Any, arguments: Any, expected: Any, points: float) -> dict[str, Any]:
    try:
        right = function(*arguments) == expected
    except NotImplementedError:
        return {"verdict": "not attempted", "points": 0.0}
    return {"verdict": "passed" if right else "failed", "points": points * right}


def record(file: Path) -> None:
    """The answers of the public trials."""
    file.write_text('{"double": 6}\n')


def write_tiny(folder: Path) -> Path:
    """Write the source of the assignment, with the litter of daily work; returns `folder`."""
    for name in ("tiny/__pycache__", "tests", ".ipynb_checkpoints"):
        (folder / name).mkdir(parents=True)
    (folder / "assignment.toml").write_text(TOML)
    (folder / "tiny/layers.py").write_text(LIBRARY)
    (folder / "tiny/__init__.py").write_text("")
    (folder / "tiny/tools.py").write_text("WIDTH = 3\n")
    (folder / "1-Tiny.ipynb").write_text(usual_notebook())
    for litter in ("tiny/__pycache__/layers.pyc", "tests/test_layers.py", "gradebook.db"):
        (folder / litter).write_text("secret_factor = 2\n")
    shutil.copy(folder / "1-Tiny.ipynb", folder / ".ipynb_checkpoints/1-Tiny-checkpoint.ipynb")
    return folder
