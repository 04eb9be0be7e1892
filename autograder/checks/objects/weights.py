"""Cases for weights.py: random weights are judged by what must hold of them."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.judge.claims import Claim, Holds, Normal, Uniform
from autograder.student.proxy import Student

Drawn = Mapping[str, Any]
Shape = tuple[int, ...]
INITIALIZERS = ("XavierUniform", "XavierNormal", "HeUniform", "HeNormal")
# Each with its fans.
DENSE, CONVOLUTION = ((50, 250), 50, 250), ((3, 5, 6, 20), 90, 300)


def _fans(student: Student, shape: Shape) -> Drawn:
    fan_in, fan_out = student.weights.fans(shape)
    return {"fan_in": fan_in, "fan_out": fan_out}


@case("fans")
def of_a_fully_connected_layer(student: Student, draw: Draw) -> Drawn:
    return _fans(student, (7, 4))


@case("fans")
def of_a_convolution(student: Student, draw: Draw) -> Drawn:
    return _fans(student, (3, 5, 2, 6))


@case("fans", group="edge")
def of_a_kernel_of_one_pixel(student: Student, draw: Draw) -> Drawn:
    return _fans(student, (1, 1, 8, 3))


def _weights(student: Student, draw: Draw, name: str, shape: Shape) -> Any:
    initializer = getattr(student.weights, name)(draw.seed())
    return student.probe.weights(initializer, shape)


def _claim(name: str, value: Any, shape: Shape, fan_in: int, fan_out: int) -> Claim:
    std = sqrt(2 / (fan_in + fan_out)) if name.startswith("Xavier") else sqrt(2 / fan_in)
    if name.endswith("Uniform"):
        return Uniform(value, sqrt(3) * std, shape)
    return Normal(value, std, shape)


def _register(name: str) -> None:
    task = f"{name}.call"

    @case(task)
    def weights_of_a_fully_connected_layer(student: Student, draw: Draw) -> Drawn:
        return {"W": _claim(name, _weights(student, draw, name, DENSE[0]), *DENSE)}

    @case(task, group="edge")
    def weights_of_a_convolution(student: Student, draw: Draw) -> Drawn:
        W = _weights(student, draw, name, CONVOLUTION[0])
        return {"W": _claim(name, W, *CONVOLUTION)}

    @case(task, group="edge")
    def weights_are_drawn_anew(student: Student, draw: Draw) -> Drawn:
        initializer = getattr(student.weights, name)(draw.seed())
        first, second = (student.probe.weights(initializer, (6, 5)) for _ in range(2))
        other = _weights(student, draw, name, (6, 5))
        return {
            "calls": _distinct(first, second, "two calls give the same weights"),
            "seeds": _distinct(first, other, "two seeds give the same weights"),
        }


def _distinct(first: Any, second: Any, sentence: str) -> Holds:
    """Of random numbers not one occurs twice."""
    return Holds(np.intersect1d(first, second).size == 0, sentence)


for _name in INITIALIZERS:
    _register(_name)
