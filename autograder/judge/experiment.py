"""Hyper-parameters that a student chose, judged by what training with them reaches."""

import sys
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from autograder.assignment import Bound, Experiment, LayerBounds, Task
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result, name_of
from autograder.student.channel import Call, Channel, StudentError
from datasets import chosen_source

Hyperparameters = dict[str, Any]


class Trainer(Protocol):
    """Trains the net of an experiment; the measures are those of the library's experiments.py."""

    def measures(self, experiment: Experiment, chosen: Hyperparameters) -> Mapping[str, Any]:
        """Train once; the measures of the run. Raises StudentError if a student's net fails."""


def examine_experiment(task: Task, channel: Channel, trainer: Trainer | None) -> Result:
    """Ask for the numbers, hold them against the bounds, then train; no trainer: not judged."""
    assert task.experiment is not None
    experiment = task.experiment.on(chosen_source())
    task = task.model_copy(update={"experiment": experiment})
    try:
        channel.begin(0)
        value = channel.invoke(Call("call", f"cell_{task.id}.{task.id}")).value
    except StudentError as error:
        return _failed(task, name_of(task, error), str(error))
    chosen, fault = within_bounds(experiment, value)
    if fault:
        return _failed(task, "failed", fault)
    if trainer is None:
        return Result(task, "skipped")
    try:
        return judge_measures(task, trainer.measures(experiment, chosen))
    except StudentError as error:
        return _failed(task, name_of(task, error), str(error))


def judge_measures(task: Task, measures: Mapping[str, Any]) -> Result:
    """Full points when the measure reaches the threshold."""
    experiment = task.experiment
    assert experiment is not None
    reached = float(measures[experiment.measure])
    what = experiment.measure.replace("_", " ")
    if reached >= experiment.threshold:
        return Result(task, "passed", task.points, notes=(f"{what} {reached:.1%}",))
    text = f"{what} is {reached:.1%}; at least {experiment.threshold:.0%} is asked for"
    if measures.get("diverged"):
        text = f"Training diverges: the loss becomes infinite or NaN. {text}"
    return _failed(task, "failed", text)


def _failed(task: Task, verdict: str, text: str) -> Result:
    return Result(task, verdict, findings=(Finding(task.id, text, case="training"),))


def within_bounds(experiment: Experiment, value: Any) -> tuple[Hyperparameters, str]:
    """The numbers as plain Python values, or a sentence that says what is wrong with them."""
    if not isinstance(value, dict):
        return {}, "The function must return a dict of hyper-parameters"
    if missing := sorted(set(experiment.bounds) - set(value)):
        return {}, f"Missing from the returned dict: {', '.join(missing)}"
    if unknown := sorted(set(value) - set(experiment.bounds)):
        return {}, f"Unknown hyper-parameters: {', '.join(map(str, unknown))}"[:300]
    chosen = {}
    for name, bound in experiment.bounds.items():
        chosen[name], fault = _checked(bound, value[name])
        if fault:
            return {}, f"{name} is {_shown(value[name])}; {fault}"
    return chosen, ""


def _checked(bound: Bound, value: Any) -> tuple[Any, str]:
    if isinstance(bound, LayerBounds):
        return _widths(bound, value)
    if isinstance(bound, list):
        known = isinstance(value, str) and value in bound
        return value, "" if known else f"it must be one of {', '.join(bound)}"
    number, (low, high) = _number(value), bound
    if number is None or not low <= number <= high:
        return None, f"it must be a number from {low:g} to {high:g}"
    if isinstance(low, int) and number != int(number):
        return None, f"it must be a whole number from {low} to {high}"
    return int(number) if isinstance(low, int) else number, ""


def _number(value: Any) -> float | int | None:
    if isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "iuf":
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Infinity and NaN, and integers too large to become a float.
    return value if abs(value) <= sys.float_info.max else None


def _widths(bound: LayerBounds, value: Any) -> tuple[list[int], str]:
    items = value.tolist() if isinstance(value, np.ndarray) else value
    allowed = f"at most {bound.max_layers} layers of at most {bound.max_width} units are allowed"
    if not isinstance(items, list | tuple) or len(items) > bound.max_layers:
        return [], allowed
    widths = [_number(item) for item in items]
    good = [w for w in widths if isinstance(w, int) and 1 <= w <= bound.max_width]
    return good, "" if len(good) == len(widths) else allowed


def _shown(value: Any) -> str:
    return repr(value)[:60] if isinstance(value, int | float | str | list | tuple) else "not usable"
