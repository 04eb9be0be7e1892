"""Sends headers that are no objects, no JSON, no text, too deep, with numbers beyond all bounds."""

import os
import struct

from .arms import forge

CLASSES = (26, 22)
TASKS = ("affine_forward", "relu_forward", "softmax_loss", "svm_loss", "layernorm_forward")
SAYS = ("is not acceptable JSON", "malformed answer (OverflowError)", "surrogates not allowed")


def send(text):
    os.write(3, struct.pack("!4sIQ", b"SBX1", len(text), 0) + text)


def affine_forward(x, w, b):
    send(b"[" * 60_000)


def relu_forward(x):
    send(b'{"value": ' + b"9" * 60_000 + b"}")


def layernorm_forward(x, gamma, beta, ln_param):
    answer = {"f": "0x1p99999999999"}
    forge({"value": answer, "values": {"l": [answer]}, "changed": [float("nan"), -1, True, "0"]})


def softmax_loss(x, y):
    forge({"value": "\ud800", "error": [], "ask": {}, "values": {}})


def svm_loss(x, y):
    send(b"\xff\xfe\x00")
