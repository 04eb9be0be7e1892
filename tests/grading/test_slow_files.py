"""A slow file uses up its own time, and nobody else's."""

from dataclasses import replace

import pytest

from autograder.assignment import Assignment, Limits
from autograder.grading.grade import Judge

from .conftest import LAYERS, lost, tasks

SLOW = """
def _slow(f):
    def slow(*args, **kwargs):
        time.sleep({seconds})
        return f(*args, **kwargs)
    return slow

import time
for name, f in list(globals().items()):
    if name.endswith(("_forward", "_backward", "_naive", "_alt", "_loss")):
        globals()[name] = _slow(f)
"""


@pytest.mark.parametrize("seconds", [0.05, 1.1], ids=["ahead", "asked"])
def test_a_slow_file_costs_no_other_one(
    judge: Judge, assignment: Assignment, files: dict[str, str], seconds: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    limits = Limits(call_seconds=2.0, file_seconds=2.0)
    hurried = assignment.model_copy(update={"limits": limits})
    monkeypatch.setattr(judge, "_examination", replace(judge._examination, assignment=hurried))
    monkeypatch.setattr(judge, "_courses", {})
    found = tasks(judge, {**files, LAYERS: files[LAYERS] + SLOW.format(seconds=seconds)})
    assert "timed out" in {task["verdict"] for task in found.values()}
    files_of_lost = {assignment.task(name).file for name in lost(found)}
    # What builds on the slow functions is slow too.
    assert LAYERS in files_of_lost and "deepnets/optim.py" not in files_of_lost
