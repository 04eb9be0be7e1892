"""What all looks at an answer share: when are numbers the same?"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RELATIVE, ABSOLUTE = 1e-4, 1e-5


def close(actual: Floats, expected: Floats) -> NDArray[np.bool_]:
    """Number by number; small ones count by the largest."""
    scale = float(np.max(np.abs(expected)))
    near: NDArray[np.bool_] = (
        np.abs(actual - expected) <= RELATIVE * np.abs(expected) + ABSOLUTE * scale
    )
    return near


def equal(actual: Floats, expected: Floats) -> bool:
    """The same shape, and the same numbers."""
    return actual.shape == expected.shape and bool(close(actual, expected).all())


def whole(x: float) -> bool:
    """A whole number other than zero."""
    return bool(np.isfinite(x)) and round(x) != 0 and abs(x - round(x)) <= RELATIVE * abs(x)
