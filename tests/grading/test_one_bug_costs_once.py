"""A broken function costs its own points; what builds on it is judged with the staff's instead."""

import re

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Judge

from .conftest import LAYERS, edited, lost, tasks

NET = "deepnets/fc_net.py"
NETS = ("TwoLayerNet", "FullyConnectedNet")
# Per broken function: an edit, and the stand-ins of scores, loss and gradients of both nets.
AFFINE, RELU = {"affine_forward", "affine_backward"}, {"relu_forward", "relu_backward"}
BROKEN: dict[str, tuple[str, str, tuple[set[str], set[str], set[str]]]] = {
    "affine_forward": ("@ w + b\n", "@ w - b\n", ({"affine_forward"}, AFFINE, AFFINE)),
    "affine_backward": ("dx = (dout @", "dx = (2 * dout @", (set(), set(), AFFINE)),
    "relu_forward": ("maximum(x, 0)", "maximum(x, 0.05)", ({"relu_forward"}, RELU, RELU)),
    "relu_backward": ("dx[x <= 0] = 0", "dx[x <= 0] = 1", (set(), set(), RELU)),
    "softmax_loss": ("-log_p[rows, y].mean()", "-log_p[rows, y].sum()",
                     (set(), {"softmax_loss"}, set())),
    "softmax_loss (gradient)": ("dx = np.exp(log_p)", "dx = 3 * np.exp(log_p)",
                                (set(), set(), {"softmax_loss"})),
    "svm_loss": ("margins.sum() / len(x)", "margins.sum()", (set(), set(), set())),
}  # fmt: skip


def test_the_reference_loses_nothing_and_needs_no_help(judge: Judge, files: dict[str, str]) -> None:
    found = tasks(judge, files)
    assert not lost(found) and not any(task["stand_ins"] for task in found.values())


@pytest.mark.parametrize("name", BROKEN)
def test_one_bug_costs_once(judge: Judge, files: dict[str, str], name: str) -> None:
    old, new, stand_ins = BROKEN[name]
    found = tasks(judge, edited(files, LAYERS, old, new))
    assert lost(found) == {name.split()[0]}
    for net in NETS:
        for part, names in zip(("scores", "loss", "gradients"), stand_ins, strict=True):
            assert set(found[f"{net}.{part}"]["stand_ins"]) <= names, part
            assert bool(found[f"{net}.{part}"]["stand_ins"]) == bool(names), part


STUB = 'raise NotImplementedError("relu_forward: replace this line with your code")'


@pytest.mark.parametrize(
    ("line", "verdict"), [(STUB, "not attempted"), ("import os; os._exit(1)", "crashed")]
)
def test_a_function_that_does_not_answer_costs_once_too(
    judge: Judge, files: dict[str, str], line: str, verdict: str
) -> None:
    found = tasks(judge, edited(files, LAYERS, "out = np.maximum(x, 0)", line))
    assert lost(found) == {"relu_forward"}
    assert found["relu_forward"]["verdict"] == verdict


def test_an_own_convention_of_caches_is_no_mistake(judge: Judge, files: dict[str, str]) -> None:
    mine = edited(files, LAYERS, "return out, (x, w, b)", 'return out, {"x": x, "w": w, "b": b}')
    mine = edited(mine, LAYERS, "x, w, _ = cache", 'x, w = cache["x"], cache["w"]')
    assert not lost(tasks(judge, mine))


def test_a_mistake_in_the_net_is_no_reason_for_help(judge: Judge, files: dict[str, str]) -> None:
    wrong = "loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))"
    found = tasks(judge, edited(files, NET, wrong, wrong.replace("0.5", "1.0")))
    assert lost(found) == {"TwoLayerNet.loss"}
    assert found["TwoLayerNet.loss"]["verdict"] == "partial"
    assert not any(task["stand_ins"] for task in found.values())


def test_one_net_does_not_pay_for_the_other(judge: Judge, files: dict[str, str]) -> None:
    wrong = 'dhidden, dW2, grads["b2"] = affine_backward(dscores, scores_cache)'
    found = tasks(judge, edited(files, NET, wrong, f"{wrong}\n        dhidden = -dhidden"))
    assert lost(found) == {"TwoLayerNet.gradients"}


def test_stand_ins_refuse_arrays_that_could_fill_the_memory(
    judge: Judge, files: dict[str, str]
) -> None:
    mine = edited(files, LAYERS, "db = dout.sum(axis=0)", "db = 0 * dout.sum(axis=0)")
    head = "        hidden, hidden_cache = affine_relu_forward(X, W1, b1)\n"
    bomb = head + "        affine_forward(np.ones((50000, 1)), np.ones((1, 50000)), np.ones(1))\n"
    found = tasks(judge, edited(mine, NET, head, bomb))
    assert found["TwoLayerNet.gradients"]["verdict"] in {"failed", "crashed", "blocked"}
    assert found["FullyConnectedNet.gradients"]["verdict"] == "passed"


# Per broken function of a net's part: an edit that keeps the form of the cache.
PARTS = {
    "batchnorm_forward": ("momentum * running_mean + (1 - momentum) * mean", "mean", "batchnorm"),
    "batchnorm_backward": ("dx = dcentered - dcentered.mean(axis=0)", "dx = dcentered",
                           "batchnorm"),
    "layernorm_forward": ("centered = x - x.mean(axis=1, keepdims=True)",
                          "centered = x - x.min(axis=1, keepdims=True)", "layernorm"),
    "layernorm_backward": ("dx = (dx_hat - mean - x_hat * slope) / std", "dx = dx_hat / std",
                           "layernorm"),
    "dropout_forward": ("(rng.random(x.shape) < p)", "(rng.random(x.shape) < 1 - p)", "dropout"),
    "dropout_backward": ("dx = dout * mask", "dx = dout", "dropout"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_a_bug_in_a_part_of_a_net_costs_once(
    judge: Judge, files: dict[str, str], name: str
) -> None:
    old, new, part = PARTS[name]
    found = tasks(judge, edited(files, LAYERS, old, new))
    assert lost(found) - {"batchnorm_backward_alt"} == {name}
    assert name in found[f"FullyConnectedNet.{part}"]["stand_ins"]


LATER = ("batchnorm", "layernorm", "dropout")


def test_a_plain_net_owes_nothing_to_parts_that_come_later(
    judge: Judge, files: dict[str, str], assignment: Assignment
) -> None:
    """Its own loop over affine and ReLU is right, though no later part can find its place in it."""
    loop = "out, cache = self.hidden_forward(i, out)"
    own = "out, cache = affine_relu_forward(out, weights[i - 1], biases[i - 1])"
    back = "dout, of_layer = self.hidden_backward(i, dout, caches[i - 1])\n"
    own_back = "dout, dW, db = affine_relu_backward(dout, caches[i - 1])\n            "
    plain = edited(edited(files, NET, loop, own), NET, back, own_back + NAMED)
    found = tasks(judge, plain)
    assert lost(found) == {f"FullyConnectedNet.{part}" for part in LATER}


NAMED = 'of_layer = {f"W{i}": dW, f"b{i}": db}\n'


@pytest.mark.parametrize("part", LATER)
def test_a_part_that_is_not_written_costs_nothing_else(
    judge: Judge, files: dict[str, str], part: str
) -> None:
    task = f"FullyConnectedNet.{part}"
    stub = rf'\1raise NotImplementedError("{task}: replace this line with your code")'
    block = rf"( *)### BEGIN SOLUTION {task}\n.*?### END SOLUTION"
    text = re.sub(block, stub, files[NET], flags=re.DOTALL)
    found = tasks(judge, {**files, NET: text})
    assert found[task]["verdict"] == "not attempted"
    # Layer norm's scales and shifts are created in batch norm's block.
    others = {"FullyConnectedNet.layernorm"} if part == "batchnorm" else set()
    assert lost(found) == {task, *others}
    assert all(found[name]["verdict"] == "partial" for name in others)
