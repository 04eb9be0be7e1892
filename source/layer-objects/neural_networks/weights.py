"""Initial weights: how large the random numbers are with which a layer begins.

An initializer is called with the shape of an array of weights and returns float64 numbers drawn
from its own generator: two calls give different weights, and two initializers with the same seed
the same ones.
"""

from abc import ABC, abstractmethod

import numpy as np

from .arrays import Array, Shape

Seed = int | np.random.SeedSequence | None


def fans(shape: Shape) -> tuple[int, int]:
    """How many inputs each output of a layer has, and how many outputs each input.

    Args:
        shape: (n_in, n_out) of a fully connected layer, or (kh, kw, C_in, C_out) of a convolution,
            whose outputs see kh * kw pixels with C_in channels.

    Returns:
        fan_in: n_in, or kh * kw * C_in.
        fan_out: n_out, or kh * kw * C_out.
    """
    ### BEGIN SOLUTION fans
    *kernel, n_in, n_out = shape
    pixels = int(np.prod(kernel))
    fan_in, fan_out = pixels * n_in, pixels * n_out
    ### END SOLUTION
    return fan_in, fan_out


class WeightInitializer(ABC):
    """What all initializers have in common."""

    def __init__(self, seed: Seed = None) -> None:
        """The same seed gives the same weights."""
        self.rng = np.random.default_rng(seed)

    @abstractmethod
    def __call__(self, shape: Shape) -> Array:
        """Random float64 weights of that shape."""


class Normal(WeightInitializer):
    """A normal distribution with mean 0 and standard deviation 0.1, whatever the shape."""

    def __call__(self, shape: Shape) -> Array:
        """Random float64 weights of that shape."""
        return self.rng.normal(scale=0.1, size=shape)


class XavierUniform(WeightInitializer):
    """Glorot and Bengio, 2010: variance 2 / (fan_in + fan_out), uniform around 0."""

    def __call__(self, shape: Shape) -> Array:
        """Random weights.

        Args:
            shape: as in `fans`.

        Returns:
            W: float64, uniform between -a and a; the variance of such numbers is a**2 / 3.
        """
        fan_in, fan_out = fans(shape)
        ### BEGIN SOLUTION XavierUniform.call
        a = np.sqrt(6 / (fan_in + fan_out))
        W = self.rng.uniform(-a, a, size=shape)
        ### END SOLUTION
        return W


class XavierNormal(WeightInitializer):
    """Glorot and Bengio, 2010: variance 2 / (fan_in + fan_out), normal around 0."""

    def __call__(self, shape: Shape) -> Array:
        """Random float64 weights of a `shape` as in `fans`."""
        fan_in, fan_out = fans(shape)
        ### BEGIN SOLUTION XavierNormal.call
        std = np.sqrt(2 / (fan_in + fan_out))
        W = self.rng.normal(scale=std, size=shape)
        ### END SOLUTION
        return W


class HeUniform(WeightInitializer):
    """He et al., 2015, for ReLU: variance 2 / fan_in, uniform around 0."""

    def __call__(self, shape: Shape) -> Array:
        """Random float64 weights of a `shape` as in `fans`."""
        fan_in, _ = fans(shape)
        ### BEGIN SOLUTION HeUniform.call
        a = np.sqrt(6 / fan_in)
        W = self.rng.uniform(-a, a, size=shape)
        ### END SOLUTION
        return W


class HeNormal(WeightInitializer):
    """He et al., 2015, for ReLU: variance 2 / fan_in, normal around 0."""

    def __call__(self, shape: Shape) -> Array:
        """Random float64 weights of a `shape` as in `fans`."""
        fan_in, _ = fans(shape)
        ### BEGIN SOLUTION HeNormal.call
        std = np.sqrt(2 / fan_in)
        W = self.rng.normal(scale=std, size=shape)
        ### END SOLUTION
        return W


INITIALIZERS: dict[str, type[WeightInitializer]] = {
    "normal": Normal,
    "xavier_uniform": XavierUniform,
    "xavier_normal": XavierNormal,
    "he_uniform": HeUniform,
    "he_normal": HeNormal,
}


def initialize_weights(name: str, seed: Seed = None) -> WeightInitializer:
    """The initializer of that name; ValueError for one that INITIALIZERS does not have."""
    if name not in INITIALIZERS:
        raise ValueError(f"there is no initializer {name!r}: use one of {list(INITIALIZERS)}")
    return INITIALIZERS[name](seed)
