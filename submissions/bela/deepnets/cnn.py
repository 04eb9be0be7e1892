from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from .arrays import Array, Labels
from .layer_utils import affine_relu_backward, affine_relu_forward
from .layers import (
    affine_backward,
    affine_forward,
    conv_backward_naive,
    conv_forward_naive,
    max_pool_backward_naive,
    max_pool_forward_naive,
    relu_backward,
    relu_forward,
    softmax_loss,
)


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
        C, H, W = input_dim
        W1 = np.zeros((num_filters, C, filter_size, filter_size))
        W2 = np.zeros((num_filters * (H // 2) * (W // 2), hidden_dim))
        W3 = np.zeros((hidden_dim, num_classes))
        for weights in (W1, W2, W3):
            for index in np.ndindex(weights.shape):
                weights[index] = rng.normal(0, weight_scale)
        self.params = {"W1": W1, "W2": W2, "W3": W3}
        self.params["b1"] = np.zeros(num_filters)
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["b3"] = np.zeros(num_classes)
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        conv_param, pool_param = self.conv_param, self.pool_param
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        W3, b3 = self.params["W3"], self.params["b3"]
        out, conv_cache = conv_forward_naive(X, W1, b1, conv_param)
        out, relu_cache = relu_forward(out)
        out, pool_cache = max_pool_forward_naive(out, pool_param)
        out, hidden_cache = affine_relu_forward(out, W2, b2)
        scores, scores_cache = affine_forward(out, W3, b3)
        if y is None:
            return scores

        loss, dout = softmax_loss(scores, y)
        for W in (W1, W2, W3):
            for weight in W.ravel():
                loss += self.reg * weight ** 2 / 2

        grads: dict[str, Array] = {}
        dout, dW3, grads["b3"] = affine_backward(dout, scores_cache)
        dout, dW2, grads["b2"] = affine_relu_backward(dout, hidden_cache)
        dout = max_pool_backward_naive(dout, pool_cache)
        dout = relu_backward(dout, relu_cache)
        dX, dW1, grads["b1"] = conv_backward_naive(dout, conv_cache)
        grads["W1"] = dW1 + self.reg * W1
        grads["W2"] = dW2 + self.reg * W2
        grads["W3"] = dW3 + self.reg * W3
        return loss, grads
