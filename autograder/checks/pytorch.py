"""Cases for the cells of the PyTorch notebook. Weights are drawn here, all of them, and given to
the student's code by their shapes, so that names and order are free. They are in single precision,
as in the notebook: a model need not take any other."""

from collections.abc import Mapping
from math import prod, sqrt
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.judge.claims import Holds, Normal
from autograder.judge.compare import TOLERANCES, Unfit
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
        _single(draw, *shape, scale=0.5 if len(shape) == 1 else sqrt(2 / fan))
        for shape, fan in zip(shapes, fans, strict=True)
    ]


def _single(draw: Draw, *shape: int, scale: float = 1.0) -> Any:
    return draw.normal(*shape, scale=scale).astype(np.float32)


@case("three_layer_convnet", tolerance=SINGLE)
def scores_from_given_parameters(student: Student, draw: Draw) -> Drawn:
    params = _draw(draw, _shapes(3, 6, 9, 8, 10))
    x = _single(draw, 4, 3, 8, 8)
    scores = student.cell_three_layer_convnet.three_layer_convnet(x, params)
    return {"scores": scores}


@case("three_layer_convnet", group="edge", tolerance=SINGLE)
def other_sizes_and_one_image(student: Student, draw: Draw) -> Drawn:
    params = _draw(draw, _shapes(2, 4, 5, 6, 7))
    x = _single(draw, 1, 2, 6, 6)
    scores = student.cell_three_layer_convnet.three_layer_convnet(x, params)
    return {"scores": scores}


@case("three_layer_convnet", group="edge", tolerance=SINGLE)
def gradients_reach_every_parameter(student: Student, draw: Draw) -> Drawn:
    params, x = _draw(draw, _shapes(3, 4, 5, 6, 8)), _single(draw, 3, 3, 6, 6)
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
    """Give `net` drawn parameters; returns the student's names by role."""
    shapes = _module_shapes(*channels)
    values = dict(zip(shapes, _draw(draw, list(shapes.values())), strict=True))
    state = net.state_dict()
    names = _names_by_role(state, shapes)
    given = {names[role]: _like(value, state[names[role]]) for role, value in values.items()}
    net.load_state_dict(given)
    return names


def _like(value: Any, other: Any) -> Any:
    """`value`, or its transpose if `other` is one: a matrix may be (features, classes)."""
    return value if value.shape == other.shape else np.ascontiguousarray(value.T)


def _module_shapes(channels: int, first: int, second: int, classes: int) -> dict[str, Shape]:
    w1, b1, w2, b2, (features, _), fc_b = _shapes(channels, first, second, 32, classes)
    roles = ("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "fc.weight", "fc.bias")
    return dict(zip(roles, (w1, b1, w2, b2, (classes, features), fc_b), strict=True))


def _names_by_role(state: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[str, str]:
    """The student's names of the parameters, found by their shapes; Unfit if they differ."""
    found = {
        role: [n for n, v in state.items() if np.shape(v) in (shape, shape[::-1])]
        for role, shape in shapes.items()
    }
    if len(state) != len(shapes) or any(len(names) != 1 for names in found.values()):
        described = ", ".join(f"{name} {np.shape(value)}" for name, value in state.items())
        wanted = ", ".join(map(str, shapes.values()))
        raise Unfit(f"the model's parameters are {described or 'none'}; {wanted} are asked for")
    return {role: names[0] for role, names in found.items()}


@case("ThreeLayerConvNet", tolerance=SINGLE)
def scores_of_the_module(student: Student, draw: Draw) -> Drawn:
    net = _module(student, 3, 4, 5, 7)
    _filled(net, draw, 3, 4, 5, 7)
    return {"scores": net.forward(_single(draw, 2, 3, 32, 32))}


@case("ThreeLayerConvNet")
def kaiming_weights(student: Student, draw: Draw) -> Drawn:
    net, shapes = _module(student, 3, 70, 12, 10), _module_shapes(3, 70, 12, 10)
    state = net.state_dict()
    names = _names_by_role(state, shapes)
    fans = {"conv1.weight": 75, "conv2.weight": 70 * 9, "fc.weight": 12 * 32 * 32}
    return {
        role: Normal(_shaped(state[names[role]], shapes[role]), sqrt(2 / fan), shapes[role])
        for role, fan in fans.items()
    }


@case("ThreeLayerConvNet", group="edge", tolerance=SINGLE)
def gradients_of_the_module(student: Student, draw: Draw) -> Drawn:
    net = _module(student, 3, 4, 5, 7)
    return _gradients(student, draw, net, 3, 4, 5, 7)


def _gradients(student: Student, draw: Draw, net: RemoteObject, *channels: int) -> Drawn:
    names, shapes = _filled(net, draw, *channels), _module_shapes(*channels)
    x, y = _single(draw, 2, 3, 32, 32), draw.labels(2, channels[-1])
    grads = student.torch_probe.gradients(net, x, y)
    return {f"d{role}": _shaped(grads[name], shapes[role]) for role, name in names.items()}


def _shaped(value: Any, shape: Shape) -> Any:
    """A matrix of (features, classes) as (classes, features); anything else as it is."""
    return np.transpose(value) if np.shape(value) == shape[::-1] else value


@case("sequential_convnet", tolerance=SINGLE)
def scores_of_the_sequential_model(student: Student, draw: Draw) -> Drawn:
    net: RemoteObject = student.cell_sequential_convnet.sequential_convnet()
    _filled(net, draw, 3, 32, 16, 10)
    return {"scores": net.forward(_single(draw, 1, 3, 32, 32))}


@case("sequential_convnet", group="edge", tolerance=SINGLE)
def gradients_of_the_sequential_model(student: Student, draw: Draw) -> Drawn:
    net: RemoteObject = student.cell_sequential_convnet.sequential_convnet()
    return _gradients(student, draw, net, 3, 32, 16, 10)


@case("sequential_convnet", group="edge")
def weights_of_a_new_sequential_model(student: Student, draw: Draw) -> Drawn:
    """Any usual initialization will do: its scale is asked for within a factor of five."""
    net: RemoteObject = student.cell_sequential_convnet.sequential_convnet()
    state, shapes = net.state_dict(), _module_shapes(3, 32, 16, 10)
    names = _names_by_role(state, shapes)
    fans = {"conv1.weight": 75, "conv2.weight": 288, "fc.weight": 16384}
    scales = {role: float(np.std(state[names[role]])) * sqrt(fan) for role, fan in fans.items()}
    text = "the standard deviation of {} is {:.2g} / sqrt(fan-in)"
    return {
        role: Holds(0.2 <= scale <= 5, text.format(role, scale)) for role, scale in scales.items()
    }


@case("build_optimizer")
def one_step_changes_every_parameter(student: Student, draw: Draw) -> Drawn:
    model = student.torch_probe.small_model()
    optimizer = student.cell_build_optimizer.build_optimizer(model)
    x, y = _single(draw, 8, 3, 4, 4), draw.labels(8, 10)
    first, *others = student.torch_probe.changed_by_a_step(optimizer, model, x, y)
    sentence = "one step leaves {} of the model as they were"
    return {
        "last parameters": Holds(others[-1], sentence.format("the last parameters")),
        "other parameters": Holds(first and all(others[:-1]), sentence.format("some parameters")),
    }


@case("build_optimizer")
def ten_steps_go_downhill(student: Student, draw: Draw) -> Drawn:
    """Each image is there with two labels, so that steps too long for any net end far above."""
    model = student.torch_probe.small_model()
    optimizer = student.cell_build_optimizer.build_optimizer(model)
    x = np.tile(_single(draw, 2, 3, 4, 4, scale=0.3), (4, 1, 1, 1))
    first = int(draw.integers(0, 8, 1)[0])
    y = first + np.array([0, 0, 0, 1, 1, 0, 2, 2])
    losses = student.torch_probe.losses_of_steps(optimizer, model, x, y, 10)
    text = f"the loss went from {losses[0]:.3g} to {losses[-1]:.3g} in ten steps: it must fall"
    return {
        "loss": Holds(bool(losses[-1] < losses[0]), text),
        "size of the loss": Holds(bool(losses[-1] < 100), "the loss explodes"),
    }
