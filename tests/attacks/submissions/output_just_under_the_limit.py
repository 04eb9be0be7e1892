"""Prints as much as it may in every call, and answers rightly."""

import os

import numpy as np

CLASSES = (22, 16)
ON = "right"
EARNS = "all"


def relu_forward(x):
    os.write(1, b"x" * 900_000)
    return np.maximum(x, 0), x
