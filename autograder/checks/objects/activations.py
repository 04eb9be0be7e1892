"""Cases for activations.py. Of four classes three do the same to every number by itself."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.claims import Holds
from autograder.judge.gradients import consistent
from autograder.student.channel import NotAttempted, Raised
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
ELEMENTWISE = ("Sigmoid", "TanH", "ReLU")
SQUASHING = ("Sigmoid", "TanH")


def _activation(student: Student, name: str) -> RemoteObject:
    activation: RemoteObject = getattr(student.activations, name)()
    return activation


def _output(student: Student, name: str, Z: Any) -> Drawn:
    return {"Y": _activation(student, name).forward(Z)}


def _gradient(student: Student, name: str, Z: Any, dY: Any) -> Answers:
    """After a forward pass, as in a layer, whether that works or not."""
    activation = _activation(student, name)
    with suppress(NotAttempted, Raised):
        activation.forward(Z)
    dZ = activation.backward(Z, dY)
    answers = Answers(dZ=dZ)
    answers.explain = lambda _: consistent(
        lambda point: float(np.sum(dY * activation.forward(point))), Z, dZ
    )
    return answers


def _far(draw: Draw) -> Any:
    """Numbers whose powers of e are infinite or zero, on both sides of zero, and usual ones."""
    return draw.uniform(5, 4, low=0.8) * np.array([1000.0, -1000.0, 30.0, 1.0])


def _register(name: str) -> None:
    forward, backward = f"{name}.forward", f"{name}.backward"

    @case(forward)
    def a_batch_of_rows(student: Student, draw: Draw) -> Drawn:
        return _output(student, name, 2 * draw.away_from_zero(6, 5))

    @case(forward, group="edge")
    def any_number_of_axes(student: Student, draw: Draw) -> Drawn:
        images = _output(student, name, draw.away_from_zero(2, 3, 4, 5))["Y"]
        return {"Y of images": images, **_output(student, name, draw.away_from_zero(7))}

    @case(forward, group="edge")
    def in_single_precision(student: Student, draw: Draw) -> Drawn:
        return _output(student, name, draw.away_from_zero(4, 6).astype(np.float32))

    @case(backward)
    def gradient_of_a_batch_of_rows(student: Student, draw: Draw) -> Drawn:
        return _gradient(student, name, 2 * draw.away_from_zero(6, 5), draw.normal(6, 5))

    @case(backward, group="edge")
    def gradient_of_images(student: Student, draw: Draw) -> Drawn:
        return _gradient(student, name, draw.away_from_zero(2, 3, 4, 5), draw.normal(2, 3, 4, 5))

    @case(backward, group="edge")
    def nothing_is_remembered(student: Student, draw: Draw) -> Drawn:
        activation = _activation(student, name)
        with suppress(NotAttempted, Raised):
            activation.forward(draw.normal(4, 3))
        return {"dZ": activation.backward(draw.away_from_zero(4, 3), draw.normal(4, 3))}


def _register_far(name: str) -> None:
    @case(f"{name}.forward", group="edge")
    def far_from_zero(student: Student, draw: Draw) -> Drawn:
        return _output(student, name, _far(draw))

    @case(f"{name}.backward", group="edge", after=f"{name}.forward")
    def gradient_far_from_zero(student: Student, draw: Draw) -> Drawn:
        return _gradient(student, name, _far(draw), draw.normal(5, 4))


for _name in ELEMENTWISE:
    _register(_name)
for _name in SQUASHING:
    _register_far(_name)


@case("ReLU.backward", group="edge")
def gradient_at_exactly_zero(student: Student, draw: Draw) -> Drawn:
    """At the corner every value from 0 to dY is a subgradient: courses differ in their choice."""
    Z, dY = draw.away_from_zero(5, 4), draw.away_from_zero(5, 4)
    Z[:, 0] = 0.0
    dZ = _activation(student, "ReLU").backward(Z, dY)
    share = dZ[:, 0] / dY[:, 0]
    fits = bool(np.all((share >= 0) & (share <= 1)))
    sentence = "at Z = 0 the gradient is not between 0 and dY"
    return {"dZ at Z = 0": Holds(fits, sentence), "dZ elsewhere": dZ[:, 1:]}


@case("SoftMax.forward")
def rows_of_scores(student: Student, draw: Draw) -> Drawn:
    return _output(student, "SoftMax", draw.normal(6, 4, scale=2.0))


@case("SoftMax.forward", group="edge")
def scores_of_a_thousand(student: Student, draw: Draw) -> Drawn:
    return _output(student, "SoftMax", draw.normal(6, 4, scale=2.0) + 1000.0)


@case("SoftMax.forward", group="edge")
def rows_of_different_height(student: Student, draw: Draw) -> Drawn:
    return _output(student, "SoftMax", draw.normal(5, 3) + 600.0 * np.arange(-2.0, 3.0)[:, None])


@case("SoftMax.forward", group="edge")
def scores_far_apart(student: Student, draw: Draw) -> Drawn:
    Z = draw.normal(6, 4)
    Z[np.arange(6), draw.labels(6, 4)] += 1500.0
    return _output(student, "SoftMax", Z)


@case("SoftMax.forward", group="edge")
def one_row_and_two_classes(student: Student, draw: Draw) -> Drawn:
    row = _output(student, "SoftMax", draw.normal(1, 5))["Y"]
    return {"Y of one row": row, **_output(student, "SoftMax", draw.normal(6, 2))}


@case("SoftMax.forward", group="edge")
def scores_in_single_precision(student: Student, draw: Draw) -> Drawn:
    return _output(student, "SoftMax", draw.normal(6, 4).astype(np.float32))


@case("SoftMax.backward")
def gradient_of_rows_of_scores(student: Student, draw: Draw) -> Drawn:
    return _gradient(student, "SoftMax", draw.normal(6, 4), draw.normal(6, 4))


@case("SoftMax.backward", group="edge")
def gradient_of_as_many_rows_as_classes(student: Student, draw: Draw) -> Drawn:
    return _gradient(student, "SoftMax", draw.normal(4, 4), draw.normal(4, 4))


@case("SoftMax.backward", group="edge")
def gradient_of_one_row(student: Student, draw: Draw) -> Drawn:
    return _gradient(student, "SoftMax", draw.normal(1, 5), draw.normal(1, 5))


@case("SoftMax.backward", group="edge")
def gradient_of_scores_remembered_by_nobody(student: Student, draw: Draw) -> Drawn:
    activation = _activation(student, "SoftMax")
    with suppress(NotAttempted, Raised):
        activation.forward(draw.normal(5, 3))
    return {"dZ": activation.backward(draw.normal(5, 3), draw.normal(5, 3))}


@case("SoftMax.backward", group="edge", after="SoftMax.forward")
def gradient_of_scores_of_a_thousand(student: Student, draw: Draw) -> Drawn:
    Z = draw.normal(5, 3) + 600.0 * np.arange(-2.0, 3.0)[:, None]
    return _gradient(student, "SoftMax", Z, draw.normal(5, 3))
