"""What goes wrong in a file of another course is told as in the assignment's own."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from autograder.assignment import Assignment
from autograder.cli import app
from autograder.dialects.dialect import load_dialect
from autograder.grading.grade import Job
from autograder.grading.run import grade_class
from autograder.sandbox.tiers import probe

from .conftest import Grade, hand_in, lost, named, task
from .examples_of import example
from .rendering import rendered

LAYERS = "cs231n/layers.py"
OURS = ("deepnets", "adapter", "Door", "__getattr__")


@pytest.fixture
def texts(files: dict[str, str]) -> dict[str, str]:
    return rendered(files, load_dialect("cs231n-2016"))


def edited(texts: Mapping[str, str], path: str, old: str, new: str) -> dict[str, str]:
    assert texts[path].count(old) == 1
    return {**texts, path: texts[path].replace(old, new)}


def silent_about_us(entry: Any) -> bool:
    return not any(word in json.dumps(entry) for word in OURS)


def test_a_file_that_stops_says_where(grade: Grade, texts: dict[str, str]) -> None:
    stopping = edited(texts, LAYERS, "def relu_forward", "@njit\ndef relu_forward")
    entry = grade(stopping, "auto")
    [finding, *_] = task(entry, "relu_forward")["findings"]
    line = 1 + stopping[LAYERS].splitlines().index("@njit")
    assert finding["message"].startswith("layers has no 'relu_forward', because the file stopped")
    assert f"({LAYERS}, line {line}, in <module>: @njit)" in finding["message"]
    assert task(entry, "affine_backward")["verdict"] == "passed"
    assert task(entry, "TwoLayerNet.scores")["verdict"] == "passed"
    assert silent_about_us(entry)


def test_a_file_that_ends_the_process_costs_itself_only(
    grade: Grade, texts: dict[str, str]
) -> None:
    entry = grade({**texts, LAYERS: f"{texts[LAYERS]}\nimport os\nos._exit(3)\n"}, "auto")
    dialect = load_dialect("cs231n-2016")
    assert lost(entry) == set(dialect.tasks["layers.py"])
    assert silent_about_us(entry)


def test_a_second_file_of_layers_ends_alone(grade: Grade, files: dict[str, str]) -> None:
    dialect = load_dialect("nndl")
    texts = rendered(files, dialect)
    texts["nndl/conv_layers.py"] += "\nimport os\nos._exit(3)\n"
    found = named(grade(texts, "auto"))
    assert {found[name][0] for name in dialect.tasks["layers.py"]} == {"passed"}
    conv = {found[name][0] for name in dialect.tasks["conv_layers.py"]}
    assert conv == {"crashed"}


def test_a_missing_file_was_not_attempted(grade: Grade, files: dict[str, str]) -> None:
    """As homework 4 of nndl, which comes before convolution."""
    dialect = load_dialect("nndl")
    late = ("nndl/cnn.py", "nndl/conv_layers.py")
    found = named(
        grade({p: t for p, t in rendered(files, dialect).items() if p not in late}, "auto")
    )
    absent = {*dialect.tasks["conv_layers.py"], *dialect.tasks["cnn.py"]}
    assert {found[name][0] for name in absent} == {"not attempted"}
    assert {found[name][0] for name in found.keys() - absent} == {"passed"}


def test_a_broken_function_names_its_line(grade: Grade, texts: dict[str, str]) -> None:
    line = "def relu_backward(dout, cache):"
    entry = grade(edited(texts, LAYERS, line, f"{line}\n    dx = (dout"), "auto")
    assert task(entry, "relu_backward")["findings"][0]["message"].count(f"{LAYERS}, line")
    assert lost(entry) == {"relu_backward"} and silent_about_us(entry)


def test_other_arguments_are_the_students_own_affair(grade: Grade, texts: dict[str, str]) -> None:
    entry = grade(
        edited(texts, LAYERS, "def affine_forward(x, w, b)", "def affine_forward(x, w)"), "auto"
    )
    message = task(entry, "affine_forward")["findings"][0]["message"]
    assert message.startswith("TypeError: affine_forward() takes 2 positional arguments")
    assert silent_about_us(entry)


def test_a_handed_out_function_that_is_gone_costs_nothing(
    grade: Grade, texts: dict[str, str]
) -> None:
    gone = texts[LAYERS].replace("def softmax_loss", "def softmax_loss_of_mine")
    assert lost(grade({**texts, LAYERS: gone}, "auto")) == set()


def test_a_function_that_is_gone_is_missing(grade: Grade, texts: dict[str, str]) -> None:
    gone = texts[LAYERS].replace("def dropout_backward", "def dropout_backwards")
    entry = grade({**texts, LAYERS: gone}, "auto")
    assert task(entry, "dropout_backward")["verdict"] == "not attempted"
    assert lost(entry) == {"dropout_backward"} and silent_about_us(entry)


EMPTY = """
def dropout_forward(x, dropout_param):
    mode, mask, out = dropout_param["mode"], None, None
    if mode == "train":
        #######################################################################
        # TODO: Implement training phase forward pass for inverted dropout.   #
        #######################################################################
        #
    elif mode == "test":
        # TODO: Implement the test phase forward pass for inverted dropout.
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache
"""


def test_a_branch_of_comments_alone_was_not_attempted(grade: Grade, files: dict[str, str]) -> None:
    texts = rendered(files, load_dialect("cs231n-2025"))
    without = re.sub(r"(?ms)^def dropout_forward.*?(?=^def )", "", texts[LAYERS])
    entry = grade({**texts, LAYERS: without + EMPTY}, "auto")
    assert task(entry, "dropout_forward")["verdict"] == "not attempted"
    assert lost(entry) == {"dropout_forward"}


def test_another_dialect_is_another_run(
    files: dict[str, str], assignment: Assignment, tmp_path: Path
) -> None:
    folder = hand_in(tmp_path / "ada", rendered(files, load_dialect("eecs182-2019")))
    points = []
    for dialect in ("eecs182-2019", "eecs182-2021", "eecs182-2019"):
        store, only = tmp_path / "r.db", ("sgd_momentum",)
        job = Job(assignment.root, probe(), "s", store, only, experiments=False, dialect=dialect)
        document = grade_class([folder], assignment, job, 1, lambda *_: None)
        points.append((document["submissions"][0]["points"], document["run"]["known"]))
        assert [t["id"] for t in document["tasks"]] == ["sgd_momentum"]
    assert points == [(2.0, 0), (0.0, 0), (2.0, 1)]


def test_the_assignments_own_files_are_called_so(grade: Grade, files: dict[str, str]) -> None:
    """As the choice that turns recognition off; that of another course would promise its tasks."""
    optim = {"deepnets/optim.py": files["deepnets/optim.py"]}
    assert {grade(optim, chosen)["dialect"] for chosen in ("auto", "own")} == {"own"}


def test_an_unknown_dialect_is_wrong_usage(texts: dict[str, str], tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "ada", texts)
    store = ["--store", str(tmp_path / "r.db")]
    result = CliRunner().invoke(app, ["grade", str(folder), "--dialect", "cs231", *store])
    assert result.exit_code == 2 and "use one of cs231n-2016, cs231n-2017" in result.output


IN_ONE = (
    ("out, cache = affine_relu_forward(out, W, b)",
     "out, cache = (affine_relu_do_forward(out, W, b, self.dropout_param)\n"
     "                              if self.use_dropout else affine_relu_forward(out, W, b))"),
    ("self.bn_params[i])",
     "self.bn_params[i], *([self.dropout_param] if self.use_dropout else []))"),
    ("out, cache = affine_relu_bn_forward(",
     "out, cache = (affine_relu_bn_do_forward if self.use_dropout else affine_relu_bn_forward)("),
    ("                out, cache = dropout_forward(out, self.dropout_param)\n"
     "                dropout_caches.append(cache)\n", "                pass\n"),
    ("dout = dropout_backward(dout, dropout_caches[i])\n", "pass\n"),
    ("dout, dW, db = affine_relu_backward(",
     "dout, dW, db = (affine_relu_do_backward if self.use_dropout else affine_relu_backward)("),
    ("= affine_relu_bn_backward(",
     "= (affine_relu_bn_do_backward if self.use_dropout else affine_relu_bn_backward)("),
)  # fmt: skip


@pytest.mark.parametrize("edits", [(), IN_ONE], ids=["as it is", "with dropout in them"])
def test_helpers_that_the_course_hands_out_are_supplied(
    grade: Grade, edits: tuple[tuple[str, str], ...]
) -> None:
    """A net uses them, and the file that has them was not handed in."""
    files = {p: text for p, text in example("fay").items() if not p.endswith("layer_utils.py")}
    for old, new in edits:
        files = edited(files, "deeplearning/classifiers/fc_net.py", old, new)
    assert lost(grade(files, "auto")) == set()
