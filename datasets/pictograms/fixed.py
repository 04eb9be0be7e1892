"""Fixed-point arithmetic: integers alone, so that every machine draws the same pixels."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
SIZE = 32

_QUARTER_WAVE = np.array(
    [0, 1606, 3196, 4756, 6270, 7723, 9102, 10394, 11585,
     12665, 13623, 14449, 15137, 15679, 16069, 16305, 16384], np.int32)  # fmt: skip


def sine(angle: Ints) -> Ints:
    """2**14 times the sine of an angle given in 64ths of a turn."""
    step = angle & 15
    rising = (angle & 16) == 0
    height: Ints = np.where(rising, _QUARTER_WAVE[step], _QUARTER_WAVE[16 - step])
    wave: Ints = np.where(angle & 32, -height, height)
    return wave


def cosine(angle: Ints) -> Ints:
    """2**14 times the cosine of an angle given in 64ths of a turn."""
    return sine(angle + 16)


def upsample(grid: Ints) -> Ints:
    """Enlarges a (..., k, k) grid to (..., 32, 32) by bilinear interpolation."""
    k = grid.shape[-1]
    position = (np.arange(SIZE, dtype=np.int32) * 2 + 1) * (k - 1) // 2
    left, weight = position >> 5, position & 31
    right = np.minimum(left + 1, k - 1)
    down = weight[:, None]
    rows: Ints = (grid[..., left, :] * (32 - down) + grid[..., right, :] * down) >> 5
    pixels: Ints = (rows[..., left] * (32 - weight) + rows[..., right] * weight) >> 5
    return pixels


def luma(rgb: Ints) -> Ints:
    """Brightness (n,) of colours (n, 3), both on a scale of 0 to 255."""
    return (rgb[:, 0] * 77 + rgb[:, 1] * 150 + rgb[:, 2] * 29) >> 8


def per_pixel(value: Ints) -> Ints:
    """One number an image, (n,) -> (n, 1, 1), ready to meet (n, 32, 32)."""
    return value[:, None, None]


def per_channel(rgb: Ints) -> Ints:
    """One colour an image, (n, 3) -> (n, 3, 1, 1), ready to meet (n, 3, 32, 32)."""
    return rgb[:, :, None, None]
