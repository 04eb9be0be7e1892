"""Prints without end."""

import os

CLASSES = (22, 16)


def affine_forward(x, w, b):
    while True:
        print("x" * 10_000)


def relu_forward(x):
    while True:
        os.write(2, b"\x1b[2J" * 10_000)
