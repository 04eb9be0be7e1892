"""Names of the array types, for every file of the library."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Labels = NDArray[np.integer]
AffineCache = tuple[Array, Array, Array]
ConvCache = tuple[Array, Array, Array, dict[str, Any]]
PoolCache = tuple[Array, dict[str, Any]]
