"""Calls what stands in for its broken function again and again."""

import numpy as np

from . import layers

CLASSES = (28, 22)
FILE = "deepnets/fc_net.py"
TASKS = ("affine_forward", "relu_forward", "TwoLayerNet.init", "TwoLayerNet.scores")
ENDLESS = True


class TwoLayerNet:
    def __init__(self, *args, **kwargs):
        self.params = {}

    def loss(self, x, y=None):
        while True:
            layers.affine_forward(np.zeros((2, 3)), np.zeros((3, 4)), np.zeros(4))
