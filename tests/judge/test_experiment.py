"""Hyper-parameters that strangers chose."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment import Difference, Experiment, LayerBounds, Task
from autograder.judge.experiment import examine_experiment, judge_measures, within_bounds
from autograder.student.channel import Handle
from autograder.student.local import LocalChannel
from datasets import cifar10, cifar_format, files

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


class Reached:
    """A run that always reaches 45 %, and remembers the experiment."""

    experiment: Experiment | None = None

    def measures(self, experiment: Experiment, chosen: Mapping[str, Any]) -> dict[str, Any]:
        self.experiment = experiment
        return {"best_validation_accuracy": 0.45}


def judged(epochs: int, trainer: Reached) -> str:
    """The verdict on a task that asks for 50 %, or for 40 % after one epoch of CIFAR-10."""
    other = Difference(threshold=0.4, bounds={"epochs": (1, 1)})
    experiment = EXPERIMENT.model_copy(update={"cifar10": other})
    task = TASK.model_copy(update={"experiment": experiment})
    cell = f"def run():\n    return {GOOD | {'epochs': epochs}}\n"
    return examine_experiment(task, LocalChannel("net", {"cell_run.py": cell}), trainer).verdict


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(files.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def with_cifar10(data: Path) -> None:
    (data / cifar10.FOLDER).mkdir()
    for name in cifar_format.FILES:
        (data / cifar10.FOLDER / name).touch()


def test_the_data_set_decides_what_is_asked_for(data: Path) -> None:
    trainer = Reached()
    assert judged(5, trainer) == "failed" and trainer.experiment is not None
    with_cifar10(data)
    assert judged(1, trainer) == "passed"
    assert trainer.experiment.bounds["epochs"] == (1, 1)
    assert trainer.experiment.bounds["rate"] == EXPERIMENT.bounds["rate"]


def test_other_bounds_are_those_of_the_other_data_set_alone(data: Path) -> None:
    trainer = Reached()
    with_cifar10(data)
    assert judged(5, trainer) == "failed" and trainer.experiment is None


def test_what_is_not_replaced_stays() -> None:
    other = Difference(bounds={"rate": (0.0, 1.0)})
    changed = EXPERIMENT.model_copy(update={"cifar10": other}).on("CIFAR-10 abc")
    assert changed.threshold == EXPERIMENT.threshold
    assert changed.bounds == EXPERIMENT.bounds | {"rate": (0.0, 1.0)}
    assert EXPERIMENT.on("CIFAR-10 abc") is EXPERIMENT
