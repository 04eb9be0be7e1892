"""Which results are plain data that can be sent, and which must stay as handles."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.student.channel import Handle, Tree
from autograder.student.tensors import to_array
from autograder.student.wire import DTYPES

MAX_DEPTH, MAX_ITEMS, MAX_TEXT = 8, 5_000, 10_000


def export(value: Any, keep: Callable[[Any], Handle], depth: int = 0) -> Tree:
    """`value` as a tree of copies; `keep` makes a handle of whatever is not plain data."""
    value = to_array(value)
    if isinstance(value, np.matrix):
        return keep(value)  # it multiplies in a way of its own
    if isinstance(value, np.ndarray | np.generic):
        array = _plain(value)
        return keep(value) if array is None else array
    if type(value) in (bool, type(None), float) or _small(value):
        return value
    if depth < MAX_DEPTH and isinstance(value, list | tuple) and len(value) <= MAX_ITEMS:
        kind = list if isinstance(value, list) else tuple
        return kind(export(item, keep, depth + 1) for item in value)
    if depth < MAX_DEPTH and isinstance(value, dict) and all(type(k) is str for k in value):
        return {key: export(item, keep, depth + 1) for key, item in value.items()}
    return keep(value)


def _plain(value: Any) -> Any:
    array = np.array(value, copy=True, subok=False)
    if array.dtype.kind in "fc" and array.dtype.itemsize > (8 if array.dtype.kind == "f" else 16):
        array = array.astype("<f8" if array.dtype.kind == "f" else "<c16")
    if array.dtype.byteorder == ">":
        array = array.astype(array.dtype.newbyteorder("<"))
    return array if array.dtype.str in DTYPES else None


def _small(value: Any) -> bool:
    if type(value) is int:
        return abs(value) < 2**63
    return type(value) is str and len(value) <= MAX_TEXT
