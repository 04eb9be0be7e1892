"""Answers with what compares oddly: not a number, infinity, both zeros."""

import numpy as np

CLASSES = (11, 13)


def affine_forward(x, w, b):
    return np.full((len(x), len(b)), np.nan), (x, w, b)


def affine_backward(dout, cache):
    return tuple(np.full_like(part, np.inf) for part in cache)


def relu_forward(x):
    return np.full_like(x, -0.0), x
