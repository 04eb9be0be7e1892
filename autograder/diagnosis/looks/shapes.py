"""Looks at an answer of the wrong shape."""

from itertools import permutations

import numpy as np

from autograder.diagnosis.looks.numbers import Floats, equal


def extra_axis(actual: Floats, expected: Floats) -> str:
    """(1, M) or (M, 1) for (M,)."""
    if not equal(actual.squeeze(), expected.squeeze()):
        return ""
    return "The numbers are right; only an axis of length one is too many or missing (keepdims?)."


def permuted(actual: Floats, expected: Floats) -> str:
    """The same numbers with the axes in another order."""
    if actual.ndim != expected.ndim or sorted(actual.shape) != sorted(expected.shape):
        return ""
    for order in list(permutations(range(actual.ndim)))[1:]:
        if equal(actual.transpose(order), expected):
            return _in_words(order)
    return ""


def _in_words(order: tuple[int, ...]) -> str:
    if len(order) == 2:
        return "It is transposed: rows and columns changed places."
    return f"The axes are in another order: yours in the order {order} would be right."


def not_reshaped(actual: Floats, expected: Floats) -> str:
    """The same numbers in the same order."""
    if actual.size != expected.size or not equal(actual.ravel(), expected.ravel()):
        return ""
    return "The numbers are right, but they must be brought into the shape that is asked for."


def not_reduced(actual: Floats, expected: Floats) -> str:
    """A sum or mean over one axis, or over all of them, was left out."""
    for axis in (None, *range(actual.ndim)):
        where = "all axes" if axis is None else f"axis {axis}"
        for name, reduced in (("sum", actual.sum(axis=axis)), ("mean", actual.mean(axis=axis))):
            if equal(np.asarray(reduced), expected):
                return f"Its {name} over {where} is the right answer: that step is missing."
    return ""


def broadcast(actual: Floats, expected: Floats) -> str:
    """(N, N) for (N,)."""
    if expected.ndim != 1 or actual.shape != expected.shape * 2:
        return ""
    return "A row was combined with a column: (N,) and (N, 1) together broadcast to (N, N)."


def wrong_axis(actual: Floats, expected: Floats) -> str:
    """A vector of another length."""
    if actual.ndim != expected.ndim or actual.ndim != 1:
        return ""
    return f"It has {actual.size} numbers, not {expected.size}: was the wrong axis summed over?"


LOOKS = (extra_axis, permuted, not_reshaped, not_reduced, broadcast, wrong_axis)
