"""Random inputs that are the same bits on every machine and every NumPy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Draw:
    """Draws arrays from a seed, using only `BitGenerator.random_raw`.

    NumPy promises that raw streams never change, but not those of `Generator` (NEP 19). Recorded
    answers stay valid on a student's NumPy only because of this.
    """

    def __init__(self, seed: int) -> None:
        self._bits = np.random.PCG64(seed)

    def uniform(self, *shape: int, low: float = -1.0, high: float = 1.0) -> Floats:
        """Float64 array of `shape`, uniform in [low, high)."""
        raw = np.asarray(self._bits.random_raw(int(np.prod(shape))), dtype=np.uint64)
        unit = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return np.asarray(low + (high - low) * unit).reshape(shape)

    def normal(self, *shape: int, scale: float = 1.0) -> Floats:
        """Float64 array of `shape`, close to normal: a sum of twelve uniforms (Irwin-Hall)."""
        return np.asarray(scale * self.uniform(12, *shape, low=-0.5, high=0.5).sum(axis=0))

    def away_from_zero(self, *shape: int, gap: float = 0.1) -> Floats:
        """Uniform in [-1, -gap] or [gap, 1]: no value near the kink of a ReLU."""
        x = self.uniform(*shape)
        return np.where(x < 0, -gap, gap) + (1 - gap) * x

    def integers(self, low: int, high: int, *shape: int) -> NDArray[np.int64]:
        """Int64 array of `shape`, uniform in low..high-1."""
        return np.floor(self.uniform(*shape, low=low, high=high)).astype(np.int64)

    def seed(self) -> int:
        """A seed for a generator of the student's."""
        return int(self.integers(0, 2**31, 1)[0])

    def labels(self, n: int, classes: int) -> NDArray[np.int64]:
        """n class labels, shuffled, in which every class occurs if n >= classes."""
        order = np.argsort(self.uniform(n), kind="stable")
        return (order % classes).astype(np.int64)

    def choice(self, options: Sequence[Any]) -> Any:
        """One of `options`."""
        return options[int(self.integers(0, len(options), 1)[0])]
