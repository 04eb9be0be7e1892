"""Looks at an answer whose numbers are all too large, too small or moved alike."""

from collections.abc import Iterable

import numpy as np

from autograder.diagnosis.looks.numbers import Floats, equal, whole

AXES = ("row", "column")
# A factor or an offset of each slice is seen in slices of this many numbers, not of fewer.
ENOUGH = 3


def factor(actual: Floats, expected: Floats) -> str:
    """All numbers times the same."""
    ratio = float(np.sum(actual * expected) / np.sum(expected**2))
    if not ratio or not equal(actual, ratio * expected):
        return ""
    if actual.size == 1 and not (whole(ratio) or whole(1 / ratio)):
        return ""
    return _factor_in_words(ratio, actual.shape)


def _factor_in_words(factor: float, shape: tuple[int, ...]) -> str:
    if whole(factor) and round(factor) == -1:
        return "Every value has the wrong sign."
    size, times = (factor, "large") if abs(factor) > 1 else (1 / factor, "small")
    sign = " and of the wrong sign" if factor < 0 else ""
    said = f"Every value is {abs(size):.4g} times too {times}{sign}"
    if not whole(size):
        return f"{said}: a constant factor is missing or is one too many."
    return f"{said}{_what_it_may_be(abs(round(size)), times, shape)}"


def _what_it_may_be(size: int, times: str, shape: tuple[int, ...]) -> str:
    step = "is a mean missing" if times == "large" else "is the mean taken twice"
    if size in shape:
        return f", which is the length of axis {shape.index(size)}: {step}?"
    if size in _products(shape):
        return f", as many as some of its axes hold together: {step}?"
    if size == 2:
        return ": what is the derivative of a square, and where does its factor go?"
    return ": is that the number of examples, or of something else that is summed over?"


def _products(shape: Iterable[int]) -> set[int]:
    """How many numbers some of the axes hold together."""
    found = {1}
    for length in shape:
        found |= {length * product for product in found}
    return found


def power(actual: Floats, expected: Floats) -> str:
    """A root too many or too few: a variance for a standard deviation, say."""
    if equal(actual, expected**2):
        return "Every value is the square of the right one: is a root missing?"
    if (expected >= 0).all() and equal(actual, np.sqrt(expected)):
        return "Every value is the root of the right one: is a root one too many?"
    if equal(actual * expected, np.ones_like(expected)):
        return "Every value is one over the right one: divided where to multiply?"
    return ""


def offset(actual: Floats, expected: Floats) -> str:
    """All numbers plus the same."""
    moved = float(np.mean(actual - expected))
    if not equal(actual - moved, expected):
        return ""
    if actual.size == 1:
        return f"It is off by exactly {round(moved)}." if whole(moved) else ""
    amount = f"Every value is off by the same amount, {moved:.4g}"
    return f"{amount}: was something left out, or added twice?"


def factor_of_each(actual: Floats, expected: Floats) -> str:
    """A factor for each row, or each column."""
    for axis, name, x, y in _slices(actual, expected):
        ratios = np.sum(x * y, axis=1) / np.sum(y**2, axis=1)
        if equal(x, ratios[:, None] * y):
            what = "gamma, or a division by its spread" if axis else "a division by its sum or size"
            return f"Each {name} is off by a factor of its own: is {what} missing or one too many?"
    return ""


def offset_of_each(actual: Floats, expected: Floats) -> str:
    """An amount for each row, or each column."""
    for _, name, x, y in _slices(actual, expected):
        if equal(x - np.mean(x - y, axis=1, keepdims=True), y):
            what = f"Each {name} is off by an amount of its own"
            return f"{what}: is a bias, or a mean, left out or added twice?"
    return ""


def _slices(actual: Floats, expected: Floats) -> Iterable[tuple[int, str, Floats, Floats]]:
    """Axis, name, and both arrays with that axis first and all others flattened."""
    for axis, length in enumerate(actual.shape if actual.ndim > 1 else ()):
        if actual.size < ENOUGH * length or length == 1:
            continue
        x, y = (np.moveaxis(a, axis, 0).reshape(length, -1) for a in (actual, expected))
        yield axis, axis_name(axis, actual.ndim), x, y


def axis_name(axis: int, axes: int) -> str:
    """What a slice of that axis is called."""
    return AXES[axis] if axes == 2 else f"slice along axis {axis}"


def signs(actual: Floats, expected: Floats) -> str:
    """Right but for signs."""
    if not equal(np.abs(actual), np.abs(expected)):
        return ""
    return "The sizes are right, but some signs are wrong."


def whole_numbers(actual: Floats, expected: Floats) -> str:
    """What an array of integers keeps of its values."""
    if equal(expected, np.trunc(expected)) or not equal(actual, np.trunc(expected)):
        return ""
    return "The digits behind the point are cut off: is it kept in an array of integers?"
