"""Comparison of gradients with numerical derivatives. Nothing here changes its arguments."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .arrays import Array


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


def check_layer(layer: Any, X: Array, seed: int = 0) -> dict[str, float]:
    """Relative error of every gradient of a layer, each along one random direction.

    Args:
        layer: has `forward`, `backward`, `parameters` and `gradients`.
        X: float64, a small batch.
        seed: of the directions, and of the gradient with respect to the output.

    Returns:
        "X" and the names of the parameters -> error.
    """
    dLdY = np.random.default_rng(seed).normal(size=layer.forward(X).shape)
    errors = {"X": check_vjp(layer.forward, X, dLdY, layer.backward(dLdY), seed=seed)}
    for name, gradient in dict(layer.gradients).items():
        output = _of_parameter(layer.parameters, name, lambda: layer.forward(X))
        errors[name] = check_vjp(output, layer.parameters[name], dLdY, gradient, seed=seed)
    return errors


def check_net(net: Any, X: Array, Y: Array, seed: int = 0) -> dict[str, float]:
    """Relative error of every gradient of a net, each along one random direction.

    Args:
        net: a NeuralNetwork.
        X: float64, a small batch.
        Y: its targets.
        seed: of the directions.

    Returns:
        name and number of each layer's parameters, such as "W0" -> error.
    """
    net.backward(Y, net.forward(X))
    errors = {}
    for i, layer in enumerate(net.layers):
        for name, gradient in dict(layer.gradients).items():
            loss = _of_parameter(layer.parameters, name, lambda: net.predict(X, Y)[1])
            errors[f"{name}{i}"] = check_vjp(loss, layer.parameters[name], 1.0, gradient, seed=seed)
    return errors


def _of_parameter(
    parameters: dict[str, Array], name: str, result: Callable[[], Any]
) -> Callable[[Array], Any]:
    """`result` as a function of one parameter, which has its old value afterwards."""

    def f(value: Array) -> Any:
        original, parameters[name] = parameters[name], value
        try:
            return result()
        finally:
            parameters[name] = original

    return f
