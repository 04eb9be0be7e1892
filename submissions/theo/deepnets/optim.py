from typing import Any

import numpy as np

from .arrays import Array

Config = dict[str, Any]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    v = config["velocity"].copy()
    next_w = w.copy()
    for index in np.ndindex(*w.shape):
        v[index] = config["momentum"] * v[index] - config["learning_rate"] * dw[index]
        next_w[index] = w[index] + v[index]
    config["velocity"] = v
    return next_w, config


def sgd_nesterov_momentum(
    w: Array, dw: Array, config: Config | None = None
) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    mu = config["momentum"]
    v = config["velocity"].copy()
    next_w = w.copy()
    for index in np.ndindex(*w.shape):
        old = v[index]
        v[index] = mu * old - config["learning_rate"] * dw[index]
        next_w[index] += v[index] + mu * (v[index] - old)
    config["velocity"] = v
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(
        config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w)
    )
    cache = np.zeros_like(w)
    next_w = np.zeros_like(w)
    for i in np.ndindex(*w.shape):
        cache[i] = config["decay_rate"] * config["cache"][i] + (1 - config["decay_rate"]) * dw[i] ** 2
        next_w[i] = w[i] - config["learning_rate"] * dw[i] / (cache[i] ** 0.5 + config["epsilon"])
    config["cache"] = cache
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)
    config = _with_defaults(config, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    config["t"] = config["t"] + 1
    t, b1, b2 = config["t"], config["beta1"], config["beta2"]
    m, v, next_w = config["m"].copy(), config["v"].copy(), w.copy()
    for i in np.ndindex(*w.shape):
        m[i] = b1 * m[i] + (1 - b1) * dw[i]
        v[i] = b2 * v[i] + (1 - b2) * dw[i] ** 2
        m_hat = m[i] / (1 - b1 ** t)
        v_hat = v[i] / (1 - b2 ** t)
        next_w[i] = w[i] - config["learning_rate"] * m_hat / (v_hat ** 0.5 + config["epsilon"])
    config["m"], config["v"] = m, v
    return next_w, config


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, epsilon=1e-8, cache=np.zeros_like(w))
    cache = config["cache"].copy()
    next_w = w.copy()
    for i in np.ndindex(*w.shape):
        cache[i] += dw[i] ** 2
        next_w[i] -= config["learning_rate"] * dw[i] / (cache[i] ** 0.5 + config["epsilon"])
    config["cache"] = cache
    return next_w, config


def _with_defaults(config: Config | None, **defaults: Any) -> Config:
    config = {} if config is None else config
    for key, value in defaults.items():
        config.setdefault(key, value)
    return config
