"""Layers that often come together; whatever a student's file lacks costs only who calls it."""

from importlib import import_module
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
Param = dict[str, Any]


def _layer(name: str) -> Any:
    """From the file of the student that has it."""
    modules = [import_module(".layers", __package__)]
    if not hasattr(modules[0], name):
        modules.append(import_module(".conv_layers", __package__))
    return getattr(modules[-1], name)


def _fast(name: str) -> Any:
    return getattr(import_module(".fast_layers", __package__), name)


def affine_relu_forward(x: Array, w: Array, b: Array) -> tuple[Array, Any]:
    """Affine layer followed by ReLU."""
    scores, affine_cache = _layer("affine_forward")(x, w, b)
    out, relu_cache = _layer("relu_forward")(scores)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout: Array, cache: Any) -> Any:
    """Gradients (dx, dw, db) of `affine_relu_forward`."""
    affine_cache, relu_cache = cache
    return _layer("affine_backward")(_layer("relu_backward")(dout, relu_cache), affine_cache)


def affine_relu_bn_forward(
    x: Array, w: Array, b: Array, gamma: Array, beta: Array, bn_param: Param
) -> tuple[Array, Any]:
    """Affine layer, batch normalization and ReLU, in this order."""
    scores, affine_cache = _layer("affine_forward")(x, w, b)
    normalized, bn_cache = _layer("batchnorm_forward")(scores, gamma, beta, bn_param)
    out, relu_cache = _layer("relu_forward")(normalized)
    return out, (affine_cache, bn_cache, relu_cache)


def affine_relu_bn_backward(dout: Array, cache: Any) -> Any:
    """Gradients (dx, dw, db, dgamma, dbeta) of `affine_relu_bn_forward`."""
    affine_cache, bn_cache, relu_cache = cache
    dnormalized = _layer("relu_backward")(dout, relu_cache)
    dscores, dgamma, dbeta = _layer("batchnorm_backward")(dnormalized, bn_cache)
    return *_layer("affine_backward")(dscores, affine_cache), dgamma, dbeta


def affine_relu_do_forward(x: Array, w: Array, b: Array, dropout_param: Param) -> tuple[Array, Any]:
    """Affine layer, ReLU and dropout."""
    active, cache = affine_relu_forward(x, w, b)
    out, dropout_cache = _layer("dropout_forward")(active, dropout_param)
    return out, (*cache, dropout_cache)


def affine_relu_do_backward(dout: Array, cache: Any) -> Any:
    """Gradients (dx, dw, db) of `affine_relu_do_forward`."""
    *below, dropout_cache = cache
    return affine_relu_backward(_layer("dropout_backward")(dout, dropout_cache), below)


def affine_relu_bn_do_forward(
    x: Array, w: Array, b: Array, gamma: Array, beta: Array, bn_param: Param, dropout_param: Param
) -> tuple[Array, Any]:
    """Affine layer, batch normalization, ReLU and dropout."""
    active, cache = affine_relu_bn_forward(x, w, b, gamma, beta, bn_param)
    out, dropout_cache = _layer("dropout_forward")(active, dropout_param)
    return out, (*cache, dropout_cache)


def affine_relu_bn_do_backward(dout: Array, cache: Any) -> Any:
    """Gradients (dx, dw, db, dgamma, dbeta) of `affine_relu_bn_do_forward`."""
    *below, dropout_cache = cache
    return affine_relu_bn_backward(_layer("dropout_backward")(dout, dropout_cache), below)


def conv_relu_forward(x: Array, w: Array, b: Array, conv_param: Param) -> tuple[Array, Any]:
    """Convolution followed by ReLU."""
    scores, conv_cache = _fast("conv_forward_fast")(x, w, b, conv_param)
    out, relu_cache = _layer("relu_forward")(scores)
    return out, (conv_cache, relu_cache)


def conv_relu_backward(dout: Array, cache: Any) -> Any:
    """Gradients (dx, dw, db) of `conv_relu_forward`."""
    conv_cache, relu_cache = cache
    return _fast("conv_backward_fast")(_layer("relu_backward")(dout, relu_cache), conv_cache)


def conv_relu_pool_forward(
    x: Array, w: Array, b: Array, conv_param: Param, pool_param: Param
) -> tuple[Array, Any]:
    """Convolution, ReLU and max pooling."""
    activations, cache = conv_relu_forward(x, w, b, conv_param)
    out, pool_cache = _fast("max_pool_forward_fast")(activations, pool_param)
    conv_cache, relu_cache = cache
    return out, (conv_cache, relu_cache, pool_cache)


def conv_relu_pool_backward(dout: Array, cache: Any) -> Any:
    """Gradients (dx, dw, db) of `conv_relu_pool_forward`."""
    conv_cache, relu_cache, pool_cache = cache
    return conv_relu_backward(
        _fast("max_pool_backward_fast")(dout, pool_cache), (conv_cache, relu_cache)
    )


def conv_bn_relu_forward(
    x: Array, w: Array, b: Array, gamma: Array, beta: Array, conv_param: Param, bn_param: Param
) -> tuple[Array, Any]:
    """Convolution, spatial batch normalization and ReLU."""
    scores, conv_cache = _fast("conv_forward_fast")(x, w, b, conv_param)
    normalized, bn_cache = _layer("spatial_batchnorm_forward")(scores, gamma, beta, bn_param)
    out, relu_cache = _layer("relu_forward")(normalized)
    return out, (conv_cache, bn_cache, relu_cache)


def conv_bn_relu_backward(dout: Array, cache: Any) -> Any:
    """Gradients (dx, dw, db, dgamma, dbeta) of `conv_bn_relu_forward`."""
    conv_cache, bn_cache, relu_cache = cache
    dnormalized = _layer("relu_backward")(dout, relu_cache)
    dscores, dgamma, dbeta = _layer("spatial_batchnorm_backward")(dnormalized, bn_cache)
    return *_fast("conv_backward_fast")(dscores, conv_cache), dgamma, dbeta
