from typing import Any

import numpy as np

from .arrays import AffineCache, Array, ConvCache, Labels, PoolCache


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    out = x.reshape(x.shape[0], w.shape[0]) @ w + b
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    x, w, _ = cache
    x = x.reshape(len(x), w.shape[0])
    dx = np.dot(dout, w.T)
    dx.shape = cache[0].shape
    dw = np.dot(x.T, dout)
    db = dout.sum(axis=0)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    x[x < 0] = 0  # saves the memory for a second array
    out = x
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    x = cache
    dout[x <= 0] = 0
    dx = dout
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    n = range(len(x))
    x -= x.max(axis=1, keepdims=True)
    right = x[n, y].copy()
    np.exp(x, out=x)
    sums = x.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - right)
    x /= sums
    x[n, y] -= 1
    x /= len(x)
    dx = x
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    n = range(len(x))
    x += 1 - x[n, y][:, None]
    x[n, y] = 0
    x[x < 0] = 0
    loss = x.sum() / len(x)
    x[x > 0] = 1
    x[n, y] = -x.sum(axis=1)
    x /= len(x)
    dx = x
    return loss, dx


def batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    mode = bn_param["mode"]
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], x.dtype))
    if mode == "train":
        raise NotImplementedError("batchnorm_forward: replace this line with your code")
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    elif mode == "test":
        cache = None
        raise NotImplementedError("batchnorm_forward: replace this line with your code")
    else:
        raise ValueError(f"mode is {mode!r}: use 'train' or 'test'")
    return out, cache


def batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("batchnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("batchnorm_backward_alt: replace this line with your code")
    return dx, dgamma, dbeta


def layernorm_forward(
    x: Array, gamma: Array, beta: Array, ln_param: dict[str, Any]
) -> tuple[Array, Any]:
    eps = ln_param.get("eps", 1e-5)
    raise NotImplementedError("layernorm_forward: replace this line with your code")
    return out, cache


def layernorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("layernorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def dropout_forward(x: Array, dropout_param: dict[str, Any]) -> tuple[Array, Any]:
    p, mode = dropout_param["p"], dropout_param["mode"]
    rng = np.random.default_rng(dropout_param.get("seed"))
    mask = None
    if mode == "train":
        raise NotImplementedError("dropout_forward: replace this line with your code")
    elif mode == "test":
        raise NotImplementedError("dropout_forward: replace this line with your code")
    else:
        raise ValueError(f"mode is {mode!r}: use 'train' or 'test'")
    return out, (dropout_param, mask)


def dropout_backward(dout: Array, cache: Any) -> Array:
    dropout_param, mask = cache
    dx = dout
    if dropout_param["mode"] == "train":
        raise NotImplementedError("dropout_backward: replace this line with your code")
    return dx


def conv_forward_naive(
    x: Array, w: Array, b: Array, conv_param: dict[str, int]
) -> tuple[Array, ConvCache]:
    stride, pad = conv_param["stride"], conv_param["pad"]
    raise NotImplementedError("conv_forward_naive: replace this line with your code")
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    x, w, _, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    raise NotImplementedError("conv_backward_naive: replace this line with your code")
    return dx, dw, db


def max_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, PoolCache]:
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    raise NotImplementedError("max_pool_forward_naive: replace this line with your code")
    return out, (x, pool_param)


def max_pool_backward_naive(dout: Array, cache: PoolCache) -> Array:
    x, pool_param = cache
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    raise NotImplementedError("max_pool_backward_naive: replace this line with your code")
    return dx


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    raise NotImplementedError("spatial_batchnorm_forward: replace this line with your code")
    return out, cache


def spatial_batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("spatial_batchnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: dict[str, float]
) -> tuple[Array, Any]:
    eps = gn_param.get("eps", 1e-5)
    raise NotImplementedError("spatial_groupnorm_forward: replace this line with your code")
    return out, cache


def spatial_groupnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("spatial_groupnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta
