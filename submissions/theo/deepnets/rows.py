import numpy as np


def rows_of(x):
    """Every example as one row."""
    return x.reshape(len(x), -1)


def shifted(scores):
    """So that no exponential overflows."""
    return scores - np.max(scores, axis=1, keepdims=True)
