"""Layers that often come together, as one."""

from typing import Any

from .arrays import AffineCache, Array, ConvCache, PoolCache
from .fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from .layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
)

AffineReluCache = tuple[AffineCache, Array]
ConvReluCache = tuple[ConvCache, Array]
ConvReluPoolCache = tuple[ConvReluCache, PoolCache]
ConvBnReluCache = tuple[ConvCache, Any, Array]


def affine_relu_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineReluCache]:
    """Affine layer followed by ReLU; shapes as in `affine_forward`."""
    scores, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(scores)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout: Array, cache: AffineReluCache) -> tuple[Array, Array, Array]:
    """Gradients (dx, dw, db) of `affine_relu_forward`; shapes as in `affine_backward`."""
    affine_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), affine_cache)


def conv_relu_forward(
    x: Array, w: Array, b: Array, conv_param: dict[str, Any]
) -> tuple[Array, ConvReluCache]:
    """Convolution followed by ReLU; shapes as in `conv_forward_naive`."""
    scores, conv_cache = conv_forward_fast(x, w, b, conv_param)
    out, relu_cache = relu_forward(scores)
    return out, (conv_cache, relu_cache)


def conv_relu_backward(dout: Array, cache: ConvReluCache) -> tuple[Array, Array, Array]:
    """Gradients (dx, dw, db) of `conv_relu_forward`; shapes as in `conv_backward_naive`."""
    conv_cache, relu_cache = cache
    return conv_backward_fast(relu_backward(dout, relu_cache), conv_cache)


def conv_relu_pool_forward(
    x: Array, w: Array, b: Array, conv_param: dict[str, Any], pool_param: dict[str, Any]
) -> tuple[Array, ConvReluPoolCache]:
    """Convolution, ReLU and max pooling; parameters as in the layers' own functions."""
    activations, conv_relu_cache = conv_relu_forward(x, w, b, conv_param)
    out, pool_cache = max_pool_forward_fast(activations, pool_param)
    return out, (conv_relu_cache, pool_cache)


def conv_relu_pool_backward(dout: Array, cache: ConvReluPoolCache) -> tuple[Array, Array, Array]:
    """Gradients (dx, dw, db) of `conv_relu_pool_forward`."""
    conv_relu_cache, pool_cache = cache
    return conv_relu_backward(max_pool_backward_fast(dout, pool_cache), conv_relu_cache)


def conv_bn_relu_forward(
    x: Array,
    w: Array,
    b: Array,
    gamma: Array,
    beta: Array,
    conv_param: dict[str, Any],
    bn_param: dict[str, Any],
) -> tuple[Array, ConvBnReluCache]:
    """Convolution, spatial batch normalization (gamma, beta (F,)) and ReLU."""
    scores, conv_cache = conv_forward_fast(x, w, b, conv_param)
    normalized, bn_cache = spatial_batchnorm_forward(scores, gamma, beta, bn_param)
    out, relu_cache = relu_forward(normalized)
    return out, (conv_cache, bn_cache, relu_cache)


def conv_bn_relu_backward(
    dout: Array, cache: ConvBnReluCache
) -> tuple[Array, Array, Array, Array, Array]:
    """Gradients (dx, dw, db, dgamma, dbeta) of `conv_bn_relu_forward`."""
    conv_cache, bn_cache, relu_cache = cache
    dnormalized = relu_backward(dout, relu_cache)
    dscores, dgamma, dbeta = spatial_batchnorm_backward(dnormalized, bn_cache)
    return *conv_backward_fast(dscores, conv_cache), dgamma, dbeta
