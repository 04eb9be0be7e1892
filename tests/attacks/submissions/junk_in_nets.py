"""Nets whose attributes and methods are whatever their author liked."""

import numpy as np

CLASSES = (24, 26, 27)
FILE = "deepnets/fc_net.py"
TASKS = ("affine_forward", "relu_forward", "TwoLayerNet.init", "TwoLayerNet.scores",
         "FullyConnectedNet.init", "FullyConnectedNet.scores")  # fmt: skip
DORMANT = ("__getitem__", "__getattr__", "__call__")


class Attributes(dict):
    def update(self, *args):
        pass

    def __getitem__(self, name):
        return self

    def __iter__(self):
        return iter(range(10**9))


class TwoLayerNet:
    params = Attributes({"W1": "text", 7: np.zeros(3), "W2": {"b": []}, "b1": None, "b2": 2**70})

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        return self

    def __call__(self, *args):
        return self

    def loss(self, x, y=None):
        return ({}, {}) if y is None else ("nan", {"W1": print, "<b>": np.zeros((0, 3))})


class Raising(Attributes):
    def update(self, *args):
        raise KeyError(args)


class FullyConnectedNet(TwoLayerNet):
    params = Raising()
