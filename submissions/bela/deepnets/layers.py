import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Labels = NDArray[np.integer]
AffineCache = tuple[Array, Array, Array]


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
