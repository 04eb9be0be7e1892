"""Convolution, pooling, spatial norms and the ConvNet against PyTorch, in float64."""

from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.draw import Draw

from . import test_oracle
from .test_oracle import LIBRARY, SEED, tensor, torch

F = torch.nn.functional
NAIVE, FAST = LIBRARY.layers, LIBRARY.fast_layers
FEW, SIDE, WINDOW = st.integers(1, 3), st.integers(1, 8), st.integers(1, 4)
STRIDE, PAD = st.integers(1, 4), st.integers(0, 3)
some = settings(max_examples=40, deadline=None)
close = partial(test_oracle.close, atol=1e-11)


def grid(low: float, high: float, *shape: int) -> Any:
    return np.linspace(low, high, int(np.prod(shape))).reshape(shape)


CONVOLUTIONS = (
    (NAIVE.conv_forward_naive, NAIVE.conv_backward_naive),
    (FAST.conv_forward_fast, FAST.conv_backward_fast),
)
POOLINGS = (
    (NAIVE.max_pool_forward_naive, NAIVE.max_pool_backward_naive),
    (FAST.max_pool_forward_fast, FAST.max_pool_backward_fast),
)


@some
@given(FEW, FEW, FEW, SIDE, SIDE, WINDOW, WINDOW, STRIDE, PAD, SEED)
def test_convolution(
    n: int, c: int, f: int, h: int, w: int, hh: int, ww: int, stride: int, pad: int, seed: int
) -> None:
    assume(hh <= h + 2 * pad and ww <= w + 2 * pad)
    draw = Draw(seed)
    inputs = draw.normal(n, c, h, w), draw.normal(f, c, hh, ww), draw.normal(f)
    leaves = tuple(map(tensor, inputs))
    want = F.conv2d(*leaves, stride=stride, padding=pad)
    dout = draw.normal(*want.shape)
    gradients = torch.autograd.grad(want, leaves, torch.tensor(dout))
    for forward, backward in CONVOLUTIONS:
        out, cache = forward(*inputs, {"stride": stride, "pad": pad})
        close(out, want)
        for got, gradient in zip(backward(dout, cache), gradients, strict=True):
            close(got, gradient)


@some
@given(FEW, FEW, SIDE, SIDE, WINDOW, WINDOW, STRIDE, st.booleans(), SEED)
def test_max_pooling_gives_the_first_of_equal_maxima_the_gradient(
    n: int, c: int, h: int, w: int, hh: int, ww: int, stride: int, ties: bool, seed: int
) -> None:
    assume(hh <= h and ww <= w)
    draw = Draw(seed)
    values = np.maximum(draw.normal(n, c, h, w), 0) if ties else draw.normal(n, c, h, w)
    x = tensor(values)
    want = F.max_pool2d(x, (hh, ww), stride)
    dout = draw.normal(*want.shape)
    [gradient] = torch.autograd.grad(want, [x], torch.tensor(dout))
    for forward, backward in POOLINGS:
        out, cache = forward(values, {"pool_height": hh, "pool_width": ww, "stride": stride})
        close(out, want)
        close(backward(dout, cache), gradient)


@pytest.mark.parametrize("name", ["naive", "fast"])
def test_convolution_and_pooling_give_the_published_values(name: str) -> None:
    module = NAIVE if name == "naive" else FAST
    x, w = grid(-0.1, 0.5, 2, 3, 4, 4), grid(-0.2, 0.3, 3, 3, 4, 4)
    param = {"stride": 2, "pad": 1}
    out, _ = getattr(module, f"conv_forward_{name}")(x, w, grid(-0.1, 0.2, 3), param)
    first = [[-0.0875980861, -0.1098778064], [-0.1838719176, -0.2109216047]]
    last = [[2.3627029812, 2.3690430622], [2.3809083548, 2.3824784689]]
    np.testing.assert_allclose(out[[0, 1], [0, 2]], [first, last], atol=1e-10)
    pool = {"pool_height": 2, "pool_width": 2, "stride": 2}
    pooled, _ = getattr(module, f"max_pool_forward_{name}")(grid(-0.3, 0.4, 2, 3, 4, 4), pool)
    first = [[-0.2631578947, -0.2484210526], [-0.2042105263, -0.1894736842]]
    last = [[0.3263157895, 0.3410526316], [0.3852631579, 0.4]]
    np.testing.assert_allclose(pooled[[0, 1], [0, 2]], [first, last], atol=1e-10)


def test_fast_layers_work_in_blocks_of_images() -> None:
    """More columns than one block holds, and a last block that is not full."""
    draw = Draw(3)
    inputs = draw.normal(41, 3, 16, 16), draw.normal(2, 3, 5, 5), draw.normal(2)
    leaves = tuple(map(tensor, inputs))
    want = F.conv2d(*leaves, padding=2)
    gradients = torch.autograd.grad(want.sum(), leaves)
    out, cache = FAST.conv_forward_fast(*inputs, {"stride": 1, "pad": 2})
    close(out, want)
    dout = np.ones(want.shape)
    for got, gradient in zip(FAST.conv_backward_fast(dout, cache), gradients, strict=True):
        close(got, gradient)


@pytest.mark.parametrize(("forward", "backward"), CONVOLUTIONS)
def test_convolution_stays_in_single_precision(forward: Any, backward: Any) -> None:
    draw = Draw(4)
    inputs = [a.astype(np.float32) for a in (draw.normal(2, 3, 5, 4), draw.normal(2, 3, 3, 2))]
    out, cache = forward(*inputs, np.ones(2, np.float32), {"stride": 1, "pad": 1})
    assert {a.dtype for a in (out, *backward(out, cache))} == {np.dtype("float32")}


@some
@given(FEW, FEW, SIDE, SIDE, st.sampled_from([1e-5, 0.5]), SEED)
def test_spatial_batchnorm(n: int, c: int, h: int, w: int, eps: float, seed: int) -> None:
    assume(n * h * w > 1)
    draw = Draw(seed)
    inputs = draw.normal(n, c, h, w) + 3, draw.normal(c), draw.normal(c)
    leaves = tuple(map(tensor, inputs))
    mean, var = torch.zeros(c, dtype=torch.float64), torch.zeros(c, dtype=torch.float64)
    want = F.batch_norm(leaves[0], mean, var, *leaves[1:], training=True, momentum=0.3, eps=eps)
    dout = draw.normal(n, c, h, w)
    gradients = torch.autograd.grad(want, leaves, torch.tensor(dout))
    param = {"mode": "train", "momentum": 0.7, "eps": eps}
    out, cache = NAIVE.spatial_batchnorm_forward(*inputs, param)
    close(out, want)
    for got, gradient in zip(NAIVE.spatial_batchnorm_backward(dout, cache), gradients, strict=True):
        np.testing.assert_allclose(got, gradient, rtol=1e-6, atol=1e-9)


@some
@given(FEW, st.sampled_from([(1, 1), (1, 4), (2, 4), (4, 4), (3, 6)]), SIDE, SIDE,
       st.sampled_from([1e-5, 0.5]), SEED)  # fmt: skip
def test_group_norm(n: int, groups: tuple[int, int], h: int, w: int, eps: float, seed: int) -> None:
    (G, c), draw = groups, Draw(seed)
    assume(h * w * c // G > 1)
    inputs = draw.normal(n, c, h, w) + 3, draw.normal(1, c, 1, 1), draw.normal(1, c, 1, 1)
    leaves = tuple(map(tensor, inputs))
    flat = [leaf.reshape(-1) for leaf in leaves[1:]]
    want = F.group_norm(leaves[0], G, *flat, eps=eps)
    dout = draw.normal(n, c, h, w)
    gradients = torch.autograd.grad(want, leaves, torch.tensor(dout))
    out, cache = NAIVE.spatial_groupnorm_forward(*inputs, G, {"eps": eps})
    close(out, want)
    for got, gradient in zip(NAIVE.spatial_groupnorm_backward(dout, cache), gradients, strict=True):
        np.testing.assert_allclose(got, gradient, rtol=1e-6, atol=1e-9)


@some
@given(FEW, FEW, st.integers(2, 7), st.integers(2, 7), st.sampled_from([1, 3, 5]),
       test_oracle.REG, SEED)  # fmt: skip
def test_three_layer_conv_net(
    c: int, f: int, h: int, w: int, size: int, reg: float, seed: int
) -> None:
    draw = Draw(seed)
    net = LIBRARY.cnn.ThreeLayerConvNet((c, h, w), f, size, 5, 3, reg=reg, dtype="float64")
    shapes = {name: np.shape(value) for name, value in net.get("params").items()}
    params = {name: draw.normal(*shape) for name, shape in shapes.items()}
    net.update("params", params)
    p = {name: tensor(value) for name, value in params.items()}
    X, y = draw.normal(4, c, h, w), draw.labels(4, 3)
    conv = F.conv2d(torch.tensor(X), p["W1"], p["b1"], padding=size // 2)
    hidden = torch.relu(F.max_pool2d(torch.relu(conv), 2).flatten(1) @ p["W2"] + p["b2"])
    scores = hidden @ p["W3"] + p["b3"]
    want = F.cross_entropy(scores, torch.tensor(y))
    want = want + reg / 2 * sum((p[name] ** 2).sum() for name in ("W1", "W2", "W3"))
    want.backward()
    loss, grads = net.loss(X, y)
    close(net.loss(X), scores)
    close(loss, want)
    assert grads.keys() == p.keys()
    for name, leaf in p.items():
        close(grads[name], leaf.grad)


@pytest.mark.parametrize("reg", [0.0, 0.5])
def test_a_new_conv_net_expects_nothing_and_stays_float32(reg: float) -> None:
    draw = Draw(5)
    net = LIBRARY.cnn.ThreeLayerConvNet(reg=reg, seed=0)
    loss, grads = net.loss(draw.normal(5, 3, 32, 32), draw.labels(5, 10))
    weights = [w for name, w in net.get("params").items() if name.startswith("W")]
    penalty = reg / 2 * sum(float(np.sum(w.astype(np.float64) ** 2)) for w in weights)
    assert float(loss) == pytest.approx(np.log(10) + penalty, abs=2e-3)
    assert {a.dtype for a in (loss, *grads.values())} == {np.dtype("float32")}


def test_the_joined_layers_are_the_layers_one_after_another() -> None:
    draw, utils = Draw(6), LIBRARY.layer_utils
    x, w, b = draw.normal(3, 2, 5, 4), draw.normal(3, 2, 3, 3), draw.normal(3)
    gamma, beta, conv = draw.normal(3), draw.normal(3), {"stride": 1, "pad": 1}
    pool = {"pool_height": 2, "pool_width": 2, "stride": 2}
    leaves = tuple(map(tensor, (x, w, b, gamma, beta)))
    plain = F.conv2d(*leaves[:3], padding=1)
    normalized = F.batch_norm(plain, None, None, *leaves[3:], training=True)
    joined = [
        (torch.relu(plain), leaves[:3], utils.conv_relu_forward(x, w, b, conv),
         utils.conv_relu_backward),
        (F.max_pool2d(torch.relu(plain), 2), leaves[:3],
         utils.conv_relu_pool_forward(x, w, b, conv, pool), utils.conv_relu_pool_backward),
        (torch.relu(normalized), leaves,
         utils.conv_bn_relu_forward(x, w, b, gamma, beta, conv, {"mode": "train"}),
         utils.conv_bn_relu_backward),
    ]  # fmt: skip
    for want, parts, (out, cache), backward in joined:
        close(out, want)
        dout = draw.normal(*want.shape)
        gradients = torch.autograd.grad(want, parts, torch.tensor(dout), retain_graph=True)
        for got, gradient in zip(backward(dout, cache), gradients, strict=True):
            np.testing.assert_allclose(got, gradient, rtol=1e-6, atol=1e-9)
