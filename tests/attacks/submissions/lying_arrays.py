"""Returns arrays over memory that is not theirs: huge strides, misaligned, read-only, reversed."""

import numpy as np
from numpy.lib.stride_tricks import as_strided

CLASSES = (6, 22)


def affine_forward(x, w, b):
    return as_strided(np.zeros(1), (len(x), len(b)), (1 << 40, 1 << 40)), (x, w, b)


def relu_forward(x):
    return as_strided(np.zeros(4), x.shape, (-(1 << 20),) * x.ndim), x


def affine_backward(dout, cache):
    return tuple(np.ndarray(part.shape, ">f2", bytes(2 * part.size)) for part in cache)
