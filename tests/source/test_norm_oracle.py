"""Normalization and dropout against PyTorch's automatic differentiation, and published values."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.assignment import load_assignment
from autograder.diagnosis.catalogue import patched
from autograder.diagnosis.variants import VARIANTS
from autograder.draw import Draw
from autograder.grading.staff import reference, staff_files
from autograder.student.local import LocalChannel
from autograder.student.proxy import RemoteObject, Student

from .test_oracle import REG, SEED, SIDE, close, few, tensor, torch

ASSIGNMENT = load_assignment(Path(__file__).parents[2] / "source/modular-nets")
LIBRARY = Student(reference(ASSIGNMENT))
EPS = st.sampled_from([1e-5, 0.5])
# One example has no variance, and of two the gradients cancel.
BATCH = st.integers(3, 6)


def drawn(seed: int, n: int, d: int) -> tuple[Any, list[Any], Any]:
    draw = Draw(seed)
    inputs = [draw.normal(n, d, scale=3.0) + 7.0, draw.normal(d), draw.normal(d)]
    return draw, inputs, draw.normal(n, d)


def alike(got: Any, want: Any) -> None:
    """As `close`, for results in which digits cancel; 1e-8 of what was subtracted remains."""
    want = want.detach().numpy()
    assert np.shape(got) == want.shape
    np.testing.assert_allclose(got, want, rtol=1e-7, atol=1e-8 * max(1.0, np.abs(want).max()))


@few
@given(BATCH, SIDE, EPS, st.sampled_from([0.7, 0.9]), SEED)
def test_batchnorm_in_training(n: int, d: int, eps: float, momentum: float, seed: int) -> None:
    draw, inputs, dout = drawn(seed, n, d)
    x, gamma, beta = map(tensor, inputs)
    mean, var = draw.normal(d), draw.uniform(d, low=0.5, high=2.0)
    averages = torch.tensor(mean), torch.tensor(var)
    options = {"momentum": 1 - momentum, "eps": eps, "training": True}
    want = torch.nn.functional.batch_norm(x, *averages, gamma, beta, **options)
    want.backward(torch.tensor(dout))
    bn_param = {"mode": "train", "eps": eps, "momentum": momentum}
    held = LIBRARY.hold("bn_param", {**bn_param, "running_mean": mean, "running_var": var})
    out, cache = LIBRARY.layers.batchnorm_forward(*inputs, held)
    alike(out, want)
    stored = held.read("bn_param")
    close(stored["running_mean"], averages[0])
    # PyTorch averages the unbiased variance.
    biased = (averages[1].numpy() - momentum * var) * (n - 1) / n + momentum * var
    close(stored["running_var"], biased)
    for backward in ("batchnorm_backward", "batchnorm_backward_alt"):
        gradients = getattr(LIBRARY.layers, backward)(dout, cache)
        for got, leaf in zip(gradients, (x, gamma, beta), strict=True):
            alike(got, leaf.grad)


@few
@given(st.integers(1, 5), SIDE, EPS, SEED)
def test_batchnorm_in_the_test(n: int, d: int, eps: float, seed: int) -> None:
    draw, inputs, _ = drawn(seed, n, d)
    mean, var = draw.normal(d), draw.uniform(d, low=0.5, high=2.0)
    tensors = map(torch.tensor, (inputs[0], mean, var, *inputs[1:]))
    want = torch.nn.functional.batch_norm(*tensors, training=False, eps=eps)
    held = LIBRARY.hold(
        "bn_param", {"mode": "test", "eps": eps, "running_mean": mean, "running_var": var}
    )
    out, _ = LIBRARY.layers.batchnorm_forward(*inputs, held)
    close(out, want)
    close(held.read("bn_param")["running_mean"], mean)
    close(held.read("bn_param")["running_var"], var)


@few
@given(st.integers(1, 5), BATCH, EPS, SEED)
def test_layernorm(n: int, d: int, eps: float, seed: int) -> None:
    _, inputs, dout = drawn(seed, n, d)
    x, gamma, beta = map(tensor, inputs)
    want = torch.nn.functional.layer_norm(x, (d,), gamma, beta, eps)
    want.backward(torch.tensor(dout))
    out, cache = LIBRARY.layers.layernorm_forward(*inputs, {"eps": eps})
    alike(out, want)
    for got, leaf in zip(
        LIBRARY.layers.layernorm_backward(dout, cache), (x, gamma, beta), strict=True
    ):
        alike(got, leaf.grad)


@few
@given(st.lists(SIDE, min_size=1, max_size=4), st.floats(0.1, 1.0), SEED)
def test_dropout_multiplies_by_its_mask(shape: list[int], p: float, seed: int) -> None:
    draw = Draw(seed)
    x, dout = draw.away_from_zero(*shape), draw.normal(*shape)
    param = {"mode": "train", "p": p, "seed": seed}
    out, cache = LIBRARY.layers.dropout_forward(x, param)
    mask = np.where(out == 0, 0, 1 / p)
    close(out, x * mask)
    close(LIBRARY.layers.dropout_backward(dout, cache), dout * mask)
    again, _ = LIBRARY.layers.dropout_forward(x, param)
    close(again, out)


@pytest.mark.parametrize("p", [0.25, 0.4, 0.7, 1.0])
def test_dropout_keeps_its_share_and_the_mean(p: float) -> None:
    x = Draw(1).uniform(500, 500) + 10
    out, _ = LIBRARY.layers.dropout_forward(x, {"mode": "train", "p": p})
    assert np.mean(out != 0) == pytest.approx(p, abs=0.01)
    assert out.mean() == pytest.approx(x.mean(), rel=0.03)
    tested, _ = LIBRARY.layers.dropout_forward(x, {"mode": "test", "p": p})
    close(tested, x)


NORMS: dict[str, Any] = {
    "batchnorm": lambda h, g, b: torch.nn.functional.batch_norm(h, None, None, g, b, training=True),
    "layernorm": lambda h, g, b: torch.nn.functional.layer_norm(h, h.shape[1:], g, b),
}


def set_params(net: RemoteObject, draw: Draw) -> dict[str, Any]:
    shapes = {name: np.shape(value) for name, value in net.get("params").items()}
    params = {name: draw.normal(*shape) for name, shape in shapes.items()}
    net.update("params", params)
    return params


@few
@given(
    st.lists(BATCH, min_size=1, max_size=3), st.sampled_from(sorted(NORMS)),
    REG, SEED,
)  # fmt: skip
def test_normalized_nets(hidden: list[int], kind: str, reg: float, seed: int) -> None:
    draw, layers = Draw(seed), len(hidden) + 1
    net = LIBRARY.fc_net.FullyConnectedNet(
        hidden, 6, 3, normalization=kind, reg=reg, dtype="float64"
    )
    leaves = {name: tensor(value) for name, value in set_params(net, draw).items()}
    X, y = draw.normal(7, 2, 3), draw.labels(7, 3)
    h = torch.tensor(X).flatten(1)
    for i in range(1, layers):
        h = h @ leaves[f"W{i}"] + leaves[f"b{i}"]
        h = torch.relu(NORMS[kind](h, leaves[f"gamma{i}"], leaves[f"beta{i}"]))
    scores = h @ leaves[f"W{layers}"] + leaves[f"b{layers}"]
    want = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
    want = want + reg / 2 * sum((leaves[f"W{i}"] ** 2).sum() for i in range(1, layers + 1))
    want.backward()
    loss, grads = net.loss(X, y)
    alike(loss, want)
    assert grads.keys() == leaves.keys()
    for name, leaf in leaves.items():
        alike(grads[name], leaf.grad)


@few
@given(st.lists(BATCH, min_size=1, max_size=3), st.floats(0.2, 0.9), REG, SEED)
def test_dropout_nets(hidden: list[int], keep: float, reg: float, seed: int) -> None:
    """A seed gives each layer the mask that `dropout_forward` gives ones of its shape."""
    draw, layers = Draw(seed), len(hidden) + 1
    net = LIBRARY.fc_net.FullyConnectedNet(
        hidden, 6, 3, dropout_keep_ratio=keep, reg=reg, dtype="float64", seed=seed
    )
    leaves = {name: tensor(value) for name, value in set_params(net, draw).items()}
    X, y = draw.normal(7, 2, 3), draw.labels(7, 3)
    h, param = torch.tensor(X).flatten(1), {"mode": "train", "p": keep, "seed": seed}
    for i in range(1, layers):
        h = torch.relu(h @ leaves[f"W{i}"] + leaves[f"b{i}"])
        h = h * torch.tensor(LIBRARY.layers.dropout_forward(np.ones(h.shape), param)[0])
    scores = h @ leaves[f"W{layers}"] + leaves[f"b{layers}"]
    want = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
    want = want + reg / 2 * sum((leaves[f"W{i}"] ** 2).sum() for i in range(1, layers + 1))
    want.backward()
    loss, grads = net.loss(X, y)
    close(loss, want)
    for name, leaf in leaves.items():
        close(grads[name], leaf.grad)


def test_scores_of_a_batchnorm_net_use_the_averages_of_its_layers() -> None:
    draw = Draw(3)
    net = LIBRARY.fc_net.FullyConnectedNet([5, 5], 6, 3, normalization="batchnorm", dtype="float64")
    params = {name: torch.tensor(value) for name, value in set_params(net, draw).items()}
    norms = [torch.nn.BatchNorm1d(5, momentum=0.1, dtype=torch.float64) for _ in range(2)]
    for i, norm in enumerate(norms, start=1):
        norm.weight.data, norm.bias.data = params[f"gamma{i}"], params[f"beta{i}"]
        norm.running_var.zero_()

    def scores(X: Any) -> Any:
        h = torch.tensor(X)
        for i, norm in enumerate(norms, start=1):
            h = torch.relu(norm(h @ params[f"W{i}"] + params[f"b{i}"]))
        return h @ params["W3"] + params["b3"]

    for _ in range(3):
        X = draw.normal(8, 6)
        scores(X)
        net.loss(X, draw.labels(8, 3))
    for norm in norms:
        norm.running_var *= 7 / 8  # PyTorch averages the unbiased variance
        norm.eval()
    X = draw.normal(2, 6)
    close(net.loss(X), scores(X))


# CS231n's notebooks draw a batch, then the weights of one net after the other, from one stream.
Stream = np.random.RandomState


def cs231n_batch(stream: Stream) -> tuple[Any, Any]:
    return stream.randn(2, 15), stream.randint(10, size=(2,))


def cs231n_net(library: Student, stream: Stream, **options: Any) -> RemoteObject:
    net = library.fc_net.FullyConnectedNet([20, 30], 15, 10, dtype="float64", **options)
    sizes = {"W1": (15, 20), "W2": (20, 30), "W3": (30, 10)}
    net.update("params", {name: 5e-2 * stream.randn(*size) for name, size in sizes.items()})
    return net


@pytest.mark.parametrize(
    ("normalization", "losses"),
    [
        (None, (2.3004790897684924, 7.052114776533016)),
        ("batchnorm", (2.2611955101340957, 6.996533220108303)),
    ],
)
def test_nets_give_the_published_losses(normalization: str | None, losses: Any) -> None:
    stream = Stream(231)
    X, y = cs231n_batch(stream)
    for reg, loss in zip((0.0, 3.14), losses, strict=True):
        net = cs231n_net(LIBRARY, stream, reg=reg, normalization=normalization)
        assert net.loss(X, y)[0] == pytest.approx(loss, rel=1e-12)


def test_dropout_nets_give_the_published_losses() -> None:
    """With masks from the global stream, as in CS231n: our own stream gives other ones."""
    [entry] = [v for v in VARIANTS if v.id == "dropout_forward.global_generator"]
    files = patched(staff_files(ASSIGNMENT), entry)
    library, stream = Student(LocalChannel(ASSIGNMENT.package, files)), Stream(231)
    X, y = cs231n_batch(stream)
    for keep, loss in ((1, 2.3004790898), (0.75, 2.3023714897), (0.5, 2.3042759221)):
        net = cs231n_net(library, stream, dropout_keep_ratio=keep, seed=123)
        assert net.loss(X, y)[0] == pytest.approx(loss, abs=1e-10)
        if keep != 1:  # every layer's dropout has begun the stream again
            stream = Stream(123)
            stream.rand(2, 30)
