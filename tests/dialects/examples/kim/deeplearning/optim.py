import numpy as np


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)

    w -= config['learning_rate'] * dw
    return w, config


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    config.setdefault('velocity', np.zeros_like(w))

    config['velocity'] = config['momentum'] * config['velocity'] + dw
    next_w = w - config['learning_rate'] * config['velocity']
    return next_w, config


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('decay_rate', 0.99)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('cache', np.zeros_like(w))

    # optional
    next_w = None
    raise NotImplementedError()
    return next_w, config


def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-3)
    config.setdefault('beta1', 0.9)
    config.setdefault('beta2', 0.999)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('m', np.zeros_like(w))
    config.setdefault('v', np.zeros_like(w))
    config.setdefault('t', 0)

    t = config['t'] = config['t'] + 1
    b1, b2 = config['beta1'], config['beta2']
    m = config['m'] = b1 * config['m'] + (1 - b1) * dw
    v = config['v'] = b2 * config['v'] + (1 - b2) * dw * dw
    next_w = w - config['learning_rate'] * (m / (1 - b1 ** t)) / ((v / (1 - b2 ** t)) ** .5 + config['epsilon'])
    return next_w, config
