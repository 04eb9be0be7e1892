"""Answers with another kind of junk in every call; none may make the judge stumble."""

import decimal
import fractions

import numpy as np

CLASSES = (24, 26)
TASKS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
         "svm_loss")  # fmt: skip

JUNK = [
    None, True, -1, 2**62, 2**64, 1e308, float("nan"), 1j, "", "\ud800", "text", b"bytes", (), [],
    {}, {1: 2}, {None: None}, set(), range(3), ..., NotImplemented, print, type, object(),
    np.float16(1), np.datetime64("now"), np.array("text"), np.array(b"x"), np.array([None]),
    np.zeros(0), np.zeros((0, 5)), np.zeros((1,) * 32), np.zeros((2, 3), "c16"),
    np.zeros((2, 3), bool), np.zeros((2, 3), ">i4"), np.zeros(3, [("a", "f8")]),
    np.ma.masked_all((2, 3)), np.matrix("1 2"), np.array(7.0), np.array(["a", "b"]),
    np.full((5, 3), np.longdouble(1)), np.zeros((5, 3), np.uint64), np.broadcast_to(1.0, (5, 3)),
    decimal.Decimal("NaN"), fractions.Fraction(1, 3), [[[[[[[[[[[[]]]]]]]]]]]], (1,) * 1000,
    [np.zeros(3)] * 30, {"out": np.zeros(3)}, Exception(), (np.zeros((5, 3)), None, None),
]  # fmt: skip
calls = []


def junk(*args, **kwargs):
    calls.append(None)
    value, other = (JUNK[(7 * len(calls) + step) % len(JUNK)] for step in (0, 3))
    return [value, (value, other), (value, other, value)][len(calls) % 3]


affine_forward = affine_backward = relu_forward = relu_backward = junk
softmax_loss = svm_loss = junk
