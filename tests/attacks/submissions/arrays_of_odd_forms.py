"""Announces arrays of forbidden types and impossible shapes."""

import json
import os
import struct

CLASSES = (26, 17)
TASKS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
         "svm_loss")  # fmt: skip


def send(array, payload=bytes(64)):
    text = json.dumps({"value": {"t": [array, {"v": None}]}, "changed": []}).encode()
    os.write(3, struct.pack("!4sIQ", b"SBX1", len(text), len(payload)) + text + payload)


def affine_forward(x, w, b):
    send({"a": ["|O", [8]]})


def relu_forward(x):
    send({"a": ["<f8", [-1, -8]]})


def relu_backward(dout, cache):
    send({"a": ["<f8", [1 << 52, 1 << 52, 0]]}, b"")


def softmax_loss(x, y):
    send({"a": ["<f8", [True, 8.0, "1"]]})


def svm_loss(x, y):
    send({"a": [["<f8"], {"0": 8}], "v": 1})
