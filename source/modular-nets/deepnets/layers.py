"""Layers as pairs of functions.

A forward function returns its output and a cache; its backward function takes the gradient of the
loss with respect to that output (`dout`) and the cache, and returns the gradients with respect to
the inputs. No function changes its arguments. Results have the dtype of the inputs.
"""

import numpy as np

from .arrays import AffineCache, Array, Labels


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    """Multiply every example by a matrix and add a bias.

    Args:
        x: (N, d_1, ..., d_k) float, N examples of any shape; flattened to D = d_1 * ... * d_k.
        w: (D, M) float, weights.
        b: (M,) float, biases.

    Returns:
        out: (N, M) float.
        cache: (x, w, b), with x in its original shape.
    """
    ### BEGIN SOLUTION affine_forward
    out = x.reshape(len(x), w.shape[0]) @ w + b
    ### END SOLUTION
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    """Gradients of an affine layer.

    Args:
        dout: (N, M) float, gradient with respect to the output of `affine_forward`.
        cache: (x, w, b) as `affine_forward` returned it.

    Returns:
        dx: gradient with respect to x, in the shape of x: (N, d_1, ..., d_k).
        dw: (D, M), gradient with respect to w.
        db: (M,), gradient with respect to b.
    """
    x, w, _ = cache
    ### BEGIN SOLUTION affine_backward
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(len(x), w.shape[0]).T @ dout
    db = dout.sum(axis=0)
    ### END SOLUTION
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    """Replace every negative value by zero.

    Args:
        x: float array of any shape.

    Returns:
        out: max(x, 0), in the shape of x.
        cache: x, unchanged.
    """
    ### BEGIN SOLUTION relu_forward
    out = np.maximum(x, 0)
    ### END SOLUTION
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    """Gradient of a ReLU layer.

    Args:
        dout: gradient with respect to the output, in the shape of x.
        cache: x as `relu_forward` returned it.

    Returns:
        dx: gradient with respect to x, in the shape of x. At x = 0 any value from 0 to dout is
            a subgradient; 0 is the usual choice.
    """
    x = cache
    ### BEGIN SOLUTION relu_backward
    dx = dout.copy()
    dx[x <= 0] = 0
    ### END SOLUTION
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    """Mean cross-entropy of softmax probabilities, and its gradient.

    Scores of any size must give a finite loss: exp(1000) overflows, so shift each row first.

    Args:
        x: (N, C) float, x[i, j] is the score of class j for example i.
        y: (N,) int, labels in 0..C-1.

    Returns:
        loss: the mean over the examples of -log p[i, y[i]], a scalar.
        dx: (N, C), gradient of the loss with respect to x.
    """
    ### BEGIN SOLUTION softmax_loss
    rows = np.arange(len(x))
    shifted = x - x.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, y].mean()
    dx = np.exp(log_p)
    dx[rows, y] -= 1
    dx /= len(x)
    ### END SOLUTION
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    """Mean multiclass hinge loss with margin 1, and its gradient.

    Args:
        x: (N, C) float, x[i, j] is the score of class j for example i.
        y: (N,) int, labels in 0..C-1.

    Returns:
        loss: the mean over the examples of sum over j != y[i] of max(0, x[i, j] - x[i, y[i]] + 1).
        dx: (N, C), gradient of the loss with respect to x.
    """
    ### BEGIN SOLUTION svm_loss
    rows = np.arange(len(x))
    margins = np.maximum(0, x - x[rows, y][:, None] + 1)
    margins[rows, y] = 0
    loss = margins.sum() / len(x)
    dx = (margins > 0).astype(x.dtype)
    dx[rows, y] -= dx.sum(axis=1)
    dx /= len(x)
    ### END SOLUTION
    return loss, dx
