"""Announces arrays of forbidden types and impossible shapes."""

from .arms import forge

CLASSES = (26, 17)
TASKS = ("affine_forward", "relu_forward", "softmax_loss", "svm_loss", "layernorm_forward")
SAYS = ("malformed answer (",)


def send(array, payload=bytes(64)):
    answer = {"t": [array, {"v": None}]}
    forge({"value": answer, "values": {"l": [answer]}, "changed": []}, payload)


def affine_forward(x, w, b):
    send({"a": ["|O", [8]]})


def relu_forward(x):
    send({"a": ["<f8", [-1, -8]]})


def layernorm_forward(x, gamma, beta, ln_param):
    send({"a": ["<f8", [1 << 52, 1 << 52, 0]]}, b"")


def softmax_loss(x, y):
    send({"a": ["<f8", [True, 8.0, "1"]]})


def svm_loss(x, y):
    send({"a": [["<f8"], {"0": 8}], "v": 1})
