"""Placing shapes on the pixel grid, and painting them."""

from dataclasses import dataclass

import numpy as np

from datasets.pictograms.fixed import SIZE, Ints, cosine, per_pixel, sine

COLUMN: Ints = (2 * np.arange(SIZE, dtype=np.int32) - (SIZE - 1))[None, None, :]
"""(1, 1, 32) half pixels from the centre, to the right."""
ROW: Ints = COLUMN.transpose(0, 2, 1)
"""(1, 32, 1) half pixels from the centre, downwards."""


@dataclass(frozen=True)
class Pose:
    """Where a shape stands in each of n images; every field is (n,)."""

    radius: Ints
    """1/16 pixels."""
    x: Ints
    """1/16 pixels, to the right of the centre."""
    y: Ints
    """1/16 pixels, below the centre."""
    turn: Ints
    """64ths of a turn."""
    aspect: Ints
    """256 times the horizontal squeeze; negative mirrors the shape."""

    def coordinates(self) -> tuple[Ints, Ints]:
        """The shape's own (u, v) at every pixel, (n, 32, 32) each."""
        sin, cos = per_pixel(sine(self.turn)), per_pixel(cosine(self.turn))
        right, down = COLUMN * 8 - per_pixel(self.x), ROW * 8 - per_pixel(self.y)
        scale = per_pixel(65536 // self.radius)
        u = (((cos * right + sin * down) >> 14) * scale) >> 8
        v = (((cos * down - sin * right) >> 14) * scale) >> 8
        # Beyond this the shapes' squares would overflow 32 bits.
        return np.clip((u * per_pixel(self.aspect)) >> 8, -1400, 1400), np.clip(v, -1400, 1400)

    def coverage(self, distance: Ints) -> Ints:
        """How much of each pixel a shape covers: 0..256, with a soft edge of one pixel."""
        depth: Ints = (distance * per_pixel(self.radius)) >> 7
        return np.clip(depth * 8 + 128, 0, 256)


def paint(pixels: Ints, coverage: Ints, colour: Ints) -> None:
    """Blends `colour` (broadcast to (n, 3, 32, 32)) into `pixels`, in place."""
    pixels += ((colour - pixels) * coverage[:, None]) >> 8
