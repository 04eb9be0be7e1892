"""Convolutional classifiers built from layers."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from .arrays import Array, Labels
from .layer_utils import (
    affine_relu_backward,
    affine_relu_forward,
    conv_relu_pool_backward,
    conv_relu_pool_forward,
)
from .layers import affine_backward, affine_forward, softmax_loss


class ThreeLayerConvNet:
    """conv - relu - 2x2 max pool - affine - relu - affine - softmax.

    The convolution has stride 1 and keeps height and width; pooling halves them, and drops the last
    row or column of an odd number.

    Attributes:
        params: {"W1": (F, C, HH, WW), "b1": (F,), "W2": (F * (H // 2) * (W // 2), M), "b2": (M,),
            "W3": (M, K), "b3": (K,)}, arrays of the net's dtype. Weights are drawn from a normal
            distribution with mean 0 and standard deviation `weight_scale`; biases are zero.
        reg: strength of the L2 regularization of the weights.
    """

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (3, 32, 32),
        num_filters: int = 32,
        filter_size: int = 7,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float = 1e-3,
        reg: float = 0.0,
        dtype: DTypeLike = np.float32,
        seed: int | None = None,
    ) -> None:
        """Initialize the parameters.

        Args:
            input_dim: (C, H, W), channels, height and width of the images.
            num_filters: F, filters of the convolution.
            filter_size: HH = WW, an odd number.
            hidden_dim: M, width of the hidden affine layer.
            num_classes: K, width of the scores.
            weight_scale: standard deviation of the weights.
            reg: strength of the L2 regularization of the weights.
            dtype: dtype of parameters, scores and gradients.
            seed: the same seed gives the same weights.
        """
        self.params: dict[str, Array] = {}
        self.reg = float(reg)
        self.dtype = np.dtype(dtype)
        self.conv_param = {"stride": 1, "pad": (filter_size - 1) // 2}
        self.pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        rng = np.random.default_rng(seed)
        C, H, W = input_dim
        flat = num_filters * (H // 2) * (W // 2)
        sizes = {
            "1": (num_filters, C, filter_size, filter_size),
            "2": (flat, hidden_dim),
            "3": (hidden_dim, num_classes),
        }
        for layer, size in sizes.items():
            self.params["W" + layer] = weight_scale * rng.standard_normal(size)
            self.params["b" + layer] = np.zeros(size[0] if layer == "1" else size[1])
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        """Scores of a batch, or its loss and gradients.

        Args:
            X: (N, C, H, W) float, a batch of images.
            y: (N,) int labels in 0..K-1, or None.

        Returns:
            Without y: scores, (N, K).
            With y: (loss, grads). The loss is the mean softmax loss plus
            1/2 * reg * (sum of the squares of W1, W2 and W3); biases are not regularized.
            grads has the names and shapes of `params`.
        """
        X = X.astype(self.dtype)
        conv_param, pool_param = self.conv_param, self.pool_param
        p = self.params
        h1, cache1 = conv_relu_pool_forward(X, p["W1"], p["b1"], conv_param, pool_param)
        h2, cache2 = affine_relu_forward(h1, p["W2"], p["b2"])
        scores, cache3 = affine_forward(h2, p["W3"], p["b3"])
        if y is None:
            return scores

        loss, dscores = softmax_loss(scores, y)
        for name in ("W1", "W2", "W3"):
            loss += 0.5 * self.reg * np.sum(p[name] ** 2)

        grads: dict[str, Array] = {}
        dh2, grads["W3"], grads["b3"] = affine_backward(dscores, cache3)
        dh1, grads["W2"], grads["b2"] = affine_relu_backward(dh2, cache2)
        _, grads["W1"], grads["b1"] = conv_relu_pool_backward(dh1, cache1)
        for name in ("W1", "W2", "W3"):
            grads[name] = grads[name] + self.reg * p[name]
        return loss, grads
