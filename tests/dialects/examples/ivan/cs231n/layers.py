from builtins import range
import numpy as np


def affine_forward(x, w, b):
    """Computes the forward pass for an affine (fully connected) layer."""
    # from assignment 1
    N = x.shape[0]
    return x.reshape(N, -1) @ w + b[None, :], (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)


def relu_forward(x):
    return np.where(x > 0, x, 0), x


def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0)


def softmax_loss(x, y):
    N = len(y)
    P = np.exp(x - x.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[range(N), y]).sum() / N
    P[range(N), y] -= 1
    return loss, P / N


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
        #######################################################################
        # TODO: Implement the training-time forward pass for batch norm.      #
        #######################################################################
        mu, var = x.mean(axis=0), x.var(axis=0)
        std = np.sqrt(var + eps)
        x_hat = (x - mu) / std
        out = gamma * x_hat + beta
        shape, axis = bn_param.get("shape", (N, D)), bn_param.get("axis", 0)
        cache = x, mu, var, std, gamma, x_hat, shape, axis
        if axis == 0:
            running_mean = momentum * running_mean + (1 - momentum) * mu
            running_var = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        x_hat = (x - running_mean) / np.sqrt(running_var + eps)
        out = gamma * x_hat + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache


def batchnorm_backward(dout, cache):
    x, mu, var, std, gamma, x_hat, shape, axis = cache
    dbeta = dout.reshape(shape, order="F").sum(axis)
    dgamma = (dout * x_hat).reshape(shape, order="F").sum(axis)
    dx_hat = dout * gamma
    dstd = -np.sum(dx_hat * (x - mu), axis=0) / (std**2)
    dvar = 0.5 * dstd / std
    dx1 = dx_hat / std + 2 * (x - mu) * dvar / len(dout)
    dmu = -np.sum(dx1, axis=0)
    dx2 = dmu / len(dout)
    return dx1 + dx2, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    _, _, _, std, gamma, x_hat, shape, axis = cache
    S = lambda x: x.sum(axis=0)
    dbeta = dout.reshape(shape, order="F").sum(axis)
    dgamma = (dout * x_hat).reshape(shape, order="F").sum(axis)
    dx = dout * gamma / (len(dout) * std)
    dx = len(dout) * dx - S(dx * x_hat) * x_hat - S(dx)
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    bn_param = {**ln_param, "mode": "train", "axis": 1}
    [gamma, beta] = np.atleast_2d(gamma, beta)
    out, cache = batchnorm_forward(x.T, gamma.T, beta.T, bn_param)
    return out.T, cache


def layernorm_backward(dout, cache):
    _, _, _, std, gamma, x_hat, _, _ = cache
    dbeta, dgamma = dout.sum(axis=0), (dout * x_hat.T).sum(axis=0)
    d = dout.T * gamma
    dx = (d - d.mean(axis=0) - x_hat * (d * x_hat).mean(axis=0)) / std
    return dx.T, dgamma, dbeta


def dropout_forward(x, dropout_param):
    """Forward pass for inverted dropout.

    Note that this is different from the vanilla version of dropout.
    - p: Dropout parameter. We keep each neuron output with probability p.
    """
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])

    mask = None
    out = None
    if mode == "train":
        rng = np.random.default_rng(dropout_param.get("seed"))
        mask = (rng.random(x.shape) < p) / p
        out = x * mask
    elif mode == "test":
        out = x
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    dx = None
    if dropout_param["mode"] == "train":
        dx = dout * mask
    elif dropout_param["mode"] == "test":
        dx = dout
    return dx


def to_fields(x, field_height, field_width, stride):
    return np.lib.stride_tricks.sliding_window_view(x, (field_height, field_width), axis=(2, 3))[
        :, :, ::stride, ::stride
    ]


def conv_forward_naive(x, w, b, conv_param):
    P1 = P2 = P3 = P4 = conv_param["pad"]
    S = conv_param["stride"]
    x_pad = np.pad(x, pad_width=((0, 0), (0, 0), (P1, P2), (P3, P4)))
    fields = to_fields(x_pad, *w.shape[2:], S)
    out = np.einsum("nchwij,fcij->nfhw", fields, w) + b[None, :, None, None]
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    P, S = conv_param["pad"], conv_param["stride"]
    x_pad = np.pad(x, ((0, 0), (0, 0), (P, P), (P, P)))
    fields = to_fields(x_pad, *w.shape[2:], S)
    dw = np.einsum("nchwij,nfhw->fcij", fields, dout)
    db = dout.sum((0, 2, 3))
    dx_pad = np.zeros_like(x_pad)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = S * i, S * j
            dx_pad[:, :, r : r + w.shape[2], c : c + w.shape[3]] += np.tensordot(
                dout[:, :, i, j], w, axes=1
            )
    dx = dx_pad[:, :, P : P + x.shape[2], P : P + x.shape[3]]
    return dx, dw, db


def max_pool_forward_naive(x, pool_param):
    fields = to_fields(x, pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"])
    return fields.max(axis=(4, 5)), (x, pool_param)


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    HH, WW, S = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    dx = np.zeros_like(x)
    ns, cs, i, j = np.indices(dout.shape)
    fields = to_fields(x, HH, WW, S).reshape(*dout.shape, -1)
    at = fields.argmax(-1)
    np.add.at(dx, (ns, cs, S * i + at // WW, S * j + at % WW), dout)
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    out, cache = batchnorm_forward(np.moveaxis(x, 1, -1).reshape(-1, C), gamma, beta, bn_param)
    return np.moveaxis(out.reshape(N, H, W, C), -1, 1), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dx, dgamma, dbeta = batchnorm_backward(np.moveaxis(dout, 1, -1).reshape(-1, C), cache)
    return np.moveaxis(dx.reshape(N, H, W, C), -1, 1), dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get("eps", 1e-5)
    shape = x.shape
    x = x.reshape(shape[0], G, shape[1] // G, *shape[2:])
    mu = x.mean(axis=(2, 3, 4), keepdims=True)
    std = np.sqrt(x.var(axis=(2, 3, 4), keepdims=True) + eps)
    x_hat = ((x - mu) / std).reshape(shape)
    return gamma * x_hat + beta, (x_hat, gamma, std, G)


def spatial_groupnorm_backward(dout, cache):
    x_hat, gamma, std, G = cache
    N, C, H, W = dout.shape
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * x_hat).sum(axis=(0, 2, 3), keepdims=True)
    d = (dout * gamma).reshape(N, G, C // G, H, W)
    h = x_hat.reshape(d.shape)
    mean = lambda z: z.mean(axis=(2, 3, 4), keepdims=True)
    dx = (d - mean(d) - h * mean(d * h)) / std
    return dx.reshape(dout.shape), dgamma, dbeta
