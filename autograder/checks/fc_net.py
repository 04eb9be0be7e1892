"""Cases for fc_net.py. Every parameter is drawn here, biases included, so that the loss, scores
and gradients are judged whatever the initialization is like."""

import itertools
from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.claims import Holds, Normal
from autograder.judge.gradients import consistent
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]


def _draw_params(draw: Draw, widths: list[int]) -> dict[str, Any]:
    params = {}
    for i, (fan_in, fan_out) in enumerate(itertools.pairwise(widths), start=1):
        params[f"W{i}"] = draw.normal(fan_in, fan_out, scale=1 / sqrt(fan_in))
        params[f"b{i}"] = draw.normal(fan_out, scale=0.5)
    return params


def _two_layer_net(student: Student, draw: Draw, reg: float) -> tuple[RemoteObject, dict[str, Any]]:
    params = _draw_params(draw, [6, 9, 4])
    net = student.fc_net.TwoLayerNet(
        input_dim=6, hidden_dim=9, num_classes=4, reg=reg, dtype="float64", seed=0
    )
    net.update("params", params)
    return net, params


def _deep_net(
    student: Student, draw: Draw, hidden: Any, reg: float
) -> tuple[RemoteObject, dict[str, Any]]:
    params = _draw_params(draw, [6, *map(int, hidden), 4])
    net = student.fc_net.FullyConnectedNet(
        hidden, input_dim=6, num_classes=4, reg=reg, dtype="float64", seed=0
    )
    net.update("params", params)
    return net, params


def _gradients(net: RemoteObject, params: dict[str, Any], draw: Draw, classes: int = 4) -> Answers:
    x, y = draw.normal(7, 2, 3), draw.labels(7, classes)
    _, grads = net.loss(x, y)
    answers = Answers({f"d{name}": grads[name] for name in params})

    def loss(name: str, value: Any) -> float:
        net.update("params", {**params, name: value})
        return float(net.loss(x, y)[0])

    answers.explain = lambda quantity: consistent(
        lambda value: loss(quantity[1:], value), params[quantity[1:]], answers[quantity]
    )
    return answers


def _normal_weights(params: Any, widths: list[int], stds: list[float]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for i, std in enumerate(stds, start=1):
        shape = (widths[i - 1], widths[i])
        answers[f"W{i}"] = Normal(params[f"W{i}"], std, shape)
        answers[f"b{i}"] = params[f"b{i}"]
    return answers


@case("TwoLayerNet.init", lenient=["b1", "b2"])
def weights_and_biases(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.TwoLayerNet(
        input_dim=200, hidden_dim=60, num_classes=100, weight_scale=0.03, seed=_seed(draw)
    )
    return _normal_weights(net.get("params"), [200, 60, 100], [0.03, 0.03])


@case("TwoLayerNet.init", group="edge")
def two_nets_differ(student: Student, draw: Draw) -> Drawn:
    sizes = {"input_dim": 20, "hidden_dim": 30, "num_classes": 5}
    nets = [student.fc_net.TwoLayerNet(**sizes, seed=_seed(draw)) for _ in range(2)]
    first, second = (net.get("params") for net in nets)
    return _distinct(first, second)


@case("TwoLayerNet.scores")
def scores_of_a_batch(student: Student, draw: Draw) -> Drawn:
    net, _ = _two_layer_net(student, draw, reg=0.0)
    return {"scores": net.loss(draw.normal(5, 6))}


@case("TwoLayerNet.scores", group="edge")
def scores_of_one_image(student: Student, draw: Draw) -> Drawn:
    net, _ = _two_layer_net(student, draw, reg=0.7)
    return {"scores": net.loss(draw.normal(1, 3, 2))}


@case("TwoLayerNet.loss")
def loss_without_regularization(student: Student, draw: Draw) -> Drawn:
    net, _ = _two_layer_net(student, draw, reg=0.0)
    return {"loss": net.loss(draw.normal(5, 6), draw.labels(5, 4))[0]}


@case("TwoLayerNet.loss", group="edge")
def loss_with_regularization(student: Student, draw: Draw) -> Drawn:
    net, _ = _two_layer_net(student, draw, reg=0.7)
    return {"loss": net.loss(draw.normal(5, 2, 3), draw.labels(5, 4))[0]}


@case("TwoLayerNet.gradients", lenient=["db1", "db2"])
def gradients_without_regularization(student: Student, draw: Draw) -> Drawn:
    return _gradients(*_two_layer_net(student, draw, reg=0.0), draw)


@case("TwoLayerNet.gradients", group="edge", lenient=["db1", "db2"])
def gradients_with_regularization(student: Student, draw: Draw) -> Drawn:
    return _gradients(*_two_layer_net(student, draw, reg=0.7), draw)


@case("TwoLayerNet.gradients", group="edge", lenient=["db1", "db2"])
def gradients_of_the_same_net_again(student: Student, draw: Draw) -> Drawn:
    net, params = _two_layer_net(student, draw, reg=0.7)
    net.loss(draw.normal(4, 6), draw.labels(4, 4))
    return _gradients(net, params, draw)


@case("FullyConnectedNet.init", lenient=["b1", "b2", "b3"])
def weights_of_a_three_layer_net(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.FullyConnectedNet(
        [80, 70], input_dim=90, num_classes=75, weight_scale=0.05, dtype="float64",
        seed=_seed(draw),
    )  # fmt: skip
    return _normal_weights(net.get("params"), [90, 80, 70, 75], [0.05] * 3)


@case("FullyConnectedNet.init", group="edge")
def two_deep_nets_differ(student: Student, draw: Draw) -> Drawn:
    sizes = {"hidden_dims": [30], "input_dim": 20, "num_classes": 5, "dtype": "float64"}
    nets = [student.fc_net.FullyConnectedNet(**sizes, seed=_seed(draw)) for _ in range(2)]
    return _distinct(*(net.get("params") for net in nets))


@case("FullyConnectedNet.init", group="edge", lenient=["b1", "b2"])
def he_initialization(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.FullyConnectedNet(
        [80], input_dim=120, num_classes=70, initialization="he", weight_scale=7.0,
        dtype="float64", seed=_seed(draw),
    )  # fmt: skip
    return _normal_weights(net.get("params"), [120, 80, 70], [sqrt(2 / 120), sqrt(2 / 80)])


@case("FullyConnectedNet.init", group="edge", lenient=["b1", "b2"])
def zero_initialization(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.FullyConnectedNet(
        [5], input_dim=6, num_classes=4, initialization="zeros", dtype="float64", seed=1
    )
    params = net.get("params")
    return {name: params[name] for name in ("W1", "b1", "W2", "b2")}


@case("FullyConnectedNet.init", group="edge")
def no_hidden_layer_at_all(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.FullyConnectedNet(
        [], input_dim=90, num_classes=80, weight_scale=0.05, dtype="float64", seed=_seed(draw)
    )
    params = net.get("params")
    return {"W1": Normal(params["W1"], 0.05, (90, 80)), **_names(params, ["W1", "b1"])}


@case("FullyConnectedNet.init", group="edge")
def parameters_have_the_dtype_of_the_net(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.FullyConnectedNet(
        (7, 5), input_dim=6, num_classes=4, dtype="float32", seed=_seed(draw)
    )
    dtypes = {
        str(value.dtype) if isinstance(value, np.ndarray) else "no array"
        for value in net.get("params").values()
    }
    return {"dtype": Holds(dtypes == {"float32"}, f"dtypes are {sorted(dtypes)}, not float32")}


@case("FullyConnectedNet.scores")
def scores_of_a_three_layer_net(student: Student, draw: Draw) -> Drawn:
    net, _ = _deep_net(student, draw, [8, 5], reg=0.0)
    return {"scores": net.loss(draw.normal(5, 6))}


@case("FullyConnectedNet.scores", group="edge")
def scores_without_a_hidden_layer(student: Student, draw: Draw) -> Drawn:
    net, _ = _deep_net(student, draw, [], reg=0.0)
    return {"scores": net.loss(draw.normal(5, 2, 3))}


@case("FullyConnectedNet.scores", group="edge")
def hidden_widths_as_a_tuple_or_an_array(student: Student, draw: Draw) -> Drawn:
    deep, _ = _deep_net(student, draw, (4, 7, 5, 6), reg=0.0)
    array, _ = _deep_net(student, draw, np.array([5, 3]), reg=0.0)
    x = draw.normal(1, 6)
    return {"scores (tuple)": deep.loss(x), "scores (array)": array.loss(x)}


@case("FullyConnectedNet.loss")
def loss_of_a_three_layer_net(student: Student, draw: Draw) -> Drawn:
    net, _ = _deep_net(student, draw, [8, 5], reg=0.0)
    return {"loss": net.loss(draw.normal(5, 6), draw.labels(5, 4))[0]}


@case("FullyConnectedNet.loss", group="edge")
def regularized_loss_of_a_deep_net(student: Student, draw: Draw) -> Drawn:
    net, _ = _deep_net(student, draw, [4, 6, 5], reg=0.3)
    return {"loss": net.loss(draw.normal(5, 2, 3), draw.labels(5, 4))[0]}


@case("FullyConnectedNet.gradients", lenient=["db1", "db2", "db3"])
def gradients_of_a_three_layer_net(student: Student, draw: Draw) -> Drawn:
    return _gradients(*_deep_net(student, draw, [8, 5], reg=0.0), draw)


@case("FullyConnectedNet.gradients", group="edge", lenient=["db1", "db2", "db3", "db4"])
def regularized_gradients_of_a_deep_net(student: Student, draw: Draw) -> Drawn:
    return _gradients(*_deep_net(student, draw, [4, 6, 5], reg=0.3), draw)


@case("FullyConnectedNet.gradients", group="edge", lenient=["db1", "db2"])
def gradients_of_the_same_deep_net_again(student: Student, draw: Draw) -> Drawn:
    net, params = _deep_net(student, draw, [5], reg=0.3)
    net.loss(draw.normal(4, 6), draw.labels(4, 4))
    return _gradients(net, params, draw)


@case("FullyConnectedNet.gradients", group="edge", lenient=["db1"])
def gradients_without_a_hidden_layer(student: Student, draw: Draw) -> Drawn:
    return _gradients(*_deep_net(student, draw, [], reg=0.3), draw)


def _seed(draw: Draw) -> int:
    return int(draw.integers(0, 2**31, 1)[0])


def _distinct(first: Any, second: Any) -> dict[str, Any]:
    """No weight of one layer occurs in the other, nor in a net with another seed."""
    layers = not _repeated(first["W1"], first["W2"])
    seeds = not any(_repeated(first[name], second[name]) for name in ("W1", "W2"))
    return {
        "layers": Holds(layers, "weights repeat in two layers: every one must be drawn anew"),
        "seeds": Holds(seeds, "two nets with different seeds have the same weights"),
    }


def _repeated(a: Any, b: Any) -> bool:
    """Do they share more values than float32 draws share by chance?"""
    return np.intersect1d(a, b).size > 0.01 * min(np.size(a), np.size(b))


def _names(params: Any, names: list[str]) -> dict[str, Any]:
    found = sorted(params)
    return {"names": Holds(found == names, f"params has the keys {found[:12]}, not {names}")}
