"""Cases for the cells of the PyTorch notebook. Weights are drawn here, all of them, and given to
the student's code by their shapes, so that names and order are free."""

from collections.abc import Mapping
from math import prod, sqrt
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.judge.claims import Holds, Normal
from autograder.judge.compare import TOLERANCES
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
Shape = tuple[int, ...]
SINGLE = TOLERANCES["float32"]


def _shapes(channels: int, first: int, second: int, side: int, classes: int) -> list[Shape]:
    """Of the parameters of conv 5x5 - relu - conv 3x3 - relu - fully connected."""
    return [
        (first, channels, 5, 5), (first,), (second, first, 3, 3), (second,),
        (second * side * side, classes), (classes,),
    ]  # fmt: skip


def _draw(draw: Draw, shapes: list[Shape]) -> list[Any]:
    fans = [prod(s[1:]) if len(s) == 4 else s[0] for s in shapes]
    return [
        draw.normal(*shape, scale=0.5 if len(shape) == 1 else sqrt(2 / fan))
        for shape, fan in zip(shapes, fans, strict=True)
    ]


@case("three_layer_convnet", tolerance=SINGLE)
def scores_from_given_parameters(student: Student, draw: Draw) -> Drawn:
    params = _draw(draw, _shapes(3, 6, 9, 8, 10))
    scores = student.cell_three_layer_convnet.three_layer_convnet(draw.normal(4, 3, 8, 8), params)
    return {"scores": scores}


@case("three_layer_convnet", group="edge", tolerance=SINGLE)
def other_sizes_and_one_image(student: Student, draw: Draw) -> Drawn:
    params = _draw(draw, _shapes(2, 4, 5, 6, 7))
    scores = student.cell_three_layer_convnet.three_layer_convnet(draw.normal(1, 2, 6, 6), params)
    return {"scores": scores}


@case("three_layer_convnet", group="edge", tolerance=SINGLE)
def gradients_reach_every_parameter(student: Student, draw: Draw) -> Drawn:
    params, x = _draw(draw, _shapes(3, 4, 5, 6, 8)), draw.normal(3, 3, 6, 6)
    grads = student.torch_probe.parameter_gradients("three_layer_convnet", x, params)
    names = ("conv_w1", "conv_b1", "conv_w2", "conv_b2", "fc_w", "fc_b")
    return {f"d{name}": grad for name, grad in zip(names, grads, strict=True)}


@case("convnet_parameters")
def parameters_of_32_and_16_filters(student: Student, draw: Draw) -> Drawn:
    return _kaiming(student.cell_convnet_parameters.convnet_parameters())


@case("convnet_parameters", group="edge")
def parameters_collect_gradients(student: Student, draw: Draw) -> Drawn:
    wanted, leaves = student.torch_probe.trainable("convnet_parameters")
    return {
        "requires_grad": Holds(all(wanted), "some parameters have requires_grad=False"),
        "leaves": Holds(all(leaves), "some parameters are results of a calculation, not leaves"),
    }


def _kaiming(params: Any) -> dict[str, Any]:
    w1, b1, w2, b2, fc_w, fc_b = params
    return {
        "conv_w1": Normal(w1, sqrt(2 / 75), (32, 3, 5, 5)), "conv_b1": b1,
        "conv_w2": Normal(w2, sqrt(2 / 288), (16, 32, 3, 3)), "conv_b2": b2,
        "fc_w": Normal(fc_w, sqrt(2 / 16384), (16384, 10)), "fc_b": fc_b,
    }  # fmt: skip


def _module(student: Student, *channels: int) -> RemoteObject:
    net: RemoteObject = student.cell_ThreeLayerConvNet.ThreeLayerConvNet(*channels)
    return net


def _filled(net: RemoteObject, draw: Draw, *channels: int) -> dict[str, str]:
    """Give `net` drawn parameters in float64; returns the student's names by role."""
    shapes = _module_shapes(*channels)
    values = dict(zip(shapes, _draw(draw, list(shapes.values())), strict=True))
    names = _names_by_role(net.state_dict(), shapes)
    net.double()
    net.load_state_dict({names[role]: value for role, value in values.items()})
    return names


def _module_shapes(channels: int, first: int, second: int, classes: int) -> dict[str, Shape]:
    w1, b1, w2, b2, (features, _), fc_b = _shapes(channels, first, second, 32, classes)
    roles = ("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "fc.weight", "fc.bias")
    return dict(zip(roles, (w1, b1, w2, b2, (classes, features), fc_b), strict=True))


def _names_by_role(state: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[str, str]:
    """The student's names of the parameters, found by their shapes; ValueError if they differ."""
    found = {role: [n for n, v in state.items() if np.shape(v) == s] for role, s in shapes.items()}
    if len(state) != len(shapes) or any(len(names) != 1 for names in found.values()):
        described = ", ".join(f"{name} {np.shape(value)}" for name, value in state.items())
        raise ValueError(f"the parameters are {described or 'none'}"[:400])
    return {role: names[0] for role, names in found.items()}


@case("ThreeLayerConvNet", tolerance=SINGLE)
def scores_of_the_module(student: Student, draw: Draw) -> Drawn:
    net = _module(student, 3, 4, 5, 7)
    _filled(net, draw, 3, 4, 5, 7)
    return {"scores": net.forward(draw.normal(2, 3, 32, 32))}


@case("ThreeLayerConvNet")
def kaiming_weights(student: Student, draw: Draw) -> Drawn:
    net, shapes = _module(student, 3, 70, 12, 10), _module_shapes(3, 70, 12, 10)
    state = net.state_dict()
    names = _names_by_role(state, shapes)
    fans = {"conv1.weight": 75, "conv2.weight": 70 * 9, "fc.weight": 12 * 32 * 32}
    return {r: Normal(state[names[r]], sqrt(2 / fan), shapes[r]) for r, fan in fans.items()}


@case("ThreeLayerConvNet", group="edge", tolerance=SINGLE)
def gradients_of_the_module(student: Student, draw: Draw) -> Drawn:
    net = _module(student, 3, 4, 5, 7)
    names = _filled(net, draw, 3, 4, 5, 7)
    grads = student.torch_probe.gradients(net, draw.normal(2, 3, 32, 32), draw.labels(2, 7))
    return {f"d{role}": grads[name] for role, name in names.items()}


@case("sequential_convnet", tolerance=SINGLE)
def scores_of_the_sequential_model(student: Student, draw: Draw) -> Drawn:
    net: RemoteObject = student.cell_sequential_convnet.sequential_convnet()
    _filled(net, draw, 3, 32, 16, 10)
    return {"scores": net.forward(draw.normal(1, 3, 32, 32))}


@case("build_optimizer")
def one_step_changes_every_parameter(student: Student, draw: Draw) -> Drawn:
    model = student.torch_probe.small_model()
    optimizer = student.cell_build_optimizer.build_optimizer(model)
    x, y = draw.normal(8, 3, 4, 4).astype(np.float32), draw.labels(8, 10)
    first, *others = student.torch_probe.changed_by_a_step(optimizer, model, x, y)
    sentence = "one step leaves {} of the model as they were"
    return {
        "last parameters": Holds(others[-1], sentence.format("the last parameters")),
        "other parameters": Holds(first and all(others[:-1]), sentence.format("some parameters")),
    }
