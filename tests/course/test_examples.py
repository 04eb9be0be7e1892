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


# Nothing can stand in for the scores of the same net, so that what follows them cannot be judged.
NOTHING_RIGHT = {**_all("failed"), **_all("blocked", _of_nets("loss", "gradients"))}
# Tasks that are not named are passed, with the student's own functions alone.
EXPECTED: dict[str, Verdicts] = {
    "ada": {},
    "bela": {},
    "chen": {},
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
    "ugo": {"sgd_momentum": "failed"},
}  # fmt: skip
POINTS = {
    "ada": 60, "bela": 60, "chen": 60, "dario": 57, "elif": 58, "farah": 56, "gus": 0, "hana": 29,
    "ines": 57, "ivan": 51, "jana": 48, "kofi": 59, "lena": 0, "milo": 60, "nora": 60, "omar": 55,
    "pia": 0, "quin": 0, "rosa": 60, "sven": 60, "tara": 57, "ugo": 58,
}  # fmt: skip
DIAGNOSES = {
    "dario": {"affine_backward": ["affine_backward.db_not_summed"]},
    "ines": {"affine_backward": ["affine_backward.db_wrong_axis"]},
    "elif": {"affine_forward": ["affine_forward.bias_missing"]},
    "tara": {
        "TwoLayerNet.loss": ["TwoLayerNet.loss.half_missing"],
        "TwoLayerNet.gradients": ["TwoLayerNet.gradients.regularization_doubled"],
        "FullyConnectedNet.loss": ["FullyConnectedNet.loss.half_missing"],
    },
    "ugo": {"sgd_momentum": ["sgd_momentum.velocity_subtracted"]},
}
CHANGED_IN_PLACE = ("relu_forward", "relu_backward", "softmax_loss", "svm_loss", *OPTIM)


def _grade(seed: str, folder: Path, *, experiments: bool = False) -> dict[str, Entry]:
    job = Job(SOURCE, probe(), seed, folder / "grades.db", experiments=experiments)
    paths = find_submissions([SUBMISSIONS], ASSIGNMENT)
    document = grade_class(paths, ASSIGNMENT, job, 2, lambda done, total: None)
    return {entry["id"]: entry for entry in document["submissions"]}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, Entry]]:
    """The class with a seed, graded once; the experiments only with the first one."""
    return cache(
        lambda seed: _grade(seed, tmp_path_factory.mktemp("run"), experiments=seed == SEEDS[0])
    )


def _verdicts(entry: Entry) -> Verdicts:
    return {t["id"]: HELPED if t["stand_ins"] else t["verdict"] for t in entry["tasks"]}


def _tasks(entry: Entry) -> dict[str, Entry]:
    return {task["id"]: task for task in entry["tasks"]}


def _expected(student: str, tasks: Iterable[str]) -> Verdicts:
    return {task: EXPECTED[student].get(task, "passed") for task in tasks}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_task_gets_the_expected_verdict(seed: str, graded: Any) -> None:
    entries = graded(seed)
    assert entries.keys() == EXPECTED.keys()
    found = {student: _verdicts(entry) for student, entry in entries.items()}
    assert found == {student: _expected(student, tasks) for student, tasks in found.items()}


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
    assert {entry["max_points"] for entry in entries.values()} == {60}


def test_the_same_seed_gives_the_same_bytes(graded: Any, tmp_path: Path) -> None:
    first, second = graded(SEEDS[1]), _grade(SEEDS[1], tmp_path)
    assert json.dumps(first) == json.dumps(second)


@pytest.mark.parametrize("seed", SEEDS)
def test_zeros_earn_nothing_anywhere(seed: str, graded: Any) -> None:
    assert {task["points"] for task in graded(seed)["lena"]["tasks"]} == {0}


@pytest.mark.parametrize("seed", SEEDS)
def test_known_mistakes_are_named(seed: str, graded: Any) -> None:
    for student, diagnoses in DIAGNOSES.items():
        found = {i: t["diagnosis"] for i, t in _tasks(graded(seed)[student]).items()}
        assert {task: names for task, names in found.items() if names} == diagnoses


def test_what_passes_with_notes(graded: Any) -> None:
    entries = graded(SEEDS[0])
    milo, nora = _tasks(entries["milo"]), _tasks(entries["nora"])
    assert all("in place" in " ".join(milo[task]["notes"]) for task in CHANGED_IN_PLACE)
    judged = [t for t in nora if t not in EXPERIMENTS and not t.endswith((".init", ".loss"))]
    assert all("float32" in " ".join(nora[task]["notes"]) for task in judged)
    assert not any(t["notes"] for i, t in _tasks(entries["ada"]).items() if i not in EXPERIMENTS)


def test_what_became_of_the_files(graded: Any) -> None:
    entries = graded(SEEDS[0])
    found = {
        (student, file["path"]): file["status"]
        for student, entry in entries.items()
        for file in entry["files"]
        if file["status"] != "ok"
    }
    assert found == {
        ("farah", "deepnets/layers.py"): "salvaged",
        ("rosa", "deepnets/layers.py"): "salvaged",
        ("rosa", "1-FullyConnectedNets.ipynb"): "salvaged",
        ("rosa", "2-Optimizers.ipynb"): "salvaged",
        ("sven", "deepnets/solver.py"): "ignored",
    }


def test_nobody_reaches_files_or_neighbours(
    graded: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One judge grades cheaters and crashes first; those who follow get what they always get."""
    expected, before = graded(SEEDS[1]), _digests()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    job = Job(SOURCE, probe(), SEEDS[1], tmp_path / "grades.db", experiments=False)
    with Judge(job) as judge:
        for student in ("pia", "quin", "ivan", "jana", "ada", "lena", "gus"):
            assert judge.grade(SUBMISSIONS / student) == expected[student]
    assert os.listdir() == []
    assert _digests() == before


def _digests() -> dict[Path, str]:
    files = [p for top in (SOURCE, SUBMISSIONS) for p in top.rglob("*") if p.is_file()]
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if "__pycache__" not in path.parts
    }
