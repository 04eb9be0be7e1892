"""Begins a frame and never ends it."""

import os
import struct
import time

CLASSES = (26, 22)
ENDLESS = True


def affine_forward(x, w, b):
    os.write(3, struct.pack("!4sIQ", b"SBX1", 60_000, 1 << 20))
    time.sleep(60)


def relu_forward(x):
    os.write(3, b"SB")
    time.sleep(60)
