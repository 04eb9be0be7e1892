"""Layers that often come together, as one."""

from .arrays import AffineCache, Array
from .layers import affine_backward, affine_forward, relu_backward, relu_forward

AffineReluCache = tuple[AffineCache, Array]


def affine_relu_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineReluCache]:
    """Affine layer followed by ReLU; shapes as in `affine_forward`."""
    scores, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(scores)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout: Array, cache: AffineReluCache) -> tuple[Array, Array, Array]:
    """Gradients (dx, dw, db) of `affine_relu_forward`; shapes as in `affine_backward`."""
    affine_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), affine_cache)
