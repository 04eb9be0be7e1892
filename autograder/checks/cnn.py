"""Cases for cnn.py. Every parameter is drawn here, biases included, so that scores, loss and
gradients are judged whatever the initialization is like."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks.nets import distinct, gradients, loss_of_own_scores, single_precision
from autograder.draw import Draw
from autograder.judge.case import case
from autograder.judge.claims import Normal
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
Image = tuple[int, int, int]
FILTERS, HIDDEN, CLASSES = 3, 5, 4
BIASES = ["db1", "db2", "db3"]


def _shapes(image: Image, size: int) -> dict[str, tuple[int, ...]]:
    channels, height, width = image
    flat = FILTERS * (height // 2) * (width // 2)
    return {
        "W1": (FILTERS, channels, size, size), "b1": (FILTERS,),
        "W2": (flat, HIDDEN), "b2": (HIDDEN,),
        "W3": (HIDDEN, CLASSES), "b3": (CLASSES,),
    }  # fmt: skip


def _net(
    student: Student, draw: Draw, image: Image = (2, 6, 6), size: int = 3, reg: float = 0.0
) -> tuple[RemoteObject, dict[str, Any]]:
    params = {name: draw.normal(*shape, scale=0.5) for name, shape in _shapes(image, size).items()}
    params["W1"] /= size
    net = student.cnn.ThreeLayerConvNet(
        image, num_filters=FILTERS, filter_size=size, hidden_dim=HIDDEN, num_classes=CLASSES,
        reg=reg, dtype="float64", seed=0,
    )  # fmt: skip
    net.update("params", params)
    return net, params


def _initialized(net: RemoteObject, std: float, shapes: dict[str, tuple[int, ...]]) -> Drawn:
    params = net.get("params")
    weights = {name: Normal(params[name], std, shape) for name, shape in shapes.items()}
    return {**weights, **{name: params[name] for name in ("b1", "b2", "b3")}}


@case("ThreeLayerConvNet.init", lenient=["b1", "b2", "b3"])
def filters_weights_and_biases(student: Student, draw: Draw) -> Drawn:
    net = student.cnn.ThreeLayerConvNet(
        (3, 8, 8), num_filters=70, filter_size=5, hidden_dim=30, num_classes=170,
        weight_scale=0.03, dtype="float64", seed=draw.seed(),
    )  # fmt: skip
    shapes = {"W1": (70, 3, 5, 5), "W2": (1120, 30), "W3": (30, 170)}
    return _initialized(net, 0.03, shapes)


@case("ThreeLayerConvNet.init", group="edge", lenient=["b1", "b2", "b3"])
def images_that_are_no_squares(student: Student, draw: Draw) -> Drawn:
    net = student.cnn.ThreeLayerConvNet(
        (2, 11, 8), num_filters=6, filter_size=5, hidden_dim=30, num_classes=50,
        weight_scale=0.2, dtype="float64", seed=draw.seed(),
    )  # fmt: skip
    shapes = {"W1": (6, 2, 5, 5), "W2": (120, 30), "W3": (30, 50)}
    return _initialized(net, 0.2, shapes)


@case("ThreeLayerConvNet.init", group="edge")
def two_conv_nets_differ(student: Student, draw: Draw) -> Drawn:
    sizes = {"input_dim": (3, 8, 8), "hidden_dim": 20, "dtype": "float64"}
    nets = [student.cnn.ThreeLayerConvNet(**sizes, seed=draw.seed()) for _ in range(2)]
    return distinct(nets, "W1", "W2", "W3")


@case("ThreeLayerConvNet.init", group="edge")
def parameters_of_a_single_precision_conv_net(student: Student, draw: Draw) -> Drawn:
    net = student.cnn.ThreeLayerConvNet((2, 4, 4), seed=draw.seed())
    return single_precision(net.get("params"))


@case("ThreeLayerConvNet.scores")
def scores_of_square_images(student: Student, draw: Draw) -> Drawn:
    net, _ = _net(student, draw)
    return {"scores": net.loss(draw.normal(3, 2, 6, 6))}


@case("ThreeLayerConvNet.scores", group="edge")
def scores_with_another_filter_size(student: Student, draw: Draw) -> Drawn:
    net, _ = _net(student, draw, image=(3, 8, 4), size=5, reg=0.5)
    return {"scores": net.loss(draw.normal(2, 3, 8, 4))}


@case("ThreeLayerConvNet.scores", group="edge")
def scores_of_one_image_with_an_odd_side(student: Student, draw: Draw) -> Drawn:
    net, _ = _net(student, draw, image=(1, 7, 4), size=1)
    return {"scores": net.loss(draw.normal(1, 1, 7, 4))}


@case("ThreeLayerConvNet.scores", group="edge")
def single_precision_scores_of_images(student: Student, draw: Draw) -> Drawn:
    net = student.cnn.ThreeLayerConvNet(
        (2, 6, 6),
        num_filters=FILTERS,
        filter_size=3,
        hidden_dim=HIDDEN,
        num_classes=CLASSES,
        seed=0,
    )
    shapes = _shapes((2, 6, 6), 3).items()
    net.update("params", {k: draw.normal(*s, scale=0.5).astype(np.float32) for k, s in shapes})
    return {"scores": net.loss(draw.normal(3, 2, 6, 6).astype(np.float32))}


@case("ThreeLayerConvNet.loss")
def loss_of_images(student: Student, draw: Draw) -> Drawn:
    net, _ = _net(student, draw)
    return {"loss": net.loss(draw.normal(4, 2, 6, 6), draw.labels(4, CLASSES))[0]}


@case("ThreeLayerConvNet.loss", group="edge")
def regularized_loss_of_images(student: Student, draw: Draw) -> Drawn:
    net, _ = _net(student, draw, image=(1, 4, 8), size=5, reg=0.5)
    return {"loss": net.loss(draw.normal(4, 1, 4, 8), draw.labels(4, CLASSES))[0]}


@case("ThreeLayerConvNet.loss", alone=True)
def loss_of_the_conv_nets_own_scores(student: Student, draw: Draw) -> Drawn:
    net, params = _net(student, draw)
    return loss_of_own_scores(net, params, draw.normal(4, 2, 6, 6), draw.labels(4, CLASSES), 0.0)


@case("ThreeLayerConvNet.loss", group="edge", alone=True)
def regularized_loss_of_the_conv_nets_own_scores(student: Student, draw: Draw) -> Drawn:
    net, params = _net(student, draw, image=(1, 4, 8), size=5, reg=0.5)
    return loss_of_own_scores(net, params, draw.normal(4, 1, 4, 8), draw.labels(4, CLASSES), 0.5)


@case("ThreeLayerConvNet.gradients", lenient=BIASES)
def gradients_of_a_conv_net(student: Student, draw: Draw) -> Drawn:
    net, params = _net(student, draw)
    return gradients(net, params, draw.normal(4, 2, 6, 6), draw.labels(4, CLASSES))


@case("ThreeLayerConvNet.gradients", group="edge", lenient=BIASES)
def regularized_gradients_of_a_conv_net(student: Student, draw: Draw) -> Drawn:
    net, params = _net(student, draw, image=(1, 4, 8), size=5, reg=0.5)
    return gradients(net, params, draw.normal(4, 1, 4, 8), draw.labels(4, CLASSES))


@case("ThreeLayerConvNet.gradients", group="edge", lenient=BIASES)
def gradients_of_the_same_conv_net_again(student: Student, draw: Draw) -> Drawn:
    net, params = _net(student, draw, reg=0.5)
    net.loss(draw.normal(3, 2, 6, 6), draw.labels(3, CLASSES))
    return gradients(net, params, draw.normal(4, 2, 6, 6), draw.labels(4, CLASSES))
