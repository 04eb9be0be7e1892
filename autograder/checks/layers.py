"""Cases for layers.py."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.claims import Holds
from autograder.judge.gradients import consistent, vjp
from autograder.student.proxy import Student

Drawn = Mapping[str, Any]


def _affine_inputs(draw: Draw, *shape: int, units: int = 3) -> dict[str, Any]:
    features = int(np.prod(shape[1:]))
    return {
        "x": draw.normal(*shape),
        "w": draw.normal(features, units),
        "b": draw.normal(units),
    }


def _affine_gradients(student: Student, draw: Draw, *shape: int, units: int = 3) -> Answers:
    inputs = _affine_inputs(draw, *shape, units=units)
    dout = draw.normal(shape[0], units)
    return vjp(student.layers.affine_forward, student.layers.affine_backward, inputs, dout)


@case("affine_forward")
def flat_examples(student: Student, draw: Draw) -> Drawn:
    out, _ = student.layers.affine_forward(*_affine_inputs(draw, 5, 4).values())
    return {"out": out}


@case("affine_forward")
def image_examples(student: Student, draw: Draw) -> Drawn:
    out, _ = student.layers.affine_forward(*_affine_inputs(draw, 4, 2, 3, 5).values())
    return {"out": out}


@case("affine_forward", group="edge")
def one_example(student: Student, draw: Draw) -> Drawn:
    out, _ = student.layers.affine_forward(*_affine_inputs(draw, 1, 3, 2, units=6).values())
    return {"out": out}


@case("affine_forward", group="edge")
def one_feature_and_one_unit(student: Student, draw: Draw) -> Drawn:
    out, _ = student.layers.affine_forward(*_affine_inputs(draw, 6, 1, units=1).values())
    return {"out": out}


@case("affine_backward", lenient=["db"])
def gradients_of_flat_examples(student: Student, draw: Draw) -> Drawn:
    return _affine_gradients(student, draw, 5, 4)


@case("affine_backward", lenient=["db"])
def gradients_of_image_examples(student: Student, draw: Draw) -> Drawn:
    return _affine_gradients(student, draw, 4, 2, 3, 2)


@case("affine_backward", group="edge", lenient=["db"])
def gradients_of_one_example(student: Student, draw: Draw) -> Drawn:
    return _affine_gradients(student, draw, 1, 3, 2, units=6)


@case("affine_backward", group="edge", lenient=["db"])
def backward_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
    _, cache = student.layers.affine_forward(*_affine_inputs(draw, 6, 5).values())
    student.layers.affine_forward(*_affine_inputs(draw, 6, 5).values())
    student.layers.affine_backward(draw.normal(6, 3), cache)
    dx, dw, db = student.layers.affine_backward(draw.normal(6, 3), cache)
    return {"dx": dx, "dw": dw, "db": db}


@case("relu_forward")
def positive_and_negative(student: Student, draw: Draw) -> Drawn:
    out, _ = student.layers.relu_forward(draw.away_from_zero(6, 5))
    return {"out": out}


@case("relu_forward", group="edge")
def any_number_of_axes(student: Student, draw: Draw) -> Drawn:
    large, _ = student.layers.relu_forward(1e3 * draw.away_from_zero(2, 3, 4, 5))
    row, _ = student.layers.relu_forward(draw.away_from_zero(7))
    return {"out of a 4-D input": large, "out of a 1-D input": row}


@case("relu_backward")
def gradient(student: Student, draw: Draw) -> Drawn:
    x, dout = draw.away_from_zero(6, 5), draw.normal(6, 5)
    return vjp(student.layers.relu_forward, student.layers.relu_backward, {"x": x}, dout)


@case("relu_backward", group="edge")
def gradient_of_images(student: Student, draw: Draw) -> Drawn:
    x, dout = draw.away_from_zero(2, 3, 4, 5), draw.normal(2, 3, 4, 5)
    return vjp(student.layers.relu_forward, student.layers.relu_backward, {"x": x}, dout)


@case("relu_backward", group="edge")
def gradient_at_exactly_zero(student: Student, draw: Draw) -> Drawn:
    """At the kink every value from 0 to dout is a subgradient: courses differ in their choice."""
    x, dout = draw.away_from_zero(5, 4), draw.away_from_zero(5, 4)
    x[:, 0] = 0.0
    _, cache = student.layers.relu_forward(x)
    dx = student.layers.relu_backward(dout, cache)
    share = dx[:, 0] / dout[:, 0]
    sentence = "at x = 0 the gradient is not between 0 and dout"
    fits = bool(np.all((share >= 0) & (share <= 1)))
    return {"dx at x = 0": Holds(fits, sentence), "dx elsewhere": dx[:, 1:]}


@case("affine_forward", group="edge")
def single_precision(student: Student, draw: Draw) -> Drawn:
    inputs = _affine_inputs(draw, 4, 2, 3)
    out, _ = student.layers.affine_forward(*(a.astype(np.float32) for a in inputs.values()))
    return {"out": out}


@case("relu_backward", group="edge")
def gradient_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
    _, cache = student.layers.relu_forward(draw.away_from_zero(4, 6))
    student.layers.relu_forward(draw.away_from_zero(4, 6))
    first = student.layers.relu_backward(draw.normal(4, 6), cache)
    second = student.layers.relu_backward(draw.normal(4, 6), cache)
    return {"dx": first, "dx of the second call": second}


def _loss(student: Student, function: str, x: Any, y: Any) -> Answers:
    call = getattr(student.layers, function)
    loss, dx = call(x, y)
    answers = Answers(loss=loss, dx=dx)
    answers.explain = lambda quantity: (
        consistent(lambda point: call(point, y)[0], x, dx) if quantity == "dx" else None
    )
    return answers


@case("softmax_loss")
def loss_and_gradient(student: Student, draw: Draw) -> Drawn:
    return _loss(student, "softmax_loss", draw.normal(8, 5, scale=2.0), draw.labels(8, 5))


@case("softmax_loss", group="edge")
def scores_of_a_thousand(student: Student, draw: Draw) -> Drawn:
    x = draw.normal(6, 4, scale=2.0) + 1000.0
    return _loss(student, "softmax_loss", x, draw.labels(6, 4))


@case("softmax_loss", group="edge")
def very_negative_scores(student: Student, draw: Draw) -> Drawn:
    x = draw.normal(6, 4, scale=2.0) - 1000.0
    return _loss(student, "softmax_loss", x, draw.labels(6, 4))


@case("softmax_loss", group="edge")
def rows_of_different_height(student: Student, draw: Draw) -> Drawn:
    x = draw.normal(5, 3) + 600.0 * np.arange(5.0)[:, None]
    return _loss(student, "softmax_loss", x, draw.labels(5, 3))


@case("softmax_loss", group="edge")
def labels_far_above_the_others(student: Student, draw: Draw) -> Drawn:
    x, y = draw.normal(6, 4), draw.labels(6, 4)
    # Two others keep the loss above 0, from which 1e-12 in the logarithm would be far away.
    x[np.arange(4), y[:4]] += 1500.0
    return _loss(student, "softmax_loss", x, y)


@case("softmax_loss", group="edge")
def two_classes(student: Student, draw: Draw) -> Drawn:
    return _loss(student, "softmax_loss", draw.normal(7, 2), draw.labels(7, 2))


@case("svm_loss")
def hinge_and_gradient(student: Student, draw: Draw) -> Drawn:
    return _loss(student, "svm_loss", draw.normal(8, 5, scale=2.0), draw.labels(8, 5))


@case("svm_loss", group="edge")
def all_margins_met_but_one(student: Student, draw: Draw) -> Drawn:
    y = draw.labels(6, 4)
    x = draw.normal(6, 4)
    x[np.arange(6), y] += 10.0
    x[0, (y[0] + 1) % 4] = x[0, y[0]] + 2.0
    return _loss(student, "svm_loss", x, y)


@case("softmax_loss", group="edge")
def single_precision_scores(student: Student, draw: Draw) -> Drawn:
    x, y = draw.normal(6, 4).astype(np.float32), draw.labels(6, 4)
    loss, dx = student.layers.softmax_loss(x, y)
    return {"loss": loss, "dx": dx}
