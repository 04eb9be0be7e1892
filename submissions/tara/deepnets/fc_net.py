from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from .arrays import Array, Labels
from .layer_utils import affine_relu_backward, affine_relu_forward
from .layers import (
    affine_backward,
    affine_forward,
    batchnorm_backward,
    batchnorm_forward,
    dropout_backward,
    dropout_forward,
    layernorm_backward,
    layernorm_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
)

INITIALIZATIONS = ("normal", "he", "zeros")
NORMALIZATIONS = (None, "batchnorm", "layernorm")


class TwoLayerNet:
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
        self.params: dict[str, Array] = {}
        self.reg = float(reg)
        self.dtype = np.dtype(dtype)
        rng = np.random.default_rng(seed)
        # weights small and random, biases zero
        first_shape = (input_dim, hidden_dim)
        second_shape = (hidden_dim, num_classes)
        self.params["W1"] = rng.normal(loc=0.0, scale=weight_scale, size=first_shape)
        self.params["b1"] = np.zeros((hidden_dim,))
        self.params["W2"] = rng.normal(loc=0.0, scale=weight_scale, size=second_shape)
        self.params["b2"] = np.zeros((num_classes,))
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        first_weights = self.params["W1"]
        second_weights = self.params["W2"]
        hidden_layer, hidden_cache = affine_relu_forward(X, first_weights, self.params["b1"])
        scores, output_cache = affine_forward(hidden_layer, second_weights, self.params["b2"])
        if y is None:
            return scores

        data_loss, d_scores = softmax_loss(scores, y)
        regularization_loss = np.sum(first_weights**2) + np.sum(second_weights**2)
        loss = data_loss + self.reg * regularization_loss

        grads: dict[str, Array] = {}
        d_hidden, d_second, d_second_bias = affine_backward(d_scores, output_cache)
        d_input, d_first, d_first_bias = affine_relu_backward(d_hidden, hidden_cache)
        grads["W1"] = d_first + 2 * self.reg * first_weights
        grads["b1"] = d_first_bias
        grads["W2"] = d_second + 2 * self.reg * second_weights
        grads["b2"] = d_second_bias
        return loss, grads


class FullyConnectedNet:
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
        _check_options(dropout_keep_ratio, normalization, initialization)
        self.params: dict[str, Array] = {}
        self.num_layers = 1 + len(hidden_dims)
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = float(reg)
        self.dtype = np.dtype(dtype)
        self.bn_params: list[dict[str, Any]] = [{} for _ in hidden_dims]
        self.dropout_param: dict[str, Any] = {"p": dropout_keep_ratio}
        if seed is not None:
            self.dropout_param["seed"] = seed
        rng = np.random.default_rng(seed)
        layer_sizes = []
        layer_sizes.append(input_dim)
        layer_sizes.extend(hidden_dims)
        layer_sizes.append(num_classes)
        for index in range(self.num_layers):
            rows = layer_sizes[index]
            columns = layer_sizes[index + 1]
            if initialization == "zeros":
                weights = np.zeros((rows, columns))
            elif initialization == "he":
                weights = rng.normal(0, np.sqrt(2 / rows), size=(rows, columns))
            else:
                weights = rng.normal(0, weight_scale, size=(rows, columns))
            self.params["W{}".format(index + 1)] = weights
            self.params["b{}".format(index + 1)] = np.zeros((columns,))
        if normalization is not None:
            raise NotImplementedError("FullyConnectedNet.batchnorm: replace this line with your code")
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
        layer_input = X
        hidden_caches = []
        # all layers but the last one have a ReLU behind them
        for index in range(1, self.num_layers):
            weights = self.params["W{}".format(index)]
            bias = self.params["b{}".format(index)]
            layer_input, layer_cache = affine_relu_forward(layer_input, weights, bias)
            hidden_caches.append(layer_cache)
        last_weights = self.params["W{}".format(self.num_layers)]
        last_bias = self.params["b{}".format(self.num_layers)]
        scores, last_cache = affine_forward(layer_input, last_weights, last_bias)
        if y is None:
            return scores

        loss, d_scores = softmax_loss(scores, y)
        sum_of_squares = 0.0
        for index in range(1, self.num_layers + 1):
            weights = self.params["W{}".format(index)]
            sum_of_squares = sum_of_squares + np.sum(weights * weights)
        loss = loss + self.reg * sum_of_squares

        grads: dict[str, Array] = {}
        d_layer, d_weights, d_bias = affine_backward(d_scores, last_cache)
        grads["W{}".format(self.num_layers)] = d_weights + self.reg * last_weights
        grads["b{}".format(self.num_layers)] = d_bias
        for index in reversed(range(1, self.num_layers)):
            d_layer, d_weights, d_bias = affine_relu_backward(d_layer, hidden_caches[index - 1])
            d_weights = d_weights + self.reg * self.params["W{}".format(index)]
            grads["W{}".format(index)] = d_weights
            grads["b{}".format(index)] = d_bias
        return loss, grads

    def hidden_forward(self, i: int, x: Array) -> tuple[Array, Any]:
        out, affine_cache = affine_forward(x, self.params[f"W{i}"], self.params[f"b{i}"])
        out, norm_cache = self.normalize_forward(i, out)
        out, relu_cache = relu_forward(out)
        dropout_cache = None
        if self.use_dropout:
            raise NotImplementedError("FullyConnectedNet.dropout: replace this line with your code")
        return out, (affine_cache, norm_cache, relu_cache, dropout_cache)

    def hidden_backward(self, i: int, dout: Array, cache: Any) -> tuple[Array, dict[str, Array]]:
        affine_cache, norm_cache, relu_cache, dropout_cache = cache
        if self.use_dropout:
            raise NotImplementedError("FullyConnectedNet.dropout: replace this line with your code")
        dout = relu_backward(dout, relu_cache)
        dout, grads = self.normalize_backward(i, dout, norm_cache)
        dx, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine_cache)
        return dx, grads

    def normalize_forward(self, i: int, x: Array) -> tuple[Array, Any]:
        out, cache = x, None
        if self.normalization == "batchnorm":
            raise NotImplementedError("FullyConnectedNet.batchnorm: replace this line with your code")
        elif self.normalization == "layernorm":
            raise NotImplementedError("FullyConnectedNet.layernorm: replace this line with your code")
        return out, cache

    def normalize_backward(self, i: int, dout: Array, cache: Any) -> tuple[Array, dict[str, Array]]:
        dx, grads = dout, {}
        if self.normalization == "batchnorm":
            raise NotImplementedError("FullyConnectedNet.batchnorm: replace this line with your code")
        elif self.normalization == "layernorm":
            raise NotImplementedError("FullyConnectedNet.layernorm: replace this line with your code")
        return dx, grads


def _check_options(keep_ratio: float, normalization: str | None, initialization: str) -> None:
    if initialization not in INITIALIZATIONS:
        raise ValueError(f"initialization is {initialization!r}: use one of {INITIALIZATIONS}")
    if normalization not in NORMALIZATIONS:
        raise ValueError(f"normalization is {normalization!r}: use one of {NORMALIZATIONS}")
    if not 0 < keep_ratio <= 1:
        raise ValueError(f"dropout_keep_ratio is {keep_ratio!r}: it must be in (0, 1]")
