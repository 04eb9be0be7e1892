"""Puts sequences into its texts that steer a terminal: clear, retitle, type, overwrite, reverse."""

CLASSES = (32,)
TEXT = (
    "\x1b[2J\x1b]0;owned\x07\x1bP$q\x1b\\\x9b31m\r\x08\x08passed\x00\u202eelif\u2066\u200f\x7f\v\f"
)


def affine_forward(x, w, b):
    raise ValueError(TEXT)


def relu_forward(x):
    print(TEXT)
    return TEXT


def affine_backward(dout, cache):
    raise type(TEXT, (Exception,), {})(TEXT)


raise OSError(TEXT)
