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
        n1, n2 = input_dim * hidden_dim, hidden_dim * num_classes
        drawn = rng.normal(0.0, weight_scale, n1 + n2)
        self.params["b2"], self.params["b1"] = np.zeros(num_classes), np.zeros(hidden_dim)
        self.params["W2"] = drawn[:n2].reshape(hidden_dim, num_classes)
        self.params["W1"] = drawn[n2:].reshape(input_dim, hidden_dim)
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        p = self.params
        hidden, back1 = affine_relu_forward(X, p["W1"], p["b1"])
        scores, back2 = affine_forward(hidden, p["W2"], p["b2"])
        if y is None:
            return scores

        data_loss, dscores = softmax_loss(scores, y)
        squares = sum(np.einsum("ij,ij->", p[W], p[W]) for W in ("W1", "W2"))
        loss = data_loss + self.reg / 2 * squares

        grads: dict[str, Array] = {}
        dhidden, dW2, db2 = affine_backward(dscores, back2)
        dW1, db1 = affine_relu_backward(dhidden, back1)[1:]
        grads = {"b1": db1, "b2": db2, "W1": dW1 + self.reg * p["W1"], "W2": dW2 + self.reg * p["W2"]}
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
        sizes = [input_dim, *hidden_dims, num_classes]
        for l in range(self.num_layers, 0, -1):
            shape = sizes[l - 1], sizes[l]
            sigma = {"normal": weight_scale, "he": (2 / shape[0]) ** 0.5, "zeros": 0.0}[initialization]
            self.params[f"b{l}"] = np.zeros(shape[1])
            self.params[f"W{l}"] = (rng.standard_normal(shape[::-1]) * sigma).T
        if normalization is not None:
            raise NotImplementedError("FullyConnectedNet.batchnorm: replace this line with your code")
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
        p, tape, out = self.params, [], X
        for l in range(1, self.num_layers + 1):
            step = affine_forward if l == self.num_layers else affine_relu_forward
            out, back = step(out, p[f"W{l}"], p[f"b{l}"])
            tape.append(back)
        scores = out
        if y is None:
            return scores

        loss, dout = softmax_loss(scores, y)
        names = [name for name in p if name.startswith("W")]
        loss = loss + self.reg / 2 * sum(np.einsum("ij,ij->", p[W], p[W]) for W in names)

        grads: dict[str, Array] = {}
        step = affine_backward
        for l in range(self.num_layers, 0, -1):
            dout, grads[f"W{l}"], grads[f"b{l}"] = step(dout, tape[l - 1])
            step = affine_relu_backward
        for W in names:
            grads[W] = grads[W] + self.reg * p[W]
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
