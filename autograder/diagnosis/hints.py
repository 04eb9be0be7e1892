"""What the numbers alone say about a wrong answer, in one sentence."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.diagnosis.looks import SHAPES, VALUES
from autograder.diagnosis.looks.numbers import Floats, equal
from autograder.judge.finding import Finding

# So many numbers are no multiple of others by chance.
ENOUGH = 3
CELL_ALONE = re.compile(r"(NameError: .*\nthe cell of |the cell of .* stopped with NameError: )")


def hint(finding: Finding, others: Mapping[str, Any] | None = None) -> str:
    """A guess at what is wrong with `finding.actual`; "" if the numbers say nothing.

    `others` are the right answers to the other questions of its trial, and what the code was given.
    """
    if CELL_ALONE.match(finding.summary):
        return "A graded cell is judged on its own: what other cells define or import is not there."
    actual, expected = _numbers(finding.actual), _numbers(finding.expected)
    if actual is None or expected is None or np.array_equal(actual, expected):
        return ""
    with np.errstate(all="ignore"):
        return _first(actual, expected) or _term(actual, expected, others or {})


def _first(actual: Floats, expected: Floats) -> str:
    looks = VALUES if actual.shape == expected.shape else SHAPES
    return next(filter(None, (look(actual, expected) for look in looks)), "")


def _numbers(value: Any) -> Floats | None:
    if not isinstance(value, np.ndarray | np.number | int | float):
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or not array.size:
        return None
    return array.astype(np.float64)


def _term(actual: Floats, expected: Floats, others: Mapping[str, Any]) -> str:
    """The difference is a multiple of one of `others`."""
    for name, value in others.items():
        other = _numbers(value)
        if other is None or not actual.shape == expected.shape == other.shape:
            continue
        away = actual - expected
        if (
            other.size >= ENOUGH
            and other.any()
            and equal(away, np.sum(away * other) / np.sum(other**2) * other)
        ):
            return (
                f"It is off by a multiple of {name}: is that term missing, added twice, or of the "
                f"wrong sign or size?"
            )
    return ""
