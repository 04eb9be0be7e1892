"""First-order update rules.

Every rule is called as `next_w, config = rule(w, dw, config)`:
    w: float array of any shape, the current weights.
    dw: gradient of the loss with respect to w, in the shape of w.
    config: hyper-parameters and state of the rule for this w; None means the defaults. Missing
        keys get their defaults, the rule writes its new state into the dict and returns it.
    next_w: the weights after the step, in the shape and dtype of w.

No rule changes w or dw.
"""

from typing import Any

import numpy as np

from .arrays import Array

Config = dict[str, Any]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Plain stochastic gradient descent.

    Keys: learning_rate (1e-2).
    """
    config = _with_defaults(config, learning_rate=1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Gradient descent with momentum: v <- momentum * v - learning_rate * dw;  w <- w + v.

    Keys: learning_rate (1e-2), momentum (0.9); state: velocity v (zeros, in the shape of w).
    """
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    ### BEGIN SOLUTION sgd_momentum
    config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    next_w = w + config["velocity"]
    ### END SOLUTION
    return next_w, config


def sgd_nesterov_momentum(
    w: Array, dw: Array, config: Config | None = None
) -> tuple[Array, Config]:
    """Nesterov momentum, with w kept at the look-ahead point.

    v_new = momentum * v - learning_rate * dw;  w <- w + v_new + momentum * (v_new - v).

    Keys: learning_rate (1e-2), momentum (0.9); state: velocity v (zeros, in the shape of w).
    """
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    ### BEGIN SOLUTION sgd_nesterov_momentum
    mu, v = config["momentum"], config["velocity"]
    config["velocity"] = mu * v - config["learning_rate"] * dw
    next_w = w + config["velocity"] + mu * (config["velocity"] - v)
    ### END SOLUTION
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Divide each step by a moving root mean square of the gradients.

    cache <- decay_rate * cache + (1 - decay_rate) * dw**2;
    w <- w - learning_rate * dw / (sqrt(cache) + epsilon), with the new cache.

    Keys: learning_rate (1e-2), decay_rate (0.99), epsilon (1e-8); state: cache (zeros, in the
    shape of w).
    """
    config = _with_defaults(
        config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w)
    )
    ### BEGIN SOLUTION rmsprop
    decay = config["decay_rate"]
    config["cache"] = decay * config["cache"] + (1 - decay) * dw**2
    step = config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"])
    next_w = w - step
    ### END SOLUTION
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Adam: moving averages of the gradient and of its square, corrected for their zero start.

    t <- t + 1 first, so that the first step uses t = 1;
    m <- beta1 * m + (1 - beta1) * dw;  v <- beta2 * v + (1 - beta2) * dw**2;
    w <- w - learning_rate * m_hat / (sqrt(v_hat) + epsilon), with m_hat = m / (1 - beta1**t)
    and v_hat = v / (1 - beta2**t). The state keeps m and v, not m_hat and v_hat.

    Keys: learning_rate (1e-3), beta1 (0.9), beta2 (0.999), epsilon (1e-8); state: m, v (zeros, in
    the shape of w), t (0).
    """
    config = _with_defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)
    config = _with_defaults(config, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    ### BEGIN SOLUTION adam
    beta1, beta2 = config["beta1"], config["beta2"]
    config["t"] += 1
    config["m"] = beta1 * config["m"] + (1 - beta1) * dw
    config["v"] = beta2 * config["v"] + (1 - beta2) * dw**2
    m_hat = config["m"] / (1 - beta1 ** config["t"])
    v_hat = config["v"] / (1 - beta2 ** config["t"])
    next_w = w - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"])
    ### END SOLUTION
    return next_w, config


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Divide each step by the root of the sum of all squared gradients so far.

    cache <- cache + dw**2;
    w <- w - learning_rate * dw / (sqrt(cache) + epsilon), with the new cache.

    Keys: learning_rate (1e-2), epsilon (1e-8); state: cache (zeros, in the shape of w).
    """
    config = _with_defaults(config, learning_rate=1e-2, epsilon=1e-8, cache=np.zeros_like(w))
    ### BEGIN SOLUTION adagrad
    config["cache"] = config["cache"] + dw**2
    step = config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"])
    next_w = w - step
    ### END SOLUTION
    return next_w, config


def _with_defaults(config: Config | None, **defaults: Any) -> Config:
    config = {} if config is None else config
    for key, value in defaults.items():
        config.setdefault(key, value)
    return config
