import numpy as np

# EECS 182, homework 1


def affine_forward(x, w, b):
    """
    Computes the forward pass for an affine (fully-connected) layer.
    """
    cache = (x, w, b)
    x = x.reshape(x.shape[0], -1)
    out = np.einsum('nd,dm->nm', x, w) + b
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.einsum('nm,dm->nd', dout, w).reshape(*x.shape)
    dw = np.einsum('nd,nm->dm', x.reshape(x.shape[0], -1), dout)
    db = dout.sum(axis=0)
    return dx, dw, db


def relu_forward(x):
    return np.maximum(x, 0.0), x


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = np.where(x > 0.0, dout, 0.0)
    return dx


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == 'train':
        mu = x.mean(0)
        xc = x - mu
        var = (xc * xc).mean(0)
        inv = 1. / np.sqrt(var + eps)
        xn = xc * inv
        out = gamma * xn + beta
        cache = (xn, inv, gamma)
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
    elif mode == 'test':
        out = (x - running_mean) / np.sqrt(running_var + eps) * gamma + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, cache


def batchnorm_backward(dout, cache):
    xn, inv, gamma = cache
    dgamma, dbeta = (dout * xn).sum(0), dout.sum(0)
    dxn = dout * gamma
    dx = inv * (dxn - dxn.mean(0) - xn * (dxn * xn).mean(0))
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    return batchnorm_backward(dout, cache)


def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = None
    if mode == 'train':
        keep = 1 - p
        mask = (np.random.rand(*x.shape) < keep) / keep
        out = x * mask
    else:
        out = x
    cache = (dropout_param, mask)
    return out.astype(x.dtype, copy=False), cache


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param['mode'] == 'test':
        return dout
    return dout * mask


def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], 'constant')
    Ho, Wo = (H + 2*p - HH)//s + 1, (W + 2*p - WW)//s + 1
    out = np.zeros((N, F, Ho, Wo)) + b.reshape(1, F, 1, 1)
    # every entry of the filters, over the whole image
    for i in range(HH):
        for j in range(WW):
            out += np.einsum('nchw,fc->nfhw', xp[:, :, i:i + s*Ho:s, j:j + s*Wo:s], w[:, :, i, j])
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    Ho, Wo = dout.shape[2:]
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], 'constant')
    dxp, dw, db = np.zeros_like(xp), np.zeros_like(w), dout.sum((0, 2, 3))
    for i in range(HH):
        for j in range(WW):
            part = (slice(None), slice(None), slice(i, i + s*Ho, s), slice(j, j + s*Wo, s))
            dw[:, :, i, j] = np.einsum('nfhw,nchw->fc', dout, xp[part])
            dxp[part] += np.einsum('nfhw,fc->nchw', dout, w[:, :, i, j])
    return dxp[:, :, p:p + H, p:p + W], dw, db


def max_pool_forward_naive(x, pool_param):
    h, w, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    N, C, H, W = x.shape
    Ho, Wo = (H - h)//s + 1, (W - w)//s + 1
    parts = [x[:, :, i:i + s*Ho:s, j:j + s*Wo:s] for i in range(h) for j in range(w)]
    out = np.max(parts, axis=0)
    return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    h, w, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    Ho, Wo = dout.shape[2:]
    at = [(i, j) for i in range(h) for j in range(w)]
    parts = [x[:, :, i:i + s*Ho:s, j:j + s*Wo:s] for i, j in at]
    best = np.argmax(parts, axis=0)
    dx = np.zeros_like(x)
    for k, (i, j) in enumerate(at):
        dx[:, :, i:i + s*Ho:s, j:j + s*Wo:s] += dout * (best == k)
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    out, cache = batchnorm_forward(x.transpose(0, 3, 2, 1).reshape(-1, C), gamma, beta, bn_param)
    return out.reshape(N, W, H, C).transpose(0, 3, 2, 1), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    dx, dgamma, dbeta = batchnorm_backward(dout.transpose(0, 3, 2, 1).reshape(-1, C), cache)
    return dx.reshape(N, W, H, C).transpose(0, 3, 2, 1), dgamma, dbeta


def softmax_loss(x, y):
    probs = np.exp(x - np.max(x, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
