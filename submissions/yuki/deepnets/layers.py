from typing import Any

import numpy as np

from .arrays import AffineCache, Array, ConvCache, Labels, PoolCache


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    # flatten every example first, then one matrix product for the whole batch
    num_examples = x.shape[0]
    num_features = w.shape[0]
    x_flat = np.reshape(x, (num_examples, num_features))
    out = np.matmul(x_flat, w)
    out = out + b[np.newaxis, :]
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    x, w, _ = cache
    num_examples = x.shape[0]
    num_features = w.shape[0]
    x_flat = np.reshape(x, (num_examples, num_features))
    # shapes: dout (N, M), w (D, M) -> dx (N, D)
    dx_flat = np.matmul(dout, np.transpose(w))
    dx = np.reshape(dx_flat, x.shape)
    # (D, N) x (N, M) -> (D, M)
    dw = np.matmul(np.transpose(x_flat), dout)
    # the bias is added to every example, so its gradients add up
    db = np.matmul(np.ones(num_examples), dout)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    is_positive = x > 0
    out = x * is_positive
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    x = cache
    # the gradient only flows where the input was positive
    is_positive = x > 0
    dx = dout * is_positive
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    num_examples, num_classes = x.shape
    # subtract the maximum of each row so that exp() does not overflow
    row_max = np.amax(x, axis=1).reshape(num_examples, 1)
    shifted = x - row_max
    log_sum = np.log(np.sum(np.exp(shifted), axis=1)).reshape(num_examples, 1)
    log_probabilities = shifted - log_sum
    picked = log_probabilities[np.arange(num_examples), y]
    loss = -np.sum(picked) / num_examples
    # derivative: p - 1 for the right class, p for the others
    dx = np.exp(log_probabilities)
    dx[np.arange(num_examples), y] = dx[np.arange(num_examples), y] - 1
    dx = dx / num_examples
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    num_examples, num_classes = x.shape
    correct_scores = np.zeros((num_examples, 1))
    for n in range(num_examples):
        correct_scores[n, 0] = x[n, y[n]]
    margins = x - correct_scores + 1
    margins[np.arange(num_examples), y] = 0
    positive = margins > 0
    loss = np.sum(margins[positive]) / num_examples
    dx = np.zeros(x.shape)
    dx[positive] = 1
    how_many = np.sum(positive, axis=1)
    dx[np.arange(num_examples), y] = -how_many
    dx = dx / num_examples
    return loss, dx


def batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    mode = bn_param["mode"]
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], x.dtype))
    if mode == "train":
        # statistics of the batch, one per feature
        batch_mean = x.mean(axis=0)
        batch_var = x.var(axis=0)
        deviation = np.sqrt(batch_var + eps)
        normalized = (x - batch_mean) / deviation
        out = normalized * gamma + beta
        running_mean = momentum * running_mean + (1 - momentum) * batch_mean
        running_var = momentum * running_var + (1 - momentum) * batch_var
        cache = {"normalized": normalized, "deviation": deviation, "gamma": gamma}
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    elif mode == "test":
        cache = None
        normalized = (x - running_mean) / np.sqrt(running_var + eps)
        out = normalized * gamma + beta
    else:
        raise ValueError(f"mode is {mode!r}: use 'train' or 'test'")
    return out, cache


def batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    normalized, deviation = cache["normalized"], cache["deviation"]
    num_examples = dout.shape[0]
    dbeta = dout.sum(axis=0)
    dgamma = (dout * normalized).sum(axis=0)
    dnormalized = dout * cache["gamma"]
    # the three ways back to x: directly, through the mean, through the deviation
    direct = dnormalized / deviation
    through_mean = -direct.sum(axis=0) / num_examples
    through_deviation = -normalized * (direct * normalized).sum(axis=0) / num_examples
    dx = direct + through_mean + through_deviation
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    normalized, deviation = cache["normalized"], cache["deviation"]
    num_examples = dout.shape[0]
    dbeta = dout.sum(axis=0)
    dgamma = (dout * normalized).sum(axis=0)
    dx = dout - dbeta / num_examples - normalized * dgamma / num_examples
    dx = dx * cache["gamma"] / deviation
    return dx, dgamma, dbeta


def layernorm_forward(
    x: Array, gamma: Array, beta: Array, ln_param: dict[str, Any]
) -> tuple[Array, Any]:
    eps = ln_param.get("eps", 1e-5)
    mean = x.mean(axis=1).reshape(-1, 1)
    deviation = np.sqrt(x.var(axis=1) + eps).reshape(-1, 1)
    normalized = (x - mean) / deviation
    out = normalized * gamma + beta
    cache = {"normalized": normalized, "deviation": deviation, "gamma": gamma}
    return out, cache


def layernorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    normalized, deviation = cache["normalized"], cache["deviation"]
    num_features = dout.shape[1]
    dbeta = dout.sum(axis=0)
    dgamma = (dout * normalized).sum(axis=0)
    direct = dout * cache["gamma"] / deviation
    through_mean = -direct.sum(axis=1, keepdims=True) / num_features
    along = (direct * normalized).sum(axis=1, keepdims=True)
    dx = direct + through_mean - normalized * along / num_features
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
    num_images, _, height, width = x.shape
    num_filters, _, filter_height, filter_width = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    out_height = (height + 2 * pad - filter_height) // stride + 1
    out_width = (width + 2 * pad - filter_width) // stride + 1
    out = np.zeros((num_images, num_filters, out_height, out_width), dtype=x.dtype)
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + filter_height, left : left + filter_width]
            for f in range(num_filters):
                out[:, f, i, j] = (window * w[f]).sum(axis=(1, 2, 3)) + b[f]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    x, w, _, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    num_images, _, height, width = x.shape
    num_filters, _, filter_height, filter_width = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    d_padded = np.zeros_like(padded)
    dw = np.zeros_like(w)
    db = dout.sum(axis=(0, 2, 3))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + filter_height)
            columns = slice(j * stride, j * stride + filter_width)
            for f in range(num_filters):
                d = dout[:, f, i, j].reshape(num_images, 1, 1, 1)
                dw[f] += (d * padded[:, :, rows, columns]).sum(axis=0)
                d_padded[:, :, rows, columns] += d * w[f]
    dx = d_padded[:, :, pad : pad + height, pad : pad + width]
    return dx, dw, db


def max_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, PoolCache]:
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    num_images, num_channels, height, width = x.shape
    out_height = (height - pool_height) // stride + 1
    out_width = (width - pool_width) // stride + 1
    out = np.zeros((num_images, num_channels, out_height, out_width), dtype=x.dtype)
    for i in range(out_height):
        for j in range(out_width):
            top, left = i * stride, j * stride
            out[:, :, i, j] = x[:, :, top : top + pool_height, left : left + pool_width].max((2, 3))
    return out, (x, pool_param)


def max_pool_backward_naive(dout: Array, cache: PoolCache) -> Array:
    x, pool_param = cache
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    top, left = i * stride, j * stride
                    window = x[n, c, top : top + pool_height, left : left + pool_width]
                    row, column = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, top + row, left + column] += dout[n, c, i, j]
    return dx


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    num_images, num_channels, height, width = x.shape
    by_channel = x.reshape(-1, num_channels)
    normalized, cache = batchnorm_forward(by_channel, gamma, beta, bn_param)
    out = normalized.reshape(x.shape)
    return out, cache


def spatial_batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    num_images, num_channels, height, width = dout.shape
    by_channel = dout.reshape(-1, num_channels)
    dx, dgamma, dbeta = batchnorm_backward(by_channel, cache)
    dx = dx.reshape(dout.shape)
    return dx, dgamma, dbeta


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: dict[str, float]
) -> tuple[Array, Any]:
    eps = gn_param.get("eps", 1e-5)
    rows = x.reshape(x.shape[0] * G, -1)
    mean = rows.mean(axis=1, keepdims=True)
    deviation = np.sqrt(rows.var(axis=1, keepdims=True) + eps)
    normalized = ((rows - mean) / deviation).reshape(x.shape)
    out = normalized * gamma + beta
    cache = {"normalized": normalized, "deviation": deviation, "gamma": gamma, "G": G}
    return out, cache


def spatial_groupnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    normalized = cache["normalized"]
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * normalized).sum(axis=(0, 2, 3), keepdims=True)
    rows = (dout * cache["gamma"]).reshape(dout.shape[0] * cache["G"], -1)
    flat = normalized.reshape(rows.shape)
    along = (rows * flat).mean(axis=1, keepdims=True)
    dx = (rows - rows.mean(axis=1, keepdims=True) - flat * along) / cache["deviation"]
    dx = dx.reshape(dout.shape)
    return dx, dgamma, dbeta
