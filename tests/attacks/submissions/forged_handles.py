"""Returns handles that it made up: of other objects, negative, huge, of hostile names."""

import itertools
import sys

import numpy as np

CLASSES = (27,)

numbers = itertools.cycle([10**15, -1, 2**70, 0])
Handle = sys.modules["autograder.student.channel"].Handle


def forged(session, value):
    kind = "<script>alert(1)</script>\x1b[2J"
    return Handle(next(numbers), kind)


sys.modules["autograder.student.session"].Session._keep = forged


def affine_forward(x, w, b):
    return np.zeros((len(x), len(b))), object()


def relu_forward(x):
    return object(), object()
