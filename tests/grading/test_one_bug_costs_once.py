"""A mistake in a net costs its own points; one that is none costs nothing."""

import re

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Judge

from .conftest import LAYERS, edited, lost, tasks

NET = "deepnets/fc_net.py"


def test_the_reference_loses_nothing_and_needs_no_help(judge: Judge, files: dict[str, str]) -> None:
    found = tasks(judge, files)
    assert not lost(found) and not any(task["stand_ins"] for task in found.values())


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


def test_a_right_loss_of_wrong_scores_is_right(judge: Judge, files: dict[str, str]) -> None:
    """Of the gradients nobody can say what they would be: they wait for the scores."""
    right = "scores, scores_cache = affine_forward(hidden, W2, b2)\n"
    half = "0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))"
    doubled = edited(files, NET, right, f"{right}        scores = 2 * scores\n")
    found = tasks(judge, doubled)
    assert lost(found) == {"TwoLayerNet.scores", "TwoLayerNet.gradients"}
    assert found["TwoLayerNet.gradients"]["verdict"] == "blocked"
    [note] = found["TwoLayerNet.loss"]["notes"]
    assert note == "judged by what your own TwoLayerNet.scores gives, which is wrong"
    wrong = tasks(judge, edited(doubled, NET, half, half.removeprefix("0.5 * ")))
    loss = wrong["TwoLayerNet.loss"]
    assert loss["verdict"] == "partial" and loss["points"] == pytest.approx(2.1)
    equal = edited(files, NET, right, f"{right}        scores = 0 * scores\n")
    assert tasks(judge, equal)["TwoLayerNet.loss"]["verdict"] == "blocked"


def test_stand_ins_refuse_arrays_that_could_fill_the_memory(
    judge: Judge, files: dict[str, str]
) -> None:
    mine = edited(files, LAYERS, "db = dout.sum(axis=0)", "db = 0 * dout.sum(axis=0)")
    head = "        hidden, hidden_cache = affine_relu_forward(X, W1, b1)\n"
    bomb = head + "        affine_forward(np.ones((50000, 1)), np.ones((1, 50000)), np.ones(1))\n"
    found = tasks(judge, edited(mine, NET, head, bomb))
    assert found["TwoLayerNet.gradients"]["verdict"] in {"failed", "crashed", "blocked"}
    assert found["FullyConnectedNet.gradients"]["verdict"] == "passed"


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


@pytest.mark.parametrize("name", ["{id(object())}", "FullyConnectedNet.dropout"])
def test_what_is_raised_like_a_stub_ends_the_search_for_stubs(
    judge: Judge, files: dict[str, str], name: str
) -> None:
    """It is raised again whatever is silenced, and under another name if it likes."""
    begin = "        ### BEGIN SOLUTION FullyConnectedNet.scores\n"
    line = f'        raise NotImplementedError(f"{name}: replace this line")\n'
    found = tasks(judge, edited(files, NET, begin, f"{line}{begin}"))
    parts = {part for part in found if part.startswith("FullyConnectedNet.")}
    assert lost(found) == parts - {"FullyConnectedNet.init"}


SPOILED = {
    "x.shape = (len(x), -1)\n    out = x @ w + b": "changes the caller's array",
    "out = x.reshape(len(x), -1) @ w + b\n    x = x + 1": "keeps another array",
}


@pytest.mark.parametrize("body", SPOILED, ids=SPOILED.values())
def test_a_spoiled_cache_is_charged_to_the_forward_pass(
    judge: Judge, files: dict[str, str], body: str
) -> None:
    block = r"### BEGIN SOLUTION affine_forward\n.*?### END SOLUTION"
    text, count = re.subn(block, body, files[LAYERS], flags=re.DOTALL)
    assert count == 1
    found = tasks(judge, {**files, LAYERS: text})
    assert lost(found) == {"affine_forward"}
    assert found["affine_backward"]["stand_ins"] == ["affine_forward"]
    [finding] = found["affine_forward"]["findings"]
    assert "affine_backward cannot work with the cache" in finding["message"]


def test_what_passed_with_a_note_costs_nothing_above_it(
    judge: Judge, files: dict[str, str]
) -> None:
    old = "out = np.maximum(x, 0)"
    found = tasks(judge, edited(files, LAYERS, old, f"{old}.astype(np.float32)"))
    assert "float64 would be natural" in found["relu_forward"]["notes"][0]
    assert not lost(found)
    assert found["TwoLayerNet.gradients"]["stand_ins"] == ["relu_forward", "relu_backward"]


def test_a_matrix_is_charged_where_it_is_made(judge: Judge, files: dict[str, str]) -> None:
    old = "out = x.reshape(len(x), w.shape[0]) @ w + b"
    found = tasks(judge, edited(files, LAYERS, old, f"{old}\n    out = np.asmatrix(out)"))
    assert lost(found) == {"affine_forward"}
