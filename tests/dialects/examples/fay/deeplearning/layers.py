import numpy as np


def affine_forward(x, w, b):
    """
    Computes the forward pass for an affine (fully-connected) layer.
    """
    #############################################################################
    # TODO: Implement the affine forward pass. Store the result in out. You     #
    # will need to reshape the input into rows.                                 #
    #############################################################################
    num_train = x.shape[0]
    x_flatten = x.reshape((num_train, -1))
    out = np.dot(x_flatten, w) + b
    #############################################################################
    #                             END OF YOUR CODE                              #
    #############################################################################
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    n = x.shape[0]
    dx = np.dot(dout, w.transpose()).reshape(x.shape)
    dw = np.dot(x.reshape(n, -1).transpose(), dout)
    db = np.einsum('nm->m', dout)
    return dx, dw, db


def relu_forward(x):
    out = x.copy()
    out[out < 0] = 0
    cache = x
    return out, cache


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = np.array(dout, copy=True)
    dx[x <= 0] = 0
    return dx


def batchnorm_forward(x, gamma, beta, bn_param):
    """
    Forward pass for batch normalization.
    """
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)

    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))

    out, cache = None, None
    if mode == 'train':
        sample_mean = np.mean(x, axis=0, keepdims=True)
        sample_var = np.var(x, axis=0, keepdims=True)
        running_mean = momentum * running_mean + (1 - momentum) * sample_mean.squeeze(0)
        running_var = momentum * running_var + (1 - momentum) * sample_var.squeeze(0)
        x_hat = (x - sample_mean) / np.sqrt(sample_var + eps)
        out = x_hat * gamma + beta
        cache = (x, sample_mean, sample_var, x_hat, gamma, beta, bn_param)
    elif mode == 'test':
        x_hat = (x - running_mean) / np.sqrt(running_var + eps)
        out = gamma * x_hat + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

    # Store the updated running means back into bn_param
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, cache


def batchnorm_backward(dout, cache):
    x, mean, var, x_hat, gamma, beta, bn_param = cache
    eps = bn_param.get('eps', 1e-5)
    N = x.shape[0]
    dx_hat = dout * gamma
    dvar = np.sum(dx_hat * (x - mean), axis=0) * (-1 / 2) * np.power(var + eps, -3 / 2)
    dmean = np.sum(dx_hat, axis=0) * -1 / np.sqrt(var + eps)
    dmean = dmean + dvar * np.sum(-2 * (x - mean), axis=0) / N
    dx = dx_hat / np.sqrt(var + eps) + dvar * 2 * (x - mean) / N + dmean / N
    dgamma = np.sum(dout * x_hat, axis=0)
    dbeta = np.sum(dout, axis=0)
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    x, mean, var, x_hat, gamma, beta, bn_param = cache
    std = np.sqrt(var + bn_param.get('eps', 1e-5))
    dgamma = np.sum(dout * x_hat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dx = gamma / std * (dout - dbeta / len(x) - x_hat * dgamma / len(x))
    return dx, dgamma, dbeta


def dropout_forward(x, dropout_param):
    """
    Performs the forward pass for (inverted) dropout.

    - dropout_param: A dictionary with the following keys:
      - p: Dropout parameter. We drop each neuron output with probability p.
      - mode: 'test' or 'train'. If the mode is train, then perform dropout;
        if the mode is test, then just return the input.
      - seed: Seed for the random number generator.
    """
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])

    mask = None
    out = None

    if mode == 'train':
        mask = np.random.choice([0., 1. / (1 - p)], size=x.shape, p=[p, 1 - p])
        out = mask * x
    elif mode == 'test':
        out = x

    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    mode = dropout_param['mode']
    if mode == 'train':
        dx = mask * dout
    elif mode == 'test':
        dx = dout
    return dx


def conv_forward_naive(x, w, b, conv_param):
    stride = conv_param['stride']
    pad = conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=x.dtype)
    padded[:, :, pad:pad + H, pad:pad + W] = x
    Hp = int(1 + (H + 2 * pad - HH) / stride)
    Wp = int(1 + (W + 2 * pad - WW) / stride)
    out = np.zeros((N, F, Hp, Wp), dtype=x.dtype)
    for hp in range(Hp):
        for wp in range(Wp):
            window = padded[:, None, :, hp * stride: hp * stride + HH, wp * stride: wp * stride + WW]
            out[:, :, hp, wp] = np.sum(window * w[None], axis=(2, 3, 4)) + b
    cache = (x, w, b, conv_param)
    return out, cache


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    N, F, Hp, Wp = dout.shape
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=x.dtype)
    padded[:, :, pad:pad + H, pad:pad + W] = x
    dpadded = np.zeros(padded.shape, dtype=x.dtype)
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for n in range(N):
        for f in range(F):
            db[f] += dout[n, f].sum()
            for hp in range(Hp):
                for wp in range(Wp):
                    hs, ws = hp * stride, wp * stride
                    dw[f] += padded[n, :, hs:hs + HH, ws:ws + WW] * dout[n, f, hp, wp]
                    dpadded[n, :, hs:hs + HH, ws:ws + WW] += w[f] * dout[n, f, hp, wp]
    dx = dpadded[:, :, pad:pad + H, pad:pad + W]
    return dx, dw, db


def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    ph, pw = pool_param['pool_height'], pool_param['pool_width']
    stride = pool_param['stride']
    Hp = (H - ph) // stride + 1
    Wp = (W - pw) // stride + 1
    out = np.zeros((N, C, Hp, Wp), dtype=x.dtype)
    for n in range(N):
        for c in range(C):
            for hp in range(Hp):
                for wp in range(Wp):
                    out[n, c, hp, wp] = max(
                        x[n, c, hp * stride + a, wp * stride + b] for a in range(ph) for b in range(pw))
    cache = (x, pool_param)
    return out, cache


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    ph, pw = pool_param['pool_height'], pool_param['pool_width']
    stride = pool_param['stride']
    N, C, Hp, Wp = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for hp in range(Hp):
                for wp in range(Wp):
                    window = x[n, c, hp * stride:hp * stride + ph, wp * stride:wp * stride + pw]
                    a, b = divmod(np.argmax(window), pw)
                    dx[n, c, hp * stride + a, wp * stride + b] += dout[n, c, hp, wp]
    return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    flat = x.transpose((0, 2, 3, 1)).reshape((-1, C))
    out, cache = batchnorm_forward(flat, gamma, beta, bn_param)
    return out.reshape((N, H, W, C)).transpose((0, 3, 1, 2)), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    flat = dout.transpose((0, 2, 3, 1)).reshape((-1, C))
    dx, dgamma, dbeta = batchnorm_backward(flat, cache)
    return dx.reshape((N, H, W, C)).transpose((0, 3, 1, 2)), dgamma, dbeta


def softmax_loss(x, y):
    probs = np.exp(x - np.max(x, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
