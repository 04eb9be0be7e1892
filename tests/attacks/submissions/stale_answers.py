"""Returns the arrays of earlier calls, and changes them after they were returned."""

import numpy as np

CLASSES = (12,)

kept = []


def remembered(value):
    kept.append(value)
    for each in kept:
        each[...] = value.ravel()[:1]
    return kept[0]


def affine_forward(x, w, b):
    return remembered(np.zeros((len(x), len(b)))), (x, w, b)


def relu_forward(x):
    return remembered(x), x
