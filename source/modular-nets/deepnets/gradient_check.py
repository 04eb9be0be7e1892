"""Comparison of gradients with numerical derivatives. Nothing here changes its arguments."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .arrays import Array, Labels


def eval_numerical_gradient(
    f: Callable[[Array], float], x: Array, verbose: bool = False, h: float = 1e-5
) -> Array:
    """Gradient of a scalar function by central differences, two calls per element.

    Args:
        f: maps an array like x to a number. It must use its argument: f gets changed copies of x.
        x: float64 array of any shape.
        verbose: print every element.
        h: half the distance of the two points.
    """
    grad = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        grad[index] = (f(x + step) - f(x - step)) / (2 * h)
        if verbose:
            print(index, grad[index])
    return grad


def eval_numerical_gradient_array(
    f: Callable[[Array], Array], x: Array, df: Array, h: float = 1e-5
) -> Array:
    """Gradient of sum(f(x) * df) by central differences: what a backward function should return.

    Args:
        f: maps an array like x to an array like df. It must use its argument.
        x: float64 array of any shape.
        df: gradient of the loss with respect to f(x).
        h: half the distance of the two points.
    """
    return eval_numerical_gradient(lambda value: float(np.sum(f(value) * df)), x, h=h)


def rel_error(x: Any, y: Any) -> float:
    """Largest of |x - y| / max(1e-8, |x| + |y|) over the elements; shapes must be equal."""
    x, y = np.asarray(x), np.asarray(y)
    if x.shape != y.shape:
        raise ValueError(f"rel_error compares arrays of one shape, not {x.shape} and {y.shape}")
    return float(np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y)), initial=0.0))


def check_vjp(
    f: Callable[[Array], Any], x: Array, dout: Any, dx: Array, h: float = 1e-5, seed: int = 0
) -> float:
    """Relative error of a gradient along one random direction: two calls of f at any size.

    The slope of sum(f(x) * dout) along a direction t must be sum(dx * t).

    Args:
        f: the forward function of x alone; returns an array like dout.
        x: float64 array of any shape.
        dout: gradient of the loss with respect to f(x); 1.0 if f returns the loss itself.
        dx: the gradient to check, in the shape of x.
        h: half the distance of the two points, for a direction of length 1.
        seed: of the direction.
    """
    if dx.shape != x.shape:
        raise ValueError(f"the gradient has shape {dx.shape}, but x has shape {x.shape}")
    # A child of the seed: the seed itself may have drawn x, and t would then be x's own direction.
    t = np.random.default_rng(seed).spawn(1)[0].normal(size=x.shape)
    t /= np.linalg.norm(t)
    slope = np.sum((f(x + h * t) - f(x - h * t)) * dout) / (2 * h)
    return rel_error(slope, np.sum(dx * t))


def check_net(net: Any, X: Array, y: Labels, h: float = 1e-5, seed: int = 0) -> dict[str, float]:
    """Relative error of every gradient of a float64 net, each along one random direction.

    Args:
        net: has `params` and `loss(X, y)`, which returns (loss, grads).
        X, y: a small batch.
        h, seed: as in `check_vjp`.
    """
    _, grads = net.loss(X, y)

    def error(name: str) -> float:
        def loss(value: Array) -> float:
            original, net.params[name] = net.params[name], value
            try:
                return net.loss(X, y)[0]
            finally:
                net.params[name] = original

        return check_vjp(loss, net.params[name], 1.0, grads[name], h, seed)

    return {name: error(name) for name in sorted(net.params)}
