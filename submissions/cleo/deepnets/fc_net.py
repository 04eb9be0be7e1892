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
        raise NotImplementedError("TwoLayerNet.init: replace this line with your code")
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        raise NotImplementedError("TwoLayerNet.scores: replace this line with your code")
        if y is None:
            return scores

        raise NotImplementedError("TwoLayerNet.loss: replace this line with your code")

        grads: dict[str, Array] = {}
        raise NotImplementedError("TwoLayerNet.gradients: replace this line with your code")
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
        raise NotImplementedError("FullyConnectedNet.init: replace this line with your code")
        if normalization is not None:
            raise NotImplementedError("FullyConnectedNet.batchnorm: replace this line with your code")
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        X = X.astype(self.dtype)
        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
        raise NotImplementedError("FullyConnectedNet.scores: replace this line with your code")
        if y is None:
            return scores

        raise NotImplementedError("FullyConnectedNet.loss: replace this line with your code")

        grads: dict[str, Array] = {}
        raise NotImplementedError("FullyConnectedNet.gradients: replace this line with your code")
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
