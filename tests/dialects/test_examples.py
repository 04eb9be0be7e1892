"""Two submissions as students of other courses hand them in, and what each is told."""

from pathlib import Path
from typing import Any

import pytest

from autograder.grading.grade import Judge

from .conftest import task

EXAMPLES = Path(__file__).parent / "examples"
HANDED_OUT = "`bn_param[mode] = mode` was handed out so"

# Every task that is not simply passed: verdict, points, names of the mistakes.
STATED: dict[str, dict[str, tuple[str, float, list[str]]]] = {
    "anna": {
        "TwoLayerNet.loss": ("partial", 2.1, ["TwoLayerNet.loss.half_missing"]),
        "adam": ("failed", 0.0, ["adam.t_not_stored"]),
        "batchnorm_backward_alt": ("not attempted", 0.0, []),
        "dropout_forward": ("failed", 0.0, ["dropout_forward.p_drops"]),
        "conv_backward_naive": (
            "partial", 3.5, ["conv_backward_naive.nothing_left_without_padding"]
        ),
        "ThreeLayerConvNet.loss": ("not attempted", 0.0, []),
        "ThreeLayerConvNet.gradients": ("not attempted", 0.0, []),
        "spatial_batchnorm_backward": ("crashed", 0.0, []),
    },
    "ben": {
        "rmsprop": ("failed", 0.0, ["rmsprop.cache_not_stored"]),
        "batchnorm_forward": ("partial", 2.8, ["batchnorm_forward.momentum_swapped"]),
        "ThreeLayerConvNet.gradients": (
            "partial", 2.8, ["ThreeLayerConvNet.gradients.regularization_missing"]
        ),
    },
}  # fmt: skip
TOTALS = {"anna": ("cs231n-2016", 68.6, 85.0), "ben": ("nndl", 80.6, 85.0)}


@pytest.fixture(scope="module")
def entries(judge: Judge) -> dict[str, Any]:
    return {name: judge.grade(EXAMPLES / name) for name in STATED}


@pytest.mark.parametrize("name", STATED)
def test_an_example_gets_the_verdicts_stated_for_it(entries: dict[str, Any], name: str) -> None:
    found = {
        t["id"]: (t["verdict"], t["points"], t["diagnosis"])
        for t in entries[name]["tasks"]
        if t["verdict"] != "passed"
    }
    assert found == STATED[name]
    entry = entries[name]
    assert (entry["dialect"], entry["points"], entry["max_points"]) == TOTALS[name]


def test_a_finding_names_the_line_in_the_students_own_file(entries: dict[str, Any]) -> None:
    crash = task(entries["anna"], "spatial_batchnorm_backward")["findings"][0]["message"]
    lines = (EXAMPLES / "anna" / "cs231n" / "layers.py").read_text().splitlines()
    number = 1 + next(i for i, line in enumerate(lines) if "batch_norm_backward(" in line)
    assert f"cs231n/layers.py, line {number}, in spatial_batchnorm_backward" in crash


@pytest.mark.parametrize("name", STATED)
def test_a_slip_of_the_handed_out_text_is_mended(entries: dict[str, Any], name: str) -> None:
    statuses = {f["path"].rsplit("/")[-1]: f for f in entries[name]["files"]}
    assert statuses.pop("fc_net.py")["message"].startswith(HANDED_OUT)
    assert {f["status"] for f in statuses.values()} <= {"ok", "ignored"}


def test_one_mistake_costs_once_in_other_words_too(entries: dict[str, Any]) -> None:
    """The staff's dropout stands in for one in which p means something else."""
    net = task(entries["anna"], "FullyConnectedNet.dropout")
    assert net["verdict"] == "passed" and "dropout_forward" in net["stand_ins"]
