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
        W1 = np.zeros((input_dim, hidden_dim))
        W2 = np.zeros((hidden_dim, num_classes))
        for W in (W1, W2):
            for i in range(W.shape[0]):
                for j in range(W.shape[1]):
                    W[i, j] = rng.normal(0, weight_scale)
        self.params = {"W1": W1, "b1": np.zeros(hidden_dim), "W2": W2, "b2": np.zeros(num_classes)}
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        out1, cache1 = affine_relu_forward(X, W1, b1)
        scores, cache2 = affine_forward(out1, W2, b2)
        if y is None:
            return scores

        loss, dscores = softmax_loss(scores, y)
        penalty = 0.0
        for W in (W1, W2):
            for weight in W.ravel():
                penalty += weight * weight
        loss = loss + self.reg * penalty / 2

        grads: dict[str, Array] = {}
        dout1, grads["W2"], grads["b2"] = affine_backward(dscores, cache2)
        dX, grads["W1"], grads["b1"] = affine_relu_backward(dout1, cache1)
        grads["W1"] += self.reg * W1
        grads["W2"] += self.reg * W2
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
        before = input_dim
        number = 1
        for after in list(hidden_dims) + [num_classes]:
            W = np.zeros((before, after))
            for i in range(before):
                for j in range(after):
                    if initialization == "normal":
                        W[i, j] = rng.normal(0, weight_scale)
                    if initialization == "he":
                        W[i, j] = rng.normal(0, (2 / before) ** 0.5)
            self.params["W" + str(number)] = W
            self.params["b" + str(number)] = np.zeros(after)
            before = after
            number += 1
        if normalization is not None:
            number = 1
            for width in hidden_dims:
                self.params["gamma" + str(number)] = np.ones(width)
                self.params["beta" + str(number)] = np.zeros(width)
                number += 1
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
        cache = {}
        out = X
        for i in range(1, self.num_layers + 1):
            W, b = self.params["W" + str(i)], self.params["b" + str(i)]
            if i < self.num_layers:
                out, cache[i] = self.hidden_forward(i, out)
            else:
                out, cache[i] = affine_forward(out, W, b)
        scores = out
        if y is None:
            return scores

        loss, dout = softmax_loss(scores, y)
        for i in range(1, self.num_layers + 1):
            for weight in self.params["W" + str(i)].ravel():
                loss += self.reg * weight ** 2 / 2

        grads: dict[str, Array] = {}
        i = self.num_layers
        while i > 0:
            if i == self.num_layers:
                dout, dW, db = affine_backward(dout, cache[i])
            else:
                dout, grads_of_layer = self.hidden_backward(i, dout, cache[i])
                dW, db = grads_of_layer["W" + str(i)], grads_of_layer["b" + str(i)]
                grads.update(grads_of_layer)
            grads["W" + str(i)] = dW + self.reg * self.params["W" + str(i)]
            grads["b" + str(i)] = db
            i -= 1
        return loss, grads

    def hidden_forward(self, i: int, x: Array) -> tuple[Array, Any]:
        out, affine_cache = affine_forward(x, self.params[f"W{i}"], self.params[f"b{i}"])
        out, norm_cache = self.normalize_forward(i, out)
        out, relu_cache = relu_forward(out)
        dropout_cache = None
        if self.use_dropout:
            out, dropout_cache = dropout_forward(out, self.dropout_param)
        return out, (affine_cache, norm_cache, relu_cache, dropout_cache)

    def hidden_backward(self, i: int, dout: Array, cache: Any) -> tuple[Array, dict[str, Array]]:
        affine_cache, norm_cache, relu_cache, dropout_cache = cache
        if self.use_dropout:
            dout = dropout_backward(dout, dropout_cache)
        dout = relu_backward(dout, relu_cache)
        dout, grads = self.normalize_backward(i, dout, norm_cache)
        dx, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine_cache)
        return dx, grads

    def normalize_forward(self, i: int, x: Array) -> tuple[Array, Any]:
        out, cache = x, None
        if self.normalization == "batchnorm":
            gamma, beta = self.params["gamma" + str(i)], self.params["beta" + str(i)]
            out, cache = batchnorm_forward(x, gamma, beta, self.bn_params[i - 1])
        elif self.normalization == "layernorm":
            gamma, beta = self.params["gamma" + str(i)], self.params["beta" + str(i)]
            out, cache = layernorm_forward(x, gamma, beta, self.bn_params[i - 1])
        return out, cache

    def normalize_backward(self, i: int, dout: Array, cache: Any) -> tuple[Array, dict[str, Array]]:
        dx, grads = dout, {}
        if self.normalization == "batchnorm":
            dx, dgamma, dbeta = batchnorm_backward(dout, cache)
            grads["gamma" + str(i)] = dgamma
            grads["beta" + str(i)] = dbeta
        elif self.normalization == "layernorm":
            dx, dgamma, dbeta = layernorm_backward(dout, cache)
            grads["gamma" + str(i)] = dgamma
            grads["beta" + str(i)] = dbeta
        return dx, grads


def _check_options(keep_ratio: float, normalization: str | None, initialization: str) -> None:
    if initialization not in INITIALIZATIONS:
        raise ValueError(f"initialization is {initialization!r}: use one of {INITIALIZATIONS}")
    if normalization not in NORMALIZATIONS:
        raise ValueError(f"normalization is {normalization!r}: use one of {NORMALIZATIONS}")
    if not 0 < keep_ratio <= 1:
        raise ValueError(f"dropout_keep_ratio is {keep_ratio!r}: it must be in (0, 1]")
