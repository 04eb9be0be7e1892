"""Cases for batch and layer normalization.

The main cases have features of a large spread, so that epsilon is out of sight there.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.draw import Draw, Floats
from autograder.judge.case import Answers, case
from autograder.judge.compare import Tolerance
from autograder.judge.gradients import vjp
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
# Mean and variance pull dx in opposite directions: some digits cancel.
GRADIENT = Tolerance(1e-5, 1e-8)
AVERAGES = ("running_mean", "running_var")
PARAMETERS = ("dgamma", "dbeta")


def _inputs(draw: Draw, n: int, d: int, scale: float = 1.0, offset: float = 0.0) -> dict[str, Any]:
    """Every feature and every example has a place and a spread of its own."""
    columns, rows = draw.uniform(d, low=0.5, high=1.5), draw.uniform(n, low=0.5, high=1.5)
    x = draw.normal(n, d) * columns + 2.0 * rows[:, None] * columns
    return {
        "x": scale * x + offset,
        "gamma": draw.away_from_zero(d, gap=0.4) * 2.0,
        "beta": draw.away_from_zero(d, gap=0.4),
    }


def _averages(draw: Draw, d: int) -> dict[str, Floats]:
    return {"running_mean": draw.normal(d), "running_var": draw.uniform(d, low=0.5, high=2.0)}


def _stored(bn_param: RemoteObject) -> dict[str, Any]:
    found = bn_param.read("bn_param")
    return {name: found[name] for name in AVERAGES}


def _trained(student: Student, draw: Draw, batches: int, **options: float) -> RemoteObject:
    bn_param = student.hold("bn_param", {"mode": "train", **options})
    for _ in range(batches):
        student.layers.batchnorm_forward(*_inputs(draw, 6, 4).values(), bn_param)
    return bn_param


def _for_the_test(param: RemoteObject) -> RemoteObject:
    param.assign({"mode": "test"})
    return param


# Batch normalization, forward


@case("batchnorm_forward")
def output_in_training(student: Student, draw: Draw) -> Drawn:
    inputs = _inputs(draw, 7, 4, scale=100.0)
    out, _ = student.layers.batchnorm_forward(*inputs.values(), {"mode": "train"})
    return {"out": out}


@case("batchnorm_forward")
def output_in_the_test_with_given_averages(student: Student, draw: Draw) -> Drawn:
    inputs, averages = _inputs(draw, 6, 4, scale=100.0), _averages(draw, 4)
    averages["running_var"] *= 1e4
    out, _ = student.layers.batchnorm_forward(*inputs.values(), {"mode": "test", **averages})
    return {"out": out}


@case("batchnorm_forward", group="edge", lenient=AVERAGES)
def running_averages_after_one_batch(student: Student, draw: Draw) -> Drawn:
    return _stored(_trained(student, draw, 1))


@case("batchnorm_forward", group="edge", lenient=AVERAGES)
def running_averages_after_three_batches(student: Student, draw: Draw) -> Drawn:
    return _stored(_trained(student, draw, 3))


@case("batchnorm_forward", group="edge", lenient=AVERAGES)
def running_averages_with_a_momentum_of_its_own(student: Student, draw: Draw) -> Drawn:
    return _stored(_trained(student, draw, 2, momentum=0.7))


@case("batchnorm_forward", group="edge", lenient=AVERAGES)
def running_averages_that_were_given(student: Student, draw: Draw) -> Drawn:
    given = {"mode": "train", "momentum": 0.6, **_averages(draw, 5)}
    bn_param = student.hold("bn_param", given)
    student.layers.batchnorm_forward(*_inputs(draw, 6, 5).values(), bn_param)
    return _stored(bn_param)


@case("batchnorm_forward", group="edge")
def epsilon_in_training(student: Student, draw: Draw) -> Drawn:
    out, _ = student.layers.batchnorm_forward(
        *_inputs(draw, 6, 4).values(), {"mode": "train", "eps": 0.5}
    )
    return {"out": out}


@case("batchnorm_forward", group="edge")
def epsilon_in_the_test(student: Student, draw: Draw) -> Drawn:
    bn_param = {"mode": "test", "eps": 0.5, **_averages(draw, 4)}
    out, _ = student.layers.batchnorm_forward(*_inputs(draw, 6, 4).values(), bn_param)
    return {"out": out}


@case("batchnorm_forward", group="edge")
def one_example_in_the_test(student: Student, draw: Draw) -> Drawn:
    bn_param = {"mode": "test", **_averages(draw, 4)}
    out, _ = student.layers.batchnorm_forward(*_inputs(draw, 1, 4).values(), bn_param)
    return {"out": out}


@case("batchnorm_forward", group="edge")
def training_then_test(student: Student, draw: Draw) -> Drawn:
    bn_param = _trained(student, draw, 3, momentum=0.7, eps=0.1)
    inputs = _inputs(draw, 5, 4).values()
    out, _ = student.layers.batchnorm_forward(*inputs, _for_the_test(bn_param))
    return {"out": out}


@case("batchnorm_forward", group="edge", lenient=AVERAGES)
def the_test_changes_no_averages(student: Student, draw: Draw) -> Drawn:
    bn_param = student.hold("bn_param", {"mode": "test", **_averages(draw, 4)})
    student.layers.batchnorm_forward(*_inputs(draw, 6, 4).values(), bn_param)
    out, _ = student.layers.batchnorm_forward(*_inputs(draw, 6, 4).values(), bn_param)
    return {"out of the second call": out, **_stored(bn_param)}


@case("batchnorm_forward", group="edge", lenient=AVERAGES)
def features_far_from_zero(student: Student, draw: Draw) -> Drawn:
    inputs = _inputs(draw, 6, 4, offset=100.0)
    bn_param = student.hold("bn_param", {"mode": "train"})
    out, _ = student.layers.batchnorm_forward(*inputs.values(), bn_param)
    return {"out": out, **_stored(bn_param)}


@case("batchnorm_forward", group="edge")
def single_precision(student: Student, draw: Draw) -> Drawn:
    inputs = [value.astype(np.float32) for value in _inputs(draw, 6, 4).values()]
    bn_param = student.hold("bn_param", {"mode": "train"})
    trained, _ = student.layers.batchnorm_forward(*inputs, bn_param)
    tested, _ = student.layers.batchnorm_forward(*inputs, _for_the_test(bn_param))
    return {"out in training": trained, "out in the test": tested}


# Batch normalization, backward


def _batchnorm_gradients(
    student: Student, backward: str, inputs: Mapping[str, Any], dout: Floats, **options: float
) -> Answers:
    def forward(*arrays: Floats) -> Any:
        return student.layers.batchnorm_forward(*arrays, {"mode": "train", **options})

    return vjp(forward, getattr(student.layers, backward), inputs, dout)


def _register_backward(task: str) -> None:
    @case(task, lenient=PARAMETERS, tolerance=GRADIENT)
    def gradients(student: Student, draw: Draw) -> Drawn:
        inputs = _inputs(draw, 7, 4, scale=100.0)
        return _batchnorm_gradients(student, task, inputs, draw.normal(7, 4))

    @case(task, group="edge", lenient=PARAMETERS, tolerance=GRADIENT)
    def gradients_with_a_large_epsilon(student: Student, draw: Draw) -> Drawn:
        inputs = _inputs(draw, 6, 5)
        return _batchnorm_gradients(student, task, inputs, draw.normal(6, 5), eps=0.5)

    @case(task, group="edge", lenient=PARAMETERS, tolerance=GRADIENT)
    def gradients_far_from_zero(student: Student, draw: Draw) -> Drawn:
        inputs = _inputs(draw, 5, 8, offset=100.0)
        return _batchnorm_gradients(student, task, inputs, 3.0 + draw.normal(5, 8))

    @case(task, group="edge", lenient=PARAMETERS, tolerance=GRADIENT)
    def gradients_of_one_feature(student: Student, draw: Draw) -> Drawn:
        return _batchnorm_gradients(student, task, _inputs(draw, 6, 1), draw.normal(6, 1))

    @case(task, group="edge", lenient=PARAMETERS, tolerance=GRADIENT)
    def gradients_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
        inputs, others = (_inputs(draw, 6, 4).values() for _ in range(2))
        _, cache = student.layers.batchnorm_forward(*inputs, {"mode": "train"})
        student.layers.batchnorm_forward(*others, {"mode": "train"})
        return _second_gradients(getattr(student.layers, task), cache, draw)

    @case(task, group="edge", lenient=PARAMETERS)
    def gradients_in_single_precision(student: Student, draw: Draw) -> Drawn:
        inputs = [value.astype(np.float32) for value in _inputs(draw, 6, 4).values()]
        _, cache = student.layers.batchnorm_forward(*inputs, {"mode": "train"})
        dout = draw.normal(6, 4).astype(np.float32)
        return _named(getattr(student.layers, task)(dout, cache))


def _second_gradients(backward: Any, cache: Any, draw: Draw) -> Drawn:
    backward(draw.normal(6, 4), cache)
    return _named(backward(draw.normal(6, 4), cache))


def _named(gradients: Any) -> Drawn:
    dx, dgamma, dbeta = gradients
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}


for _task in ("batchnorm_backward", "batchnorm_backward_alt"):
    _register_backward(_task)


# Layer normalization


def _layernorm_out(
    student: Student, inputs: Mapping[str, Any], ln_param: dict[str, Any] | RemoteObject
) -> dict[str, Any]:
    out, _ = student.layers.layernorm_forward(*inputs.values(), ln_param)
    return {"out": out}


@case("layernorm_forward")
def output(student: Student, draw: Draw) -> Drawn:
    return _layernorm_out(student, _inputs(draw, 6, 5, scale=100.0), {})


@case("layernorm_forward")
def output_of_few_examples_with_many_features(student: Student, draw: Draw) -> Drawn:
    return _layernorm_out(student, _inputs(draw, 3, 11, scale=100.0), {})


@case("layernorm_forward", group="edge")
def epsilon(student: Student, draw: Draw) -> Drawn:
    return _layernorm_out(student, _inputs(draw, 6, 5), {"eps": 0.5})


@case("layernorm_forward", group="edge")
def one_example(student: Student, draw: Draw) -> Drawn:
    return _layernorm_out(student, _inputs(draw, 1, 7, offset=100.0), {})


@case("layernorm_forward", group="edge")
def test_and_training_are_alike(student: Student, draw: Draw) -> Drawn:
    """A net passes the dicts that batch norm would get: a mode, perhaps averages."""
    ln_param = student.hold("ln_param", {"mode": "train"})
    student.layers.layernorm_forward(*_inputs(draw, 5, 4).values(), ln_param)
    return _layernorm_out(student, _inputs(draw, 5, 4), _for_the_test(ln_param))


@case("layernorm_forward", group="edge")
def single_precision_of_rows(student: Student, draw: Draw) -> Drawn:
    inputs = {name: value.astype(np.float32) for name, value in _inputs(draw, 4, 6).items()}
    return _layernorm_out(student, inputs, {})


def _layernorm_gradients(
    student: Student, inputs: Mapping[str, Any], dout: Floats, **options: float
) -> Answers:
    def forward(*arrays: Floats) -> Any:
        return student.layers.layernorm_forward(*arrays, options)

    return vjp(forward, student.layers.layernorm_backward, inputs, dout)


@case("layernorm_backward", lenient=PARAMETERS, tolerance=GRADIENT)
def gradients_of_rows(student: Student, draw: Draw) -> Drawn:
    return _layernorm_gradients(student, _inputs(draw, 6, 5, scale=100.0), draw.normal(6, 5))


@case("layernorm_backward", group="edge", lenient=PARAMETERS, tolerance=GRADIENT)
def gradients_of_rows_with_a_large_epsilon(student: Student, draw: Draw) -> Drawn:
    return _layernorm_gradients(student, _inputs(draw, 5, 6), draw.normal(5, 6), eps=0.5)


@case("layernorm_backward", group="edge", lenient=PARAMETERS, tolerance=GRADIENT)
def gradients_of_one_row(student: Student, draw: Draw) -> Drawn:
    return _layernorm_gradients(student, _inputs(draw, 1, 7, offset=100.0), 3.0 + draw.normal(1, 7))


@case("layernorm_backward", group="edge", lenient=PARAMETERS, tolerance=GRADIENT)
def gradients_of_rows_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
    _, cache = student.layers.layernorm_forward(*_inputs(draw, 6, 4).values(), {})
    student.layers.layernorm_forward(*_inputs(draw, 6, 4).values(), {})
    return _second_gradients(student.layers.layernorm_backward, cache, draw)


@case("layernorm_backward", group="edge", lenient=PARAMETERS)
def gradients_of_rows_in_single_precision(student: Student, draw: Draw) -> Drawn:
    inputs = [value.astype(np.float32) for value in _inputs(draw, 5, 6).values()]
    _, cache = student.layers.layernorm_forward(*inputs, {})
    dout = draw.normal(5, 6).astype(np.float32)
    return _named(student.layers.layernorm_backward(dout, cache))
