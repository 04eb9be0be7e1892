"""Sends headers that are no objects, no JSON, no text, too deep, with numbers beyond all bounds."""

import os
import struct

CLASSES = (26, 22)
TASKS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
         "svm_loss")  # fmt: skip


def send(text):
    os.write(3, struct.pack("!4sIQ", b"SBX1", len(text), 0) + text)


def affine_forward(x, w, b):
    send(b"[" * 60_000)


def relu_forward(x):
    send(b'{"value": ' + b"9" * 60_000 + b"}")


def relu_backward(dout, cache):
    send(b'{"value": {"f": "0x1p99999999999"}, "changed": [NaN, Infinity, -1, true, "0"]}')


def softmax_loss(x, y):
    send(b'{"value": "\\ud800", "value": null, "error": [], "ask": {}, "values": {}}')


def svm_loss(x, y):
    send(b"\xff\xfe\x00")
