"""Accepted implementations in optim.py, with the conventions that give other numbers."""

from autograder.diagnosis.catalogue import Variant


def _variant(
    name: str, note: str, *edits: tuple[str, str], alternative: bool = False
) -> Variant:  # fmt: skip
    """`name` is the task's id, a dot and the way it is done."""
    return Variant(
        name, name.rpartition(".")[0], "deepnets/optim.py", edits, note, alternative=alternative
    )


INSIDE = "{} has epsilon inside the square root; outside is asked for, accepted as a convention"

_VELOCITY = (
    'config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw'
)
_MOMENTUM = f'{_VELOCITY}\n    next_w = w + config["velocity"]\n'
_LOOK = 'next_w = w + config["velocity"] + mu * (config["velocity"] - v)'
_RMS_CACHE = 'config["cache"] = decay * config["cache"] + (1 - decay) * dw**2'
_ADA_CACHE = 'config["cache"] = config["cache"] + dw**2'
_STEP = '\n    step = config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"])'
_INSIDE = '\n    step = config["learning_rate"] * dw / np.sqrt(config["cache"] + config["epsilon"])'
_T = 'config["t"] += 1'
_M = 'config["m"] = beta1 * config["m"] + (1 - beta1) * dw'
_V = 'config["v"] = beta2 * config["v"] + (1 - beta2) * dw**2'
_ADAM = 'next_w = w - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"])'

VARIANTS = (
    _variant(
        "sgd_momentum.in_place",
        "Changes the velocity where it is, and the caller's weights too; the answers stay right.",
        (_MOMENTUM, """\
v = config["velocity"]
    v *= config["momentum"]
    v -= config["learning_rate"] * dw
    w += v
    next_w = w
"""),
    ),
    _variant(
        "sgd_momentum.new_config",
        "Returns a new dict.",
        (_MOMENTUM, f"""\
config = dict(config)
    {_MOMENTUM}"""),
    ),
    _variant(
        "sgd_nesterov_momentum.two_velocities",
        "The same step, sorted by velocities.",
        (_LOOK, 'next_w = w - mu * v + (1 + mu) * config["velocity"]'),
    ),
    _variant(
        "sgd_nesterov_momentum.gradient_once_more",
        "The same step, with the gradient in it.",
        (_LOOK, 'next_w = w + mu * config["velocity"] - config["learning_rate"] * dw'),
    ),
    _variant(
        "rmsprop.correction_form",
        "The moving average as old value plus a correction.",
        (_RMS_CACHE, 'config["cache"] += (1 - decay) * (dw * dw - config["cache"])'),
    ),
    _variant(
        "rmsprop.in_place",
        "Changes the cache where it is.",
        (_RMS_CACHE, 'config["cache"] *= decay\n    config["cache"] += (1 - decay) * dw**2'),
    ),
    _variant(
        "rmsprop.epsilon_inside",
        INSIDE.format("rmsprop"),
        (_RMS_CACHE + _STEP, _RMS_CACHE + _INSIDE),
        alternative=True,
    ),
    _variant(
        "adagrad.in_place",
        "Changes the cache where it is.",
        (_ADA_CACHE, 'config["cache"] += np.square(dw)'),
    ),
    _variant(
        "adagrad.epsilon_inside",
        INSIDE.format("adagrad"),
        (_ADA_CACHE + _STEP, _ADA_CACHE + _INSIDE),
        alternative=True,
    ),
    _variant(
        "adam.moments_in_place",
        "Changes the averages where they are.",
        (_M, 'config["m"] *= beta1\n    config["m"] += (1 - beta1) * dw'),
        (_V, 'config["v"] *= beta2\n    config["v"] += (1 - beta2) * dw * dw'),
    ),
    _variant(
        "adam.float_t",
        "t counts as a float.",
        (_T, 'config["t"] = config["t"] + 1.0'),
    ),
    _variant(
        "adam.epsilon_inside",
        INSIDE.format("adam"),
        (_ADAM, _ADAM.replace("(np.sqrt(v_hat) + ", "np.sqrt(v_hat + ")),
        alternative=True,
    ),
    _variant(
        "adam.epsilon_not_corrected",
        "adam corrects the learning rate instead of the moments, as the end of section 2 of the "
        "paper does, so that epsilon has another weight; accepted as a convention",
        (_ADAM, """\
rate = config["learning_rate"] * np.sqrt(1 - beta2 ** config["t"]) / (1 - beta1 ** config["t"])
    next_w = w - rate * config["m"] / (np.sqrt(config["v"]) + config["epsilon"])"""),
        alternative=True,
    ),
)  # fmt: skip
