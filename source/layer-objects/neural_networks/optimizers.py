"""Optimizers: how far each parameter moves.

One optimizer moves all parameters of a net, in turns. What it remembers of one must not reach
another: its `cache` has an entry for each name. `update` returns what is to be *subtracted* from the
parameter, and changes neither the parameter nor the gradient.
"""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from .arrays import Array


class Optimizer(ABC):
    """What all optimizers have in common: a learning rate that may decay, and a memory."""

    def __init__(self, lr: float, lr_decay: float = 1.0) -> None:
        """The learning rate is `lr` in epoch 0, and is multiplied by `lr_decay` after each epoch."""
        self.lr, self.lr_decay = lr, lr_decay
        self.cache: dict[str, Any] = {}

    def learning_rate(self, epoch: int) -> float:
        """That of an epoch, the first of which is 0."""
        return self.lr * self.lr_decay**epoch

    @abstractmethod
    def update(self, param_name: str, param: Array, param_grad: Array, epoch: int) -> Array:
        """What to subtract from `param`, in its shape."""


class SGD(Optimizer):
    """Stochastic gradient descent with momentum."""

    def __init__(self, lr: float = 0.01, lr_decay: float = 1.0, momentum: float = 0.0) -> None:
        """Momentum 0 is plain gradient descent."""
        super().__init__(lr, lr_decay)
        self.momentum = momentum

    def update(self, param_name: str, param: Array, param_grad: Array, epoch: int) -> Array:
        """delta <- momentum * (delta of the last call for this name) + learning rate * gradient.

        Args:
            param_name: tells the parameters of a net apart, such as "W0" and "b0".
            param: float array of any shape, the current values.
            param_grad: gradient of the loss with respect to them, in the same shape.
            epoch: for `learning_rate(epoch)`.

        Returns:
            delta: what to subtract from `param`, in its shape. Before the first call for a name its
                last delta is zero.
        """
        ### BEGIN SOLUTION SGD.update
        last = self.cache.get(param_name, np.zeros_like(param))
        delta = self.momentum * last + self.learning_rate(epoch) * param_grad
        self.cache[param_name] = delta
        ### END SOLUTION
        return delta


class Adam(Optimizer):
    """Kingma and Ba, 2015: moving averages of the gradient and of its square."""

    def __init__(
        self,
        lr: float = 1e-3,
        lr_decay: float = 1.0,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        """beta1 and beta2 are the shares of the old averages that a step leaves."""
        super().__init__(lr, lr_decay)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon

    def update(self, param_name: str, param: Array, param_grad: Array, epoch: int) -> Array:
        """One step of Adam for one parameter.

        t <- t + 1;  m <- beta1 * m + (1 - beta1) * g;  v <- beta2 * v + (1 - beta2) * g**2;
        delta = learning rate * m_hat / (sqrt(v_hat) + epsilon), with m_hat = m / (1 - beta1**t) and
        v_hat = v / (1 - beta2**t). Each name has its own t, m and v, all zero before its first call.

        Args:
            param_name, param, param_grad, epoch: as in `SGD.update`; g is the gradient.

        Returns:
            delta: what to subtract from `param`, in its shape.
        """
        ### BEGIN SOLUTION Adam.update
        zero = np.zeros_like(param)
        t, m, v = self.cache.get(param_name, (0, zero, zero))
        t += 1
        m = self.beta1 * m + (1 - self.beta1) * param_grad
        v = self.beta2 * v + (1 - self.beta2) * param_grad**2
        self.cache[param_name] = (t, m, v)
        m_hat, v_hat = m / (1 - self.beta1**t), v / (1 - self.beta2**t)
        delta = self.learning_rate(epoch) * m_hat / (np.sqrt(v_hat) + self.epsilon)
        ### END SOLUTION
        return delta


OPTIMIZERS: dict[str, type[Optimizer]] = {"sgd": SGD, "adam": Adam}


def initialize_optimizer(name: str, **arguments: Any) -> Optimizer:
    """The optimizer of that name; ValueError for one that OPTIMIZERS does not have."""
    if name not in OPTIMIZERS:
        raise ValueError(f"there is no optimizer {name!r}: use one of {list(OPTIMIZERS)}")
    return OPTIMIZERS[name](**arguments)
