"""Returns more than anybody could read: arrays, text, containers without end."""

import numpy as np

CLASSES = (22, 26)


def affine_forward(x, w, b):
    return np.zeros(12 << 20), (x, w, b)


def relu_forward(x):
    return np.broadcast_to(np.zeros(1), (10**6, 10**6)), x


def affine_backward(dout, cache):
    return "x" * (50 << 20), list(range(10**6)), 10**100_000
