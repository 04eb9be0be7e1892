import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Labels = NDArray[np.integer]
AffineCache = tuple[Array, Array, Array]


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
