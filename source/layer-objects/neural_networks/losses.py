"""Losses: how far predictions are from their targets.

Both methods take the target first. The mean over the examples is taken here and nowhere else: no
layer divides by N.
"""

from abc import ABC, abstractmethod

import numpy as np

from .arrays import Array

SMALLEST = 1e-12


class Loss(ABC):
    """What all losses have in common: a name, for messages."""

    name = ""

    def __init__(self, name: str = "") -> None:
        """`name` replaces the usual one."""
        self.name = name or self.name

    @abstractmethod
    def forward(self, Y: Array, Y_hat: Array) -> float:
        """The loss of the predictions `Y_hat` for the target `Y`."""

    @abstractmethod
    def backward(self, Y: Array, Y_hat: Array) -> Array:
        """Its gradient with respect to `Y_hat`."""


class CrossEntropy(Loss):
    """-1/N * sum of Y * log(Y_hat), the mean surprise at the true classes.

    log(0) is minus infinity. Probabilities below SMALLEST = 1e-12 are therefore taken for 1e-12, in
    both methods; this is given.
    """

    name = "cross_entropy"

    def forward(self, Y: Array, Y_hat: Array) -> float:
        """Mean cross-entropy.

        Args:
            Y: (N, C) float, targets: a 1 for the true class of each row and else zeros, or any
                probabilities.
            Y_hat: (N, C) float, predicted probabilities.

        Returns:
            loss: a number.
        """
        Y_hat = np.maximum(Y_hat, SMALLEST)
        ### BEGIN SOLUTION CrossEntropy.forward
        loss = -np.sum(Y * np.log(Y_hat)) / len(Y)
        ### END SOLUTION
        return float(loss)

    def backward(self, Y: Array, Y_hat: Array) -> Array:
        """Gradient with respect to the probabilities, not to the scores below a softmax.

        Args:
            Y, Y_hat: as in `forward`.

        Returns:
            dY_hat: (N, C), gradient with respect to Y_hat.
        """
        Y_hat = np.maximum(Y_hat, SMALLEST)
        ### BEGIN SOLUTION CrossEntropy.backward
        dY_hat = -Y / Y_hat / len(Y)
        ### END SOLUTION
        return dY_hat


class L2(Loss):
    """1/(2N) * sum of (Y_hat - Y)**2, for targets that are any numbers."""

    name = "l2"

    def forward(self, Y: Array, Y_hat: Array) -> float:
        """Half of the mean squared distance of a row of Y_hat from its target.

        Args:
            Y: (N, D) float, targets.
            Y_hat: (N, D) float, predictions.

        Returns:
            loss: a number.
        """
        ### BEGIN SOLUTION L2.forward
        loss = np.sum((Y_hat - Y) ** 2) / (2 * len(Y))
        ### END SOLUTION
        return float(loss)

    def backward(self, Y: Array, Y_hat: Array) -> Array:
        """Gradient of the loss.

        Args:
            Y, Y_hat: as in `forward`.

        Returns:
            dY_hat: (N, D), gradient with respect to Y_hat.
        """
        ### BEGIN SOLUTION L2.backward
        dY_hat = (Y_hat - Y) / len(Y)
        ### END SOLUTION
        return dY_hat


LOSSES: dict[str, type[Loss]] = {"cross_entropy": CrossEntropy, "l2": L2}


def initialize_loss(name: str) -> Loss:
    """The loss of that name; ValueError for one that LOSSES does not have."""
    if name not in LOSSES:
        raise ValueError(f"there is no loss {name!r}: use one of {list(LOSSES)}")
    return LOSSES[name](name)
