"""Fully connected classifiers built from layers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from .arrays import Array, Labels
from .layer_utils import affine_relu_backward, affine_relu_forward
from .layers import (
    affine_backward,
    affine_forward,
    batchnorm_backward_alt,
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
        self.params["W1"] = weight_scale * rng.standard_normal((input_dim, hidden_dim))
        self.params["W2"] = weight_scale * rng.standard_normal((hidden_dim, num_classes))
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["b2"] = np.zeros(num_classes)
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
    """{affine - [batch or layer norm] - relu - [dropout]} x (L - 1) - affine - softmax, L >= 1.

    A hidden layer is `hidden_forward` and `hidden_backward`. In a net without normalization and
    dropout, these are an affine layer and a ReLU.

    Attributes:
        params: {"W1", "b1", ..., "WL", "bL"}, arrays of the net's dtype; layer i maps its input of
            width d to width m by Wi (d, m) and bi (m,). Biases start at zero. With a
            normalization, also "gamma1", "beta1", ..., one pair (m,) per hidden layer: ones and
            zeros.
        num_layers: L, one more than the number of hidden layers.
        reg: strength of the L2 regularization of the weights.
        bn_params: one dict per hidden layer, for `batchnorm_forward` or `layernorm_forward`: the
            first belongs to layer 1.
        dropout_param: the dict for `dropout_forward`, the same for all layers.
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
            dropout_keep_ratio: probability of keeping a unit, in (0, 1]; 1 is no dropout.
            normalization: "batchnorm", "layernorm" or None.
            reg: strength of the L2 regularization of the weights.
            weight_scale: standard deviation of the weights for initialization "normal".
            initialization: "normal": mean 0, standard deviation `weight_scale`;
                "he": mean 0, standard deviation sqrt(2 / width of the layer's input);
                "zeros": every weight is zero.
            dtype: dtype of parameters, scores and gradients.
            seed: the same seed gives the same weights. It is dropout's seed too: with it every
                call drops the same units, as checking gradients asks for; train without it.

        Raises:
            ValueError: another word, or a ratio outside of (0, 1].
        """
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
            for layer, m in enumerate(hidden_dims, 1):
                self.params["gamma%d" % layer] = np.ones(m)
                self.params["beta%d" % layer] = np.zeros(m)
        self.params = {name: value.astype(self.dtype) for name, value in self.params.items()}

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        """Scores of a batch, or its loss and gradients.

        Args:
            X: (N, d_1, ..., d_k) float, a batch of examples.
            y: (N,) int labels in 0..C-1, or None.

        Returns:
            Without y: scores, (N, C), as in the test: normalized by running averages, no dropout.
            With y: (loss, grads), as in training. The loss is the mean softmax loss plus
            1/2 * reg * (sum of the squares of all weights); biases, gammas and betas are not
            regularized. grads has the names and shapes of `params`.
        """
        X = X.astype(self.dtype)
        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
        h = X
        caches = []
        for layer in range(1, self.num_layers):
            h, cache = self.hidden_forward(layer, h)
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
            dh, of_layer = self.hidden_backward(layer, dh, caches.pop())
            grads.update(of_layer)
            grads["W%d" % layer] += self.reg * self.params["W%d" % layer]
        return loss, grads

    def hidden_forward(self, i: int, x: Array) -> tuple[Array, Any]:
        """Hidden layer i (1 for the first): affine - [normalization] - relu - [dropout].

        Args:
            i: number of the layer, as in the names of its parameters.
            x: (N, d) float, or for the first layer of any shape (N, d_1, ..., d_k).

        Returns:
            out: (N, m) float.
            cache: for `hidden_backward`.
        """
        out, affine_cache = affine_forward(x, self.params[f"W{i}"], self.params[f"b{i}"])
        out, norm_cache = self.normalize_forward(i, out)
        out, relu_cache = relu_forward(out)
        dropout_cache = None
        if self.use_dropout:
            out, dropout_cache = dropout_forward(out, self.dropout_param)
        return out, (affine_cache, norm_cache, relu_cache, dropout_cache)

    def hidden_backward(self, i: int, dout: Array, cache: Any) -> tuple[Array, dict[str, Array]]:
        """Gradients of `hidden_forward`.

        Args:
            i: number of the layer.
            dout: (N, m) float, gradient with respect to the output of the layer.
            cache: as `hidden_forward` returned it.

        Returns:
            dx: gradient with respect to x, in the shape of x.
            grads: the gradients of the layer's parameters by name: Wi, bi, and gammai and betai
                if there is a normalization; without regularization.
        """
        affine_cache, norm_cache, relu_cache, dropout_cache = cache
        if self.use_dropout:
            dout = dropout_backward(dout, dropout_cache)
        dout = relu_backward(dout, relu_cache)
        dout, grads = self.normalize_backward(i, dout, norm_cache)
        dx, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine_cache)
        return dx, grads

    def normalize_forward(self, i: int, x: Array) -> tuple[Array, Any]:
        """The normalization of hidden layer i, or x itself; shapes as in `batchnorm_forward`."""
        out, cache = x, None
        if self.normalization == "batchnorm":
            scale, shift = self.params["gamma%d" % i], self.params["beta%d" % i]
            out, cache = batchnorm_forward(x, scale, shift, self.bn_params[i - 1])
        elif self.normalization == "layernorm":
            scale, shift = self.params["gamma%d" % i], self.params["beta%d" % i]
            out, cache = layernorm_forward(x, scale, shift, self.bn_params[i - 1])
        return out, cache

    def normalize_backward(self, i: int, dout: Array, cache: Any) -> tuple[Array, dict[str, Array]]:
        """Gradients of `normalize_forward`: dx, and those of gammai and betai by name."""
        dx, grads = dout, {}
        if self.normalization == "batchnorm":
            dx, dgamma, dbeta = batchnorm_backward_alt(dout, cache)
            grads = {"gamma%d" % i: dgamma, "beta%d" % i: dbeta}
        elif self.normalization == "layernorm":
            dx, dgamma, dbeta = layernorm_backward(dout, cache)
            grads = {"gamma%d" % i: dgamma, "beta%d" % i: dbeta}
        return dx, grads


def _check_options(keep_ratio: float, normalization: str | None, initialization: str) -> None:
    if initialization not in INITIALIZATIONS:
        raise ValueError(f"initialization is {initialization!r}: use one of {INITIALIZATIONS}")
    if normalization not in NORMALIZATIONS:
        raise ValueError(f"normalization is {normalization!r}: use one of {NORMALIZATIONS}")
    if not 0 < keep_ratio <= 1:
        raise ValueError(f"dropout_keep_ratio is {keep_ratio!r}: it must be in (0, 1]")
