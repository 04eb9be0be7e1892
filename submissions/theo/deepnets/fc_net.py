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
        self.params["W1"] = weight_scale * rng.standard_normal((input_dim, hidden_dim))
        self.params["W2"] = weight_scale * rng.standard_normal((hidden_dim, num_classes))
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["b2"] = np.zeros(num_classes)
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        h, cache1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
        scores, cache2 = affine_forward(h, self.params["W2"], self.params["b2"])
        if y is None:
            return scores

        loss, dscores = softmax_loss(scores, y)
        for name in ("W1", "W2"):
            loss += 0.5 * self.reg * np.sum(self.params[name] ** 2)

        grads: dict[str, Array] = {}
        dh, grads["W2"], grads["b2"] = affine_backward(dscores, cache2)
        _, grads["W1"], grads["b1"] = affine_relu_backward(dh, cache1)
        for name in ("W1", "W2"):
            grads[name] = grads[name] + self.reg * self.params[name]
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
        widths = [input_dim] + list(hidden_dims) + [num_classes]
        for layer, (n, m) in enumerate(zip(widths, widths[1:]), 1):
            if initialization == "he":
                std = np.sqrt(2.0 / n)
            elif initialization == "zeros":
                std = 0.0
            else:
                std = weight_scale
            self.params["W%d" % layer] = std * rng.standard_normal((n, m))
            self.params["b%d" % layer] = np.zeros(m)
        if normalization is not None:
            raise NotImplementedError("FullyConnectedNet.batchnorm: replace this line with your code")
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
        h = X
        caches = []
        for layer in range(1, self.num_layers):
            h, cache = affine_relu_forward(h, self.params["W%d" % layer], self.params["b%d" % layer])
            caches.append(cache)
        L = self.num_layers
        scores, last_cache = affine_forward(h, self.params["W%d" % L], self.params["b%d" % L])
        if y is None:
            return scores

        loss, dscores = softmax_loss(scores, y)
        for layer in range(1, L + 1):
            loss += 0.5 * self.reg * np.sum(self.params["W%d" % layer] ** 2)

        grads: dict[str, Array] = {}
        dh, dW, db = affine_backward(dscores, last_cache)
        grads["W%d" % L], grads["b%d" % L] = dW + self.reg * self.params["W%d" % L], db
        for layer in range(L - 1, 0, -1):
            dh, dW, db = affine_relu_backward(dh, caches.pop())
            grads["W%d" % layer] = dW + self.reg * self.params["W%d" % layer]
            grads["b%d" % layer] = db
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
