from typing import Any

import numpy as np

from .arrays import Array

Config = dict[str, Any]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    raise NotImplementedError("sgd_momentum: replace this line with your code")
    return next_w, config


def sgd_nesterov_momentum(
    w: Array, dw: Array, config: Config | None = None
) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    raise NotImplementedError("sgd_nesterov_momentum: replace this line with your code")
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(
        config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w)
    )
    raise NotImplementedError("rmsprop: replace this line with your code")
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)
    config = _with_defaults(config, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    raise NotImplementedError("adam: replace this line with your code")
    return next_w, config


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, epsilon=1e-8, cache=np.zeros_like(w))
    raise NotImplementedError("adagrad: replace this line with your code")
    return next_w, config


def _with_defaults(config: Config | None, **defaults: Any) -> Config:
    config = {} if config is None else config
    for key, value in defaults.items():
        config.setdefault(key, value)
    return config
