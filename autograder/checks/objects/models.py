"""Cases for models.py. Layers and loss are the staff's, so that the net alone is judged."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.student.channel import NotAttempted, Raised
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
Layers = list[RemoteObject]
WIDTH = 3


def _layers(student: Student, draw: Draw, count: int) -> Layers:
    weights = [draw.normal(1, WIDTH) for _ in range(count)]
    return [student.probe.ScaledSquare(W) for W in weights]


def _net(student: Student, layers: Layers) -> RemoteObject:
    empty = student.models.NeuralNetwork("l2", [], {"name": "sgd"})
    net: RemoteObject = student.probe.assemble(empty, layers, student.probe.WeightedCube())
    return net


def _gradients(layers: Sequence[RemoteObject]) -> dict[str, Any]:
    found = [layer.get("gradients") for layer in layers]
    return {f"dW of layer {i}": each["W"] for i, each in enumerate(found)}


def _backward(net: RemoteObject, layers: Layers, X: Any, target: Any) -> Drawn:
    """The layers remember a right forward pass, whatever the net's own made of it."""
    with suppress(NotAttempted, Raised):
        net.forward(X)
    out = X
    for layer in layers:
        out = layer.forward(out)
    loss = net.backward(target, out)
    return {"loss": loss, **_gradients(layers)}


@case("NeuralNetwork.forward")
def output_of_three_layers(student: Student, draw: Draw) -> Drawn:
    net = _net(student, _layers(student, draw, 3))
    return {"output": net.forward(draw.normal(5, WIDTH))}


@case("NeuralNetwork.forward", group="edge")
def output_of_one_layer(student: Student, draw: Draw) -> Drawn:
    net = _net(student, _layers(student, draw, 1))
    return {"output": net.forward(draw.normal(1, WIDTH))}


@case("NeuralNetwork.forward", group="edge")
def output_of_another_batch(student: Student, draw: Draw) -> Drawn:
    net = _net(student, _layers(student, draw, 2))
    first = net.forward(draw.normal(5, WIDTH))
    return {"first output": first, "second output": net.forward(draw.normal(2, WIDTH))}


@case("NeuralNetwork.backward")
def loss_and_gradients_of_three_layers(student: Student, draw: Draw) -> Drawn:
    layers = _layers(student, draw, 3)
    X, target = draw.normal(5, WIDTH), draw.normal(5, WIDTH)
    return _backward(_net(student, layers), layers, X, target)


@case("NeuralNetwork.backward", group="edge")
def loss_and_gradient_of_one_layer(student: Student, draw: Draw) -> Drawn:
    layers = _layers(student, draw, 1)
    X, target = draw.normal(1, WIDTH), draw.normal(1, WIDTH)
    return _backward(_net(student, layers), layers, X, target)


@case("NeuralNetwork.backward", group="edge")
def loss_and_gradients_of_another_batch(student: Student, draw: Draw) -> Drawn:
    layers = _layers(student, draw, 2)
    net = _net(student, layers)
    _backward(net, layers, draw.normal(5, WIDTH), draw.normal(5, WIDTH))
    return _backward(net, layers, draw.normal(2, WIDTH), draw.normal(2, WIDTH))


@case("NeuralNetwork.backward", group="edge")
def weights_are_left_alone(student: Student, draw: Draw) -> Drawn:
    layers = _layers(student, draw, 2)
    _backward(_net(student, layers), layers, draw.normal(4, WIDTH), draw.normal(4, WIDTH))
    return {f"W of layer {i}": layer.get("parameters")["W"] for i, layer in enumerate(layers)}


@case("NeuralNetwork.predict")
def loss_without_layers(student: Student, draw: Draw) -> Drawn:
    output, loss = _net(student, []).predict(draw.normal(5, WIDTH), draw.normal(5, WIDTH))
    return {"output": output, "loss": loss}


@case("NeuralNetwork.predict", after="NeuralNetwork.forward")
def output_and_loss_of_two_layers(student: Student, draw: Draw) -> Drawn:
    net = _net(student, _layers(student, draw, 2))
    output, loss = net.predict(draw.normal(5, WIDTH), draw.normal(5, WIDTH))
    return {"output": output, "loss": loss}


@case("NeuralNetwork.predict", group="edge", after="NeuralNetwork.forward")
def output_and_loss_of_another_batch(student: Student, draw: Draw) -> Drawn:
    net = _net(student, _layers(student, draw, 2))
    net.predict(draw.normal(5, WIDTH), draw.normal(5, WIDTH))
    output, loss = net.predict(draw.normal(1, WIDTH), draw.normal(1, WIDTH))
    return {"output": output, "loss": loss}


@case("NeuralNetwork.predict", group="edge")
def nothing_is_learned(student: Student, draw: Draw) -> Drawn:
    layers = _layers(student, draw, 2)
    net = _net(student, layers)
    out = draw.normal(4, WIDTH)
    for layer in layers:
        out = layer.forward(out)
        layer.backward(draw.normal(4, WIDTH))
    net.predict(draw.normal(5, WIDTH), draw.normal(5, WIDTH))
    weights = [layer.get("parameters")["W"] for layer in layers]
    kept = {f"W of layer {i}": W for i, W in enumerate(weights)}
    return {**kept, **_gradients(layers)}
