"""Small right parts of a net, with which each of the others can be judged by itself.

A net of these layers, with this loss and this optimizer, works whatever state the library is in; so
does a layer that `fill` gave its parameters and its activation. Nothing here is of use in a real net.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .arrays import Array, Shape


class Cubic:
    """An activation: f(z) = z + z**3."""

    def __call__(self, Z: Array) -> Array:
        """As `forward`."""
        return self.forward(Z)

    def forward(self, Z: Array) -> Array:
        """The output."""
        return Z + Z**3

    def backward(self, Z: Array, dY: Array) -> Array:
        """The gradient with respect to Z."""
        return (1 + 3 * Z**2) * dY


class Tripled:
    """An activation: f(z) = 3 z, whose slope does not depend on z."""

    def __call__(self, Z: Array) -> Array:
        """As `forward`."""
        return self.forward(Z)

    def forward(self, Z: Array) -> Array:
        """The output."""
        return 3 * Z

    def backward(self, Z: Array, dY: Array) -> Array:
        """The gradient with respect to Z."""
        return 3 * dY


class ScaledSquare:
    """A layer: y = w * x**2 for each column; two of them cannot be exchanged.

    The only parameter is "W", (1, D).
    """

    def __init__(self, W: Array) -> None:
        """W: (1, D) float."""
        self.parameters = {"W": W}
        self.gradients = {"W": np.zeros_like(W)}
        self.cache: dict[str, Array] = {}
        self.n_in = W.shape[1]

    def forward(self, X: Array) -> Array:
        """(N, D) to (N, D)."""
        self.cache["X"] = X
        return self.parameters["W"] * X**2

    def backward(self, dLdY: Array) -> Array:
        """The gradient with respect to X; that of W replaces the one before."""
        slope = self.cache["X"] * dLdY
        self.gradients["W"] = np.sum(self.cache["X"] * slope, axis=0, keepdims=True)
        return 2 * self.parameters["W"] * slope

    def clear_gradients(self) -> None:
        """Set the gradient to zero."""
        self.gradients["W"] = np.zeros_like(self.parameters["W"])


class WeightedCube:
    """A loss: the sum of y * y_hat**3, in which target and prediction cannot be exchanged."""

    name = "weighted_cube"

    def forward(self, Y: Array, Y_hat: Array) -> float:
        """The loss."""
        return float(np.sum(Y * Y_hat**3))

    def backward(self, Y: Array, Y_hat: Array) -> Array:
        """The gradient with respect to Y_hat."""
        return 3 * Y * Y_hat**2


class Halving:
    """An optimizer: half of the gradient, whatever came before."""

    def update(self, param_name: str, param: Array, param_grad: Array, epoch: int) -> Array:
        """What to subtract."""
        return 0.5 * param_grad


def fill(layer: Any, parameters: dict[str, Array], activation: Any = None) -> Any:
    """`layer` with these parameters, as if it had seen its first batch already.

    Args:
        layer: a FullyConnected or Conv2D; its own initialization is not used.
        parameters: "W", whose last two axes are inputs and outputs, and "b".
        activation: an object that takes the place of the layer's own; None keeps that.
    """
    layer.n_in = np.shape(parameters["W"])[-2]
    layer.parameters = dict(parameters)
    layer.gradients = {name: np.zeros_like(w) for name, w in layer.parameters.items()}
    if activation is not None:
        layer.activation = activation
    return layer


def assemble(net: Any, layers: Sequence[Any], loss: Any, optimizer: Any = None) -> Any:
    """`net` with these objects in place of its own layers, loss and optimizer."""
    net.layers, net.loss, net.optimizer = list(layers), loss, optimizer or Halving()
    return net


def initial_parameters(layer: Any, X_shape: Shape) -> tuple[dict[str, Array], dict[str, Array]]:
    """Parameters and gradients of `layer` after `_init_parameters(X_shape)`."""
    layer._init_parameters(X_shape)
    return layer.parameters, layer.gradients


def shared(layer: Any) -> list[str]:
    """The gradients of `layer` that lie in the memory of a parameter."""
    arrays = list(layer.parameters.values())
    shares = {n: any(np.shares_memory(g, w) for w in arrays) for n, g in layer.gradients.items()}
    return [name for name, found in shares.items() if found]


def weights(initializer: Callable[[Shape], Array], shape: Shape) -> Array:
    """What `initializer` draws for `shape`."""
    return initializer(shape)
