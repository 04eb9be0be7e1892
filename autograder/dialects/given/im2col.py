"""Windows of images as columns, the way the courses arrange them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def get_im2col_indices(
    x_shape: tuple[int, ...],
    field_height: int,
    field_width: int,
    padding: int = 1,
    stride: int = 1,
) -> tuple[Array, Array, Array]:
    """Channels (C*HH*WW, 1), rows and columns (C*HH*WW, H'*W') of what each window sees."""
    _, C, H, W = x_shape
    height = (H + 2 * int(padding) - field_height) // int(stride) + 1
    width = (W + 2 * int(padding) - field_width) // int(stride) + 1
    k, i, j = (each.reshape(-1, 1) for each in np.indices((C, field_height, field_width)))
    top, left = (each.reshape(1, -1) for each in np.indices((height, width)))
    return k, i + int(stride) * top, j + int(stride) * left


def im2col_indices(
    x: Array, field_height: int, field_width: int, padding: int = 1, stride: int = 1
) -> Array:
    """(C*HH*WW, H'*W'*N): the images change fastest."""
    k, i, j = get_im2col_indices(x.shape, field_height, field_width, padding, stride)
    columns = _padded(x, int(padding))[:, k, i, j]
    return columns.transpose(1, 2, 0).reshape(len(k), -1)


def col2im_indices(
    cols: Array,
    x_shape: tuple[int, ...],
    field_height: int = 3,
    field_width: int = 3,
    padding: int = 1,
    stride: int = 1,
) -> Array:
    """Images of that shape, in which each place holds the sum of what the windows have there."""
    N, _, H, W = x_shape
    k, i, j = get_im2col_indices(x_shape, field_height, field_width, padding, stride)
    padded = _padded(np.zeros(x_shape, cols.dtype), int(padding))
    places: Any = (slice(None), k, i, j)
    np.add.at(padded, places, cols.reshape(len(k), -1, N).transpose(2, 0, 1))
    return padded[:, :, padding : padding + H, padding : padding + W]


def _padded(x: Array, pad: int) -> Array:
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
