"""Takes a time that depends on the hidden input, to tell it by how long it took."""

import time

import numpy as np

CLASSES = (20, 25)
ON = "right"
EARNS = "all"


def relu_forward(x):
    time.sleep(0.02 * (x.ravel()[0] > 0))
    return np.maximum(x, 0), x
