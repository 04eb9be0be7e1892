"""Sends frames that announce other sizes than they have, or that have the wrong mark."""

import os
import struct

CLASSES = (26,)
TASKS = ("affine_forward", "relu_forward", "softmax_loss")
SAYS = ("header of 4294967295 bytes", "MB can be judged", "does not start like a frame")


def affine_forward(x, w, b):
    os.write(3, struct.pack("!4sIQ", b"SBX1", 0xFFFFFFFF, 0) + b"{}")


def softmax_loss(x, y):
    os.write(3, struct.pack("!4sIQ", b"SBX1", 2, 0xFFFFFFFFFFFFFFFF) + b"{}")


def relu_forward(x):
    os.write(3, struct.pack("!4sIQ", b"SBX9", 0, 0))
