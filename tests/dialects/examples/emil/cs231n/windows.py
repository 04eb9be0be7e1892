"""Small things that several layers need. (my own file)"""
import numpy as np


def windows(x, hh, ww, s):
    """All (hh, ww) windows with their top left corner: yields (i, j, slice, slice)."""
    for i, top in enumerate(range(0, x.shape[2] - hh + 1, s)):
        for j, left in enumerate(range(0, x.shape[3] - ww + 1, s)):
            yield i, j, slice(top, top + hh), slice(left, left + ww)


def out_size(n, k, s):
    return (n - k) // s + 1
