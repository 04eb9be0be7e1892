"""The form of an answer in words."""

import numpy as np

from autograder.student.channel import Handle, Tree


def describe(value: Tree) -> str:
    """E.g. "a tuple of 2: array (5, 3), object"; no values."""
    match value:
        case None:
            return "None"
        case np.ndarray():
            return f"array {value.shape}" if value.ndim else "a number"
        case bool() | int() | float():
            return "a number"
        case Handle():
            return "object"
        case tuple() | list():
            inner = ", ".join(describe(item) for item in value[:6])
            return f"a {type(value).__name__} of {len(value)}: {inner}"
        case dict():
            return f"a dict with keys {', '.join(sorted(map(str, value))[:12])}"
    return f"a {type(value).__name__}"
