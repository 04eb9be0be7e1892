"""The example class: what every task of every submission gets, whatever the seed."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import load_assignment
from autograder.grading.grade import Job, Judge
from autograder.grading.roster import find_submissions
from autograder.grading.run import grade_class
from autograder.sandbox.tiers import probe

ROOT = Path(__file__).parents[2]
SOURCE, SUBMISSIONS = ROOT / "source" / "modular-nets", ROOT / "submissions"
ASSIGNMENT = load_assignment(SOURCE)
SEEDS = ("5eed-1", "5eed-2", "5eed-3")
Entry = dict[str, Any]
Verdicts = dict[str, str]

# "helped": passed, with staff's functions in place of the student's broken ones.
HELPED = "helped"
NETS = ("TwoLayerNet", "FullyConnectedNet")
EXPERIMENTS = tuple(task.id for task in ASSIGNMENT.tasks if task.experiment)
OPTIM = tuple(task.id for task in ASSIGNMENT.tasks if task.file == "deepnets/optim.py")


def _of_nets(*parts: str) -> list[str]:
    return [f"{net}.{part}" for net in NETS for part in parts]


def _all(verdict: str, tasks: Iterable[str] | None = None) -> Verdicts:
    return dict.fromkeys(tasks or [task.id for task in ASSIGNMENT.tasks], verdict)


def _of_layers(*beginnings: str) -> list[str]:
    return [task.id for task in ASSIGNMENT.tasks if task.id.startswith(beginnings)]


# The notebooks whose functions a student has written; these two are what most have handed in.
BASICS = "12"
WRITTEN = {
    "ada": "123456", "bela": "12345", "vera": "123", "will": "124", "xenia": "125", "yuki": "1235",
    "zane": "125", "anouk": "6", "boris": "6", "cleo": "6",
}  # fmt: skip
FIRST = [task.id for task in ASSIGNMENT.tasks if task.notebook[0] in BASICS]
NEEDS_NETS = [f"FullyConnectedNet.{part}" for part in ("batchnorm", "layernorm", "dropout")]
SPATIAL = _of_layers("spatial")
CONV_NET = [f"ThreeLayerConvNet.{part}" for part in ("scores", "loss", "gradients")]
# Nothing can stand in for the scores of the same net, so that what follows them cannot be judged.
NOTHING_RIGHT = {**_all("failed", FIRST), **_all("blocked", _of_nets("loss", "gradients"))}
# Tasks that are not named are passed, with the student's own functions alone, if they were written.
EXPECTED: dict[str, Verdicts] = {
    "ada": {},
    "anouk": {
        **_all("failed", ["ThreeLayerConvNet", "sequential_convnet"]),
        "build_model": "crashed",
    },
    "bela": {},
    "boris": {"build_model": "crashed"},
    "chen": _all("crashed", NEEDS_NETS),
    "cleo": {
        **_all("not attempted", ["three_layer_convnet", "convnet_parameters", "ThreeLayerConvNet"]),
        "sequential_convnet": "not attempted",
        "build_model": "failed",
    },
    "dario": {"affine_backward": "failed", **_all(HELPED, _of_nets("gradients"))},
    "elif": {
        "affine_forward": "failed",
        **_all(HELPED, _of_nets("scores", "loss", "gradients")),
    },
    "farah": {"softmax_loss": "crashed", **_all(HELPED, _of_nets("loss", "gradients"))},
    "gus": _all("not attempted"),
    "hana": _all(
        "not attempted",
        ["svm_loss", "TwoLayerNet.gradients", "FullyConnectedNet.scores", "FullyConnectedNet.loss",
         "FullyConnectedNet.gradients", "sgd_nesterov_momentum", "adam", "adagrad",
         "overfit_three_layers", "overfit_five_layers", "best_fc_hyperparameters"],
    ),
    "ines": {"affine_backward": "failed", **_all(HELPED, _of_nets("gradients"))},
    "ivan": {
        **_all("crashed", ["softmax_loss", "svm_loss", "rmsprop", "adagrad"]),
        **_all(HELPED, _of_nets("loss", "gradients")),
    },
    "jana": _all("crashed", ["svm_loss", *OPTIM]),
    "kofi": {"relu_backward": "timed out", **_all(HELPED, _of_nets("loss", "gradients"))},
    "lena": NOTHING_RIGHT,
    "milo": {},
    "nora": {},
    "omar": _all("failed", ["two_layer_hyperparameters", "overfit_three_layers"]),
    "pia": NOTHING_RIGHT,
    "quin": NOTHING_RIGHT,
    "rosa": {},
    "sven": {},
    "tara": _all("partial", [*_of_nets("loss"), "TwoLayerNet.gradients"]),
    "theo": {},
    "ugo": {"sgd_momentum": "failed"},
    "vera": {
        **_all("failed", ["batchnorm_forward", "deep_net_hyperparameters"]),
        "FullyConnectedNet.batchnorm": HELPED,
    },
    "will": {
        **_all("failed", ["dropout_forward", "dropout_hyperparameters"]),
        "FullyConnectedNet.dropout": HELPED,
    },
    "xenia": {
        **_all("partial", ["conv_backward_naive", "max_pool_backward_naive"]),
        **_all("not attempted", [*SPATIAL, "overfit_convnet"]),
        "convnet_hyperparameters": "crashed",
    },
    "yuki": {
        **_all("failed", ["spatial_batchnorm_forward", "spatial_batchnorm_backward"]),
        "ThreeLayerConvNet.gradients": "partial",
    },
    "zane": {
        "conv_forward_naive": "failed",
        **_all(HELPED, CONV_NET),
        **_all("not attempted", [*SPATIAL, "convnet_hyperparameters"]),
    },
}  # fmt: skip
POINTS = {
    "ada": 144, "anouk": 6, "bela": 127, "boris": 12, "chen": 60, "cleo": 1, "dario": 57,
    "elif": 58, "farah": 56, "gus": 0, "hana": 29, "ines": 57, "ivan": 51, "jana": 48, "kofi": 59,
    "lena": 0, "milo": 60, "nora": 60, "omar": 55, "pia": 0, "quin": 0, "rosa": 60, "sven": 60,
    "tara": 57, "theo": 60, "ugo": 58, "vera": 76, "will": 63, "xenia": 79.6, "yuki": 106.8,
    "zane": 81,
}  # fmt: skip
DIAGNOSES = {
    "anouk": {
        "ThreeLayerConvNet": ["ThreeLayerConvNet.softmax_on_scores"],
        "sequential_convnet": ["sequential_convnet.softmax_at_the_end"],
    },
    "dario": {"affine_backward": ["affine_backward.db_not_summed"]},
    "ines": {"affine_backward": ["affine_backward.db_wrong_axis"]},
    "elif": {"affine_forward": ["affine_forward.bias_missing"]},
    "tara": {
        "TwoLayerNet.loss": ["TwoLayerNet.loss.half_missing"],
        "TwoLayerNet.gradients": ["TwoLayerNet.gradients.regularization_doubled"],
        "FullyConnectedNet.loss": ["FullyConnectedNet.loss.half_missing"],
    },
    "ugo": {"sgd_momentum": ["sgd_momentum.velocity_subtracted"]},
    "vera": {
        "batchnorm_forward": [
            "batchnorm_forward.momentum_swapped",
            "batchnorm_forward.test_uses_the_batch",
        ],
    },
    "will": {"dropout_forward": ["dropout_forward.p_drops"]},
    "xenia": {
        "conv_backward_naive": [
            "conv_backward_naive.nothing_left_without_padding",
            "conv_backward_naive.stride_ignored",
        ],
        "max_pool_backward_naive": ["max_pool_backward_naive.overwritten"],
    },
    "yuki": {
        "ThreeLayerConvNet.gradients": ["ThreeLayerConvNet.gradients.regularization_missing"],
        "spatial_batchnorm_forward": ["spatial_batchnorm_forward.channels_not_moved"],
    },
    "zane": {"conv_forward_naive": ["conv_forward_naive.filter_flipped"]},
}
WEIGHTS = {
    "anouk": "the weights do not fit the model",
    "boris": "the file of weights cannot be read: use save_weights to write it",
    "cleo": "on 2,000 images that the model was not trained on",
}
NUMBERS = {
    ("omar", "two_layer_hyperparameters"): "Training diverges: the loss becomes infinite or NaN",
    ("vera", "deep_net_hyperparameters"): "; at least 45% is asked for",
    ("will", "dropout_hyperparameters"): "num_epochs is 100; it must be a number from 1 to 30",
    ("xenia", "convnet_hyperparameters"): "NameError: name 'best' is not defined",
    ("xenia", "overfit_convnet"): "there is no cell that defines overfit_convnet",
    ("zane", "convnet_hyperparameters"): "convnet_hyperparameters is not implemented yet",
}
REMARKS = {
    ("vera", "3-BatchNormalization.ipynb"): (
        "2 cells define deep_net_hyperparameters(); the first one counts"
    ),
    ("xenia", "5-ConvolutionalNetworks.ipynb"): "no cell defines overfit_convnet()",
    ("zane", "5-ConvolutionalNetworks.ipynb"): (
        "the cell of overfit_convnet() lost its id; it was found by its function"
    ),
}
# Of every kind of submission one: cheated, crashed, right, helped, float32, named, in cells.
REPEATED = ("pia", "quin", "jana", "ada", "hana", "nora", "tara", "will", "xenia")
CHANGED_IN_PLACE = ("relu_forward", "relu_backward", "softmax_loss", "svm_loss", *OPTIM)


def _grade(seed: str, store: Path, *, experiments: bool = False) -> dict[str, Entry]:
    job = Job(SOURCE, probe(), seed, store, experiments=experiments)
    paths = find_submissions([SUBMISSIONS], [ASSIGNMENT])
    document = grade_class(paths, ASSIGNMENT, job, 2, lambda *_: None)
    return {entry["id"]: entry for entry in document["submissions"]}


@pytest.fixture(scope="module")
def graded(store: Path) -> Callable[[str], dict[str, Entry]]:
    """The class with a seed, graded once; the experiments only with the first one."""
    return cache(lambda seed: _grade(seed, store, experiments=seed == SEEDS[0]))


def _verdicts(entry: Entry) -> Verdicts:
    return {t["id"]: HELPED if t["stand_ins"] else t["verdict"] for t in entry["tasks"]}


def _tasks(entry: Entry) -> dict[str, Entry]:
    return {task["id"]: task for task in entry["tasks"]}


def _expected(entry: Entry) -> Verdicts:
    missing = {file["path"] for file in entry["files"] if file["status"] == "missing"}
    named = EXPECTED[entry["id"]]
    tasks = [task["id"] for task in entry["tasks"]]
    return {i: named.get(i, _unnamed(entry["id"], i, missing)) for i in tasks}


def _unnamed(student: str, task_id: str, missing: set[str]) -> str:
    """Verdict on a task that is not named: what was written is right."""
    task = ASSIGNMENT.task(task_id)
    written = task.notebook[0] in WRITTEN.get(student, BASICS)
    there = not task.in_cell or task.notebook not in missing
    return "passed" if written and there else "not attempted"


@pytest.mark.sampled(every=len(SEEDS))
@pytest.mark.parametrize("seed", SEEDS)
def test_every_task_gets_the_expected_verdict(seed: str, graded: Any) -> None:
    entries = graded(seed)
    assert entries.keys() == EXPECTED.keys()
    found = {student: _verdicts(entry) for student, entry in entries.items()}
    assert found == {student: _expected(entry) for student, entry in entries.items()}


@pytest.mark.sampled(every=len(SEEDS))
@pytest.mark.parametrize("seed", SEEDS)
def test_points_follow_from_the_verdicts(seed: str, graded: Any) -> None:
    shares = {"passed": 1.0, "partial": ASSIGNMENT.credit["main"]}
    for entry in graded(seed).values():
        for task in entry["tasks"]:
            share = shares.get(task["verdict"], 0.0)
            assert task["points"] == pytest.approx(share * task["max_points"])


def test_the_totals(graded: Any) -> None:
    entries = graded(SEEDS[0])
    assert {student: entry["points"] for student, entry in entries.items()} == POINTS
    everything = sum(task.points for task in ASSIGNMENT.tasks)
    assert {entry["max_points"] for entry in entries.values()} == {everything}


@pytest.mark.sampled(every=len(SEEDS))
@pytest.mark.parametrize("seed", SEEDS)
def test_zeros_earn_nothing_anywhere(seed: str, graded: Any) -> None:
    assert {task["points"] for task in graded(seed)["lena"]["tasks"]} == {0}


@pytest.mark.sampled(every=len(SEEDS))
@pytest.mark.parametrize("seed", SEEDS)
def test_known_mistakes_are_named(seed: str, graded: Any) -> None:
    for student, diagnoses in DIAGNOSES.items():
        found = {i: t["diagnosis"] for i, t in _tasks(graded(seed)[student]).items()}
        assert {task: names for task, names in found.items() if names} == diagnoses


def test_what_passes_with_notes(graded: Any) -> None:
    entries = graded(SEEDS[0])
    milo, nora = _tasks(entries["milo"]), _tasks(entries["nora"])
    assert all("in place" in " ".join(milo[task]["notes"]) for task in CHANGED_IN_PLACE)
    judged = [t for t in FIRST if t not in EXPERIMENTS and not t.endswith((".init", ".loss"))]
    assert all("float32" in " ".join(nora[task]["notes"]) for task in judged)
    ada = _tasks(entries["ada"])
    assert not any(ada[task.id]["notes"] for task in ASSIGNMENT.tasks if task.has_cases)


def test_what_became_of_the_files(graded: Any) -> None:
    entries = graded(SEEDS[0])
    found = {
        (student, file["path"]): file["status"]
        for student, entry in entries.items()
        for file in entry["files"]
        if file["status"] not in ("ok", "missing")
    }
    assert found == {
        ("farah", "deepnets/layers.py"): "salvaged",
        ("rosa", "deepnets/layers.py"): "salvaged",
        ("rosa", "1-FullyConnectedNets.ipynb"): "salvaged",
        ("rosa", "2-Optimizers.ipynb"): "salvaged",
        ("sven", "deepnets/solver.py"): "ignored",
        ("theo", "deepnets/layers.py"): "salvaged",
        **dict.fromkeys(REMARKS, "salvaged"),
    }
    told = {(s, f["path"]): f["message"] for s, e in entries.items() for f in e["files"]}
    assert {place: told[place] for place in REMARKS} == REMARKS


def test_what_nobody_handed_in_is_missing(graded: Any) -> None:
    entries = graded(SEEDS[0])
    cell_files = {task.notebook for task in ASSIGNMENT.tasks if task.in_cell}
    for student, entry in entries.items():
        missing = {file["path"] for file in entry["files"] if file["status"] == "missing"}
        digits = {name[0] for name in cell_files - missing}
        assert digits <= set(WRITTEN.get(student, BASICS))
        assert ("deepnets/cnn.py" in missing) == (student == "chen")


def test_what_is_wrong_with_trained_weights(graded: Any) -> None:
    entries = graded(SEEDS[0])
    for student, reason in WEIGHTS.items():
        [finding] = _tasks(entries[student])["build_model"]["findings"]
        assert reason in finding["message"]


def test_what_is_wrong_with_hyperparameters(graded: Any) -> None:
    entries = graded(SEEDS[0])
    for (student, task), reason in NUMBERS.items():
        [finding] = _tasks(entries[student])[task]["findings"]
        assert reason in finding["message"]


def test_nobody_reaches_files_or_neighbours(
    graded: Any, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One judge grades cheaters and crashes first; those who follow get the same bytes as ever."""
    expected, before = graded(SEEDS[0]), _digests()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    job = Job(SOURCE, probe(), SEEDS[0], store)
    with Judge(job) as judge:
        for student in REPEATED:
            entry = judge.grade(SUBMISSIONS / student)
            assert json.dumps(entry) == json.dumps(expected[student]), student
    assert os.listdir() == []
    assert _digests() == before


def _digests() -> dict[Path, str]:
    files = [p for top in (SOURCE, SUBMISSIONS) for p in top.rglob("*") if p.is_file()]
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if "__pycache__" not in path.parts
    }
