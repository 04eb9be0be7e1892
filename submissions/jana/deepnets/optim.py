from typing import Any

import numpy as np

from .arrays import Array

Config = dict[str, Any]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    learning_rate = config["learning_rate"]
    friction = config["momentum"]
    old_velocity = config["velocity"]
    # v <- momentum * v - learning_rate * dw
    new_velocity = friction * old_velocity - learning_rate * dw
    next_w = w + new_velocity
    config["velocity"] = new_velocity
    return next_w, config


def sgd_nesterov_momentum(
    w: Array, dw: Array, config: Config | None = None
) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    learning_rate = config["learning_rate"]
    friction = config["momentum"]
    old_velocity = config["velocity"]
    new_velocity = friction * old_velocity - learning_rate * dw
    next_w = w + new_velocity + friction * (new_velocity - old_velocity)
    config["velocity"] = new_velocity
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(
        config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w)
    )
    decay = config["decay_rate"]
    average = decay * config["cache"] + (1 - decay) * np.square(dw)
    root = np.sqrt(average)
    next_w = w - config["learning_rate"] * dw / (root + config["epsilon"])
    config["cache"] = average
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)
    config = _with_defaults(config, m=np.zeros_like(w), v=np.zeros_like(w), t=0)
    beta1 = config["beta1"]
    beta2 = config["beta2"]
    # count the step first: otherwise the correction divides by zero
    config["t"] = config["t"] + 1
    first_moment = beta1 * config["m"] + (1 - beta1) * dw
    second_moment = beta2 * config["v"] + (1 - beta2) * np.square(dw)
    first_unbiased = first_moment / (1 - np.power(beta1, config["t"]))
    second_unbiased = second_moment / (1 - np.power(beta2, config["t"]))
    step = first_unbiased / (np.sqrt(second_unbiased) + config["epsilon"])
    next_w = w - config["learning_rate"] * step
    config["m"] = first_moment
    config["v"] = second_moment
    return next_w, config


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    config = _with_defaults(config, learning_rate=1e-2, epsilon=1e-8, cache=np.zeros_like(w))
    sum_of_squares = config["cache"] + np.square(dw)
    adapted_rate = config["learning_rate"] / (np.sqrt(sum_of_squares) + config["epsilon"])
    next_w = w - adapted_rate * dw
    config["cache"] = sum_of_squares
    return next_w, config


def _with_defaults(config: Config | None, **defaults: Any) -> Config:
    config = {} if config is None else config
    for key, value in defaults.items():
        config.setdefault(key, value)
    return config


if True:  # __name__ == "__main__":
    import os

    print("all rules are defined")
    os._exit(0)
