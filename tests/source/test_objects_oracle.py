"""The layers, activations, losses and optimizers of layer-objects against PyTorch, in float64."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.draw import Draw

from .objects import module

torch = pytest.importorskip("torch")
F = torch.nn.functional
activations, layers, losses = (module(name) for name in ("activations", "layers", "losses"))
models, optimizers, weights = (module(name) for name in ("models", "optimizers", "weights"))
FEW, SIDE, WINDOW = st.integers(1, 3), st.integers(1, 8), st.integers(1, 4)
STRIDE, SEED = st.integers(1, 4), st.integers(0, 2**32)
PAD = st.one_of(st.integers(0, 3), st.sampled_from(["same", "valid"]))
some = settings(max_examples=40, deadline=None)
FUNCTIONS = {
    "linear": lambda z: z * 1,
    "arctan": torch.arctan,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "softmax": lambda z: torch.softmax(z, -1),
}
ACTIVATION = st.sampled_from(list(FUNCTIONS))


def tensor(array: Any) -> Any:
    return torch.tensor(array, requires_grad=True)


def close(got: Any, want: Any, atol: float = 1e-11) -> None:
    want = want.detach().numpy() if isinstance(want, torch.Tensor) else want
    assert np.shape(got) == np.shape(want)
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=atol)


def channels_first(x: Any) -> Any:
    return x.permute(0, 3, 1, 2)


def channels_last(x: Any) -> Any:
    return x.permute(0, 2, 3, 1)


def sides(pad: Any, kernel: tuple[int, int]) -> tuple[int, int]:
    same = (kernel[0] - 1) // 2, (kernel[1] - 1) // 2
    return {"same": same, "valid": (0, 0)}.get(pad, (pad, pad))


@some
@given(ACTIVATION, FEW, st.integers(1, 6), st.sampled_from([0.1, 1.0, 1000.0]), SEED)
def test_activations(name: str, n: int, c: int, scale: float, seed: int) -> None:
    draw = Draw(seed)
    values, dout = draw.normal(n, c, scale=scale), draw.normal(n, c)
    z = tensor(values)
    want = FUNCTIONS[name](z)
    want.backward(torch.tensor(dout))
    activation = activations.initialize_activation(name)
    close(activation.forward(values), want)
    close(activation.backward(values, dout), z.grad)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_activations_keep_the_dtype_and_their_arguments_and_warn_of_nothing(name: str) -> None:
    z = np.array([[-1000, -0.5, 0, 2, 1000], [3, 1, 1, 1, 1]], np.float32)
    dout, activation = np.full_like(z, 2), activations.initialize_activation(name)
    before = z.copy(), dout.copy()
    with np.errstate(all="raise", under="ignore"):
        results = activation(z), activation.backward(z, dout)
    assert {r.dtype for r in results} == {np.dtype(np.float32)}
    assert all(np.isfinite(r).all() for r in results)
    np.testing.assert_array_equal((z, dout), before)


@some
@given(FEW, st.integers(1, 5), SEED)
def test_losses(n: int, c: int, seed: int) -> None:
    draw = Draw(seed)
    Y, Y_hat = np.abs(draw.normal(n, c)), np.abs(draw.normal(n, c)) + 0.01
    for name in ("cross_entropy", "l2"):
        loss, leaf = losses.initialize_loss(name), tensor(Y_hat)
        target = torch.tensor(Y)
        squared = F.mse_loss(leaf, target, reduction="sum") / (2 * n)
        want = squared if name == "l2" else -(target * leaf.log()).sum() / n
        want.backward()
        close(loss.forward(Y, Y_hat), want)
        close(loss.backward(Y, Y_hat), leaf.grad)


def test_impossible_predictions_have_a_finite_loss() -> None:
    Y, Y_hat, loss = np.eye(2), np.eye(2)[::-1], losses.CrossEntropy()
    assert loss.forward(Y, Y_hat) == pytest.approx(-np.log(1e-12))
    assert loss.forward(Y, Y) == 0
    assert np.isfinite(loss.backward(Y, Y_hat)).all()


@some
@given(FEW, st.integers(1, 5), st.integers(1, 5), ACTIVATION, SEED)
def test_fully_connected(n: int, n_in: int, n_out: int, name: str, seed: int) -> None:
    draw, layer = Draw(seed), layers.FullyConnected(n_out, name)
    X, dout = draw.normal(n, n_in), draw.normal(n, n_out)
    layer.forward(draw.normal(2, n_in))
    layer.parameters.update({"W": draw.normal(n_in, n_out), "b": draw.normal(1, n_out)})
    leaves = [tensor(a) for a in (X, layer.parameters["W"], layer.parameters["b"])]
    want = FUNCTIONS[name](leaves[0] @ leaves[1] + leaves[2])
    want.backward(torch.tensor(dout))
    close(layer.forward(X), want)
    for got, leaf in zip((layer.backward(dout), *layer.gradients.values()), leaves, strict=True):
        close(got, leaf.grad)


@some
@given(FEW, FEW, FEW, SIDE, SIDE, WINDOW, WINDOW, STRIDE, PAD, ACTIVATION, SEED)
def test_convolution(
    n: int, c: int, f: int, h: int, w: int, kh: int, kw: int, stride: int, pad: Any, name: str,
    seed: int,
) -> None:  # fmt: skip
    ph, pw = sides(pad, (kh, kw))
    assume(kh <= h + 2 * ph and kw <= w + 2 * pw)
    draw, layer = Draw(seed), layers.Conv2D(f, (kh, kw), name, stride, pad)
    X = draw.normal(n, h, w, c)
    layer.forward(X)
    layer.parameters.update({"W": draw.normal(kh, kw, c, f), "b": draw.normal(1, f)})
    leaves = [tensor(a) for a in (X, layer.parameters["W"], layer.parameters["b"])]
    kernel = leaves[1].permute(3, 2, 0, 1).contiguous()
    images = channels_first(leaves[0])
    products = F.conv2d(images, kernel, leaves[2][0], stride=stride, padding=(ph, pw))
    want = FUNCTIONS[name](channels_last(products))
    dout = draw.normal(*want.shape)
    want.backward(torch.tensor(dout))
    close(layer.forward(X), want)
    for got, leaf in zip((layer.backward(dout), *layer.gradients.values()), leaves, strict=True):
        close(got, leaf.grad)


@some
@given(FEW, FEW, SIDE, SIDE, WINDOW, WINDOW, STRIDE, PAD, st.sampled_from(["max", "average"]),
       st.booleans(), SEED)  # fmt: skip
def test_pooling(
    n: int, c: int, h: int, w: int, kh: int, kw: int, stride: int, pad: Any, mode: str,
    ties: bool, seed: int,
) -> None:  # fmt: skip
    """PyTorch gives the gradient to the first of equal maxima too, and pads with -inf if asked."""
    ph, pw = sides(pad, (kh, kw))
    assume(kh <= h + 2 * ph and kw <= w + 2 * pw)
    draw, layer = Draw(seed), layers.Pool2D((kh, kw), mode, stride, pad)
    X = np.maximum(draw.normal(n, h, w, c), 0) if ties else draw.normal(n, h, w, c)
    leaf = tensor(X)
    framed = F.pad(channels_first(leaf), (pw, pw, ph, ph))
    pool = F.max_pool2d if mode == "max" else F.avg_pool2d
    want = channels_last(pool(framed, (kh, kw), stride))
    dout = draw.normal(*want.shape)
    want.backward(torch.tensor(dout))
    close(layer.forward(X), want)
    close(layer.backward(dout), leaf.grad)


@pytest.mark.parametrize(
    "layer, shape",
    [
        (layers.FullyConnected(4, "tanh"), (5, 3)),
        (layers.Conv2D(2, (3, 2), "relu", 2, 1), (2, 5, 4, 3)),
        (layers.Pool2D((2, 3), "max", 1, 1), (2, 5, 4, 3)),
        (layers.Pool2D((2, 3), "average", 2, "same"), (2, 5, 4, 3)),
        (layers.Flatten(), (2, 5, 4, 3)),
    ],
)
def test_layers_stay_in_single_precision_and_change_no_argument(layer: Any, shape: Any) -> None:
    X = Draw(1).normal(*shape).astype(np.float32)
    layer.forward(X)
    layer.parameters.update({k: w.astype(np.float32) for k, w in layer.parameters.items()})
    Y, before = layer.forward(X), X.copy()
    dout = np.ones_like(Y)
    results = Y, layer.backward(dout), *layer.gradients.values()
    assert {r.dtype for r in results} == {np.dtype(np.float32)}
    np.testing.assert_array_equal(X, before)
    assert (dout == 1).all() and layer.gradients.keys() == layer.parameters.keys()


@pytest.mark.parametrize("name", ["xavier_uniform", "xavier_normal", "he_uniform", "he_normal"])
@pytest.mark.parametrize("shape", [(300, 200), (3, 5, 30, 40)])
def test_initial_weights_have_the_variance_and_the_distribution_of_pytorch(
    name: str, shape: tuple[int, ...]
) -> None:
    """PyTorch has the inputs of a filter behind its outputs: (n_out, n_in, kh, kw)."""
    torch.manual_seed(0)
    theirs = torch.empty(*reversed(shape[-2:]), *shape[:-2], dtype=torch.float64)
    name_of = name.replace("he_", "kaiming_") + "_"
    options = {"nonlinearity": "relu"} if name.startswith("he") else {}
    getattr(torch.nn.init, name_of)(theirs, **options)
    ours = weights.initialize_weights(name, seed=0)(shape)
    levels = np.linspace(0.1, 0.9, 15)
    # So many numbers tell these quantiles to two percent of the standard deviation.
    quantiles = (np.quantile(a, levels) for a in (ours, theirs.numpy()))
    np.testing.assert_allclose(*quantiles, atol=0.08 * float(theirs.std()))


@some
@given(st.sampled_from(["sgd", "adam"]), st.sampled_from([0.0, 0.7]), SEED)
def test_optimizers_move_parameters_as_pytorch_does(name: str, share: float, seed: int) -> None:
    """Two parameters in turns; PyTorch's momentum times the rate is the momentum of the delta."""
    draw = Draw(seed)
    params = {"W": draw.normal(3, 2), "b": draw.normal(1, 2)}
    leaves = {key: tensor(w.copy()) for key, w in params.items()}
    if name == "sgd":
        theirs = torch.optim.SGD(leaves.values(), lr=0.1, momentum=share)
        ours = optimizers.initialize_optimizer(name, lr=0.1, momentum=share)
    else:
        theirs = torch.optim.Adam(leaves.values(), lr=0.1, betas=(share, 0.9), eps=0.01)
        ours = optimizers.initialize_optimizer(name, lr=0.1, beta1=share, beta2=0.9, epsilon=0.01)
    for epoch, key in product(range(4), params):
        gradient = draw.normal(*params[key].shape)
        leaves[key].grad = torch.tensor(gradient)
        params[key] = params[key] - ours.update(key, params[key], gradient, epoch)
        if key == "b":
            theirs.step()
    for key, leaf in leaves.items():
        close(params[key], leaf)


@some
@given(FEW, st.lists(st.integers(1, 5), max_size=3), ACTIVATION, SEED)
def test_networks(n: int, hidden: list[int], name: str, seed: int) -> None:
    draw, widths = Draw(seed), [*hidden, 3]
    names = [name] * len(hidden) + ["softmax"]
    like = {"name": "fully_connected", "weight_init": "normal"}
    args = [{**like, "n_out": n, "activation": a} for n, a in zip(widths, names, strict=True)]
    net = models.NeuralNetwork("cross_entropy", args, {"name": "sgd"}, seed=0)
    X, Y = draw.normal(n, 4), np.eye(3)[draw.labels(n, 3)]
    out = net.forward(X)
    parameters = [tensor(w) for layer in net.layers for w in layer.parameters.values()]
    want = torch.tensor(X)
    for W, b, activation in zip(parameters[::2], parameters[1::2], names, strict=True):
        want = FUNCTIONS[activation](want @ W + b)
    loss = -(torch.tensor(Y) * want.log()).sum() / n
    loss.backward()
    close(out, want)
    close(net.backward(Y, out), loss)
    gradients = [g for layer in net.layers for g in layer.gradients.values()]
    for got, leaf in zip(gradients, parameters, strict=True):
        close(got, leaf.grad)
