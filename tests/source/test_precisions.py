"""In single precision everything answers what it does in double, and nothing changes the dtype.

The answers in double precision are compared with PyTorch in the other files.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.draw import Draw
from autograder.student.proxy import RemoteObject

from .test_oracle import LIBRARY, RULES, SEED, few

SIZE = st.integers(2, 5)
Inputs = Callable[[Draw, int, int], tuple[tuple[Any, ...], tuple[Any, ...]]]


def normed(draw: Draw, *shape: int) -> tuple[Any, Any, Any]:
    return draw.normal(*shape) + 2, draw.normal(shape[1]), draw.normal(shape[1])


def convolved(draw: Draw, n: int, c: int) -> tuple[Any, Any, Any]:
    return draw.normal(n, c, 5, 4), draw.normal(3, c, 3, 2), draw.normal(3)


BATCHNORM = {"mode": "train", "eps": 0.5}
POOL = {"pool_height": 2, "pool_width": 3, "stride": 1}
# By the beginning of its name: the arrays and the settings of a layer.
LAYERS: dict[str, Inputs] = {
    "affine_": lambda draw, n, d: (
        (draw.normal(n, d, 2), draw.normal(2 * d, 3), draw.normal(3)), ()
    ),
    "relu_": lambda draw, n, d: ((draw.away_from_zero(n, d),), ()),
    "batchnorm_": lambda draw, n, d: (normed(draw, n, d), (dict(BATCHNORM),)),
    "layernorm_": lambda draw, n, d: (normed(draw, n, d), ({"eps": 0.5},)),
    "dropout_": lambda draw, n, d: (
        (draw.normal(n, d),), ({"mode": "train", "p": 0.6, "seed": n},)
    ),
    "spatial_batchnorm_": lambda draw, n, d: (normed(draw, n, d, 3, 2), (dict(BATCHNORM),)),
    "spatial_groupnorm_": lambda draw, n, d: (
        (draw.normal(n, 2 * d, 3, 2), draw.normal(1, 2 * d, 1, 1), draw.normal(1, 2 * d, 1, 1)),
        (2, {"eps": 0.5}),
    ),
    "conv_": lambda draw, n, d: (convolved(draw, n, d), ({"stride": 1, "pad": 1},)),
    "max_pool_": lambda draw, n, d: ((draw.normal(n, d, 4, 5),), (POOL,)),
}  # fmt: skip
WINDOWED = ("conv_", "max_pool_")
FUNCTIONS = [
    *[(LIBRARY.layers, name, "forward", "backward") for name in LAYERS if name not in WINDOWED],
    (LIBRARY.layers, "batchnorm_", "forward", "backward_alt"),
    *[(LIBRARY.layers, name, "forward_naive", "backward_naive") for name in WINDOWED],
    *[(LIBRARY.fast_layers, name, "forward_fast", "backward_fast") for name in WINDOWED],
]


def in_both(*arrays: Any) -> list[tuple[Any, ...]]:
    """The same values in single and in double precision."""
    single = tuple(np.asarray(a, np.float32) for a in arrays)
    return [single, tuple(a.astype(np.float64) for a in single)]


def same(got: Any, want: Any) -> None:
    assert np.asarray(got).dtype == np.float32 and np.asarray(want).dtype == np.float64
    np.testing.assert_allclose(got, want, rtol=1e-4, atol=2e-5 * float(np.abs(want).max()))


@few
@pytest.mark.parametrize(("module", "name", "forward", "backward"), FUNCTIONS)
@given(n=SIZE, d=SIZE, seed=SEED)
def test_a_layer(
    module: Any, name: str, forward: str, backward: str, n: int, d: int, seed: int
) -> None:
    draw = Draw(seed)
    arrays, settings = LAYERS[name](draw, n, d)
    runs = [getattr(module, name + forward)(*given, *settings) for given in in_both(*arrays)]
    same(*(out for out, _ in runs))
    douts = in_both(draw.normal(*runs[0][0].shape))
    gradients = [
        getattr(module, name + backward)(*dout, cache)
        for dout, (_, cache) in zip(douts, runs, strict=True)
    ]
    if isinstance(gradients[0], np.ndarray):
        gradients = [(gradient,) for gradient in gradients]
    for got, want in zip(*gradients, strict=True):
        same(got, want)


@few
@pytest.mark.parametrize("name", ["softmax_loss", "svm_loss"])
@given(n=SIZE, classes=SIZE, seed=SEED)
def test_a_loss(name: str, n: int, classes: int, seed: int) -> None:
    draw = Draw(seed)
    logits, y = in_both(draw.normal(n, classes)), draw.labels(n, classes)
    for got, want in zip(*(getattr(LIBRARY.layers, name)(*x, y) for x in logits), strict=True):
        same(got, want)


@pytest.mark.parametrize("rule", RULES)
def test_an_update_rule(rule: str) -> None:
    draw, update = Draw(8), getattr(LIBRARY.optim, rule)
    w, gradients = draw.normal(3, 4), draw.normal(3, 3, 4)
    ends = []
    for given_w, given_dws in zip(in_both(w), in_both(gradients), strict=True):
        [next_w], config = given_w, {"learning_rate": 0.1, **RULES[rule][1]}
        for dw in given_dws[0]:
            next_w, config = update(next_w, dw, config)
        ends.append(next_w)
    same(*ends)


def fully_connected(dtype: str, **options: Any) -> RemoteObject:
    return LIBRARY.fc_net.FullyConnectedNet([4, 5], 6, 3, reg=0.3, dtype=dtype, **options)


NETS: dict[str, Callable[[str], RemoteObject]] = {
    "plain": fully_connected,
    "batchnorm": partial(fully_connected, normalization="batchnorm"),
    "layernorm": partial(fully_connected, normalization="layernorm"),
    "dropout": partial(fully_connected, dropout_keep_ratio=0.6, seed=1),
    "convolution": lambda dtype: LIBRARY.cnn.ThreeLayerConvNet(
        (1, 2, 3), 2, 3, 5, 3, reg=0.3, dtype=dtype
    ),
}


@settings(few, derandomize=True)  # once in a while a value would lie on the two sides of a kink
@pytest.mark.parametrize("net", NETS)
@given(n=st.integers(4, 6), seed=SEED)
def test_a_net(net: str, n: int, seed: int) -> None:
    draw, nets = Draw(seed), [NETS[net](dtype) for dtype in ("float32", "float64")]
    shapes = {name: np.shape(value) for name, value in nets[0].get("params").items()}
    values = in_both(*(draw.normal(*shape) for shape in shapes.values()))
    X, y = draw.normal(n, 1, 2, 3), draw.labels(n, 3)
    for each, params in zip(nets, values, strict=True):
        each.update("params", dict(zip(shapes, params, strict=True)))
    (loss, grads), (want, wanted) = (each.loss(X, y) for each in nets)
    same(loss, want)
    # All in one: the gradient of a bias before batch norm is zero but for its last digits.
    same(*(np.concatenate([np.ravel(each[name]) for name in shapes]) for each in (grads, wanted)))
