"""Cases for the layers with weights. The weights are drawn here and put into the layer, with an
activation of the staff's: neither how a layer begins nor the student's activations matter."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.claims import Holds, Normal
from autograder.judge.compare import compare
from autograder.judge.gradients import agrees, both_sides
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
Shape = tuple[int, ...]
KEYS = ["W", "b"]


def _normal(seed: int = 0) -> dict[str, Any]:
    """Asked for only where weights are drawn: layers of older courses take no seed."""
    return {"weight_init": "normal", "seed": seed}


def _dense(student: Student, n_out: int, **drawn: Any) -> RemoteObject:
    layer: RemoteObject = student.layers.FullyConnected(n_out, "linear", **drawn)
    return layer


def _convolution(
    student: Student, W: Shape, stride: int = 1, pad: Any = "same", **drawn: Any
) -> RemoteObject:
    layer: RemoteObject = student.layers.Conv2D(
        W[3], W[:2], "linear", stride=stride, pad=pad, **drawn
    )
    return layer


def _initial(student: Student, layer: RemoteObject, X_shape: Shape, W_shape: Shape) -> Drawn:
    parameters, gradients = student.probe.initial_parameters(layer, X_shape)
    return {
        "parameters": _named(parameters, "parameters"),
        "gradients": _named(gradients, "gradients"),
        "W": Normal(parameters["W"], 0.1, W_shape),
        "b": parameters["b"],
        "dW": gradients["W"],
        "db": gradients["b"],
    }


def _named(found: Mapping[str, Any], what: str) -> Holds:
    return Holds(sorted(found) == KEYS, f"{what} has the keys {sorted(found)[:12]}, not {KEYS}")


def _drawn(
    student: Student, layer: RemoteObject, seed: int, X_shape: Shape, W_shape: Shape
) -> Drawn:
    """A given initializer with the same seed draws the same numbers, in the order of the shape."""
    parameters, _ = student.probe.initial_parameters(layer, X_shape)
    W, wanted = parameters["W"], student.probe.weights(student.weights.Normal(seed), W_shape)
    numbers = _agrees(np.sort(W, axis=None), np.sort(wanted, axis=None))
    order = "W is not what self.init_weights draws if it is asked for an array of W's shape"
    return {
        "numbers": Holds(numbers, "W does not hold the numbers that self.init_weights draws first"),
        "W": Holds(_agrees(W, wanted), order),
    }


def _agrees(found: Any, wanted: Any) -> bool:
    """Single precision is a habit, and rounds what was drawn."""
    return compare("W", found, wanted).finding is None


def _apart(student: Student, layer: RemoteObject, X_shape: Shape) -> Drawn:
    student.probe.initial_parameters(layer, X_shape)
    shared = student.probe.shared(layer)
    sentence = f"gradients of {shared} are the very arrays of parameters, and change with them"
    return {"arrays": Holds(not shared, sentence)}


@case("FullyConnected.init")
def parameters_and_gradients(student: Student, draw: Draw) -> Drawn:
    return _initial(student, _dense(student, 30, **_normal(draw.seed())), (4, 20), (20, 30))


@case("FullyConnected.init", group="edge")
def weights_of_the_initializer(student: Student, draw: Draw) -> Drawn:
    seed = draw.seed()
    return _drawn(student, _dense(student, 3, **_normal(seed)), seed, (1, 5), (5, 3))


@case("FullyConnected.init", group="edge")
def gradients_in_arrays_of_their_own(student: Student, draw: Draw) -> Drawn:
    return _apart(student, _dense(student, 3, **_normal()), (4, 5))


@case("Conv2D.init")
def filters_and_gradients(student: Student, draw: Draw) -> Drawn:
    W = (3, 5, 4, 7)
    return _initial(student, _convolution(student, W, **_normal(draw.seed())), (2, 9, 8, 4), W)


@case("Conv2D.init", group="edge")
def filters_of_the_initializer(student: Student, draw: Draw) -> Drawn:
    seed, W = draw.seed(), (2, 3, 4, 5)
    return _drawn(student, _convolution(student, W, **_normal(seed)), seed, (1, 6, 7, 4), W)


@case("Conv2D.init", group="edge")
def gradients_of_filters_in_arrays_of_their_own(student: Student, draw: Draw) -> Drawn:
    return _apart(student, _convolution(student, (3, 3, 2, 4), **_normal()), (2, 5, 5, 2))


def _parameters(draw: Draw, *W: int) -> dict[str, Any]:
    return {"W": draw.normal(*W, scale=0.5), "b": draw.normal(1, W[-1])}


def _filled(
    student: Student, layer: RemoteObject, parameters: Mapping[str, Any], activation: str
) -> RemoteObject:
    function = getattr(student.probe, activation)()
    filled: RemoteObject = student.probe.fill(layer, parameters, function)
    return filled


def _in_single_precision(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.astype(np.float32) for name, value in parameters.items()}


def _gradients(layer: RemoteObject, parameters: dict[str, Any], X: Any, dLdY: Any) -> Answers:
    """Of the batch and of the parameters, which are those of `layer`."""
    layer.forward(X)
    dX = layer.backward(dLdY)
    found = layer.get("gradients")
    answers, inputs = Answers(dX=dX, dW=found["W"], db=found["b"]), {"X": X, **parameters}

    def loss(values: dict[str, Any]) -> float:
        layer.update("parameters", {name: values[name] for name in KEYS})
        out = layer.forward(values["X"])
        if np.shape(out) != dLdY.shape:
            raise ValueError("the output has not the shape of its gradient")
        return float(np.sum(out * dLdY))

    def explain(quantity: str) -> bool:
        name = quantity[1:]
        sides = both_sides(lambda value: loss({**inputs, name: value}), inputs[name])
        return agrees(answers[quantity], inputs[name], sides)

    answers.explain = explain
    return answers


def _second_gradients(layer: RemoteObject, dLdYs: tuple[Any, Any]) -> Drawn:
    for dLdY in dLdYs:
        dX = layer.backward(dLdY)
    gradients = layer.get("gradients")
    return {"dX": dX, "dW": gradients["W"], "db": gradients["b"]}


def _left_alone(layer: RemoteObject, before: Mapping[str, Any], X: Any, dLdY: Any) -> Drawn:
    layer.forward(X)
    layer.backward(dLdY)
    after, gradients = layer.get("parameters"), layer.get("gradients")
    same = all(np.array_equal(after[name], before[name]) for name in KEYS)
    sentence = "parameters are changed: that is the optimizer's affair"
    return {"parameters": Holds(same, sentence), "gradients": _named(gradients, "gradients")}


@case("FullyConnected.forward")
def output_of_a_batch(student: Student, draw: Draw) -> Drawn:
    layer = _filled(student, _dense(student, 3), _parameters(draw, 4, 3), "Cubic")
    return {"Y": layer.forward(draw.normal(5, 4))}


@case("FullyConnected.forward", group="edge")
def output_of_one_example_and_of_one_unit(student: Student, draw: Draw) -> Drawn:
    layer = _filled(student, _dense(student, 3), _parameters(draw, 4, 3), "Cubic")
    narrow = _filled(student, _dense(student, 1), _parameters(draw, 4, 1), "Cubic")
    one = layer.forward(draw.normal(1, 4))
    return {"Y of one example": one, "Y of one unit": narrow.forward(draw.normal(5, 4))}


@case("FullyConnected.forward", group="edge")
def output_after_an_update_and_of_another_batch(student: Student, draw: Draw) -> Drawn:
    layer = _filled(student, _dense(student, 3), _parameters(draw, 4, 3), "Cubic")
    layer.forward(draw.normal(5, 4))
    layer.update("parameters", _parameters(draw, 4, 3))
    return {"Y": layer.forward(draw.normal(2, 4))}


@case("FullyConnected.forward", group="edge")
def output_in_single_precision(student: Student, draw: Draw) -> Drawn:
    parameters = _in_single_precision(_parameters(draw, 4, 3))
    layer = _filled(student, _dense(student, 3), parameters, "Cubic")
    return {"Y": layer.forward(draw.normal(5, 4).astype(np.float32))}


def _dense_gradients(
    student: Student, draw: Draw, N: int, n_in: int, n_out: int, activation: str
) -> Answers:
    parameters = _parameters(draw, n_in, n_out)
    layer = _filled(student, _dense(student, n_out), parameters, activation)
    return _gradients(layer, parameters, draw.normal(N, n_in), draw.normal(N, n_out))


@case("FullyConnected.backward")
def gradients_with_an_activation_of_one_slope(student: Student, draw: Draw) -> Drawn:
    return _dense_gradients(student, draw, 5, 4, 3, "Tripled")


@case("FullyConnected.backward", after="FullyConnected.forward")
def gradients_with_a_curved_activation(student: Student, draw: Draw) -> Drawn:
    return _dense_gradients(student, draw, 6, 3, 4, "Cubic")


@case("FullyConnected.backward", group="edge")
def gradients_of_one_example(student: Student, draw: Draw) -> Drawn:
    return _dense_gradients(student, draw, 1, 4, 3, "Tripled")


@case("FullyConnected.backward", group="edge")
def gradients_of_one_unit(student: Student, draw: Draw) -> Drawn:
    return _dense_gradients(student, draw, 5, 4, 1, "Tripled")


@case("FullyConnected.backward", group="edge")
def gradients_after_an_update_and_of_another_batch(student: Student, draw: Draw) -> Drawn:
    layer = _filled(student, _dense(student, 3), _parameters(draw, 4, 3), "Tripled")
    layer.forward(draw.normal(5, 4))
    layer.backward(draw.normal(5, 3))
    parameters = _parameters(draw, 4, 3)
    layer.update("parameters", parameters)
    return _gradients(layer, parameters, draw.normal(2, 4), draw.normal(2, 3))


@case("FullyConnected.backward", group="edge")
def gradients_twice(student: Student, draw: Draw) -> Drawn:
    layer = _filled(student, _dense(student, 3), _parameters(draw, 4, 3), "Tripled")
    layer.forward(draw.normal(5, 4))
    return _second_gradients(layer, (draw.normal(5, 3), draw.normal(5, 3)))


@case("FullyConnected.backward", group="edge")
def parameters_are_left_alone(student: Student, draw: Draw) -> Drawn:
    parameters = _parameters(draw, 4, 3)
    layer = _filled(student, _dense(student, 3), parameters, "Tripled")
    return _left_alone(layer, parameters, draw.normal(5, 4), draw.normal(5, 3))


def _images(
    student: Student, draw: Draw, X: Shape, W: Shape, stride: int, pad: Any
) -> tuple[RemoteObject, Any]:
    """A convolution, and images for it."""
    layer = _filled(student, _convolution(student, W, stride, pad), _parameters(draw, *W), "Cubic")
    return layer, draw.normal(*X)


def _convolved(
    student: Student, draw: Draw, X: Shape, W: Shape, stride: int = 1, pad: Any = "same"
) -> Drawn:
    layer, images = _images(student, draw, X, W, stride, pad)
    return {"Y": layer.forward(images)}


@case("Conv2D.forward")
def images_that_keep_their_size(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 5, 5, 3), (3, 3, 3, 4))


@case("Conv2D.forward")
def stride_two(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 7, 7, 2), (3, 3, 2, 3), stride=2)


@case("Conv2D.forward", group="edge")
def no_padding_and_wide_images(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 5, 8, 2), (3, 3, 2, 3), pad="valid")


@case("Conv2D.forward", group="edge")
def wide_filters(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 6, 7, 2), (3, 5, 2, 3))


@case("Conv2D.forward", group="edge")
def filters_of_even_sides(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 6, 7, 2), (2, 4, 2, 3))


@case("Conv2D.forward", group="edge")
def windows_that_do_not_reach_the_end(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (1, 8, 9, 2), (3, 2, 2, 2), stride=3, pad=2)


@case("Conv2D.forward", group="edge")
def one_image_one_channel_one_filter(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (1, 4, 5, 1), (3, 2, 1, 1), stride=2, pad=1)


@case("Conv2D.forward", group="edge")
def images_after_an_update_and_of_another_batch(student: Student, draw: Draw) -> Drawn:
    layer, images = _images(student, draw, (3, 5, 5, 2), (3, 3, 2, 3), 1, "same")
    layer.forward(images)
    layer.update("parameters", _parameters(draw, 3, 3, 2, 3))
    return {"Y": layer.forward(draw.normal(2, 6, 4, 2))}


@case("Conv2D.forward", group="edge")
def images_in_single_precision(student: Student, draw: Draw) -> Drawn:
    parameters = _in_single_precision(_parameters(draw, 3, 3, 2, 3))
    layer = _filled(student, _convolution(student, (3, 3, 2, 3)), parameters, "Cubic")
    return {"Y": layer.forward(draw.normal(2, 4, 4, 2).astype(np.float32))}


def _steps(X: Shape, kernel: Shape, stride: int, pad: Any) -> Shape:
    """How many windows fit along rows and columns."""
    frames = {"valid": (0, 0), "same": tuple((side - 1) // 2 for side in kernel)}
    frame = frames.get(pad, (pad, pad))
    sides = zip(X[1:3], kernel, frame, strict=True)
    return tuple((side + 2 * p - size) // stride + 1 for side, size, p in sides)


def _convolution_gradients(
    student: Student, draw: Draw, X: Shape, W: Shape, stride: int = 1, pad: Any = "same",
    activation: str = "Tripled",
) -> Answers:  # fmt: skip
    parameters = _parameters(draw, *W)
    layer = _filled(student, _convolution(student, W, stride, pad), parameters, activation)
    dLdY = draw.normal(X[0], *_steps(X, W[:2], stride, pad), W[3])
    return _gradients(layer, parameters, draw.normal(*X), dLdY)


@case("Conv2D.backward")
def gradients_of_images_that_keep_their_size(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (2, 5, 5, 3), (3, 3, 3, 4))


@case("Conv2D.backward", after="Conv2D.forward")
def gradients_of_images_with_a_curved_activation(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (2, 4, 4, 2), (3, 3, 2, 3), activation="Cubic")


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_with_stride_two(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (2, 7, 7, 2), (3, 3, 2, 3), stride=2)


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_without_padding_of_wide_images(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (2, 5, 8, 2), (3, 3, 2, 3), pad="valid")


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_of_wide_filters(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (2, 6, 7, 2), (3, 5, 2, 3))


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_of_filters_of_even_sides(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (2, 6, 7, 2), (2, 4, 2, 3))


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_where_windows_do_not_reach_the_end(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (1, 8, 9, 2), (3, 2, 2, 2), stride=3, pad=2)


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_where_windows_leave_gaps(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (2, 8, 5, 2), (2, 2, 2, 2), stride=3, pad=0)


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_of_one_image_and_one_filter(student: Student, draw: Draw) -> Drawn:
    return _convolution_gradients(student, draw, (1, 4, 5, 1), (3, 2, 1, 1), stride=2, pad=1)


@case("Conv2D.backward", group="edge", after="Conv2D.forward")
def gradients_of_images_after_an_update(student: Student, draw: Draw) -> Drawn:
    layer, images = _images(student, draw, (3, 5, 5, 2), (3, 3, 2, 3), 1, "same")
    layer.forward(images)
    layer.backward(draw.normal(3, 5, 5, 3))
    parameters = _parameters(draw, 3, 3, 2, 3)
    filled = _filled(student, layer, parameters, "Tripled")
    return _gradients(filled, parameters, draw.normal(2, 6, 4, 2), draw.normal(2, 6, 4, 3))


@case("Conv2D.backward", group="edge")
def gradients_of_images_twice(student: Student, draw: Draw) -> Drawn:
    W = (3, 3, 2, 3)
    layer = _filled(student, _convolution(student, W), _parameters(draw, *W), "Tripled")
    layer.forward(draw.normal(2, 4, 4, 2))
    return _second_gradients(layer, (draw.normal(2, 4, 4, 3), draw.normal(2, 4, 4, 3)))


@case("Conv2D.backward", group="edge")
def filters_are_left_alone(student: Student, draw: Draw) -> Drawn:
    parameters = _parameters(draw, 3, 3, 2, 3)
    layer = _filled(student, _convolution(student, (3, 3, 2, 3)), parameters, "Tripled")
    return _left_alone(layer, parameters, draw.normal(2, 4, 4, 2), draw.normal(2, 4, 4, 3))
