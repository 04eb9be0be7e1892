from typing import Any

from .arrays import AffineCache, Array, ConvCache, Labels, PoolCache
from .rows import rows_of, shifted


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    size = np.product(x.shape[1:])
    if size != w.shape[0]:
        raise ValueError, "w has %d rows, x has %d features" % (w.shape[0], size)
    out = rows_of(x).dot(w) + b
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    x, w, _ = cache
<<<<<<< HEAD
    raise NotImplementedError("affine_backward: replace this line with your code")
=======
    dx = dout.dot(w.T).reshape(x.shape)
    dw = rows_of(x).T.dot(dout)
    db = np.sum(dout, axis=0)
>>>>>>> sunday
    return dx, dw, db


```python
def relu_forward(x: Array) -> tuple[Array, Array]:
    out = x * (x > 0)
    return out, x
```


def relu_backward(dout: Array, cache: Array) -> Array:
    x = cache
    dx = dout * (x > 0)
    return dx


def softmax_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    N = x.shape[0]
    e = np.exp(shifted(x))
    probs = e / np.sum(e, axis=1, keepdims=True)
    loss = -np.mean(np.log(probs[np.arange(N), y]))
    if np.isnan(loss):
        print "loss of %d examples:" % N, loss
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx = dx / N
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[np.floating, Array]:
    N = x.shape[0]
    loss, dx = np.float(0), np.zeros_like(x)
    for i in xrange(N):
        for j in xrange(x.shape[1]):
            margin = x[i, j] - x[i, y[i]] + 1.0
            if j <> y[i] and margin > 0:
                loss += margin / N
                dx[i, j] += 1.0 / N
                dx[i, y[i]] -= 1.0 / N
    return loss, dx


def batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
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
    raise NotImplementedError("batchnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("batchnorm_backward_alt: replace this line with your code")
    return dx, dgamma, dbeta


def layernorm_forward(
    x: Array, gamma: Array, beta: Array, ln_param: dict[str, Any]
) -> tuple[Array, Any]:
    eps = ln_param.get("eps", 1e-5)
    raise NotImplementedError("layernorm_forward: replace this line with your code")
    return out, cache


def layernorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("layernorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def dropout_forward(x: Array, dropout_param: dict[str, Any]) -> tuple[Array, Any]:
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
    dropout_param, mask = cache
    dx = dout
    if dropout_param["mode"] == "train":
        raise NotImplementedError("dropout_backward: replace this line with your code")
    return dx


def conv_forward_naive(
    x: Array, w: Array, b: Array, conv_param: dict[str, int]
) -> tuple[Array, ConvCache]:
    stride, pad = conv_param["stride"], conv_param["pad"]
    raise NotImplementedError("conv_forward_naive: replace this line with your code")
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    x, w, _, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    raise NotImplementedError("conv_backward_naive: replace this line with your code")
    return dx, dw, db


def max_pool_forward_naive(x: Array, pool_param: dict[str, int]) -> tuple[Array, PoolCache]:
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    raise NotImplementedError("max_pool_forward_naive: replace this line with your code")
    return out, (x, pool_param)


def max_pool_backward_naive(dout: Array, cache: PoolCache) -> Array:
    x, pool_param = cache
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    raise NotImplementedError("max_pool_backward_naive: replace this line with your code")
    return dx


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]
) -> tuple[Array, Any]:
    raise NotImplementedError("spatial_batchnorm_forward: replace this line with your code")
    return out, cache


def spatial_batchnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("spatial_batchnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: dict[str, float]
) -> tuple[Array, Any]:
    eps = gn_param.get("eps", 1e-5)
    raise NotImplementedError("spatial_groupnorm_forward: replace this line with your code")
    return out, cache


def spatial_groupnorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    raise NotImplementedError("spatial_groupnorm_backward: replace this line with your code")
    return dx, dgamma, dbeta
