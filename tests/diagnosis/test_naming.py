"""Naming when a student's code is not a catalogue entry word for word."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Edits, Misconception, Variant
from autograder.diagnosis.explanation import GUESS, diagnosed
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
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


def _entry(name: str) -> Misconception:
    return next(entry for entry in MISCONCEPTIONS if entry.id == name)


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


DROPPED = "dout = dropout_backward(dout, dropout_cache)"
ADAM = "torch.optim.Adam(model.parameters(), lr=2e-3, weight_decay=1e-4)"
# Wrong in a way that the catalogue does not know, but conditions fail as with a known mistake.
ALIKE = [
    ("FullyConnectedNet.dropout", NET, (DROPPED, DROPPED.replace("(dout", "(dout * (dout > 0)"))),
    ("dropout_backward", LAYERS, ("dx = dout * mask", "dx = np.zeros_like(dout)")),
    ("dropout_backward", LAYERS, ("dx = dout * mask", "dx = np.maximum(dout * mask, 0)")),
    ("TwoLayerNet.init", NET, (W1, f"0 * {W1} + np.random.default_rng(7).normal("
                                   "scale=weight_scale, size=(input_dim, hidden_dim))")),
]  # fmt: skip
UNLIKE = [
    ("FullyConnectedNet.dropout", NET, (DROPPED, DROPPED.replace("= ", "= 2 * "))),
    ("build_optimizer", "cell_build_optimizer.py", (ADAM, ADAM.replace("2e-3", "1e-12"))),
    ("dropout_backward", LAYERS, ("dx = dout * mask", "dx = (dout * mask)[:, ::-1]")),
    ("dropout_backward", LAYERS, ("dx = dout * mask", "dx = dout * mask.mean()")),
    ("batchnorm_forward", LAYERS, ("x_hat = (x - mean) / std", "x_hat = (x - 1.1 * mean) / std")),
]  # fmt: skip


@pytest.mark.parametrize(("task", "file", "edit"), ALIKE)
def test_what_conditions_alone_say_is_told_as_a_guess(
    task: str, file: str, edit: tuple[str, str],
    judge: Judge, reference: Expected, diagnostician: Diagnostician,
) -> None:  # fmt: skip
    result = judge(_submission(task, file, edit), task, "secret", reference)
    told = diagnosed(result, diagnostician)
    assert told.findings and len(told.diagnosis) == 1
    assert all(finding.hint.startswith(GUESS) for finding in told.findings)


@pytest.mark.parametrize(("task", "file", "edit"), UNLIKE)
def test_an_unlike_mistake_gets_no_name(
    task: str, file: str, edit: tuple[str, str],
    judge: Judge, reference: Expected, diagnostician: Diagnostician,
) -> None:  # fmt: skip
    result = judge(_submission(task, file, edit), task, "secret", reference)
    assert not result.passed
    assert diagnosed(result, diagnostician).diagnosis == ()


MEASURED = (
    "affine_backward.db_averaged",
    "dropout_forward.not_scaled",
    "TwoLayerNet.init.zero_weights",
)


@pytest.mark.parametrize("name", MEASURED)
def test_what_numbers_show_is_no_guess(
    name: str, judge: Judge, reference: Expected, diagnostician: Diagnostician
) -> None:
    entry = _entry(name)
    told = diagnosed(judge(entry, entry.task, "secret", reference), diagnostician)
    assert {finding.hint for finding in told.findings} == {entry.hint}


def test_of_two_mistakes_only_the_one_without_numbers_is_a_guess(
    judge: Judge, reference: Expected, diagnostician: Diagnostician
) -> None:
    names = ("TwoLayerNet.init.biases_of_one", "TwoLayerNet.init.fixed_seed")
    ones, seed = (_entry(name) for name in names)
    both = _submission("TwoLayerNet.init", NET, *ones.edits, *seed.edits)
    told = diagnosed(judge(both, "TwoLayerNet.init", "secret", reference), diagnostician)
    hints = {finding.quantity: finding.hint for finding in told.findings}
    assert hints == {"b1": ones.hint, "b2": ones.hint, "seeds": f"{GUESS} {seed.hint}"}


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
