"""A training by itself: whatever state the net is in, its loss and its labels are these.

Beside a student's code as well, so that NumPy is all that is needed.
"""

from typing import Any

import numpy as np


def rehearsing(net: Any) -> Any:
    """`net`, of which everything but `loss` and `predict` is its own."""
    kind = type(net)
    net.__class__ = type(kind.__name__, (kind,), {"loss": _loss, "predict": _predict})
    return net


def steepness(X: Any, y: Any) -> float:
    """What the loss depends on besides the parameters; each batch has its own. X: (N, D), y: (N,)
    int."""
    return float(np.mean(np.sum(X**2, axis=1) * (1 + y)))


def half_square(params: Any) -> float:
    """Half of the sum of all squares in a dict of arrays."""
    return 0.5 * float(sum(np.sum(w**2) for w in params.values()))


def _loss(self: Any, X: Any, y: Any = None, reg: float = 0.0) -> Any:
    """Scores of two classes, or a loss with its gradients: both shrink every parameter."""
    if y is None:
        return np.stack([-_above(self, X), _above(self, X)], axis=1)
    rate = steepness(X, y) + reg
    gradients = {name: rate * w for name, w in self.params.items()}
    return rate * half_square(self.params), gradients


def _predict(self: Any, X: Any) -> Any:
    return np.where(_above(self, X) > 0, 1, 0)


def _above(net: Any, X: Any) -> Any:
    """(N,): a threshold that falls while the parameters shrink, so that labels change."""
    return np.sum(X**2, axis=1) - half_square(net.params)
