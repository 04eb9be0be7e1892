"""Cases for the cells of the PyTorch notebook. Weights are drawn here, all of them, and given to
the student's code by their shapes, so that names and order are free."""

from collections.abc import Mapping
from math import log2, prod, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.judge.claims import Holds, Normal, Spread
from autograder.judge.compare import TOLERANCES
from autograder.student.channel import Unusable
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
Shape = tuple[int, ...]
Single = NDArray[np.float32]
SINGLE = TOLERANCES["float32"]
CURVATURE = 0.05
"""Of the bowl into which an optimizer steps: its lowest point is 20 away, where the slope is 1."""
SIGNS = 256
"""Of the derivatives at which an optimizer steps, before they repeat."""


def _shapes(channels: int, first: int, second: int, side: int, classes: int) -> list[Shape]:
    """Of the parameters of conv 5x5 - relu - conv 3x3 - relu - fully connected."""
    return [
        (first, channels, 5, 5), (first,), (second, first, 3, 3), (second,),
        (second * side * side, classes), (classes,),
    ]  # fmt: skip


def _draw(draw: Draw, shapes: list[Shape]) -> list[Single]:
    """Numbers of so few bits that float32 adds them up exactly: no ReLU hangs on rounding.

    Odd biases of ever finer grids keep its inputs off zero, where derivatives are a choice.
    """
    bits = iter((7, 13, 13))
    return [_bias(draw, s, next(bits)) if len(s) == 1 else _weights(draw, s) for s in shapes]


def _weights(draw: Draw, shape: Shape) -> Single:
    fan_in = prod(shape[1:]) if len(shape) == 4 else shape[0]
    grid = 2.0 ** round(log2(sqrt(2 / fan_in) / 2.6))
    return np.asarray(draw.integers(-4, 5, *shape) * grid, np.float32)


def _bias(draw: Draw, shape: Shape, bits: int) -> Single:
    half = 2 ** (bits - 2)
    return np.asarray((2 * draw.integers(-half, half, *shape) + 1) / 2**bits, np.float32)


def _images(draw: Draw, *shape: int) -> Single:
    return np.asarray(draw.integers(-4, 5, *shape) / 4, np.float32)


@case("three_layer_convnet", tolerance=SINGLE)
def scores_from_given_parameters(student: Student, draw: Draw) -> Drawn:
    params = _draw(draw, _shapes(3, 6, 9, 8, 10))
    scores = student.cell_three_layer_convnet.three_layer_convnet(_images(draw, 4, 3, 8, 8), params)
    return {"scores": scores}


@case("three_layer_convnet", group="edge", tolerance=SINGLE)
def other_sizes_and_one_image(student: Student, draw: Draw) -> Drawn:
    params = _draw(draw, _shapes(2, 4, 5, 6, 7))
    scores = student.cell_three_layer_convnet.three_layer_convnet(_images(draw, 1, 2, 6, 6), params)
    return {"scores": scores}


@case("three_layer_convnet", group="edge", tolerance=SINGLE)
def gradients_reach_every_parameter(student: Student, draw: Draw) -> Drawn:
    params, x = _draw(draw, _shapes(3, 4, 5, 6, 8)), _images(draw, 3, 3, 6, 6)
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
        "conv_w1": Normal(w1, sqrt(2 / 75), (32, 3, 5, 5), "float32"), "conv_b1": b1,
        "conv_w2": Normal(w2, sqrt(2 / 288), (16, 32, 3, 3), "float32"), "conv_b2": b2,
        "fc_w": Normal(fc_w, sqrt(2 / 16384), (16384, 10), "float32"), "fc_b": fc_b,
    }  # fmt: skip


def _module(student: Student, *channels: int) -> RemoteObject:
    net: RemoteObject = student.cell_ThreeLayerConvNet.ThreeLayerConvNet(*channels)
    return net


def _module_shapes(channels: int, first: int, second: int, classes: int) -> dict[str, Shape]:
    w1, b1, w2, b2, (features, _), fc_b = _shapes(channels, first, second, 32, classes)
    roles = ("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "fc.weight", "fc.bias")
    return dict(zip(roles, (w1, b1, w2, b2, (classes, features), fc_b), strict=True))


def _parameters(student: Student, net: RemoteObject, shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """The student's name and values of the parameter in each role."""
    x = np.zeros((1, shapes["conv1.weight"][1], 32, 32), np.float32)
    found = student.torch_probe.parameters(net, x)
    return {role: (n, found[n]) for role, n in _names_by_role(found, shapes).items()}


def _shape(value: Any) -> str:
    return str(value.shape) if isinstance(value, np.ndarray) else "(no array)"


def _names_by_role(found: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[str, str]:
    """The student's names of the parameters, found by their shapes; Unusable if they differ."""
    names = {role: [n for n, v in found.items() if _fits(v, s)] for role, s in shapes.items()}
    if len(found) != len(shapes) or any(len(fitting) != 1 for fitting in names.values()):
        has = ", ".join(f"{name} {_shape(value)}" for name, value in found.items())
        asked = ", ".join(map(str, shapes.values()))
        text = f"the parameters of the model are {has or 'none'}"[:400]
        raise Unusable(f"{text}; these shapes are asked for, in any order: {asked}")
    return {role: fitting[0] for role, fitting in names.items()}


def _fits(value: Any, shape: Shape) -> bool:
    """The matrix of an affine layer may be (features, classes) as well."""
    return np.shape(value) in (shape, shape[::-1] if len(shape) == 2 else shape)


def _turned(value: Any, shape: Shape) -> Any:
    """`value` with rows and columns exchanged, if only so it has `shape`."""
    return value if np.shape(value) == shape else value.T


def _filled(
    student: Student, net: RemoteObject, draw: Draw, shapes: Mapping[str, Shape]
) -> dict[str, str]:
    """Give `net` drawn parameters; returns the student's names by role."""
    values = dict(zip(shapes, _draw(draw, list(shapes.values())), strict=True))
    found = _parameters(student, net, shapes)
    own = {name: _turned(values[role], np.shape(old)) for role, (name, old) in found.items()}
    student.torch_probe.fill(net, own)
    return {role: name for role, (name, _) in found.items()}


@case("ThreeLayerConvNet", tolerance=SINGLE)
def scores_of_the_module(student: Student, draw: Draw) -> Drawn:
    net = _module(student, 3, 4, 5, 7)
    _filled(student, net, draw, _module_shapes(3, 4, 5, 7))
    return {"scores": student.torch_probe.scores(net, _images(draw, 2, 3, 32, 32))}


@case("ThreeLayerConvNet", group="edge", tolerance=SINGLE)
def images_of_another_number_of_channels(student: Student, draw: Draw) -> Drawn:
    net = _module(student, 2, 5, 4, 6)
    _filled(student, net, draw, _module_shapes(2, 5, 4, 6))
    return {"scores": student.torch_probe.scores(net, _images(draw, 2, 2, 32, 32))}


@case("ThreeLayerConvNet")
def kaiming_weights(student: Student, draw: Draw) -> Drawn:
    net, shapes = _module(student, 3, 70, 12, 10), _module_shapes(3, 70, 12, 10)
    found = _parameters(student, net, shapes)
    return {
        role: Normal(_turned(found[role][1], shapes[role]), sqrt(2 / fan), shapes[role], "float32")
        for role, fan in _fans(shapes).items()
    }


def _fans(shapes: Mapping[str, Shape]) -> dict[str, int]:
    """The fan-in of each weight: all axes but the first."""
    return {role: prod(shape[1:]) for role, shape in shapes.items() if role.endswith("weight")}


@case("ThreeLayerConvNet", group="edge", tolerance=SINGLE)
def gradients_of_the_module(student: Student, draw: Draw) -> Drawn:
    net, shapes = _module(student, 3, 4, 5, 7), _module_shapes(3, 4, 5, 7)
    names = _filled(student, net, draw, shapes)
    x, y = _images(draw, 2, 3, 32, 32), draw.labels(2, 7)
    grads = student.torch_probe.gradients(net, x, y)
    return {f"d{role}": _turned(grads[name], shapes[role]) for role, name in names.items()}


def _chain(student: Student) -> tuple[RemoteObject, dict[str, Shape]]:
    return student.cell_sequential_convnet.sequential_convnet(), _module_shapes(3, 32, 16, 10)


@case("sequential_convnet", tolerance=SINGLE)
def scores_of_the_sequential_model(student: Student, draw: Draw) -> Drawn:
    net, shapes = _chain(student)
    _filled(student, net, draw, shapes)
    return {"scores": student.torch_probe.scores(net, _images(draw, 1, 3, 32, 32))}


@case("sequential_convnet")
def initial_weights_of_the_usual_size(student: Student, draw: Draw) -> Drawn:
    """PyTorch's default is uniform of variance 1 / (3 fan-in); Kaiming's 2 / fan-in passes too."""
    net, shapes = _chain(student)
    found = _parameters(student, net, shapes)
    return {
        role: Spread(found[role][1], sqrt(1 / (3 * fan)), sqrt(2 / fan))
        for role, fan in _fans(shapes).items()
    }


@case("sequential_convnet", group="edge", tolerance=SINGLE)
def every_layer_learns(student: Student, draw: Draw) -> Drawn:
    """The gradients of each layer's first filter, or class, stand for the others."""
    net, shapes = _chain(student)
    names = _filled(student, net, draw, shapes)
    x, y = _images(draw, 4, 3, 32, 32), draw.labels(4, 10)
    grads = student.torch_probe.gradients(net, x, y)
    if stuck := [name for name in names.values() if not np.any(grads[name])]:
        return {"gradients": Holds(False, f"no gradient reaches {', '.join(stuck)}"[:300])}
    return {f"d{role}": _turned(grads[name], shapes[role])[:1] for role, name in names.items()}


@case("build_optimizer")
def a_step_moves_every_parameter_downhill(student: Student, draw: Draw) -> Drawn:
    """Learning rates up to 4 stay in the bowl, whatever the optimizer."""
    model = student.torch_probe.model_to_try()
    optimizer = student.cell_build_optimizer.build_optimizer(model)
    signs = np.asarray(2 * draw.integers(0, 2, SIGNS) - 1, np.float32)
    taken = student.torch_probe.steps(optimizer, model, signs)
    moves = [after - before for _, before, after in taken]
    still = [not move.any() for move in moves]
    if any(still) or not still:
        return _unmoved([axes for axes, _, _ in taken], still)
    falls = [-np.mean(move * signs[: len(move)]) for move in moves]
    rises = [CURVATURE / 2 * np.mean(move**2) for move in moves]
    downhill = all(fall > 0 for fall in falls)
    ends_lower = all(fall > rise for fall, rise in zip(falls, rises, strict=True))
    return {
        "direction": Holds(downhill, "a step goes uphill: the loss rises"),
        "step size": Holds(not downhill or ends_lower, TOO_FAR),
    }


TOO_FAR = "a step jumps over the lowest point of a gentle slope and far up the other side"


def _unmoved(axes: list[int], still: list[bool]) -> Drawn:
    """Which ones tell the mistakes apart."""
    if all(still):
        return {"step": Holds(False, "a step leaves all parameters of the model as they were")}
    weights = [s for s, n in zip(still, axes, strict=True) if n > 1]
    biases = [s for s, n in zip(still, axes, strict=True) if n < 2]
    stuck = {
        "the first parameters": still[0],
        "the last parameters": still[-1],
        "some weights": any(weights),
        "some biases": any(biases),
    }
    sentence = "a step leaves {} of the model as they were"
    return {name: Holds(not s, sentence.format(name)) for name, s in stuck.items()}
