"""What a submission's files hold of the assignment, and which tasks are still as released."""

import json
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.submission import Submission, read_submission

LAYERS = "deepnets/layers.py"
RAISE = 'raise NotImplementedError("relu_forward: replace this line with your code")'
STUB = f"def relu_forward(x):\n    {RAISE}\n"
RIGHT, OTHER = "def relu_forward(x):\n    return x, x\n", "def relu_forward(x):\n    return 0\n"
CELL = {"cell_type": "code", "source": RIGHT, "execution_count": None}


def read(folder: Path, assignment: Assignment, text: str) -> tuple[Submission, str, str]:
    """A submission of that text as layers.py, its status and its message."""
    (folder / "deepnets").mkdir()
    (folder / LAYERS).write_text(text)
    submission = read_submission(folder, assignment)
    found = next(s for s in submission.statuses if s.path == LAYERS)
    return submission, found.status, found.message


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (RAISE, True), (RAISE.replace('"', "'"), True), (RAISE + "; return x", True),
        (f"# {RAISE}\n    return x", False), (f"# {RAISE}\n    pass", False),
        (f"'''{RAISE}'''\n    return x", False), ("return x", False),
        (RAISE.replace("forward", "backward"), False),
        (f"return (\n{RAISE}", True),
    ],
)  # fmt: skip
def test_a_stub_counts_where_it_would_raise(assignment: Assignment, body: str, left: bool) -> None:
    files = {LAYERS: f"def relu_forward(x):\n    {body}\n"}
    assert Submission("ada", files).stub_left(assignment.task("relu_forward")) is left


def test_without_a_text_nothing_was_begun(assignment: Assignment) -> None:
    assert all(Submission("ada", {}).stub_left(task) for task in assignment.tasks)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("x = 1\n", True),
        ("class Relu:\n    def relu_forward(self): pass\n", True),
        ("relu_forward = abs\n", False),
        ("from .mine import relu_forward\n", False),
        ("from .mine import *\n", False),
        ("if True:\n    def relu_forward(x): pass\n", False),
    ],
)
def test_what_is_not_there_was_not_begun(assignment: Assignment, text: str, left: bool) -> None:
    assert Submission("ada", {LAYERS: text}).stub_left(assignment.task("relu_forward")) is left


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (" \n\n", "the file is empty"),
        (json.dumps({"cells": [CELL]}), "this is a notebook, no Python: copy the code of its"),
        ("<!DOCTYPE html>\n<pre>" + RIGHT, "this is a web page, no Python: download"),
        ("@@ -0,0 +1 @@\n+" + RIGHT.replace("\n ", "\n+ "), "all lines begin with +, as in a"),
        ("  1 def relu_forward(x):\n  2\n 13     return x\n", "all lines begin with a number"),
        ("def forward(x):\n    return x\n", "none of the functions that belong there can be"),
    ],
)
def test_a_file_without_anything_to_judge_is_told(
    tmp_path: Path, assignment: Assignment, text: str, message: str
) -> None:
    _, status, told = read(tmp_path, assignment, text)
    assert status == "salvaged" and told.startswith(message) and "\n" not in told


def test_the_last_of_two_definitions_counts_and_both_are_told(
    tmp_path: Path, assignment: Assignment
) -> None:
    submission, *told = read(tmp_path, assignment, f"{RIGHT}\n{OTHER}")
    assert told == ["ok", "relu_forward is defined in lines 1 and 4; the last counts"]
    assert submission.files[LAYERS] == f"{RIGHT}\n{OTHER}"


@pytest.mark.parametrize("text", [STUB + STUB, STUB, "def help(): pass\ndef help(): pass\n" + STUB])
def test_no_other_definitions_are_told(tmp_path: Path, assignment: Assignment, text: str) -> None:
    assert read(tmp_path, assignment, text)[1:] == ("ok", "")


def test_a_released_stub_hides_no_work(tmp_path: Path, assignment: Assignment) -> None:
    submission, status, told = read(tmp_path, assignment, f"{RIGHT}\n{STUB}\nx = 1\n")
    assert submission.files[LAYERS] == f"{RIGHT}\n\n\n\nx = 1\n" and status == "salvaged"
    assert told == (
        "relu_forward is defined in lines 1 and 4; the last is a released stub: delete it"
        " (the one above it was judged)"
    )
    assert not submission.stub_left(assignment.task("relu_forward"))


def test_methods_are_looked_at_too(tmp_path: Path, assignment: Assignment) -> None:
    net = (
        "class TwoLayerNet:\n    @property\n    def w(self): pass\n    @w.setter\n"
        "    def w(self, w): pass\n    def loss(self): return 1\n    def loss(self): return 2\n"
    )
    (tmp_path / "deepnets").mkdir()
    (tmp_path / "deepnets/fc_net.py").write_text(net)
    [told] = [s.message for s in read_submission(tmp_path, assignment).statuses if "fc" in s.path]
    assert told == "TwoLayerNet.loss is defined in lines 6 and 7; the last counts"
