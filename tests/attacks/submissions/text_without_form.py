"""Puts into its texts what some program cannot store: half characters, bytes, combining marks."""

CLASSES = (32, 24)
TEXT = "\ud800\udfff\udc00" + "\u0301" * 3000 + "\U0010ffff\ufeff\ufffe" + "ﷺ" * 500


def affine_forward(x, w, b):
    raise ValueError(TEXT)


def relu_forward(x):
    return {TEXT: TEXT}, TEXT


def affine_backward(dout, cache):
    raise type("é" * 300, (Exception,), {})(b"\xff\xfe".decode("latin-1") * 2000)
