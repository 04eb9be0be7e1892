"""The random numbers of one chunk of images."""

import numpy as np
from numpy.typing import NDArray

from datasets.pictograms.fixed import Bools, Ints

CHUNK = 200
_NUMBERS_AN_IMAGE = 128


class Stream:
    """Draws one number for each of the `CHUNK` images at a time, always in the same order.

    Only `PCG64.random_raw` is used, because NumPy promises that this stream never changes;
    the distributions of `Generator` may.

    Args:
        seed, split, index: together they name the chunk, and nothing else influences it.
    """

    classes: Ints
    """(CHUNK,) class of each image: exactly balanced, in random order."""

    def __init__(self, seed: int, split: int, index: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, split, index]))
        order = np.argsort(self._bits.random_raw(CHUNK), kind="stable")
        self.classes = (order % 10).astype(np.int32)
        self._numbers = iter(np.ascontiguousarray(self._raw16(_NUMBERS_AN_IMAGE).T))

    def integers(self, low: int, high: int) -> Ints:
        """Uniform integers in low..high, both included."""
        drawn: Ints = low + ((next(self._numbers) * (high - low + 1)) >> 16)
        return drawn

    def triangular(self, bound: int) -> Ints:
        """Integers in -bound..bound, the more likely the nearer to zero."""
        return (self.integers(-bound, bound) + self.integers(-bound, bound)) >> 1

    def chance(self, numerator: int, out_of: int = 100) -> Bools:
        """True with probability numerator / out_of."""
        happens: Bools = next(self._numbers) < numerator * 65536 // out_of
        return happens

    def colours(self) -> Ints:
        """(CHUNK, 3) colours."""
        return np.stack([self.integers(15, 240) for _ in range(3)], axis=1)

    def shifts(self, bound: int, count: int) -> Ints:
        """(CHUNK, count) triangular numbers."""
        return np.stack([self.triangular(bound) for _ in range(count)], axis=1)

    def grid(self, *shape: int) -> Ints:
        """(CHUNK, *shape) uniform integers in -128..127."""
        values = (self._raw16(int(np.prod(shape))) >> 8) - 128
        return values.reshape(CHUNK, *shape)

    def noise(self, *shape: int) -> Ints:
        """(CHUNK, *shape) triangular integers in -255..255, four from each raw number."""
        raw = self._bits.random_raw(CHUNK * int(np.prod(shape)) // 4)
        pairs = raw.astype("<u8").view("<u2").reshape(CHUNK, *shape).astype(np.int32)
        return (pairs & 255) + (pairs >> 8) - 255

    def _raw16(self, count: int) -> NDArray[np.int32]:
        raw = self._bits.random_raw(CHUNK * count) >> np.uint64(48)
        return raw.astype(np.int32).reshape(CHUNK, count)
