"""Convolution and max pooling as in layers.py, by a few large operations instead of loops.

A convolution is a product of two matrices: the filters as rows, and every window of the images as
a column ("im2col").
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .arrays import Array, ConvCache, PoolCache

# As many columns at a time as the processor's cache holds: fewer means more calls, more means
# fetching them from main memory again.
BLOCK_BYTES = 1 << 20


def conv_forward_fast(
    x: Array, w: Array, b: Array, conv_param: dict[str, Any]
) -> tuple[Array, ConvCache]:
    """As `conv_forward_naive`; ValueError if a filter is larger than the padded image."""
    stride, pad = _sizes(conv_param, "stride", "pad")
    windows = _windows(_padded(x, pad), w.shape[2:], stride)
    # The bias is the weight of one more row of the columns, which is 1 everywhere.
    kernel = np.column_stack((w.reshape(len(w), -1), b))
    N, _, _, _, height, width = windows.shape
    out = np.empty((N, len(w), height * width), np.result_type(x, kernel))
    for images, columns in _blocks_of_columns(windows):
        np.matmul(kernel, columns, out=out[images])
    return out.reshape(N, len(w), height, width), (x, w, b, conv_param)


def conv_backward_fast(dout: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    """As `conv_backward_naive`."""
    x, w, _, conv_param = cache
    stride, pad = _sizes(conv_param, "stride", "pad")
    padded = _padded(x, pad)
    windows = _windows(padded, w.shape[2:], stride)
    kernel, flat = w.reshape(len(w), -1), dout.reshape(*dout.shape[:2], -1)
    dx, dkernel = np.zeros_like(padded), np.zeros((len(w), kernel.shape[1] + 1), w.dtype)
    for images, columns in _blocks_of_columns(windows):
        dkernel += (flat[images] @ columns.transpose(0, 2, 1)).sum(axis=0)
        dwindows = (kernel.T @ flat[images]).reshape(-1, *windows.shape[1:])
        for i, j in np.ndindex(w.shape[2:]):
            _beneath(dx[images], i, j, dout.shape, stride)[...] += dwindows[:, :, i, j]
    inside = slice(pad, pad + x.shape[2]), slice(pad, pad + x.shape[3])
    return dx[:, :, *inside], dkernel[:, :-1].reshape(w.shape), dkernel[:, -1]


def max_pool_forward_fast(x: Array, pool_param: dict[str, Any]) -> tuple[Array, PoolCache]:
    """As `max_pool_forward_naive`; ValueError if a window is larger than the image."""
    height, width, stride = _sizes(pool_param, "pool_height", "pool_width", "stride")
    out = _windows(x, (height, width), stride)[:, :, 0, 0].copy()
    for i, j in np.ndindex(height, width):
        np.maximum(out, _beneath(x, i, j, out.shape, stride), out=out)
    return out, (x, pool_param)


def max_pool_backward_fast(dout: Array, cache: PoolCache) -> Array:
    """As `max_pool_backward_naive`: the first of several maxima gets the gradient."""
    x, pool_param = cache
    height, width, stride = _sizes(pool_param, "pool_height", "pool_width", "stride")
    out, _ = max_pool_forward_fast(x, pool_param)
    dx, waiting = np.zeros_like(x), np.ones(out.shape, bool)
    for i, j in np.ndindex(height, width):
        first = waiting & (_beneath(x, i, j, out.shape, stride) == out)
        _beneath(dx, i, j, out.shape, stride)[...] += np.where(first, dout, 0)
        waiting &= ~first
    return dx


def _sizes(param: dict[str, Any], *names: str) -> list[int]:
    # Division makes floats in Python 3, also of numbers that are whole.
    return [int(param[name]) for name in names]


def _padded(x: Array, pad: int) -> Array:
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def _windows(x: Array, size: tuple[int, ...], stride: int) -> Array:
    """(N, C, *size, H', W'): a view of all windows, whose last two axes tell them apart."""
    windows = sliding_window_view(x, size, axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.transpose(0, 1, 4, 5, 2, 3)


def _beneath(x: Array, i: int, j: int, shape: tuple[int, ...], stride: int) -> Array:
    """(N, C, H', W'): a view of what lies beneath entry (i, j) of all windows; `shape` is out's."""
    height, width = ((side - 1) * stride + 1 for side in shape[2:])
    return x[:, :, i : i + height : stride, j : j + width : stride]


def _blocks_of_columns(windows: Array) -> Iterator[tuple[slice, Array]]:
    """Some images and their columns (images, C * HH * WW + 1, H' * W'); the last row is of ones.

    The columns are overwritten by the next ones.
    """
    N, C, HH, WW, height, width = windows.shape
    rows, windows_each = C * HH * WW, height * width
    step = max(1, BLOCK_BYTES // (rows * windows_each * windows.itemsize))
    columns = np.ones((min(step, N), rows + 1, windows_each), windows.dtype)
    inner = columns[:, :rows].reshape(-1, *windows.shape[1:])
    for start in range(0, N, step):
        images = slice(start, start + step)
        block = windows[images]
        np.copyto(inner[: len(block)], block)
        yield images, columns[: len(block)]
