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
    dx = (dout @ w.T).reshape(*x.shape)
    dw = x.reshape(x.shape[0], w.shape[0]).T @ dout
    db = dout.sum(0)
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    out = (x > 0) * x
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    x = cache
    dx = (x > 0) * dout
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    n = np.arange(len(y))
    p = np.exp(x - x.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    loss = -np.log(p[n, y]).mean()
    p[n, y] -= 1
    dx = p / len(y)
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    n = np.arange(len(y))
    m = x - x[n, y][:, None] + 1
    m[n, y] = 0
    loss = m.clip(min=0).sum() / len(y)
    dx = 1.0 * (m > 0)
    dx[n, y] = -dx.sum(1)
    dx = dx / len(y)
    return loss, dx
