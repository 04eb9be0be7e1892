import numpy as np


def affine_forward(x, w, b):
    """
    Computes the forward pass for an affine (fully-connected) layer.

    The input x has shape (N, d_1, ..., d_k) and contains a minibatch of N examples.
    """
    ###########################################################################
    # TODO: Implement the affine forward pass. Store the result in out.       #
    ###########################################################################
    out = np.tensordot(x.reshape(x.shape[0], w.shape[0]), w, 1) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    rows = x.reshape(x.shape[0], w.shape[0])
    dx, dw, db = dout @ w.T, rows.T @ dout, dout.sum(axis=0)
    dx = dx.reshape(x.shape)
    return dx, dw, db


def relu_forward(x):
    out = (np.abs(x) + x) / 2
    cache = x
    return out, cache


def relu_backward(dout, cache):
    dx, x = None, cache
    dx = dout * np.where(x > 0, 1, 0)
    return dx


def batchnorm_forward(x, gamma, beta, bn_param):
    raise NotImplementedError()


def softmax_loss(x, y):
    probs = np.exp(x - np.max(x, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
