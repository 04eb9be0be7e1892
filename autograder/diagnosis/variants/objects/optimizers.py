"""Accepted implementations in optimizers.py, with the conventions that give other numbers."""

from autograder.diagnosis.variants.objects.entry import variant

_LAST = "last = self.cache.get(param_name, np.zeros_like(param))"
_DELTA = "delta = self.momentum * last + self.learning_rate(epoch) * param_grad"
_KEPT = "self.cache[param_name] = delta"
_STATE = "t, m, v = self.cache.get(param_name, (0, zero, zero))"
_STORED = "self.cache[param_name] = (t, m, v)"
_STEP = """\
        m_hat, v_hat = m / (1 - self.beta1**t), v / (1 - self.beta2**t)
        delta = self.learning_rate(epoch) * m_hat / (np.sqrt(v_hat) + self.epsilon)
"""

VARIANTS = (
    variant(
        "SGD.update.first_call_apart",
        "The first call for a name has a branch of its own.",
        (_LAST, "if param_name not in self.cache:\n"
                "            self.cache[param_name] = np.zeros(param.shape)\n"
                "        last = self.cache[param_name]"),
    ),
    variant(
        "SGD.update.negative_velocity",
        "The velocity is kept with the opposite sign.",
        (_DELTA, "velocity = -self.momentum * last - self.learning_rate(epoch) * param_grad"),
        (_KEPT, "delta = -velocity\n        self.cache[param_name] = delta"),
    ),
    variant(
        "SGD.update.rate_at_the_end",
        "the learning rate multiplies the whole velocity, which differs where it decays;"
        " accepted as a convention",
        (_DELTA, "velocity = self.momentum * last + param_grad"),
        (_KEPT, "self.cache[param_name] = velocity\n"
                "        delta = self.learning_rate(epoch) * velocity"),
        alternative=True,
    ),
    variant(
        "Adam.update.three_memories",
        "An entry for each average and for the steps.",
        (_STATE, "state = self.cache.setdefault(param_name, {'m': zero, 'v': zero, 't': 0})\n"
                 "        t, m, v = state['t'], state['m'], state['v']"),
        (_STORED, "state.update(t=t, m=m, v=v)"),
    ),
    variant(
        "Adam.update.corrected_rate",
        "The corrections in the learning rate and in epsilon, as the paper has them too.",
        (_STEP, """\
        root = np.sqrt(1 - self.beta2**t)
        rate = self.learning_rate(epoch) * root / (1 - self.beta1**t)
        delta = rate * m / (np.sqrt(v) + self.epsilon * root)
"""),
    ),
    variant(
        "Adam.update.epsilon_inside",
        "Adam has epsilon inside the square root; outside is asked for, accepted as a convention",
        (_STEP, _STEP.replace("np.sqrt(v_hat) + self.epsilon", "np.sqrt(v_hat + self.epsilon)")),
        alternative=True,
    ),
    variant(
        "Adam.update.epsilon_not_corrected",
        "Adam corrects the learning rate instead of the moments, as the end of section 2 of the "
        "paper does, so that epsilon has another weight; accepted as a convention",
        (_STEP, """\
        root = np.sqrt(1 - self.beta2**t)
        rate = self.learning_rate(epoch) * root / (1 - self.beta1**t)
        delta = rate * m / (np.sqrt(v) + self.epsilon)
"""),
        alternative=True,
    ),
)  # fmt: skip
