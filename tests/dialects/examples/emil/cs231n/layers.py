from builtins import range
import numpy as np

from .windows import windows, out_size

MARK = "*****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****"


def affine_forward(x, w, b):
    """Computes the forward pass for an affine (fully connected) layer.

    Inputs:
    - x: A numpy array containing input data, of shape (N, d_1, ..., d_k)
    - w: A numpy array of weights, of shape (D, M)
    - b: A numpy array of biases, of shape (M,)
    """
    out = None
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    out = np.reshape(x, (x.shape[0], np.product(x.shape[1:]))).dot(w) + b.reshape(1, -1)

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    """Computes the backward pass for an affine (fully connected) layer."""
    x, w, b = cache
    dx, dw, db = None, None, None
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    flat = x.reshape(x.shape[0], -1)
    dx = np.matmul(dout, w.T).reshape(x.shape)
    dw = np.matmul(flat.T, dout)
    db = np.sum(dout, axis=0, keepdims=True).reshape(b.shape)

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return dx, dw, db


def relu_forward(x):
    """Computes the forward pass for a layer of rectified linear units (ReLUs)."""
    out = np.maximum(np.zeros_like(x), x)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = np.multiply(dout, np.heaviside(x, 0))
    return dx


def softmax_loss(x, y):
    """Computes the loss and gradient for softmax classification."""
    loss, dx = None, None
    # copied over from A1
    N = x.shape[0]
    x = x - np.max(x, axis=1, keepdims=True)
    sums = np.log(np.sum(np.exp(x), axis=1))
    loss = np.mean(sums - x[range(N), y])
    dx = np.exp(x - sums[:, None])
    dx[range(N), y] -= 1.0
    dx = dx / N
    return loss, dx


def batchnorm_forward(x, gamma, beta, bn_param):
    """Forward pass for batch normalization."""
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)

    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))

    out, cache = None, None
    if mode == "train":
        mean, var = np.mean(x, axis=0), np.var(x, axis=0)
        x_norm = (x - mean) * (var + eps) ** -0.5
        out = gamma * x_norm + beta
        cache = x, mean, var, eps, gamma, x_norm
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        scale = gamma / np.sqrt(running_var + eps)
        out = x * scale + (beta - running_mean * scale)
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache


def batchnorm_backward(dout, cache):
    x, mean, var, eps, gamma, x_norm = cache
    N = x.shape[0]
    dbeta = dout.sum(axis=0)
    dgamma = np.sum(dout * x_norm, axis=0)
    dx_norm = dout * gamma
    dvar = np.sum(dx_norm * (x - mean) * -0.5 * (var + eps) ** -1.5, axis=0)
    dmean = np.sum(-dx_norm / np.sqrt(var + eps), axis=0) + dvar * np.mean(-2 * (x - mean), axis=0)
    dx = dx_norm / np.sqrt(var + eps) + dvar * 2 * (x - mean) / N + dmean / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    x, mean, var, eps, gamma, x_norm = cache
    dbeta = dout.sum(axis=0)
    dgamma = np.sum(dout * x_norm, axis=0)
    N = len(x)
    dx = gamma * (var + eps) ** -0.5 * (dout - (dgamma * x_norm + dbeta) / N)
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    # batch normalization of the transpose
    out, cache = batchnorm_forward(x.T, 1.0, 0.0, {"mode": "train", "eps": eps})
    x_norm = out.T
    return gamma * x_norm + beta, (cache, gamma, x_norm)


def layernorm_backward(dout, cache):
    cache, gamma, x_norm = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_norm).sum(axis=0)
    dx, _, _ = batchnorm_backward((dout * gamma).T, cache)
    return dx.T, dgamma, dbeta


def dropout_forward(x, dropout_param):
    """Forward pass for inverted dropout.

    - dropout_param: A dictionary with the following keys:
      - p: Dropout parameter. We keep each neuron output with probability p.
      - mode: 'test' or 'train'.
      - seed: Seed for the random number generator.
    """
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])

    mask = None
    out = None
    if mode == "train":
        mask = np.random.uniform(size=x.shape) < p
        mask = mask / p
        out = x * mask
    elif mode == "test":
        out = x

    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    return dout * mask if dropout_param["mode"] == "train" else dout


def conv_forward_naive(x, w, b, conv_param):
    out = None
    s, p = conv_param["stride"], conv_param["pad"]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    F, _, hh, ww = w.shape
    size = out_size(xp.shape[2], hh, s), out_size(xp.shape[3], ww, s)
    out = np.zeros((x.shape[0], F, *size), dtype=x.dtype)
    for i, j, rows, cols in windows(xp, hh, ww, s):
        for f in range(F):
            out[:, f, i, j] = (xp[:, :, rows, cols] * w[f]).sum((1, 2, 3)) + b[f]
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    db = np.einsum("nfij->f", dout)
    for i, j, rows, cols in windows(xp, *w.shape[2:], s):
        for f in range(w.shape[0]):
            d = dout[:, f, i, j][:, None, None, None]
            dw[f] += (d * xp[:, :, rows, cols]).sum(0)
            dxp[:, :, rows, cols] += d * w[f]
    dx = dxp[:, :, p:-p, p:-p] if p else dxp
    return dx, dw, db


def max_pool_forward_naive(x, pool_param):
    hh, ww, s = (pool_param[k] for k in ("pool_height", "pool_width", "stride"))
    out = np.zeros((*x.shape[:2], out_size(x.shape[2], hh, s), out_size(x.shape[3], ww, s)))
    for i, j, rows, cols in windows(x, hh, ww, s):
        out[:, :, i, j] = np.max(x[:, :, rows, cols], axis=(2, 3))
    cache = (x, pool_param)
    return out, cache


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    hh, ww, s = (pool_param[k] for k in ("pool_height", "pool_width", "stride"))
    dx = np.zeros_like(x)
    for i, j, rows, cols in windows(x, hh, ww, s):
        part = x[:, :, rows, cols]
        flat = part.reshape(*part.shape[:2], -1)
        one = np.eye(hh * ww)[flat.argmax(-1)].reshape(part.shape)
        dx[:, :, rows, cols] += one * dout[:, :, i, j][:, :, None, None]
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    out, cache = batchnorm_forward(x.swapaxes(0, 1).reshape(C, -1).T, gamma, beta, bn_param)
    return out.T.reshape(C, N, H, W).swapaxes(0, 1), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dx, dgamma, dbeta = batchnorm_backward(dout.swapaxes(0, 1).reshape(C, -1).T, cache)
    return dx.T.reshape(C, N, H, W).swapaxes(0, 1), dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    """Computes the forward pass for spatial group normalization.

    - gamma: Scale parameter, of shape (1, C, 1, 1)
    - beta: Shift parameter, of shape (1, C, 1, 1)
    """
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    rows = x.reshape(N * G, -1)
    ones, zeros = np.ones(rows.shape[1]), np.zeros(rows.shape[1])
    x_norm, cache = layernorm_forward(rows, ones, zeros, {"eps": eps})
    x_norm = x_norm.reshape(N, C, H, W)
    return gamma * x_norm + beta, (cache, gamma, x_norm, G)


def spatial_groupnorm_backward(dout, cache):
    cache, gamma, x_norm, G = cache
    N, C, H, W = dout.shape
    axes = (0, 2, 3)
    dbeta = dout.sum(axes, keepdims=True)
    dgamma = (dout * x_norm).sum(axes, keepdims=True)
    dx, _, _ = layernorm_backward((dout * gamma).reshape(N * G, -1), cache)
    return dx.reshape(N, C, H, W), dgamma, dbeta
