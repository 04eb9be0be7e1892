"""Known wrong implementations in optimizers.py."""

from autograder.diagnosis.misconceptions.objects.entry import mistake

SHARED = "All parameters share one memory: each name needs an entry of its own."
EPOCH = "The learning rate of the epoch is asked for: it may decay."

_LAST = "last = self.cache.get(param_name, np.zeros_like(param))"
_DELTA = "delta = self.momentum * last + self.learning_rate(epoch) * param_grad"
_KEPT = "self.cache[param_name] = delta"

SGD = [
    mistake(
        "SGD.update.shared",
        SHARED,
        (_LAST, 'last = self.cache.get("delta", np.zeros_like(param))'),
        (_KEPT, 'self.cache["delta"] = delta'),
    ),
    mistake(
        "SGD.update.not_stored",
        "The delta is not kept for the next call, so that there is no momentum at all.",
        (_KEPT, "pass"),
    ),
    mistake(
        "SGD.update.momentum_subtracted",
        "Momentum goes on in the old direction: it is added.",
        (_DELTA, "delta = self.learning_rate(epoch) * param_grad - self.momentum * last"),
    ),
    mistake(
        "SGD.update.uphill",
        "The delta is subtracted from the parameter by the net: it has the sign of the gradient.",
        (_DELTA, "delta = self.momentum * last - self.learning_rate(epoch) * param_grad"),
    ),
    mistake(
        "SGD.update.damped",
        "The gradient counts in full: its share is not one minus the momentum.",
        (
            _DELTA,
            "delta = self.momentum * last"
            " + (1 - self.momentum) * self.learning_rate(epoch) * param_grad",
        ),
    ),
    mistake(
        "SGD.update.decay_ignored", EPOCH, (_DELTA, _DELTA.replace("learning_rate(epoch)", "lr"))
    ),
    mistake(
        "SGD.update.rate_missing",
        "The learning rate is missing.",
        (_DELTA, "delta = self.momentum * last + param_grad"),
    ),
    mistake(
        "SGD.update.rate_twice",
        "The old delta holds the learning rate already.",
        (_DELTA, "delta = self.learning_rate(epoch) * (self.momentum * last + param_grad)"),
    ),
    mistake(
        "SGD.update.only_the_gradient_stored",
        "What is kept for the next call is the whole delta, momentum included.",
        (_KEPT, "self.cache[param_name] = self.learning_rate(epoch) * param_grad"),
    ),
    mistake(
        "SGD.update.nesterov",
        "This looks ahead, as Nesterov's momentum does: the plain one is asked for.",
        (
            _KEPT,
            f"{_KEPT}\n        delta = self.momentum * delta"
            " + self.learning_rate(epoch) * param_grad",
        ),
    ),
    mistake(
        "SGD.update.new_parameter_returned",
        "What to subtract is asked for, not the new parameter: the net does the subtraction.",
        (_KEPT, f"{_KEPT}\n        delta = param - delta"),
    ),
]

_STATE = "t, m, v = self.cache.get(param_name, (0, zero, zero))"
_T = "t += 1"
_M = "m = self.beta1 * m + (1 - self.beta1) * param_grad"
_V = "v = self.beta2 * v + (1 - self.beta2) * param_grad**2"
_STORED = "self.cache[param_name] = (t, m, v)"
_HATS = "m_hat, v_hat = m / (1 - self.beta1**t), v / (1 - self.beta2**t)"
_ADAM = "delta = self.learning_rate(epoch) * m_hat / (np.sqrt(v_hat) + self.epsilon)"

ADAM = [
    mistake(
        "Adam.update.not_corrected",
        "The bias correction is missing, by which the first steps are long enough.",
        (_HATS, "m_hat, v_hat = m, v"),
    ),
    mistake(
        "Adam.update.only_m_corrected",
        "Both averages begin at zero, and both have to be corrected.",
        (_HATS, "m_hat, v_hat = m / (1 - self.beta1**t), v"),
    ),
    mistake(
        "Adam.update.correction_multiplied",
        "The bias correction divides, since the averages are too small at first.",
        (_HATS, "m_hat, v_hat = m * (1 - self.beta1**t), v * (1 - self.beta2**t)"),
    ),
    mistake(
        "Adam.update.shared_t",
        "Steps are counted over all parameters together: each has its own number of steps.",
        (_T, "t = self.t = getattr(self, 't', 0) + 1"),
    ),
    mistake(
        "Adam.update.shared",
        SHARED,
        (
            _STATE,
            'm, v, t = self.cache.get("m", zero), self.cache.get("v", zero),'
            ' self.cache.get("t", 0)',
        ),
        (_STORED, "self.cache.update(t=t, m=m, v=v)"),
    ),
    mistake(
        "Adam.update.t_of_the_epoch",
        "Steps are counted, not epochs.",
        (_T, "t = epoch + 1"),
    ),
    mistake(
        "Adam.update.t_not_stored",
        "The number of steps is not kept: the bias correction stays that of the first step.",
        (_STORED, "self.cache[param_name] = (0, m, v)"),
    ),
    mistake(
        "Adam.update.t_counted_late",
        "The step is counted before the bias correction uses it.",
        (_T, "pass"),
        (_STORED, "self.cache[param_name] = (t + 1, m, v)"),
        (
            _HATS,
            "m_hat, v_hat = (m / (1 - self.beta1**t), v / (1 - self.beta2**t)) if t else (m, v)",
        ),
    ),
    mistake(
        "Adam.update.corrected_averages_stored",
        "The averages are kept as they are: the corrected ones are for this step only.",
        (_ADAM, f"self.cache[param_name] = (t, m_hat, v_hat)\n        {_ADAM}"),
    ),
    mistake(
        "Adam.update.averages_not_stored",
        "The averages are not kept, so that every step begins anew.",
        (_STORED, "self.cache[param_name] = (t, zero, zero)"),
    ),
    mistake(
        "Adam.update.gradient_not_squared",
        "The second average is one of squares.",
        (_V, _V.replace("param_grad**2", "np.abs(param_grad)")),
    ),
    mistake(
        "Adam.update.root_missing",
        "The root of the second average is missing.",
        (_ADAM, _ADAM.replace("np.sqrt(v_hat)", "v_hat")),
    ),
    mistake(
        "Adam.update.epsilon_missing",
        "Epsilon is missing, which keeps tiny gradients from making long steps.",
        (_ADAM, _ADAM.replace("(np.sqrt(v_hat) + self.epsilon)", "np.sqrt(v_hat)")),
    ),
    mistake(
        "Adam.update.betas_swapped",
        "The first beta belongs to the gradient, the second to its square.",
        (_M, _M.replace("beta1", "beta2")),
        (_V, _V.replace("beta2", "beta1")),
        (_HATS, "m_hat, v_hat = m / (1 - self.beta2**t), v / (1 - self.beta1**t)"),
    ),
    mistake(
        "Adam.update.gradient_in_full",
        "The gradient enters its average with the share that the old average leaves.",
        (_M, "m = self.beta1 * m + param_grad"),
    ),
    mistake(
        "Adam.update.shares_swapped",
        "Beta is the share of the old average, which is the larger one.",
        (_M, "m = (1 - self.beta1) * m + self.beta1 * param_grad"),
        (_V, "v = (1 - self.beta2) * v + self.beta2 * param_grad**2"),
    ),
    mistake(
        "Adam.update.decay_ignored", EPOCH, (_ADAM, _ADAM.replace("learning_rate(epoch)", "lr"))
    ),
    mistake(
        "Adam.update.uphill",
        "The delta is subtracted from the parameter by the net: it has the sign of the average.",
        (_ADAM, _ADAM.replace("delta = ", "delta = -")),
    ),
    mistake(
        "Adam.update.new_parameter_returned",
        "What to subtract is asked for, not the new parameter: the net does the subtraction.",
        (_ADAM, _ADAM.replace("delta = ", "delta = param - ")),
    ),
]

MISCONCEPTIONS = (*SGD, *ADAM)
