import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Labels = NDArray[np.integer]
AffineCache = tuple[Array, Array, Array]


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    N = x.shape[0]
    out = (x.reshape(N, -1).dot(w) + b).astype(np.float32)
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    x, w, _ = cache
    flat = x.reshape(x.shape[0], -1)
    dx = dout.dot(w.T).reshape(x.shape)
    dw = flat.T.dot(dout)
    db = np.sum(dout, axis=0)
    dx, dw, db = [g.astype(np.float32) for g in (dx, dw, db)]
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    out = np.maximum(0, x).astype(np.float32)
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    x = cache
    dx = (dout * (x > 0)).astype(np.float32)
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    N = x.shape[0]
    z = x - np.max(x, axis=1, keepdims=True)
    e = np.exp(z)
    probs = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.mean(np.log(probs[np.arange(N), y]))
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx = (dx / N).astype(np.float32)
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    N = x.shape[0]
    correct = x[np.arange(N), y].reshape(-1, 1)
    m = np.maximum(0.0, x - correct + 1.0)
    m[np.arange(N), y] = 0.0
    loss = np.sum(m) / N
    mask = np.where(m > 0, 1.0, 0.0)
    mask[np.arange(N), y] = -np.sum(mask, axis=1)
    dx = (mask / N).astype(np.float32)
    return loss, dx
