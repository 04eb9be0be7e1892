"""Pickles as Python 2 wrote them, opcode by opcode.

CIFAR-10's files are such pickles. Today's `pickle` would write other bytes: its output depends on
the versions of Python and NumPy, and `encoding="bytes"` would read back str for bytes.
"""

import pickle
import struct
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

_MARK, _TUPLE, _REDUCE, _BUILD = pickle.MARK, pickle.TUPLE, pickle.REDUCE, pickle.BUILD


def document(fields: Mapping[str, bytes]) -> bytes:
    """A whole file: one dictionary, whose values are already encoded."""
    items = b"".join(string(key.encode()) + value for key, value in fields.items())
    body = pickle.EMPTY_DICT + _MARK + items + pickle.SETITEMS
    return pickle.PROTO + b"\x02" + body + pickle.STOP


def string(text: bytes) -> bytes:
    """A Python 2 `str`."""
    if len(text) < 256:
        return pickle.SHORT_BINSTRING + bytes([len(text)]) + text
    return pickle.BINSTRING + struct.pack("<i", len(text)) + text


def small(number: int) -> bytes:
    """An integer in 0..255."""
    return pickle.BININT1 + bytes([number])


def integer(number: int) -> bytes:
    """A signed integer of 32 bits."""
    return pickle.BININT + struct.pack("<i", number)


def sequence(items: Iterable[bytes]) -> bytes:
    """A list, whose items are already encoded."""
    return pickle.EMPTY_LIST + _MARK + b"".join(items) + pickle.APPENDS


def matrix(values: NDArray[np.uint8]) -> bytes:
    """A (rows, columns) array of bytes."""
    ndarray = _named("numpy", "ndarray") + small(0) + pickle.TUPLE1 + string(b"b")
    empty = _named("numpy.core.multiarray", "_reconstruct") + _MARK + ndarray + _TUPLE + _REDUCE
    shape = integer(values.shape[0]) + integer(values.shape[1]) + pickle.TUPLE2
    state = small(1) + shape + _uint8() + pickle.NEWFALSE + string(values.tobytes())
    return empty + _MARK + state + _TUPLE + _BUILD


def _uint8() -> bytes:
    dtype = _MARK + string(b"u1") + small(0) + small(1) + _TUPLE + _REDUCE
    state = small(3) + string(b"|") + pickle.NONE * 3 + integer(-1) * 2 + small(0)
    return _named("numpy", "dtype") + dtype + _MARK + state + _TUPLE + _BUILD


def _named(module: str, name: str) -> bytes:
    return pickle.GLOBAL + f"{module}\n{name}\n".encode()
