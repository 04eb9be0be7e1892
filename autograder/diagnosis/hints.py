"""What the numbers alone say about a wrong answer, in one sentence."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judge.finding import Finding

Floats = NDArray[np.float64]
RELATIVE, ABSOLUTE = 1e-4, 1e-5
CELL_ALONE = re.compile(r"(NameError: .*\nthe cell of |the cell of .* stopped with NameError: )")
MANY = 5


def hint(finding: Finding) -> str:
    """A guess at what is wrong with `finding.actual`; "" if the numbers say nothing."""
    if CELL_ALONE.match(finding.summary):
        return "A graded cell is judged on its own: what other cells define or import is not there."
    actual, expected = _numbers(finding.actual), _numbers(finding.expected)
    if actual is None or expected is None:
        return ""
    with np.errstate(all="ignore"):
        return "" if _equal(actual, expected) else _first(actual, expected)


def _first(actual: Floats, expected: Floats) -> str:
    looks = _VALUES if actual.shape == expected.shape else _SHAPES
    return next(filter(None, (look(actual, expected) for look in looks)), "")


def _numbers(value: Any) -> Floats | None:
    if not isinstance(value, np.ndarray | np.number | int | float):
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or not array.size:
        return None
    return array.astype(np.float64)


def _close(actual: Floats, expected: Floats) -> NDArray[np.bool_]:
    scale = float(np.max(np.abs(expected)))
    near: NDArray[np.bool_] = (
        np.abs(actual - expected) <= RELATIVE * np.abs(expected) + ABSOLUTE * scale
    )
    return near


def _equal(actual: Floats, expected: Floats) -> bool:
    return actual.shape == expected.shape and bool(_close(actual, expected).all())


def _extra_axis(actual: Floats, expected: Floats) -> str:
    """(1, M) or (M, 1) for (M,)."""
    if not _equal(actual.squeeze(), expected.squeeze()):
        return ""
    return "The numbers are right; only an axis of length one is too many or missing (keepdims?)."


def _not_reshaped(actual: Floats, expected: Floats) -> str:
    if actual.size != expected.size or not _equal(actual.ravel(), expected.ravel()):
        return ""
    return "The numbers are right, but they must be brought into the shape that is asked for."


def _not_reduced(actual: Floats, expected: Floats) -> str:
    """A sum or mean over one axis, or over all of them, was left out."""
    for axis in (None, *range(actual.ndim)):
        where = "all axes" if axis is None else f"axis {axis}"
        for name, reduced in (("sum", actual.sum(axis=axis)), ("mean", actual.mean(axis=axis))):
            if _equal(np.asarray(reduced), expected):
                return f"Its {name} over {where} is the right answer: that step is missing."
    return ""


def _wrong_axis(actual: Floats, expected: Floats) -> str:
    if actual.ndim != expected.ndim or actual.ndim != 1:
        return ""
    return f"It has {actual.size} numbers, not {expected.size}: was the wrong axis summed over?"


def _broadcast(actual: Floats, expected: Floats) -> str:
    if expected.ndim != 1 or actual.shape != expected.shape * 2:
        return ""
    return "A row was combined with a column: (N,) and (N, 1) together broadcast to (N, N)."


def _not_finite(actual: Floats, expected: Floats) -> str:
    if np.isfinite(actual).all() or not np.isfinite(expected).all():
        return ""
    return (
        "Some values are NaN or infinite: does exp or a power get a very large number (shift by "
        "the maximum?), or is something divided by zero?"
    )


def _zeros(actual: Floats, expected: Floats) -> str:
    if actual.any():
        return "Every value should be zero here." if not expected.any() else ""
    return "Every value is zero: was the result never filled in, or everything masked out?"


def _factor(actual: Floats, expected: Floats) -> str:
    factor = float(np.sum(actual * expected) / np.sum(expected**2))
    if not factor or not _equal(actual, factor * expected):
        return ""
    if actual.size == 1 and not (_whole(factor) or _whole(1 / factor)):
        return ""
    return _factor_in_words(factor, actual.shape)


def _factor_in_words(factor: float, shape: tuple[int, ...]) -> str:
    if _whole(factor) and round(factor) == -1:
        return "Every value has the wrong sign."
    size, times = (factor, "large") if abs(factor) > 1 else (1 / factor, "small")
    sign = " and of the wrong sign" if factor < 0 else ""
    said = f"Every value is {abs(size):.4g} times too {times}{sign}"
    if not _whole(size):
        return f"{said}: a constant factor is missing or is one too many."
    return f"{said}{_what_it_may_be(abs(round(size)), times, shape)}"


def _what_it_may_be(size: int, times: str, shape: tuple[int, ...]) -> str:
    if size in shape:
        step = "is a mean missing" if times == "large" else "is the mean taken twice"
        return f", which is the length of axis {shape.index(size)}: {step}?"
    if size == 2:
        return ": what is the derivative of a square, and where does its factor go?"
    return ": is that the number of examples, or of something else that is summed over?"


def _whole(x: float) -> bool:
    return bool(np.isfinite(x)) and round(x) != 0 and abs(x - round(x)) <= RELATIVE * abs(x)


def _offset(actual: Floats, expected: Floats) -> str:
    offset = float(np.mean(actual - expected))
    if not _equal(actual - offset, expected):
        return ""
    if actual.size == 1:
        return f"It is off by exactly {round(offset)}." if _whole(offset) else ""
    amount = f"Every value is off by the same amount, {offset:.4g}"
    return f"{amount}: was something left out, or added twice?"


def _signs(actual: Floats, expected: Floats) -> str:
    if not _equal(np.abs(actual), np.abs(expected)):
        return ""
    return "The sizes are right, but some signs are wrong."


def _transposed(actual: Floats, expected: Floats) -> str:
    return "It is transposed: rows and columns changed places." * _equal(actual.T, expected)


def _reordered(actual: Floats, expected: Floats) -> str:
    if not _equal(np.sort(actual, axis=None), np.sort(expected, axis=None)):
        return ""
    return "The right numbers are in the wrong places: look at the order of axes and rows."


def _masked(actual: Floats, expected: Floats) -> str:
    """Only the zeros are in the wrong places."""
    wrong = ~_close(actual, expected)
    if wrong.all() and wrong.size > 1:
        return ""
    if not expected[wrong].any():
        return "It is wrong only where zero is expected: something must be masked out there."
    if not actual[wrong].any():
        return "It is wrong only where yours is zero: too much is masked out, or never filled in."
    return ""


def _some_rows(actual: Floats, expected: Floats) -> str:
    wrong = ~_close(actual, expected)
    for axis, name in enumerate(("row", "column") if actual.ndim > 1 else ()):
        others = tuple(i for i in range(actual.ndim) if i != axis)
        found = np.flatnonzero(wrong.any(axis=others))
        if 0 < found.size < wrong.shape[axis]:
            return f"Only {_listed(name, found)} wrong; the others are right."
    return ""


def _listed(name: str, found: NDArray[np.intp]) -> str:
    if found.size == 1:
        return f"{name} {found[0]} is"
    shown = ", ".join(map(str, found[:MANY])) + (", ..." if found.size > MANY else "")
    return f"the {name}s {shown} are"


_SHAPES: tuple[Callable[[Floats, Floats], str], ...] = (
    _extra_axis, _transposed, _not_reshaped, _not_reduced, _broadcast, _wrong_axis,
)  # fmt: skip
_VALUES: tuple[Callable[[Floats, Floats], str], ...] = (
    _not_finite, _zeros, _factor, _offset, _transposed, _reordered, _signs, _masked, _some_rows,
)  # fmt: skip
