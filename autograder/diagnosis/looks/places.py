"""Looks at an answer that is wrong in some places only, or right in the wrong ones."""

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.looks.numbers import Floats, close, equal
from autograder.diagnosis.looks.sizes import axis_name

MANY = 5
# Nothing is said of a border if there is nothing within it.
THINNEST = 3


def not_finite(actual: Floats, expected: Floats) -> str:
    """NaN or infinite."""
    if np.isfinite(actual).all() or not np.isfinite(expected).all():
        return ""
    return (
        "Some values are NaN or infinite: does exp or a power get a very large number (shift by "
        "the maximum?), or is something divided by zero?"
    )


def zeros(actual: Floats, expected: Floats) -> str:
    """Nothing but zeros, or none."""
    if actual.any():
        return "Every value should be zero here." if not expected.any() else ""
    return "Every value is zero: was the result never filled in, or everything masked out?"


def reordered(actual: Floats, expected: Floats) -> str:
    """Each number is somewhere."""
    if not equal(np.sort(actual, axis=None), np.sort(expected, axis=None)):
        return ""
    return "The right numbers are in the wrong places: look at the order of axes and rows."


def masked(actual: Floats, expected: Floats) -> str:
    """Only the zeros are in the wrong places."""
    wrong = ~close(actual, expected)
    if wrong.all() and wrong.size > 1:
        return ""
    if not expected[wrong].any():
        return "It is wrong only where zero is expected: something must be masked out there."
    if not actual[wrong].any():
        return "It is wrong only where yours is zero: too much is masked out, or never filled in."
    return ""


def border(actual: Floats, expected: Floats) -> str:
    """Right inside of every image."""
    wrong = ~close(actual, expected)
    if actual.ndim < 3 or min(actual.shape[-2:]) < THINNEST or wrong[..., 1:-1, 1:-1].any():
        return ""
    return "It is wrong only at the border of the images: look at the padding there."


def some_rows(actual: Floats, expected: Floats) -> str:
    """Right in all rows but some, or in all columns."""
    wrong = ~close(actual, expected)
    for axis in range(actual.ndim if actual.ndim > 1 else 0):
        others = tuple(i for i in range(actual.ndim) if i != axis)
        found = np.flatnonzero(wrong.any(axis=others))
        if 0 < found.size < wrong.shape[axis]:
            name = axis_name(axis, actual.ndim)
            return f"Only {_listed(name, found)} wrong; the others are right."
    return ""


def _listed(name: str, found: NDArray[np.intp]) -> str:
    first, _, rest = name.partition(" ")
    if found.size == 1:
        return f"{first} {found[0]} {rest}".strip() + " is"
    shown = ", ".join(map(str, found[:MANY])) + (", ..." if found.size > MANY else "")
    return f"the {first}s {shown} {rest}".strip() + " are"


def nearly(actual: Floats, expected: Floats) -> str:
    """Wrong by little, compared with the largest."""
    if not np.max(np.abs(actual - expected)) <= 1e-3 * np.max(np.abs(expected)):
        return ""
    return _NEARLY


def hardly(actual: Floats, expected: Floats) -> str:
    """Wrong, but by less than any other look could tell."""
    return _NEARLY * equal(actual, expected)


_NEARLY = (
    "It is nearly right: does an epsilon stand in another place or have another value, or was "
    "single precision in between?"
)
