"""Layers as pairs of functions.

A forward function returns its output and a cache; its backward function takes the gradient of the
loss with respect to that output (`dout`) and the cache, and returns the gradients with respect to
the inputs. No function changes its arguments, except for the running averages of
`batchnorm_forward`. Results have the dtype of the inputs.
"""

from typing import Any

import numpy as np

from .arrays import AffineCache, Array, ConvCache, Labels, PoolCache


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    """Multiply every example by a matrix and add a bias.

    Args:
        x: (N, d_1, ..., d_k) float, N examples of any shape; flattened to D = d_1 * ... * d_k.
        w: (D, M) float, weights.
        b: (M,) float, biases.

    Returns:
        out: (N, M) float.
        cache: (x, w, b), with x in its original shape.
    """
    raise NotImplementedError("affine_forward: replace this line with your code")
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    """Gradients of an affine layer.

    Args:
        dout: (N, M) float, gradient with respect to the output of `affine_forward`.
        cache: (x, w, b) as `affine_forward` returned it.

    Returns:
        dx: gradient with respect to x, in the shape of x: (N, d_1, ..., d_k).
        dw: (D, M), gradient with respect to w.
        db: (M,), gradient with respect to b.
    """
    x, w, _ = cache
    raise NotImplementedError("affine_backward: replace this line with your code")
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    """Replace every negative value by zero.

    Args:
        x: float array of any shape.

    Returns:
        out: max(x, 0), in the shape of x.
        cache: x, unchanged.
    """
    raise NotImplementedError("relu_forward: replace this line with your code")
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    """Gradient of a ReLU layer.

    Args:
        dout: gradient with respect to the output, in the shape of x.
        cache: x as `relu_forward` returned it.

    Returns:
        dx: gradient with respect to x, in the shape of x. At x = 0 any value from 0 to dout is
            a subgradient; 0 is the usual choice.
    """
    x = cache
    raise NotImplementedError("relu_backward: replace this line with your code")
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    """Mean cross-entropy of softmax probabilities, and its gradient.

    Large scores must not overflow: exp(1000) is infinite, so shift each row first.

    Args:
        x: (N, C) float, x[i, j] is the score of class j for example i.
        y: (N,) int, labels in 0..C-1.

    Returns:
        loss: the mean over the examples of -log p[i, y[i]], a scalar.
        dx: (N, C), gradient of the loss with respect to x.
    """
    raise NotImplementedError("softmax_loss: replace this line with your code")
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    """Mean multiclass hinge loss with margin 1, and its gradient.

    Args:
        x: (N, C) float, x[i, j] is the score of class j for example i.
        y: (N,) int, labels in 0..C-1.

    Returns:
        loss: the mean over the examples of sum over j != y[i] of max(0, x[i, j] - x[i, y[i]] + 1).
        dx: (N, C), gradient of the loss with respect to x.
    """
    raise NotImplementedError("svm_loss: replace this line with your code")
    return loss, dx


def batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    """Give every feature mean 0 and variance 1 over the batch, then a learned scale and shift.

    In training the batch's own statistics are used, and running averages of them are kept in
    `bn_param`; in the test those averages are used. The variance is the biased one, a mean of
    squares.

    Args:
        x: (N, D) float.
        gamma: (D,) float, scale.
        beta: (D,) float, shift.
        bn_param: a dict, the only argument that is changed, with
            mode: "train" or "test"; required.
            eps: added to the variance, under the root (1e-5).
            momentum: share of the old running average that a batch leaves (0.9).
            running_mean, running_var: (D,) running averages (zeros). Training stores
                momentum * old + (1 - momentum) * new here; the test leaves them as they are.

    Returns:
        out: (N, D) float.
        cache: whatever `batchnorm_backward` and `batchnorm_backward_alt` need; None in the test.

    Raises:
        ValueError: another mode.
    """
    mode = bn_param["mode"]
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], x.dtype))
    if mode == "train":
        raise NotImplementedError("batchnorm_forward: replace this line with your code")
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    elif mode == "test":
        cache = None
        raise NotImplementedError("batchnorm_forward: replace this line with your code")
    else:
        raise ValueError(f"mode is {mode!r}: use 'train' or 'test'")
    return out, cache


def batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients of batch normalization in training, step by step through its graph.

    Args:
        dout: (N, D) float, gradient with respect to the output of `batchnorm_forward`.
        cache: as `batchnorm_forward` returned it in mode "train".

    Returns:
        dx: (N, D). Mean and variance depend on x too: three ways lead back to it.
        dgamma: (D,), gradient with respect to gamma.
        dbeta: (D,), gradient with respect to beta.
    """
    raise NotImplementedError("batchnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """What `batchnorm_backward` computes, with dx simplified on paper to a single formula.

    Args and returns as in `batchnorm_backward`; it is the faster of the two.
    """
    raise NotImplementedError("batchnorm_backward_alt: replace this line with your code")
    return dx, dgamma, dbeta


def layernorm_forward(
    x: Array, gamma: Array, beta: Array, ln_param: dict[str, Any]
) -> tuple[Array, Any]:
    """Give every example mean 0 and variance 1 over its features, then a learned scale and shift.

    Training and test do not differ, and nothing is kept. The variance is the biased one.

    Args:
        x: (N, D) float.
        gamma: (D,) float, scale.
        beta: (D,) float, shift.
        ln_param: a dict, possibly empty, with
            eps: added to the variance, under the root (1e-5).

    Returns:
        out: (N, D) float.
        cache: whatever `layernorm_backward` needs.
    """
    eps = ln_param.get("eps", 1e-5)
    raise NotImplementedError("layernorm_forward: replace this line with your code")
    return out, cache


def layernorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients of layer normalization.

    Args:
        dout: (N, D) float, gradient with respect to the output of `layernorm_forward`.
        cache: as `layernorm_forward` returned it.

    Returns:
        dx: (N, D).
        dgamma: (D,), gradient with respect to gamma.
        dbeta: (D,), gradient with respect to beta.
    """
    raise NotImplementedError("layernorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def dropout_forward(x: Array, dropout_param: dict[str, Any]) -> tuple[Array, Any]:
    """Inverted dropout: in training, keep each value with probability p and scale it by 1 / p.

    The scale makes the mean of the output that of the input, so that the test needs none.

    Args:
        x: float array of any shape.
        dropout_param: a dict with
            p: probability that a value is KEPT, 0 < p <= 1; required.
            mode: "train" or "test"; required.
            seed: int; the same seed gives the same mask (none: another mask in every call).

    Returns:
        out: in the shape of x; in the test x itself.
        cache: (dropout_param, mask), where mask is None in the test.

    Raises:
        ValueError: another mode.
    """
    p, mode = dropout_param["p"], dropout_param["mode"]
    rng = np.random.default_rng(dropout_param.get("seed"))
    mask = None
    if mode == "train":
        raise NotImplementedError("dropout_forward: replace this line with your code")
    elif mode == "test":
        raise NotImplementedError("dropout_forward: replace this line with your code")
    else:
        raise ValueError(f"mode is {mode!r}: use 'train' or 'test'")
    return out, (dropout_param, mask)


def dropout_backward(dout: Array, cache: Any) -> Array:
    """Gradient of dropout.

    Args:
        dout: gradient with respect to the output of `dropout_forward`.
        cache: (dropout_param, mask) as `dropout_forward` returned it.

    Returns:
        dx: gradient with respect to x, in the shape of x.
    """
    dropout_param, mask = cache
    dx = dout
    if dropout_param["mode"] == "train":
        raise NotImplementedError("dropout_backward: replace this line with your code")
    return dx


def conv_forward_naive(
    x: Array, w: Array, b: Array, conv_param: dict[str, int]
) -> tuple[Array, ConvCache]:
    """Convolve images with filters: every output is a window of the image times a filter.

    Filters are not flipped. Windows that would reach beyond the padded image are left out.

    Args:
        x: (N, C, H, W) float, N images with C channels.
        w: (F, C, HH, WW) float, F filters.
        b: (F,) float, one bias per filter.
        conv_param: stride, the distance of neighbouring windows in both directions; pad, how many
            rows and columns of zeros each of the four sides of an image gets.

    Returns:
        out: (N, F, H', W') float with H' = 1 + (H + 2 * pad - HH) // stride, and W' likewise.
        cache: (x, w, b, conv_param), with x as it was before padding.
    """
    stride, pad = conv_param["stride"], conv_param["pad"]
    raise NotImplementedError("conv_forward_naive: replace this line with your code")
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    """Gradients of a convolution.

    Args:
        dout: (N, F, H', W') float, gradient with respect to the output of `conv_forward_naive`.
        cache: (x, w, b, conv_param) as `conv_forward_naive` returned it.

    Returns:
        dx: (N, C, H, W), gradient with respect to x, without the padding.
        dw: (F, C, HH, WW), gradient with respect to w.
        db: (F,), gradient with respect to b.
    """
    x, w, _, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    raise NotImplementedError("conv_backward_naive: replace this line with your code")
    return dx, dw, db


def max_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, PoolCache]:
    """The largest value of every window, in each channel by itself.

    Args:
        x: (N, C, H, W) float, N images with C channels; they are not padded.
        pool_param: pool_height and pool_width, the size of a window; stride, the distance of
            neighbouring windows in both directions. Windows may overlap or leave gaps, and those
            that would reach beyond the image are left out.

    Returns:
        out: (N, C, H', W') float with H' = 1 + (H - pool_height) // stride, and W' likewise.
        cache: (x, pool_param).
    """
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    raise NotImplementedError("max_pool_forward_naive: replace this line with your code")
    return out, (x, pool_param)


def max_pool_backward_naive(dout: Array, cache: PoolCache) -> Array:
    """Gradient of max pooling: it goes to where the maximum came from.

    Args:
        dout: (N, C, H', W') float, gradient with respect to the output of
            `max_pool_forward_naive`.
        cache: (x, pool_param) as `max_pool_forward_naive` returned it.

    Returns:
        dx: (N, C, H, W), gradient with respect to x. If a window has several maxima, the first
            one in reading order gets the gradient; equal shares for all of them are right too.
    """
    x, pool_param = cache
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    raise NotImplementedError("max_pool_backward_naive: replace this line with your code")
    return dx


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    """Batch normalization of images: one mean and one variance per channel.

    Args:
        x: (N, C, H, W) float, N images with C channels.
        gamma, beta: (C,) float, scale and shift of the channels.
        bn_param: as for `batchnorm_forward`, with running_mean and running_var (C,).

    Returns:
        out: (N, C, H, W) float.
        cache: what `spatial_batchnorm_backward` needs, in a form of your choice.
    """
    raise NotImplementedError("spatial_batchnorm_forward: replace this line with your code")
    return out, cache


def spatial_batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients of spatial batch normalization in training.

    Args:
        dout: (N, C, H, W) float, gradient with respect to the output of
            `spatial_batchnorm_forward`.
        cache: as `spatial_batchnorm_forward` returned it.

    Returns:
        dx: (N, C, H, W), gradient with respect to x.
        dgamma, dbeta: (C,), gradients with respect to gamma and beta.
    """
    raise NotImplementedError("spatial_batchnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: dict[str, float]
) -> tuple[Array, Any]:
    """Normalize every image by itself, each group of C / G neighbouring channels together.

    Mean and (biased) variance of a group are over its channels, rows and columns. They are the
    same in training and at test time.

    Args:
        x: (N, C, H, W) float, N images with C channels.
        gamma, beta: (1, C, 1, 1) float, scale and shift of the channels.
        G: number of groups, a divisor of C.
        gn_param: eps (1e-5), added to the variance.

    Returns:
        out: (N, C, H, W) float.
        cache: what `spatial_groupnorm_backward` needs, in a form of your choice.
    """
    eps = gn_param.get("eps", 1e-5)
    raise NotImplementedError("spatial_groupnorm_forward: replace this line with your code")
    return out, cache


def spatial_groupnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients of group normalization.

    Args:
        dout: (N, C, H, W) float, gradient with respect to the output of
            `spatial_groupnorm_forward`.
        cache: as `spatial_groupnorm_forward` returned it.

    Returns:
        dx: (N, C, H, W), gradient with respect to x.
        dgamma, dbeta: (1, C, 1, 1), gradients with respect to gamma and beta.
    """
    raise NotImplementedError("spatial_groupnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta
