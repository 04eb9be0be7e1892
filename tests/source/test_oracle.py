"""The staff's library against PyTorch's automatic differentiation, in float64."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.assignment import load_assignment
from autograder.draw import Draw
from autograder.grading.staff import reference
from autograder.student.proxy import RemoteObject, Student

torch = pytest.importorskip("torch")
LIBRARY = Student(reference(load_assignment(Path(__file__).parents[2] / "source/modular-nets")))
SIDE, SEED = st.integers(1, 5), st.integers(0, 2**32)
REG = st.just(0.0) | st.floats(0.0, 2.0)
few = settings(max_examples=15, deadline=None)


def tensor(array: Any) -> Any:
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


def close(got: Any, want: Any, atol: float = 1e-12) -> None:
    want = want.detach().numpy() if isinstance(want, torch.Tensor) else want
    assert np.shape(got) == np.shape(want)
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=atol)


@few
@given(SIDE, st.lists(SIDE, min_size=1, max_size=3), SIDE, SEED)
def test_affine(n: int, shape: list[int], units: int, seed: int) -> None:
    draw = Draw(seed)
    features = int(np.prod(shape))
    inputs = draw.normal(n, *shape), draw.normal(features, units), draw.normal(units)
    dout = draw.normal(n, units)
    x, w, b = map(tensor, inputs)
    want = torch.nn.functional.linear(x.flatten(1), w.T, b)
    want.backward(torch.tensor(dout))
    out, cache = LIBRARY.layers.affine_forward(*inputs)
    close(out, want)
    gradients = LIBRARY.layers.affine_backward(dout, cache)
    for got, leaf in zip(gradients, (x, w, b), strict=True):
        close(got, leaf.grad)


@few
@given(st.lists(SIDE, max_size=4), SEED)
def test_relu(shape: list[int], seed: int) -> None:
    values, dout = Draw(seed).normal(*shape, 2), Draw(seed + 1).normal(*shape, 2)
    x = tensor(values)
    torch.relu(x).backward(torch.tensor(dout))
    out, cache = LIBRARY.layers.relu_forward(values)
    close(out, torch.relu(x))
    close(LIBRARY.layers.relu_backward(dout, cache), x.grad)


@few
@given(SIDE, st.integers(2, 6), st.sampled_from([0.1, 1.0, 1000.0]), SEED)
def test_softmax_loss(n: int, classes: int, scale: float, seed: int) -> None:
    values, y = Draw(seed).normal(n, classes, scale=scale), Draw(seed).labels(n, classes)
    x = tensor(values)
    want = torch.nn.functional.cross_entropy(x, torch.tensor(y))
    want.backward()
    loss, dx = LIBRARY.layers.softmax_loss(values, y)
    close(loss, want)
    close(dx, x.grad)


@few
@given(SIDE, st.integers(2, 6), st.sampled_from([0.1, 1.0, 10.0]), SEED)
def test_svm_loss(n: int, classes: int, scale: float, seed: int) -> None:
    values, y = Draw(seed).normal(n, classes, scale=scale), Draw(seed).labels(n, classes)
    x = tensor(values)
    # PyTorch divides by the number of classes as well.
    want = classes * torch.nn.functional.multi_margin_loss(x, torch.tensor(y))
    want.backward()
    loss, dx = LIBRARY.layers.svm_loss(values, y)
    close(loss, want)
    close(dx, x.grad)


def compare_net(net: RemoteObject, layers: int, reg: float, draw: Draw) -> None:
    """Loss, scores and all gradients; the penalty is left to differentiation too."""
    shapes = {name: np.shape(value) for name, value in net.get("params").items()}
    params = {name: draw.normal(*shape) for name, shape in shapes.items()}
    net.update("params", params)
    X, y = draw.normal(4, 2, 3), draw.labels(4, 3)
    leaves = {name: tensor(value) for name, value in params.items()}
    h = torch.tensor(X).flatten(1)
    for i in range(1, layers + 1):
        h = (torch.relu(h) if i > 1 else h) @ leaves[f"W{i}"] + leaves[f"b{i}"]
    weights = [leaves[f"W{i}"] for i in range(1, layers + 1)]
    want = torch.nn.functional.cross_entropy(h, torch.tensor(y))
    want = want + reg / 2 * sum((w**2).sum() for w in weights)
    want.backward()
    loss, grads = net.loss(X, y)
    close(net.loss(X), h)
    close(loss, want)
    assert grads.keys() == leaves.keys()
    for name, leaf in leaves.items():
        close(grads[name], leaf.grad)


@few
@given(SIDE, REG, SEED)
def test_two_layer_net(hidden: int, reg: float, seed: int) -> None:
    compare_net(LIBRARY.fc_net.TwoLayerNet(6, hidden, 3, reg=reg), 2, reg, Draw(seed))


@few
@given(st.lists(SIDE, max_size=4), REG, SEED)
def test_fully_connected_net(hidden: list[int], reg: float, seed: int) -> None:
    net = LIBRARY.fc_net.FullyConnectedNet(hidden, 6, 3, reg=reg, dtype="float64")
    compare_net(net, len(hidden) + 1, reg, Draw(seed))


def test_float32_nets_stay_close() -> None:
    draw = Draw(1)
    net = LIBRARY.fc_net.FullyConnectedNet([5], 6, 3, reg=0.1, dtype="float32")
    loss, grads = net.loss(draw.normal(4, 6), draw.labels(4, 3))
    assert {a.dtype for a in (loss, *grads.values())} == {np.dtype("float32")}


# Momentum keeps v = -learning_rate * (PyTorch's buffer), which is the same for a constant rate.
RULES = {
    "sgd": (torch.optim.SGD, {}, {}),
    "sgd_momentum": (torch.optim.SGD, {"momentum": 0.8}, {"momentum": 0.8}),
    "sgd_nesterov_momentum": (
        torch.optim.SGD, {"momentum": 0.8}, {"momentum": 0.8, "nesterov": True},
    ),
    "rmsprop": (
        torch.optim.RMSprop, {"decay_rate": 0.9, "epsilon": 1e-4}, {"alpha": 0.9, "eps": 1e-4},
    ),
    "adam": (
        torch.optim.Adam, {"beta1": 0.8, "beta2": 0.9, "epsilon": 1e-4},
        {"betas": (0.8, 0.9), "eps": 1e-4},
    ),
    "adagrad": (torch.optim.Adagrad, {"epsilon": 1e-4}, {"eps": 1e-4}),
}  # fmt: skip


@few
@pytest.mark.parametrize("rule", RULES)
@given(shape=st.lists(SIDE, max_size=3), rate=st.floats(1e-4, 0.5), seed=SEED)
def test_update_rules(rule: str, shape: list[int], rate: float, seed: int) -> None:
    optimizer, options, theirs = RULES[rule]
    draw, config = Draw(seed), {"learning_rate": rate, **options}
    w = draw.normal(*shape)
    leaf = tensor(w)
    torch_rule = optimizer([leaf], lr=rate, **theirs)
    for _ in range(6):
        dw = draw.normal(*shape)
        leaf.grad = torch.tensor(dw)
        torch_rule.step()
        w, config = getattr(LIBRARY.optim, rule)(w, dw, config)
        close(w, leaf)
