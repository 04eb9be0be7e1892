"""What names and operators meant in Python 2, for students' files that were written for it."""

import builtins
from typing import Any

import numpy as np


def quotient(a: Any, b: Any) -> Any:
    """a / b, rounded down where both are whole numbers or arrays of them."""
    return a // b if _whole(a) and _whole(b) else a / b


def quotient_in_place(a: Any, b: Any) -> Any:
    """What `a /= b` leaves in `a`; an array is changed where it is."""
    if isinstance(a, np.ndarray) and not (_whole(a) and _whole(b)):
        a /= b
        return a
    return quotient(a, b)


def exact_quotient(a: Any, b: Any) -> Any:
    """a / b, which stays a whole number if both are, and nothing is left over."""
    scalars = np.ndim(a) == np.ndim(b) == 0
    return a // b if scalars and _whole(a) and _whole(b) and a % b == 0 else a / b


def exact_quotient_in_place(a: Any, b: Any) -> Any:
    """What `a /= b` leaves in `a`; an array is changed where it is."""
    if isinstance(a, np.ndarray):
        a /= b
        return a
    return exact_quotient(a, b)


def filter(*args: Any) -> list[Any]:
    """A list."""
    return list(builtins.filter(*args))


def map(*args: Any) -> list[Any]:
    """A list."""
    return list(builtins.map(*args))


def range(*args: Any) -> list[int]:
    """A list."""
    return list(builtins.range(*args))


def zip(*args: Any) -> list[Any]:
    """A list."""
    return list(builtins.zip(*args, strict=False))


def _whole(x: Any) -> bool:
    return isinstance(x, int | np.integer) or (isinstance(x, np.ndarray) and x.dtype.kind in "biu")
