"""Calls itself until the stack of the process is used up."""

import sys

CLASSES = (22,)
DORMANT = ("__getattr__",)
ENDLESS = True

sys.setrecursionlimit(2**31 - 1)


def affine_forward(x, w, b):
    return affine_forward(x, w, b)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr([self])


def relu_forward(x):
    raise ValueError(Deep())


def affine_backward(dout, cache):
    deep = []
    for _ in range(1_000_000):
        deep = [deep]
    return deep
