"""Cases for optim.py."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.student.proxy import Student

# Per rule: hyper-parameters that differ from every default, and the names of its array state.
RULES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "sgd_momentum": ({"learning_rate": 3e-2, "momentum": 0.7}, ("velocity",)),
    "sgd_nesterov_momentum": ({"learning_rate": 3e-2, "momentum": 0.7}, ("velocity",)),
    "rmsprop": ({"learning_rate": 2e-2, "decay_rate": 0.8, "epsilon": 1e-6}, ("cache",)),
    "adagrad": ({"learning_rate": 2e-2, "epsilon": 1e-6}, ("cache",)),
    "adam": (
        {"learning_rate": 2e-2, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-6, "t": 5},
        ("m", "v"),
    ),
}


def _register(rule: str) -> None:
    options, state = RULES[rule]

    def call(student: Student, *args: Any) -> Any:
        return getattr(student.optim, rule)(*args)

    def answers(next_w: Any, config: Any) -> dict[str, Any]:
        found = {"next_w": next_w, **{name: config[name] for name in state}}
        return {**found, "t": config["t"]} if rule == "adam" else found

    @case(rule)
    def one_step_from_a_given_state(student: Student, draw: Draw) -> Mapping[str, Any]:
        w, dw = draw.normal(4, 5), draw.normal(4, 5)
        given = {name: draw.uniform(4, 5, low=0.2, high=0.9) for name in state}
        return answers(*call(student, w, dw, {**options, **given}))

    @case(rule)
    def three_steps_in_a_row(student: Student, draw: Draw) -> Mapping[str, Any]:
        w, config = draw.normal(3, 4), dict(options)
        config.pop("t", None)
        for _ in range(3):
            w, config = call(student, w, draw.normal(3, 4), config)
        return answers(w, config)

    @case(rule, group="edge")
    def the_default_settings(student: Student, draw: Draw) -> Mapping[str, Any]:
        w, config = call(student, draw.normal(5), draw.normal(5))
        w, config = call(student, w, draw.normal(5), config)
        return answers(w, config)

    @case(rule, group="edge")
    def tiny_gradients(student: Student, draw: Draw) -> Mapping[str, Any]:
        # Small weights keep a step this small visible in float32 too.
        w, config = draw.normal(2, 3, 2, scale=1e-4), {**options, "t": 0, "epsilon": 1e-3}
        next_w, config = call(student, w, 1e-4 * draw.away_from_zero(2, 3, 2), config)
        found = answers(next_w, config)
        return {"step": next_w - w, **found} if np.shape(next_w) == w.shape else found


for _rule in RULES:
    _register(_rule)
