"""Names of the array types, for every file of the library."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Labels = NDArray[np.integer]
AffineCache = tuple[Array, Array, Array]
