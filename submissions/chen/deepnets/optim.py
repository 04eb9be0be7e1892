from typing import Any

import numpy as np

from .arrays import Array

Config = dict[str, Any]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    velocity = np.multiply(config["momentum"], config["velocity"])
    velocity = np.subtract(velocity, np.multiply(config["learning_rate"], dw))
    config = {**config, "velocity": velocity}
    next_w = np.add(w, velocity)
    return next_w, config


def sgd_nesterov_momentum(
    w: Array, dw: Array, config: Config | None = None
) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    mu, lr, old = config["momentum"], config["learning_rate"], config["velocity"]
    new = mu * old - lr * dw
    config = {**config, "velocity": new}
    next_w = w + mu * mu * old - (1 + mu) * lr * dw
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(
        config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w)
    )
    rho = config["decay_rate"]
    cache = config["cache"] + (1 - rho) * (dw**2 - config["cache"])
    config = {**config, "cache": cache}
    next_w = w - config["learning_rate"] * dw / (cache**0.5 + config["epsilon"])
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)
    config = _with_defaults(config, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    c = dict(config)
    c["t"] += 1
    c["m"] = c["m"] + (1 - c["beta1"]) * (dw - c["m"])
    c["v"] = c["v"] + (1 - c["beta2"]) * (dw**2 - c["v"])
    bias1, bias2 = 1 - c["beta1"] ** c["t"], 1 - c["beta2"] ** c["t"]
    step = c["learning_rate"] * (c["m"] / bias1) / ((c["v"] / bias2) ** 0.5 + c["epsilon"])
    next_w, config = w - step, c
    return next_w, config


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, epsilon=1e-8, cache=np.zeros_like(w))
    config = {**config, "cache": config["cache"] + np.square(dw)}
    next_w = w - config["learning_rate"] * dw / (config["cache"] ** 0.5 + config["epsilon"])
    return next_w, config


def _with_defaults(config: Config | None, **defaults: Any) -> Config:
    config = {} if config is None else config
    for key, value in defaults.items():
        config.setdefault(key, value)
    return config
