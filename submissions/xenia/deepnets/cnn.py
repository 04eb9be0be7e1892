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
        self.params: dict[str, Array] = {}
        self.reg = float(reg)
        self.dtype = np.dtype(dtype)
        self.conv_param = {"stride": 1, "pad": (filter_size - 1) // 2}
        self.pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        rng = np.random.default_rng(seed)
        channels, height, width = input_dim
        filters_shape = (num_filters, channels, filter_size, filter_size)
        pooled = num_filters * (height // 2) * (width // 2)
        self.params["W1"] = rng.normal(0.0, weight_scale, filters_shape)
        self.params["b1"] = np.zeros(num_filters)
        self.params["W2"] = rng.normal(0.0, weight_scale, (pooled, hidden_dim))
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["W3"] = rng.normal(0.0, weight_scale, (hidden_dim, num_classes))
        self.params["b3"] = np.zeros(num_classes)
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        conv_param, pool_param = self.conv_param, self.pool_param
        W1, W2, W3 = self.params["W1"], self.params["W2"], self.params["W3"]
        b1, b2, b3 = self.params["b1"], self.params["b2"], self.params["b3"]
        first, first_cache = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
        second, second_cache = affine_relu_forward(first, W2, b2)
        scores, third_cache = affine_forward(second, W3, b3)
        if y is None:
            return scores

        loss, d_scores = softmax_loss(scores, y)
        sum_of_squares = (W1**2).sum() + (W2**2).sum() + (W3**2).sum()
        loss = loss + 0.5 * self.reg * sum_of_squares

        grads: dict[str, Array] = {}
        d_second, d_W3, grads["b3"] = affine_backward(d_scores, third_cache)
        d_first, d_W2, grads["b2"] = affine_relu_backward(d_second, second_cache)
        d_images, d_W1, grads["b1"] = conv_relu_pool_backward(d_first, first_cache)
        grads["W1"] = d_W1 + self.reg * W1
        grads["W2"] = d_W2 + self.reg * W2
        grads["W3"] = d_W3 + self.reg * W3
        return loss, grads
