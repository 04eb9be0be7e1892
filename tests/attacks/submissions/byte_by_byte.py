"""Sends its answer so slowly that something always seems to be happening."""

import os
import struct
import time

CLASSES = (26, 22, 25)
ENDLESS = True


def relu_forward(x):
    for byte in struct.pack("!4sIQ", b"SBX1", 60_000, 0) + b" " * 60_000:
        os.write(3, bytes([byte]))
        time.sleep(0.005)
