"""Activations: functions between a layer's products and its output.

`forward` takes the products Z of a layer. `backward` takes the same Z and the gradient dY of the
loss with respect to the output, and returns the gradient with respect to Z. An activation remembers
nothing and changes none of its arguments. Results have the shape and the dtype of Z.
"""

from abc import ABC, abstractmethod

import numpy as np

from .arrays import Array


class Activation(ABC):
    """What all activations have in common."""

    def __call__(self, Z: Array) -> Array:
        """As `forward`."""
        return self.forward(Z)

    @abstractmethod
    def forward(self, Z: Array) -> Array:
        """The output, in the shape of Z."""

    @abstractmethod
    def backward(self, Z: Array, dY: Array) -> Array:
        """The gradient with respect to Z; dY, the one with respect to the output, has its shape."""


class Linear(Activation):
    """f(z) = z, for layers without an activation."""

    def forward(self, Z: Array) -> Array:
        """Z itself."""
        return Z

    def backward(self, Z: Array, dY: Array) -> Array:
        """The slope is 1 everywhere."""
        return dY


class ArcTan(Activation):
    """f(z) = arctan(z), an example of how the others are to be written."""

    def forward(self, Z: Array) -> Array:
        """Angles between -pi / 2 and pi / 2."""
        return np.arctan(Z)

    def backward(self, Z: Array, dY: Array) -> Array:
        """The slope of arctan at z is 1 / (1 + z**2)."""
        return dY / (1 + Z**2)


class Sigmoid(Activation):
    """f(z) = 1 / (1 + exp(-z))."""

    def forward(self, Z: Array) -> Array:
        """Squash every number to between 0 and 1.

        Args:
            Z: float array of any shape. At -1000 the result is 0 and at 1000 it is 1, not nan.

        Returns:
            Y: f(Z), in the shape of Z.
        """
        ### BEGIN SOLUTION Sigmoid.forward
        # The logarithm of 1 + exp(-z) neither overflows nor loses digits.
        Y = np.exp(-np.logaddexp(0, -Z))
        ### END SOLUTION
        return Y

    def backward(self, Z: Array, dY: Array) -> Array:
        """Gradient of the sigmoid.

        Args:
            Z: as in `forward`.
            dY: gradient with respect to f(Z), in the shape of Z.

        Returns:
            dZ: gradient with respect to Z, in the shape of Z.
        """
        ### BEGIN SOLUTION Sigmoid.backward
        Y = self.forward(Z)
        dZ = dY * Y * (1 - Y)
        ### END SOLUTION
        return dZ


class TanH(Activation):
    """f(z) = tanh(z), the hyperbolic tangent."""

    def forward(self, Z: Array) -> Array:
        """Squash every number to between -1 and 1.

        Args:
            Z: float array of any shape; 1000 gives 1, not nan.

        Returns:
            Y: f(Z), in the shape of Z.
        """
        ### BEGIN SOLUTION TanH.forward
        Y = np.tanh(Z)
        ### END SOLUTION
        return Y

    def backward(self, Z: Array, dY: Array) -> Array:
        """Gradient of the hyperbolic tangent.

        Args:
            Z: as in `forward`.
            dY: gradient with respect to f(Z), in the shape of Z.

        Returns:
            dZ: gradient with respect to Z, in the shape of Z.
        """
        ### BEGIN SOLUTION TanH.backward
        dZ = dY * (1 - self.forward(Z) ** 2)
        ### END SOLUTION
        return dZ


class ReLU(Activation):
    """f(z) = max(z, 0)."""

    def forward(self, Z: Array) -> Array:
        """Replace every negative number by zero.

        Args:
            Z: float array of any shape.

        Returns:
            Y: f(Z), in the shape of Z.
        """
        ### BEGIN SOLUTION ReLU.forward
        Y = np.maximum(Z, 0)
        ### END SOLUTION
        return Y

    def backward(self, Z: Array, dY: Array) -> Array:
        """Gradient of ReLU.

        Args:
            Z: as in `forward`.
            dY: gradient with respect to f(Z), in the shape of Z.

        Returns:
            dZ: gradient with respect to Z, in the shape of Z. At z = 0, where ReLU has a corner,
                any value from 0 to dY will do.
        """
        ### BEGIN SOLUTION ReLU.backward
        dZ = np.where(Z > 0, dY, 0)
        ### END SOLUTION
        return dZ


class SoftMax(Activation):
    """f(z)_c = exp(z_c) / sum over k of exp(z_k), for each row by itself."""

    def forward(self, Z: Array) -> Array:
        """Turn every row of scores into probabilities.

        Args:
            Z: (N, C) float, C scores for each of N examples. exp(1000) is infinite, but the
                probabilities of a row that holds 1000 are not nan.

        Returns:
            Y: (N, C), positive; every row sums to 1.
        """
        ### BEGIN SOLUTION SoftMax.forward
        powers = np.exp(Z - Z.max(axis=-1, keepdims=True))
        Y = powers / powers.sum(axis=-1, keepdims=True)
        ### END SOLUTION
        return Y

    def backward(self, Z: Array, dY: Array) -> Array:
        """Gradient of softmax: every score of a row moves all probabilities of that row.

        Args:
            Z: as in `forward`.
            dY: (N, C), gradient with respect to f(Z), of whatever loss: any numbers.

        Returns:
            dZ: (N, C), gradient with respect to Z: of each row, the product of its C x C Jacobian
                with its row of dY. Nothing is divided by N.
        """
        ### BEGIN SOLUTION SoftMax.backward
        Y = self.forward(Z)
        dZ = Y * (dY - (dY * Y).sum(axis=-1, keepdims=True))
        ### END SOLUTION
        return dZ


ACTIVATIONS: dict[str, type[Activation]] = {
    "linear": Linear,
    "arctan": ArcTan,
    "sigmoid": Sigmoid,
    "tanh": TanH,
    "relu": ReLU,
    "softmax": SoftMax,
}


def initialize_activation(name: str) -> Activation:
    """The activation of that name; ValueError for one that ACTIVATIONS does not have."""
    if name not in ACTIVATIONS:
        raise ValueError(f"there is no activation {name!r}: use one of {list(ACTIVATIONS)}")
    return ACTIVATIONS[name]()
