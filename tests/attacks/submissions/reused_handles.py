"""Gives the same cache for everything, and changes it when it is used again."""

import numpy as np

CLASSES = (27, 12)


class Cache:
    last = None

    def __new__(cls, *parts):
        cls.last = cls.last or super().__new__(cls)
        cls.last.parts = parts
        return cls.last

    def __init__(self, *parts):
        pass


def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w, Cache(x, w)


def affine_backward(dout, cache):
    x, w = cache.parts
    cache.parts = w, x
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(1)
