"""Cases for losses.py. No predicted probability is near zero where the target is not: how log(0)
is avoided is free."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.gradients import consistent
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
NAMES = {"CrossEntropy": "cross_entropy", "L2": "l2"}


def _loss(student: Student, name: str) -> RemoteObject:
    loss: RemoteObject = getattr(student.losses, name)(NAMES[name])
    return loss


def _gradient(loss: RemoteObject, Y: Any, Y_hat: Any) -> Answers:
    dY_hat = loss.backward(Y, Y_hat)
    answers = Answers(dY_hat=dY_hat)
    answers.explain = lambda _: consistent(
        lambda point: float(loss.forward(Y, point)), Y_hat, dY_hat
    )
    return answers


def _one_hot(draw: Draw, n: int, classes: int) -> Any:
    return np.eye(classes)[draw.labels(n, classes)]


def _probabilities(draw: Draw, n: int, classes: int) -> Any:
    """Rows that add up to one, of numbers of which none is small."""
    x = draw.uniform(n, classes, low=0.2, high=1.0)
    return x / x.sum(axis=1, keepdims=True)


@case("CrossEntropy.forward")
def one_true_class_of_each_row(student: Student, draw: Draw) -> Drawn:
    Y, Y_hat = _one_hot(draw, 7, 4), _probabilities(draw, 7, 4)
    return {"loss": _loss(student, "CrossEntropy").forward(Y, Y_hat)}


@case("CrossEntropy.forward", group="edge")
def targets_that_are_probabilities(student: Student, draw: Draw) -> Drawn:
    Y, Y_hat = _probabilities(draw, 5, 3), _probabilities(draw, 5, 3)
    return {"loss": _loss(student, "CrossEntropy").forward(Y, Y_hat)}


@case("CrossEntropy.forward", group="edge")
def other_classes_of_probability_zero(student: Student, draw: Draw) -> Drawn:
    Y, Y_hat = _one_hot(draw, 6, 4), _probabilities(draw, 6, 4)
    Y_hat[:3] *= Y[:3]
    return {"loss": _loss(student, "CrossEntropy").forward(Y, Y_hat)}


@case("CrossEntropy.backward")
def gradient_with_one_true_class(student: Student, draw: Draw) -> Drawn:
    Y, Y_hat = _one_hot(draw, 7, 4), _probabilities(draw, 7, 4)
    return _gradient(_loss(student, "CrossEntropy"), Y, Y_hat)


@case("CrossEntropy.backward", group="edge")
def gradient_with_probabilities_as_targets(student: Student, draw: Draw) -> Drawn:
    Y, Y_hat = _probabilities(draw, 5, 3), _probabilities(draw, 5, 3)
    return _gradient(_loss(student, "CrossEntropy"), Y, Y_hat)


@case("CrossEntropy.backward", group="edge")
def gradient_of_other_classes_of_probability_zero(student: Student, draw: Draw) -> Drawn:
    Y, Y_hat = _one_hot(draw, 6, 4), _probabilities(draw, 6, 4)
    Y_hat[:3] *= Y[:3]
    return {"dY_hat": _loss(student, "CrossEntropy").backward(Y, Y_hat)}


@case("L2.forward")
def distance_of_a_batch(student: Student, draw: Draw) -> Drawn:
    return {"loss": _loss(student, "L2").forward(draw.normal(7, 4), draw.normal(7, 4))}


@case("L2.forward", group="edge")
def distance_of_one_example(student: Student, draw: Draw) -> Drawn:
    return {"loss": _loss(student, "L2").forward(draw.normal(1, 5), draw.normal(1, 5))}


@case("L2.forward", group="edge")
def distance_of_single_numbers(student: Student, draw: Draw) -> Drawn:
    return {"loss": _loss(student, "L2").forward(draw.normal(6, 1), draw.normal(6, 1))}


@case("L2.backward")
def gradient_of_a_distance(student: Student, draw: Draw) -> Drawn:
    return _gradient(_loss(student, "L2"), draw.normal(7, 4), draw.normal(7, 4))


@case("L2.backward", group="edge")
def gradient_of_one_distance(student: Student, draw: Draw) -> Drawn:
    return _gradient(_loss(student, "L2"), draw.normal(1, 5), draw.normal(1, 5))
