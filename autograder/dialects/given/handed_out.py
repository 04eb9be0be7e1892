"""Functions that stand in the handed-out layers.py, for a student's file that has lost them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def softmax_loss(x: Array, y: Array) -> tuple[Any, Array]:
    """Mean cross-entropy of scores x (N, C) for labels y (N,), and its gradient (N, C)."""
    rows = np.arange(len(x))
    shifted = x - x.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dx = np.exp(log_p)
    dx[rows, y] -= 1
    return -log_p[rows, y].mean(), dx / len(x)


def svm_loss(x: Array, y: Array) -> tuple[Any, Array]:
    """Mean hinge loss of scores x (N, C) for labels y (N,), and its gradient (N, C)."""
    rows = np.arange(len(x))
    margins = np.maximum(0, x - x[rows, y][:, None] + 1)
    margins[rows, y] = 0
    dx = (margins > 0).astype(x.dtype)
    dx[rows, y] -= dx.sum(axis=1)
    return margins.sum() / len(x), dx / len(x)
