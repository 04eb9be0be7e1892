"""Submissions as students of other courses hand them in, and what each is told."""

from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import Assignment, Conventions
from autograder.dialects.dialect import DIALECTS
from autograder.dialects.reading import read_in_dialect
from autograder.dialects.recognize import recognized
from autograder.grading.grade import Judge

from .conftest import hand_in, task
from .examples_of import EXAMPLES, example
from .mistakes import MISTAKES

HANDED_OUT = "`bn_param[mode] = mode` was handed out so"

YEARS = ("eecs182-2019", "eecs182-2021", "auto")
LAYERS, FC_NET = "deeplearning/layers.py", "deeplearning/classifiers/fc_net.py"
NOT_YET = (
    "FullyConnectedNet.batchnorm", "FullyConnectedNet.dropout",
    "dropout_forward", "dropout_backward", "conv_forward_naive", "conv_backward_naive",
    "max_pool_forward_naive", "max_pool_backward_naive",
    "spatial_batchnorm_forward", "spatial_batchnorm_backward",
    "ThreeLayerConvNet.init", "ThreeLayerConvNet.scores", "ThreeLayerConvNet.loss",
    "ThreeLayerConvNet.gradients",
)  # fmt: skip
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
    "carl": {}, "dora": {}, "emil": {}, "ivan": {}, "judy": {}, "fay": {}, "gus": {},
    "hana": dict.fromkeys(NOT_YET, ("not attempted", 0.0, [])),
    "kim": {"rmsprop": ("not attempted", 0.0, [])},
    "lena": {},
}  # fmt: skip
OLDER = {"judy": "eecs182-2019"}
"""Judged by another year's dialect only because no file tells the year."""
TOTALS = {
    "anna": ("cs231n-2016", 68.6, 85.0),
    "carl": ("cs231n-2016", 85.0, 85.0),
    "hana": ("cs231n-2017", 49.0, 83.0),
    "dora": ("cs231n-2018", 98.0, 98.0),
    "emil": ("cs231n-2021", 90.0, 90.0),
    "ivan": ("cs231n-2025", 90.0, 90.0),
    "judy": ("eecs182-2021", 85.0, 85.0),
    "fay": ("eecs182-2021", 85.0, 85.0),
    "kim": ("eecs182-2023", 41.0, 43.0),
    "lena": ("nndl-hw3", 18.0, 18.0),
    "ben": ("nndl", 80.6, 85.0),
    "gus": ("nndl", 85.0, 85.0),
}


@pytest.fixture(scope="module")
def entries(judge: Judge) -> dict[str, Any]:
    return {name: judge.grade(EXAMPLES / name) for name in ("anna", "ben")}


def judged(entry: Any) -> dict[str, tuple[str, float, list[str]]]:
    """Verdict, points and names of the mistakes by task."""
    return {t["id"]: (t["verdict"], t["points"], t["diagnosis"]) for t in entry["tasks"]}


@pytest.mark.parametrize("name", STATED)
def test_an_example_gets_the_verdicts_stated_for_it(judge: Judge, name: str) -> None:
    entry = judge.grade(EXAMPLES / name)
    found = {task: each for task, each in judged(entry).items() if each[0] != "passed"}
    assert found == STATED[name]
    assert (entry["dialect"], entry["points"], entry["max_points"]) == TOTALS[name]


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("name", MISTAKES)
def test_a_typical_mistake_costs_its_own_points(judge: Judge, tmp_path: Path, name: str) -> None:
    folder = hand_in(tmp_path / name, example(name, mistaken=True))
    found = judged(judge.grade(folder))
    stated = {**STATED[name], **{task: tuple(m[3:]) for task, m in MISTAKES[name].items()}}
    assert {t: each for t, each in found.items() if each[0] != "passed" or t in stated} == stated


def test_every_dialect_has_an_example() -> None:
    assert {name for name, _, _ in TOTALS.values()} | {*OLDER.values()} == {*DIALECTS}


@pytest.mark.parametrize("name", OLDER)
def test_an_example_of_an_older_year_is_right_in_its_own(judge: Judge, name: str) -> None:
    """No file tells the year; the staff do."""
    entry = judge.judge(read_in_dialect(EXAMPLES / name, judge.assignment, OLDER[name]))
    found = {task: each for task, each in judged(entry).items() if each[0] != "passed"}
    assert (entry["dialect"], found) == (OLDER[name], STATED[name])
    assert not task(entry, "sgd_momentum")["notes"]


def test_an_ambiguous_year_is_judged_by_the_better_reading(judge: Judge) -> None:
    """Unless the staff have named the dialect."""
    chosen = {year: read_in_dialect(EXAMPLES / "judy", judge.assignment, year) for year in YEARS}
    found = {y: task(judge.judge(judy), "sgd_momentum")["verdict"] for y, judy in chosen.items()}
    assert found == {"eecs182-2019": "passed", "eecs182-2021": "failed", "auto": "passed"}
    [note] = task(judge.judge(chosen["auto"]), "sgd_momentum")["notes"]
    assert note.startswith("the gradient is scaled on its way into the velocity, as up to 2019")


@pytest.mark.parametrize(("name", "path"), [("fay", "solver.py"), ("kim", "optim.py")])
def test_either_momentum_is_right_in_every_year(
    judge: Judge, tmp_path: Path, name: str, path: str
) -> None:
    """Copies that tell their year may have the form of another one."""
    files = {**example(name), "deeplearning/optim.py": example("judy")["deeplearning/optim.py"]}
    entry = judge.grade(hand_in(tmp_path / name, files))
    momentum = task(entry, "sgd_momentum")
    assert any(file.endswith(path) for file in files) and momentum["verdict"] == "passed"
    assert "the gradient is scaled" in momentum["notes"][0]


def test_the_assignment_may_fix_what_is_ambiguous(assignment: Assignment) -> None:
    files = {name: text.encode() for name, text in example("judy").items()}
    fixed = Conventions(momentum="cs231n", p="keep")
    course = assignment.model_copy(update={"conventions": fixed})
    spoken = recognized(files, course, "auto")
    assert spoken and (spoken.dialect.momentum, spoken.dialect.p) == ("cs231n", "drop")
    assert not spoken.others and "fixed by assignment.toml: momentum = cs231n" in spoken.evidence
    spoken = recognized({LAYERS: files[LAYERS]}, course, "auto")
    assert spoken and spoken.dialect.p == "keep" and not spoken.others


SLIPS = ("bn_param[mode]=mode", "bn_param [ mode ]  =  mode")


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_mended_however_it_is_written(judge: Judge, tmp_path: Path, slip: str) -> None:
    files = example("judy")
    assert "bn_param[mode] = mode" in files[FC_NET]
    files[FC_NET] = files[FC_NET].replace("bn_param[mode] = mode", slip)
    entry = judge.grade(hand_in(tmp_path / "spaced" / "judy", files))
    renamed = files[FC_NET].replace(slip, "p[mode] = mode").replace("for bn_param in", "for p in")
    files[FC_NET] = renamed
    other = judge.grade(hand_in(tmp_path / "renamed" / "judy", files))
    assert [e["points"] for e in (entry, other)] == [85.0, 85.0]


def test_p_without_a_docstring_may_mean_both(judge: Judge, tmp_path: Path) -> None:
    """Unless the net is there: no dropout is 0 where p drops."""
    files = example("judy")
    files[LAYERS] = files[LAYERS].replace("keep = 1 - p", "keep = p")
    with_net = judge.grade(hand_in(tmp_path / "with" / "judy", files))
    assert task(with_net, "dropout_forward")["verdict"] == "failed"
    del files[FC_NET]
    entry = judge.grade(hand_in(tmp_path / "without" / "judy", files))
    layer = task(entry, "dropout_forward")
    assert layer["verdict"] == "passed" and layer["notes"][0].startswith("p is read as `keep`")


def test_an_argument_of_the_net_says_what_p_means(judge: Judge, tmp_path: Path) -> None:
    """Kept with 1 - p in the layer, dropout_keep_ratio would be what is dropped."""
    files = example("ivan")
    path = "cs231n/layers.py"
    said, right = "We keep each neuron output with probability p", "< p) / p"
    assert said in files[path] and right in files[path]
    files[path] = files[path].replace(said, "").replace(right, "< 1 - p) / (1 - p)")
    entry = judge.grade(hand_in(tmp_path / "ivan", files))
    assert task(entry, "dropout_forward")["diagnosis"] == ["dropout_forward.p_drops"]


def test_a_finding_names_the_line_in_the_students_own_file(entries: dict[str, Any]) -> None:
    crash = task(entries["anna"], "spatial_batchnorm_backward")["findings"][0]["message"]
    lines = (EXAMPLES / "anna" / "cs231n" / "layers.py").read_text().splitlines()
    number = 1 + next(i for i, line in enumerate(lines) if "batch_norm_backward(" in line)
    assert f"cs231n/layers.py, line {number}, in spatial_batchnorm_backward" in crash


@pytest.mark.parametrize("name", ["anna", "ben"])
def test_a_slip_of_the_handed_out_text_is_mended(entries: dict[str, Any], name: str) -> None:
    statuses = {f["path"].rsplit("/")[-1]: f for f in entries[name]["files"]}
    assert statuses.pop("fc_net.py")["message"].startswith(HANDED_OUT)
    assert {f["status"] for f in statuses.values()} <= {"ok", "ignored"}


def test_one_mistake_costs_once_in_other_words_too(entries: dict[str, Any]) -> None:
    """The staff's dropout stands in for one in which p means something else."""
    net = task(entries["anna"], "FullyConnectedNet.dropout")
    assert net["verdict"] == "passed" and "dropout_forward" in net["stand_ins"]
