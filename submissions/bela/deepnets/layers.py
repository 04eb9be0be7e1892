from typing import Any

import numpy as np

from .arrays import AffineCache, Array, ConvCache, Labels, PoolCache


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    N, M = x.shape[0], w.shape[1]
    out = np.zeros((N, M))
    for i in range(N):
        row = x[i].ravel()
        for j in range(M):
            total = b[j]
            for k in range(len(row)):
                total = total + row[k] * w[k, j]
            out[i, j] = total
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    x, w, _ = cache
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for i in range(x.shape[0]):
        row = x[i].ravel()
        drow = np.zeros(len(row))
        for j in range(w.shape[1]):
            db[j] += dout[i, j]
            for k in range(len(row)):
                dw[k, j] += row[k] * dout[i, j]
                drow[k] += w[k, j] * dout[i, j]
        dx[i] = drow.reshape(x[i].shape)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    out = np.zeros_like(x)
    for index, value in np.ndenumerate(x):
        if value > 0:
            out[index] = value
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    x = cache
    dx = np.zeros_like(dout)
    for index, value in np.ndenumerate(x):
        if value > 0:
            dx[index] = dout[index]
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    N, C = x.shape
    loss = 0.0
    dx = np.zeros((N, C))
    for i in range(N):
        biggest = max(x[i])
        exps = [np.exp(score - biggest) for score in x[i]]
        total = sum(exps)
        loss += np.log(total) - (x[i, y[i]] - biggest)
        for j in range(C):
            dx[i, j] = exps[j] / total / N
        dx[i, y[i]] -= 1 / N
    loss /= N
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    N, C = x.shape
    loss = 0.0
    dx = np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            if j == y[i]:
                continue
            margin = x[i, j] - x[i, y[i]] + 1
            if margin > 0:
                loss += margin / N
                dx[i, j] += 1 / N
                dx[i, y[i]] -= 1 / N
    return loss, dx


def batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    mode = bn_param["mode"]
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], x.dtype))
    if mode == "train":
        N, D = x.shape
        out, x_hat, stds = np.zeros((N, D)), np.zeros((N, D)), np.zeros(D)
        new_mean, new_var = np.zeros(D), np.zeros(D)
        for d in range(D):
            mean = sum(x[:, d]) / N
            var = sum((value - mean) ** 2 for value in x[:, d]) / N
            stds[d] = (var + eps) ** 0.5
            for i in range(N):
                x_hat[i, d] = (x[i, d] - mean) / stds[d]
                out[i, d] = gamma[d] * x_hat[i, d] + beta[d]
            new_mean[d] = momentum * running_mean[d] + (1 - momentum) * mean
            new_var[d] = momentum * running_var[d] + (1 - momentum) * var
        running_mean, running_var = new_mean, new_var
        cache = (x_hat, gamma, stds)
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    elif mode == "test":
        cache = None
        out = np.zeros(x.shape)
        for i in range(x.shape[0]):
            for d in range(x.shape[1]):
                x_hat = (x[i, d] - running_mean[d]) / (running_var[d] + eps) ** 0.5
                out[i, d] = gamma[d] * x_hat + beta[d]
    else:
        raise ValueError(f"mode is {mode!r}: use 'train' or 'test'")
    return out, cache


def batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    x_hat, gamma, stds = cache
    N, D = dout.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for d in range(D):
        for i in range(N):
            dgamma[d] += dout[i, d] * x_hat[i, d]
            dbeta[d] += dout[i, d]
        # first as if mean and standard deviation were constants, then the way through both
        for i in range(N):
            dx[i, d] = gamma[d] * dout[i, d] / stds[d]
        dmean = -gamma[d] * dbeta[d] / stds[d]
        dstd = -gamma[d] * dgamma[d] / stds[d]
        for i in range(N):
            dx[i, d] += dmean / N + dstd * x_hat[i, d] / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    x_hat, gamma, stds = cache
    N, D = dout.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for d in range(D):
        dbeta[d] = sum(dout[:, d])
        dgamma[d] = sum(dout[:, d] * x_hat[:, d])
        for i in range(N):
            rest = dout[i, d] - (dbeta[d] + x_hat[i, d] * dgamma[d]) / N
            dx[i, d] = gamma[d] / stds[d] * rest
    return dx, dgamma, dbeta


def layernorm_forward(
    x: Array, gamma: Array, beta: Array, ln_param: dict[str, Any]
) -> tuple[Array, Any]:
    eps = ln_param.get("eps", 1e-5)
    N, D = x.shape
    out, x_hat, stds = np.zeros((N, D)), np.zeros((N, D)), np.zeros(N)
    for i in range(N):
        mean = sum(x[i]) / D
        var = sum((value - mean) ** 2 for value in x[i]) / D
        stds[i] = (var + eps) ** 0.5
        for d in range(D):
            x_hat[i, d] = (x[i, d] - mean) / stds[i]
            out[i, d] = gamma[d] * x_hat[i, d] + beta[d]
    cache = (x_hat, gamma, stds)
    return out, cache


def layernorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    x_hat, gamma, stds = cache
    N, D = dout.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for i in range(N):
        total, along = 0.0, 0.0
        for d in range(D):
            dgamma[d] += dout[i, d] * x_hat[i, d]
            dbeta[d] += dout[i, d]
            total += dout[i, d] * gamma[d]
            along += dout[i, d] * gamma[d] * x_hat[i, d]
        for d in range(D):
            dx[i, d] = (dout[i, d] * gamma[d] - total / D - x_hat[i, d] * along / D) / stds[i]
    return dx, dgamma, dbeta


def dropout_forward(x: Array, dropout_param: dict[str, Any]) -> tuple[Array, Any]:
    p, mode = dropout_param["p"], dropout_param["mode"]
    rng = np.random.default_rng(dropout_param.get("seed"))
    mask = None
    if mode == "train":
        mask = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            if rng.random() < p:
                mask[index] = 1 / p
        out = x * mask
    elif mode == "test":
        out = x.copy()
    else:
        raise ValueError(f"mode is {mode!r}: use 'train' or 'test'")
    return out, (dropout_param, mask)


def dropout_backward(dout: Array, cache: Any) -> Array:
    dropout_param, mask = cache
    dx = dout
    if dropout_param["mode"] == "train":
        dx = np.zeros(dout.shape)
        for index in np.ndindex(dout.shape):
            dx[index] = dout[index] * mask[index]
    return dx


def conv_forward_naive(
    x: Array, w: Array, b: Array, conv_param: dict[str, int]
) -> tuple[Array, ConvCache]:
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H2, W2 = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
    out = np.zeros((N, F, H2, W2))
    for n, f, i, j in np.ndindex(N, F, H2, W2):
        total = b[f]
        for c, k, l in np.ndindex(C, HH, WW):
            row, column = i * stride + k - pad, j * stride + l - pad
            if 0 <= row < H and 0 <= column < W:
                total = total + x[n, c, row, column] * w[f, c, k, l]
        out[n, f, i, j] = total
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    x, w, _, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(F)
    for n, f, i, j in np.ndindex(dout.shape):
        d = dout[n, f, i, j]
        db[f] += d
        for c, k, l in np.ndindex(C, HH, WW):
            row, column = i * stride + k - pad, j * stride + l - pad
            if 0 <= row < H and 0 <= column < W:
                dw[f, c, k, l] += d * x[n, c, row, column]
                dx[n, c, row, column] += d * w[f, c, k, l]
    return dx, dw, db


def max_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, PoolCache]:
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    N, C, H, W = x.shape
    H2, W2 = 1 + (H - pool_height) // stride, 1 + (W - pool_width) // stride
    out = np.zeros((N, C, H2, W2))
    for n, c, i, j in np.ndindex(N, C, H2, W2):
        best = -np.inf
        for k, l in np.ndindex(pool_height, pool_width):
            best = max(best, x[n, c, i * stride + k, j * stride + l])
        out[n, c, i, j] = best
    return out, (x, pool_param)


def max_pool_backward_naive(dout: Array, cache: PoolCache) -> Array:
    x, pool_param = cache
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(dout.shape):
        best, where = -np.inf, None
        for k, l in np.ndindex(pool_height, pool_width):
            place = (n, c, i * stride + k, j * stride + l)
            if x[place] > best:
                best, where = x[place], place
        dx[where] += dout[n, c, i, j]
    return dx


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    N, C, H, W = x.shape
    pixels = np.zeros((N * H * W, C))
    for row, (n, i, j) in enumerate(np.ndindex(N, H, W)):
        pixels[row] = x[n, :, i, j]
    normalized, cache = batchnorm_forward(pixels, gamma, beta, bn_param)
    out = np.zeros(x.shape)
    for row, (n, i, j) in enumerate(np.ndindex(N, H, W)):
        out[n, :, i, j] = normalized[row]
    return out, cache


def spatial_batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    N, C, H, W = dout.shape
    dpixels = np.zeros((N * H * W, C))
    for row, (n, i, j) in enumerate(np.ndindex(N, H, W)):
        dpixels[row] = dout[n, :, i, j]
    flat, dgamma, dbeta = batchnorm_backward(dpixels, cache)
    dx = np.zeros(dout.shape)
    for row, (n, i, j) in enumerate(np.ndindex(N, H, W)):
        dx[n, :, i, j] = flat[row]
    return dx, dgamma, dbeta


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: dict[str, float]
) -> tuple[Array, Any]:
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    size = C // G
    out, x_hat, stds = np.zeros(x.shape), np.zeros(x.shape), np.zeros((N, G))
    for n in range(N):
        for g in range(G):
            group = x[n, g * size : (g + 1) * size]
            mean = group.sum() / group.size
            stds[n, g] = (((group - mean) ** 2).sum() / group.size + eps) ** 0.5
            x_hat[n, g * size : (g + 1) * size] = (group - mean) / stds[n, g]
        for c in range(C):
            out[n, c] = gamma[0, c, 0, 0] * x_hat[n, c] + beta[0, c, 0, 0]
    cache = (x_hat, stds, gamma)
    return out, cache


def spatial_groupnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    x_hat, stds, gamma = cache
    N, C, H, W = dout.shape
    G = stds.shape[1]
    size = C // G
    dx, dgamma, dbeta = np.zeros(dout.shape), np.zeros(gamma.shape), np.zeros(gamma.shape)
    for n in range(N):
        for c in range(C):
            dgamma[0, c, 0, 0] += (dout[n, c] * x_hat[n, c]).sum()
            dbeta[0, c, 0, 0] += dout[n, c].sum()
        for g in range(G):
            group = slice(g * size, (g + 1) * size)
            dhat, hat = dout[n, group] * gamma[0, group], x_hat[n, group]
            dx[n, group] = (dhat - dhat.mean() - hat * (dhat * hat).mean()) / stds[n, g]
    return dx, dgamma, dbeta
