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
        raise NotImplementedError("ThreeLayerConvNet.init: replace this line with your code")
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
        raise NotImplementedError("ThreeLayerConvNet.scores: replace this line with your code")
        if y is None:
            return scores

        raise NotImplementedError("ThreeLayerConvNet.loss: replace this line with your code")

        grads: dict[str, Array] = {}
        raise NotImplementedError("ThreeLayerConvNet.gradients: replace this line with your code")
        return loss, grads
