"""Hyper-parameters that strangers chose."""

import math
from typing import Any

import numpy as np
import pytest

from autograder.assignment import Experiment, LayerBounds, Task
from autograder.judge.experiment import examine_experiment, judge_measures, within_bounds
from autograder.student.channel import Handle
from autograder.student.local import LocalChannel

EXPERIMENT = Experiment(
    train="run", measure="best_validation_accuracy", threshold=0.5,
    bounds={"rate": (1e-7, 10.0), "epochs": (1, 15), "rule": ["adam", "sgd"],
            "widths": LayerBounds(max_layers=2, max_width=30)},
)  # fmt: skip
GOOD = {"rate": 0.1, "epochs": 5, "rule": "adam", "widths": [3, 4]}
TASK = Task(id="run", title="", points=3, notebook="n.ipynb", experiment=EXPERIMENT)


def fault(**changes: Any) -> str:
    return within_bounds(EXPERIMENT, {**GOOD, **changes})[1]


@pytest.mark.parametrize(
    ("changes", "chosen"),
    [
        ({}, {}), ({"rate": 1}, {"rate": 1}), ({"rate": np.array(0.5, "f4")}, {"rate": 0.5}),
        ({"epochs": 15.0}, {"epochs": 15}), ({"epochs": np.array(3)}, {"epochs": 3}),
        ({"widths": np.array([5, 6])}, {"widths": [5, 6]}), ({"widths": ()}, {"widths": []}),
        ({"widths": [np.array(5)]}, {"widths": [5]}),
    ],
    ids=str,
)  # fmt: skip
def test_numbers_become_plain_python(changes: dict[str, Any], chosen: dict[str, Any]) -> None:
    got, text = within_bounds(EXPERIMENT, {**GOOD, **changes})
    assert not text and got == {**GOOD, **chosen}
    assert {type(v) for v in got.values()} <= {int, float, str, list}
    assert type(got["epochs"]) is int and all(type(w) is int for w in got["widths"])


ODD = [
    True, None, "0.1", math.nan, math.inf, -math.inf, -1, 0, 11.5, 10**400, -(10**400), [0.1],
    np.array([0.1]), np.array(True), np.array(1j), Handle(0), {}, np.full((2, 2), 1),
]  # fmt: skip


@pytest.mark.parametrize("value", ODD, ids=lambda v: str(v)[:20])
@pytest.mark.parametrize("name", ["rate", "epochs", "rule", "widths"])
def test_odd_values_are_refused_with_the_range(name: str, value: Any) -> None:
    text = fault(**{name: value})
    assert text.startswith(f"{name} is ") and len(text) < 200


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"epochs": 2.5}, "whole number from 1 to 15"), ({"epochs": 16}, "from 1 to 15"),
        ({"rule": "Adam"}, "one of adam, sgd"), ({"widths": [1, 2, 3]}, "at most 2 layers"),
        ({"widths": [31]}, "at most 30 units"), ({"widths": [2.0]}, "allowed"),
        ({"widths": [True]}, "allowed"), ({"widths": [[3]]}, "allowed"),
    ],
    ids=str,
)  # fmt: skip
def test_other_refusals(changes: dict[str, Any], words: str) -> None:
    assert words in fault(**changes)


def test_missing_and_unknown_names_are_listed() -> None:
    assert "rate" in within_bounds(EXPERIMENT, {k: GOOD[k] for k in GOOD if k != "rate"})[1]
    assert "lr" in fault(lr=1)
    for value in (None, [], "x", Handle(1), np.zeros(3)):
        assert "must return a dict" in within_bounds(EXPERIMENT, value)[1]


def test_the_threshold_itself_is_enough() -> None:
    assert judge_measures(TASK, {"best_validation_accuracy": 0.5}).points == 3
    failed = judge_measures(TASK, {"best_validation_accuracy": 0.4999, "diverged": True})
    assert failed.verdict == "failed" and "diverges" in failed.findings[0].summary


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [
        (f"return {GOOD}", "skipped"), ("return 1 / 0", "crashed"), ("return None", "failed"),
        ("raise NotImplementedError('run: replace')", "not attempted"),
    ],
)  # fmt: skip
def test_verdicts_of_cells(cell: str, verdict: str) -> None:
    channel = LocalChannel("net", {"cell_run.py": f"def run():\n    {cell}\n"})
    assert examine_experiment(TASK, channel, None).verdict == verdict
