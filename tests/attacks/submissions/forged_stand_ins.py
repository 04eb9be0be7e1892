"""Asks the judge for functions that do not stand in here, to have its work done there."""

import sys

from .arms import forge, wire

CLASSES = (28, 15)
TASKS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
         "svm_loss")  # fmt: skip
SAYS = ("asked for something that is not a stand-in",)


def ask(name, *args):
    """As the worker asks for what does stand in."""
    protocol = sys.modules["autograder.student.wire"]
    node, arrays = protocol.encode([list(args), {}])
    forge({"ask": name, "args": node}, b"".join(array.tobytes() for array in arrays))
    header, payload = wire().receive()
    return protocol.decode(header["value"], payload)[0]


def affine_forward(x, w, b):
    return ask("layers.affine_forward", x, w, b)


def affine_backward(dout, cache):
    return ask("layers.affine_backward", dout, cache)


def relu_forward(x):
    return ask(["layers.relu_forward"], x)


def relu_backward(dout, cache):
    return ask("os.system", "true")


def softmax_loss(x, y):
    return ask({"layers": "softmax_loss"}, x, y)
