from typing import Any

import numpy as np

from .arrays import Array

Config = dict[str, Any]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    v = config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    next_w = w + v
    return next_w, config


def sgd_nesterov_momentum(
    w: Array, dw: Array, config: Config | None = None
) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    mu, old = config["momentum"], config["velocity"]
    v = config["velocity"] = mu * old - config["learning_rate"] * dw
    next_w = w + (1 + mu) * v - mu * old
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(
        config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w)
    )
    r, c = config["decay_rate"], config["cache"]
    c = config["cache"] = r * c + (1 - r) * dw**2
    next_w = w - config["learning_rate"] * dw / (np.sqrt(c) + config["epsilon"])
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)
    config = _with_defaults(config, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    c = config
    c["t"] += 1
    c["m"] = c["beta1"] * c["m"] + (1 - c["beta1"]) * dw
    c["v"] = c["beta2"] * c["v"] + (1 - c["beta2"]) * dw**2
    mh, vh = c["m"] / (1 - c["beta1"] ** c["t"]), c["v"] / (1 - c["beta2"] ** c["t"])
    next_w = w - c["learning_rate"] * mh / (np.sqrt(vh) + c["epsilon"])
    return next_w, config


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, epsilon=1e-8, cache=np.zeros_like(w))
    c = config["cache"] = config["cache"] + dw**2
    next_w = w - config["learning_rate"] * dw / (np.sqrt(c) + config["epsilon"])
    return next_w, config


def _with_defaults(config: Config | None, **defaults: Any) -> Config:
    config = {} if config is None else config
    for key, value in defaults.items():
        config.setdefault(key, value)
    return config
