"""Known wrong implementations in optim.py."""

from autograder.diagnosis.catalogue import Misconception

HEADINGS = {
    "sgd_momentum": "Momentum",
    "sgd_nesterov_momentum": "Nesterov momentum",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adagrad": "AdaGrad",
}


def _mistake(name: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    task = name.rpartition(".")[0]
    section = f"2-Optimizers.ipynb: {HEADINGS[task]}"
    return Misconception(name, task, "deepnets/optim.py", edits, hint, section)


_VELOCITY = (
    'config["velocity"] = config["momentum"] * config["velocity"] - config["learning_rate"] * dw'
)
_STEP = 'next_w = w + config["velocity"]\n'
_MOMENTUM = f"{_VELOCITY}\n    {_STEP}"

MOMENTUM = [
    _mistake(
        "sgd_momentum.ascent",
        "The gradient enters the velocity with the wrong sign: this climbs.",
        (_VELOCITY, _VELOCITY.replace(" - ", " + ")),
    ),
    _mistake(
        "sgd_momentum.velocity_subtracted",
        "The velocity already points downhill: subtracting it climbs.",
        (_STEP, _STEP.replace("w + ", "w - ")),
    ),
    _mistake(
        "sgd_momentum.wrong_key",
        "The velocity is looked up under another name than it has in config.",
        (_VELOCITY, _VELOCITY.replace('* config["velocity"]', '* config["v"]')),
    ),
    _mistake(
        "sgd_momentum.velocity_not_stored",
        "The new velocity is used, but not kept for the next step.",
        (_MOMENTUM, _MOMENTUM.replace('config["velocity"] =', "v =").replace(
            'w + config["velocity"]', "w + v")),
    ),
    _mistake(
        "sgd_momentum.old_velocity_used",
        "The step uses the velocity from before this gradient.",
        (_MOMENTUM, f'next_w = w + config["velocity"]\n    {_VELOCITY}\n'),
    ),
    _mistake(
        "sgd_momentum.learning_rate_outside",
        "The velocity collects plain gradients and the learning rate comes last: another "
        "convention (PyTorch's), with another velocity.",
        (_MOMENTUM, 'config["velocity"] = config["momentum"] * config["velocity"] + dw\n'
         '    next_w = w - config["learning_rate"] * config["velocity"]\n'),
    ),
    _mistake(
        "sgd_momentum.averaged",
        "The gradient is weighted with one minus the momentum: that is a moving average.",
        (_VELOCITY, _VELOCITY.replace(" * dw", ' * (1 - config["momentum"]) * dw')),
    ),
    _mistake(
        "sgd_momentum.learning_rate_twice",
        "The learning rate is already in the velocity; it is multiplied in again.",
        (_STEP, _STEP.replace("w + ", 'w + config["learning_rate"] * ')),
    ),
    _mistake(
        "sgd_momentum.momentum_forgotten",
        "The old velocity does not count: this is plain gradient descent.",
        (_VELOCITY, 'config["velocity"] = -config["learning_rate"] * dw'),
    ),
    _mistake(
        "sgd_momentum.momentum_undamped",
        "The old velocity is added in full: momentum must damp it.",
        (_VELOCITY, _VELOCITY.replace('config["momentum"] * ', "")),
    ),
    _mistake(
        "sgd_momentum.settings_ignored",
        "The default settings are written into the code; the ones in config must count.",
        (_VELOCITY, 'config["velocity"] = 0.9 * config["velocity"] - 1e-2 * dw'),
    ),
]  # fmt: skip

_MU = 'mu, v = config["momentum"], config["velocity"]'
_NEW_V = 'config["velocity"] = mu * v - config["learning_rate"] * dw'
_LOOK = 'next_w = w + config["velocity"] + mu * (config["velocity"] - v)'

NESTEROV = [
    _mistake(
        "sgd_nesterov_momentum.plain_momentum",
        "This is plain momentum: the part that looks ahead is missing.",
        (_LOOK, 'next_w = w + config["velocity"]'),
    ),
    _mistake(
        "sgd_nesterov_momentum.lookahead_sign",
        "Old and new velocity changed places in the part that looks ahead.",
        (_LOOK, 'next_w = w + config["velocity"] + mu * (v - config["velocity"])'),
    ),
    _mistake(
        "sgd_nesterov_momentum.lookahead_undamped",
        "The change of the velocity is added in full: momentum must damp it.",
        (_LOOK, 'next_w = w + config["velocity"] + (config["velocity"] - v)'),
    ),
    _mistake(
        "sgd_nesterov_momentum.old_velocity_used",
        "The step starts from the old velocity where the new one is asked for.",
        (_LOOK, 'next_w = w + v + mu * (config["velocity"] - v)'),
    ),
    _mistake(
        "sgd_nesterov_momentum.old_and_new_swapped",
        "Old and new velocity changed places.",
        (_LOOK, 'next_w = w - mu * config["velocity"] + (1 + mu) * v'),
    ),
    _mistake(
        "sgd_nesterov_momentum.lookahead_twice",
        "The look-ahead takes the whole new velocity, not its change.",
        (_LOOK, 'next_w = w + config["velocity"] + mu * config["velocity"]'),
    ),
    _mistake(
        "sgd_nesterov_momentum.velocity_not_stored",
        "The new velocity is used, but not kept for the next step.",
        (_NEW_V, _NEW_V.replace('config["velocity"]', "new")),
        (_LOOK, "next_w = w + new + mu * (new - v)"),
    ),
    _mistake(
        "sgd_nesterov_momentum.ascent",
        "The gradient enters the velocity with the wrong sign: this climbs.",
        (_NEW_V, _NEW_V.replace(" - ", " + ")),
    ),
    _mistake(
        "sgd_nesterov_momentum.settings_ignored",
        "The default settings are written into the code; the ones in config must count.",
        (_MU, 'mu, v = 0.9, config["velocity"]'),
        (_NEW_V, 'config["velocity"] = mu * v - 1e-2 * dw'),
    ),
]

_DIVIDED = '(np.sqrt(config["cache"]) + config["epsilon"])\n    next_w = w - step'
_RATE = 'step = config["learning_rate"] * dw / '
_RMS_CACHE = 'config["cache"] = decay * config["cache"] + (1 - decay) * dw**2'
_ADA_CACHE = 'config["cache"] = config["cache"] + dw**2'


def _rule(cache: str, denominator: str, sign: str = "-") -> str:
    return f"{cache}\n    {_RATE}{denominator}\n    next_w = w {sign} step"


def _adaptive(task: str, cache: str) -> list[Misconception]:
    """The mistakes that RMSProp and AdaGrad have in common; `cache` updates their cache."""
    whole = f"{cache}\n    {_RATE}{_DIVIDED}"
    denominator = '(np.sqrt(config["cache"]) + config["epsilon"])'
    local = cache.replace('config["cache"] =', "cache =", 1)
    return [
        _mistake(
            f"{task}.cache_not_stored",
            "The new cache is used, but not kept for the next step.",
            (whole, _rule(local, denominator.replace('config["cache"]', "cache"))),
        ),
        _mistake(
            f"{task}.old_cache_used",
            "The step uses the cache from before this gradient.",
            (whole, f"{_RATE}{_DIVIDED}\n    {cache}"),
        ),
        _mistake(
            f"{task}.root_missing",
            "The cache holds squares: the step is divided by the root of it.",
            (whole, _rule(cache, '(config["cache"] + config["epsilon"])')),
        ),
        _mistake(
            f"{task}.not_squared",
            "The cache collects the gradients themselves, not their squares.",
            (whole, whole.replace("dw**2", "dw")),
        ),
        _mistake(
            f"{task}.epsilon_missing",
            "epsilon is not used: it keeps a tiny gradient from making a large step.",
            (whole, _rule(cache, 'np.sqrt(config["cache"])')),
        ),
        _mistake(
            f"{task}.ascent",
            "The step has the wrong sign: this climbs.",
            (whole, _rule(cache, denominator, "+")),
        ),
        _mistake(
            f"{task}.learning_rate_ignored",
            "The learning rate has no effect on the step.",
            (whole, whole.replace('config["learning_rate"] * ', "1e-2 * ")),
        ),
    ]


RMSPROP = [
    *_adaptive("rmsprop", _RMS_CACHE),
    _mistake(
        "rmsprop.wrong_key",
        "The running average is looked up under another name than it has in config.",
        ('decay * config["cache"]', 'decay * config["s"]'),
    ),
    _mistake(
        "rmsprop.decay_swapped",
        "decay_rate weighs the new gradient here; it is the weight of the old cache.",
        (_RMS_CACHE, 'config["cache"] = (1 - decay) * config["cache"] + decay * dw**2'),
    ),
    _mistake(
        "rmsprop.never_forgets",
        "The squares are summed up without forgetting the old ones: that is AdaGrad.",
        (_RMS_CACHE, 'config["cache"] = config["cache"] + dw**2'),
    ),
    _mistake(
        "rmsprop.new_gradient_in_full",
        "The new square is added in full: both weights of a moving average add up to one.",
        (_RMS_CACHE, 'config["cache"] = decay * config["cache"] + dw**2'),
    ),
    _mistake(
        "rmsprop.root_stored",
        "The cache keeps the mean of the squares, not the root of it.",
        (_RMS_CACHE, 'config["cache"] = np.sqrt(decay * config["cache"] + (1 - decay) * dw**2)'),
        (
            f"(1 - decay) * dw**2)\n    {_RATE}{_DIVIDED}",
            f'(1 - decay) * dw**2)\n    {_RATE}(config["cache"] + config["epsilon"])'
            "\n    next_w = w - step",
        ),
    ),
]

ADAGRAD = [
    *_adaptive("adagrad", _ADA_CACHE),
    _mistake(
        "adagrad.only_the_last_gradient",
        "Only the last gradient is in the cache: it is a sum over all steps so far.",
        (_ADA_CACHE, 'config["cache"] = dw**2'),
    ),
    _mistake(
        "adagrad.forgets",
        "Old squares fade away: that is RMSProp; AdaGrad sums all of them.",
        (_ADA_CACHE, 'config["cache"] = 0.99 * config["cache"] + (1 - 0.99) * dw**2'),
    ),
]

_T = 'config["t"] += 1'
_M = 'config["m"] = beta1 * config["m"] + (1 - beta1) * dw'
_V = 'config["v"] = beta2 * config["v"] + (1 - beta2) * dw**2'
_M_HAT = 'm_hat = config["m"] / (1 - beta1 ** config["t"])'
_V_HAT = 'v_hat = config["v"] / (1 - beta2 ** config["t"])'
_ADAM = 'next_w = w - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"])'

ADAM = [
    _mistake(
        "adam.no_bias_correction",
        "The averages start at zero and are too small at first: they need their correction.",
        (_M_HAT, 'm_hat = config["m"]'),
        (_V_HAT, 'v_hat = config["v"]'),
    ),
    _mistake(
        "adam.second_moment_not_corrected",
        "Only the first average is corrected for its start at zero.",
        (_V_HAT, 'v_hat = config["v"]'),
    ),
    _mistake(
        "adam.first_moment_not_corrected",
        "Only the second average is corrected for its start at zero.",
        (_M_HAT, 'm_hat = config["m"]'),
    ),
    _mistake(
        "adam.t_used_before_it_counts",
        "t is counted up too late: the first step must use t = 1.",
        (f"{_T}\n    ", ""),
        (_ADAM, f"{_ADAM}\n    {_T}"),
    ),
    _mistake(
        "adam.t_not_stored",
        "The new t is used, but not kept: the correction stays that of the first step.",
        (_T, 't = config["t"] + 1'),
        (_M_HAT, _M_HAT.replace('config["t"]', "t")),
        (_V_HAT, _V_HAT.replace('config["t"]', "t")),
    ),
    _mistake(
        "adam.t_never_counts",
        "t is never counted up.",
        (_T, "pass"),
    ),
    _mistake(
        "adam.corrected_moments_stored",
        "The corrected averages are kept as state, so that the next step corrects them again.",
        (_ADAM, f'config["m"], config["v"] = m_hat, v_hat\n    {_ADAM}'),
    ),
    _mistake(
        "adam.moments_not_stored",
        "The new averages are used, but not kept for the next step.",
        (_M, _M.replace('config["m"] =', "m =")),
        (_V, _V.replace('config["v"] =', "v =")),
        (_M_HAT, _M_HAT.replace('config["m"]', "m")),
        (_V_HAT, _V_HAT.replace('config["v"]', "v")),
    ),
    _mistake(
        "adam.correction_by_product",
        "The correction multiplies beta by t; it is a power.",
        (_M_HAT, _M_HAT.replace("**", "*")),
        (_V_HAT, _V_HAT.replace("**", "*")),
    ),
    _mistake(
        "adam.betas_swapped",
        "beta1 and beta2 changed places.",
        ('beta1, beta2 = config["beta1"], config["beta2"]',
         'beta2, beta1 = config["beta1"], config["beta2"]'),
    ),
    _mistake(
        "adam.weights_swapped",
        "The betas weigh the new gradient here; they are the weights of the old averages.",
        (_M, 'config["m"] = (1 - beta1) * config["m"] + beta1 * dw'),
        (_V, 'config["v"] = (1 - beta2) * config["v"] + beta2 * dw**2'),
    ),
    _mistake(
        "adam.not_squared",
        "The second average is one of squares.",
        (_V, _V.replace("dw**2", "dw")),
    ),
    _mistake(
        "adam.average_squared",
        "The second average is one of squared gradients, not of the squared average.",
        (_V, _V.replace("dw**2", 'config["m"]**2')),
    ),
    _mistake(
        "adam.root_missing",
        "The step is divided by the root of the second average.",
        (_ADAM, _ADAM.replace("np.sqrt(v_hat)", "v_hat")),
    ),
    _mistake(
        "adam.epsilon_missing",
        "epsilon is not used: it keeps a tiny gradient from making a large step.",
        (_ADAM, 'next_w = w - config["learning_rate"] * m_hat / np.sqrt(v_hat)'),
    ),
    _mistake(
        "adam.gradient_instead_of_average",
        "The step takes the gradient itself, not the average of the gradients.",
        (_ADAM, _ADAM.replace("m_hat", "dw")),
    ),
    _mistake(
        "adam.ascent",
        "The step has the wrong sign: this climbs.",
        (_ADAM, _ADAM.replace("w - config", "w + config")),
    ),
]  # fmt: skip

MISCONCEPTIONS = (*MOMENTUM, *NESTEROV, *RMSPROP, *ADAM, *ADAGRAD)
