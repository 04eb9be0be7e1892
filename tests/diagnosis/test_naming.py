"""Naming when a student's code is not a catalogue entry word for word."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Edits, Variant
from autograder.diagnosis.naming import Diagnostician
from autograder.judge.trial import Expected
from autograder.judge.verdict import Result

from .conftest import Judge

LAYERS, NET = "deepnets/layers.py", "deepnets/fc_net.py"
DB = "db = dout.sum(axis=0)"
FLAT = "out = x.reshape(len(x), w.shape[0]) @ w + b"
SHIFT = "shifted = x - x.max(axis=1, keepdims=True)"
W1 = "rng.normal(scale=weight_scale, size=(input_dim, hidden_dim))"


def _submission(task: str, file: str, *edits: tuple[str, str]) -> Variant:
    changes: Edits = edits
    return Variant(f"{task}.{hash(edits)}", task, file, changes, "")


def _names(diagnostician: Diagnostician, result: Result) -> list[str]:
    return [found.id for found in diagnostician.name(result)]


@pytest.mark.parametrize(
    ("task", "file", "edits", "name"),
    [
        ("affine_backward", LAYERS, [(DB, "db = np.ones((1, len(x))) @ dout / len(x)")],
         "affine_backward.db_averaged"),
        ("affine_backward", LAYERS, [(DB, "db = dout.astype(np.float32).mean(0)")],
         "affine_backward.db_averaged"),
        ("softmax_loss", LAYERS, [(SHIFT, "shifted = 1 * x")],
         "softmax_loss.not_shifted"),
        ("TwoLayerNet.init", NET, [
            (W1, "rng.normal(0, weight_scale**0.5, (input_dim, hidden_dim))"),
            ("rng.normal(scale=weight_scale, size=(hidden_dim, num_classes))",
             "rng.normal(0, weight_scale**0.5, (hidden_dim, num_classes))")],
         "TwoLayerNet.init.scale_as_variance"),
        ("affine_forward", LAYERS, [
            (FLAT, "product = x @ w\n    out = product + b")],
         "affine_forward.not_flattened"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_other_words_for_the_same_mistake_get_its_name(
    task: str, file: str, edits: list[tuple[str, str]], name: str,
    judge: Judge, reference: Expected, diagnostician: Diagnostician,
) -> None:  # fmt: skip
    result = judge(_submission(task, file, *edits), task, "secret", reference)
    assert _names(diagnostician, result)[0] == name


def test_an_unknown_mistake_gets_no_name(
    judge: Judge, reference: Expected, diagnostician: Diagnostician
) -> None:
    wrong = _submission("affine_backward", LAYERS, (DB, "db = 1.7 * dout.sum(axis=0)"))
    result = judge(wrong, "affine_backward", "secret", reference)
    assert not result.passed
    assert _names(diagnostician, result) == []


def test_a_right_answer_gets_no_name(
    judge: Judge, reference: Expected, diagnostician: Diagnostician
) -> None:
    right = _submission("affine_backward", LAYERS)
    assert _names(diagnostician, judge(right, "affine_backward", "secret", reference)) == []


def test_a_mistake_that_would_have_failed_elsewhere_is_not_named(
    judge: Judge, reference: Expected, diagnostician: Diagnostician
) -> None:
    """Fixed for both nets, but with the right distribution: not the net of zeros."""
    wrong = _submission(
        "TwoLayerNet.init", NET, (W1, W1.replace("rng", "np.random.default_rng(7)"))
    )
    result = judge(wrong, "TwoLayerNet.init", "secret", reference)
    assert "TwoLayerNet.init.zero_weights" not in _names(diagnostician, result)


@pytest.mark.parametrize("answer", [None, "text", object(), [1], {}, np.array(["a"]), np.inf, True])
def test_odd_answers_are_not_named(
    answer: object, judge: Judge, reference: Expected, diagnostician: Diagnostician
) -> None:
    wrong = _submission("affine_backward", LAYERS, (DB, "db = 1.7 * dout.sum(axis=0)"))
    result = judge(wrong, "affine_backward", "secret", reference)
    odd = [replace(o, answers={**o.answers, "db": answer}) for o in result.outcomes]
    assert _names(diagnostician, replace(result, outcomes=tuple(odd))) == []


def test_entries_about_absent_files_are_left_out(library: dict[str, str]) -> None:
    some = {path: text for path, text in library.items() if path != "deepnets/optim.py"}
    assert Diagnostician("deepnets", some).alternatives("adam") == []


def test_conventions_are_offered_by_task(
    diagnostician: Diagnostician, assignment: Assignment
) -> None:
    offered = {task.id: diagnostician.alternatives(task.id) for task in assignment.tasks}
    assert {task for task, found in offered.items() if found} == {
        "rmsprop", "adam", "adagrad", "max_pool_backward_naive",
    }  # fmt: skip
    assert "inside the square root" in offered["rmsprop"][0][0]
