"""Fully connected classifiers built from layers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from .layer_utils import affine_relu_backward, affine_relu_forward
from .arrays import Array, Labels
from .layers import affine_backward, affine_forward, softmax_loss

INITIALIZATIONS = ("normal", "he", "zeros")
NORMALIZATIONS = (None, "batchnorm", "layernorm")


class TwoLayerNet:
    """affine - relu - affine - softmax.

    Attributes:
        params: {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}, arrays of the net's dtype.
            Weights are drawn from a normal distribution with mean 0 and standard deviation
            `weight_scale`; biases are zero.
        reg: strength of the L2 regularization of the weights.
    """

    def __init__(
        self,
        input_dim: int = 3 * 32 * 32,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float = 1e-3,
        reg: float = 0.0,
        dtype: DTypeLike = np.float64,
        seed: int | None = None,
    ) -> None:
        """D = input_dim, H = hidden_dim, C = num_classes; the same seed gives the same weights."""
        self.params: dict[str, Array] = {}
        self.reg = float(reg)
        self.dtype = np.dtype(dtype)
        rng = np.random.default_rng(seed)
        raise NotImplementedError("TwoLayerNet.init: replace this line with your code")
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        """Scores of a batch, or its loss and gradients.

        Args:
            X: (N, d_1, ..., d_k) float, a batch of examples.
            y: (N,) int labels in 0..C-1, or None.

        Returns:
            Without y: scores, (N, C).
            With y: (loss, grads). The loss is the mean softmax loss plus
            1/2 * reg * (sum of W1**2 + sum of W2**2); biases are not regularized.
            grads has the names and shapes of `params`.
        """
        X = X.astype(self.dtype)
        raise NotImplementedError("TwoLayerNet.scores: replace this line with your code")
        if y is None:
            return scores

        raise NotImplementedError("TwoLayerNet.loss: replace this line with your code")

        grads: dict[str, Array] = {}
        raise NotImplementedError("TwoLayerNet.gradients: replace this line with your code")
        return loss, grads


class FullyConnectedNet:
    """{affine - relu} x (L - 1) - affine - softmax, for any number L >= 1 of layers.

    Attributes:
        params: {"W1", "b1", ..., "WL", "bL"}, arrays of the net's dtype; layer i maps its input of
            width d to width m by Wi (d, m) and bi (m,). Biases start at zero.
        num_layers: L, one more than the number of hidden layers.
        reg: strength of the L2 regularization of the weights.
    """

    def __init__(
        self,
        hidden_dims: Sequence[int],
        input_dim: int = 3 * 32 * 32,
        num_classes: int = 10,
        dropout_keep_ratio: float = 1,
        normalization: str | None = None,
        reg: float = 0.0,
        weight_scale: float = 1e-2,
        initialization: str = "normal",
        dtype: DTypeLike = np.float32,
        seed: int | None = None,
    ) -> None:
        """Initialize the parameters.

        Args:
            hidden_dims: widths of the hidden layers: any sequence of ints, possibly empty.
            input_dim: D, numbers per example.
            num_classes: C, width of the scores.
            dropout_keep_ratio: must be 1 (no dropout) in this assignment.
            normalization: must be None in this assignment.
            reg: strength of the L2 regularization of the weights.
            weight_scale: standard deviation of the weights for initialization "normal".
            initialization: "normal": mean 0, standard deviation `weight_scale`;
                "he": mean 0, standard deviation sqrt(2 / width of the layer's input);
                "zeros": every weight is zero.
            dtype: dtype of parameters, scores and gradients.
            seed: the same seed gives the same weights.
        """
        _check_options(dropout_keep_ratio, normalization, initialization)
        self.params: dict[str, Array] = {}
        self.num_layers = 1 + len(hidden_dims)
        self.reg = float(reg)
        self.dtype = np.dtype(dtype)
        rng = np.random.default_rng(seed)
        raise NotImplementedError("FullyConnectedNet.init: replace this line with your code")
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        """Scores of a batch, or its loss and gradients.

        Args:
            X: (N, d_1, ..., d_k) float, a batch of examples.
            y: (N,) int labels in 0..C-1, or None.

        Returns:
            Without y: scores, (N, C).
            With y: (loss, grads). The loss is the mean softmax loss plus
            1/2 * reg * (sum of the squares of all weights); biases are not regularized.
            grads has the names and shapes of `params`.
        """
        X = X.astype(self.dtype)
        raise NotImplementedError("FullyConnectedNet.scores: replace this line with your code")
        if y is None:
            return scores

        raise NotImplementedError("FullyConnectedNet.loss: replace this line with your code")

        grads: dict[str, Array] = {}
        raise NotImplementedError("FullyConnectedNet.gradients: replace this line with your code")
        return loss, grads


def _check_options(keep_ratio: float, normalization: str | None, initialization: str) -> None:
    if initialization not in INITIALIZATIONS:
        raise ValueError(f"initialization is {initialization!r}: use one of {INITIALIZATIONS}")
    if normalization not in NORMALIZATIONS:
        raise ValueError(f"normalization is {normalization!r}: use one of {NORMALIZATIONS}")
    if normalization is not None:
        raise NotImplementedError("normalization comes in a later assignment: leave it at None")
    if keep_ratio != 1:
        raise NotImplementedError("dropout comes in a later assignment: leave the keep ratio at 1")
