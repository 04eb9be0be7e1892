"""Calls what stands in for its broken function with whatever might make the judge stumble."""

import numpy as np

from . import layers

CLASSES = (28,)
FILE = "deepnets/fc_net.py"
TASKS = ("affine_forward", "relu_forward", "TwoLayerNet.init", "TwoLayerNet.scores")

DEEP = []
for _ in range(5000):
    DEEP = [DEEP]
JUNK = [(), ("x",) * 3, (None,) * 3, (DEEP,), ({1: 2}, {}, {}), (np.zeros((0, 5)),) * 3]
JUNK += [(np.zeros(1 << 20),) * 3, (1e308, 2**200, 1j), (print, object(), b""), ("\ud800",) * 3]
JUNK += [(np.zeros((2, 2)), np.zeros((3, 3)), np.array("x")), (np.array([None]),) * 3]


class TwoLayerNet:
    def __init__(self, *args, **kwargs):
        self.params = {}

    def loss(self, x, y=None):
        for junk in JUNK:
            try:
                layers.affine_forward(*junk)
                layers.affine_forward(x=junk, **{"w": junk, "\x1b": 1})
            except BaseException as error:
                print(type(error), error)
        return layers.affine_forward(x, x, x)
