"""Cases for fc_net.py. Every parameter is drawn here, biases included, so that the loss, scores
and gradients are judged whatever the initialization is like."""

import itertools
from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np

from autograder.checks.dropout import scale
from autograder.checks.nets import (
    distinct,
    gradients,
    loss_of_own_scores,
    sides,
    single_precision,
)
from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.claims import Coins, Holds, Normal
from autograder.judge.compare import Tolerance, shaped
from autograder.judge.gradients import agrees
from autograder.student.channel import Raised
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


def _gradients(net: RemoteObject, params: dict[str, Any], draw: Draw) -> Answers:
    return gradients(net, params, draw.normal(7, 2, 3), draw.labels(7, 4))


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
        input_dim=200, hidden_dim=60, num_classes=100, weight_scale=0.03, seed=draw.seed()
    )
    return _normal_weights(net.get("params"), [200, 60, 100], [0.03, 0.03])


@case("TwoLayerNet.init", group="edge")
def two_nets_differ(student: Student, draw: Draw) -> Drawn:
    sizes = {"input_dim": 20, "hidden_dim": 30, "num_classes": 5}
    nets = [student.fc_net.TwoLayerNet(**sizes, seed=draw.seed()) for _ in range(2)]
    return distinct(nets, "W1", "W2")


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


@case("TwoLayerNet.loss", alone=True)
def loss_of_the_nets_own_scores(student: Student, draw: Draw) -> Drawn:
    net, params = _two_layer_net(student, draw, reg=0.0)
    return loss_of_own_scores(net, params, draw.normal(5, 6), draw.labels(5, 4), 0.0)


@case("TwoLayerNet.loss", group="edge", alone=True)
def regularized_loss_of_the_nets_own_scores(student: Student, draw: Draw) -> Drawn:
    net, params = _two_layer_net(student, draw, reg=0.7)
    return loss_of_own_scores(net, params, draw.normal(5, 6), draw.labels(5, 4), 0.7)


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
        [150, 160], input_dim=200, num_classes=150, weight_scale=0.05, dtype="float64",
        seed=draw.seed(),
    )  # fmt: skip
    return _normal_weights(net.get("params"), [200, 150, 160, 150], [0.05] * 3)


@case("FullyConnectedNet.init", group="edge")
def two_deep_nets_differ(student: Student, draw: Draw) -> Drawn:
    sizes = {"hidden_dims": [30], "input_dim": 20, "num_classes": 5, "dtype": "float64"}
    nets = [student.fc_net.FullyConnectedNet(**sizes, seed=draw.seed()) for _ in range(2)]
    return distinct(nets, "W1", "W2")


@case("FullyConnectedNet.init", group="edge", lenient=["b1", "b2"])
def he_initialization(student: Student, draw: Draw) -> Drawn:
    # So many that standard deviations are known within 3 %.
    net = student.fc_net.FullyConnectedNet(
        [150], input_dim=200, num_classes=160, initialization="he", weight_scale=7.0,
        dtype="float64", seed=draw.seed(),
    )  # fmt: skip
    return _normal_weights(net.get("params"), [200, 150, 160], [sqrt(2 / 200), sqrt(2 / 150)])


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
        [], input_dim=90, num_classes=80, weight_scale=0.05, dtype="float64", seed=draw.seed()
    )
    params = net.get("params")
    return {"W1": Normal(params["W1"], 0.05, (90, 80)), **_names(params, ["W1", "b1"])}


@case("FullyConnectedNet.init", group="edge")
def parameters_have_the_dtype_of_the_net(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.FullyConnectedNet(
        (7, 5), input_dim=6, num_classes=4, dtype="float32", seed=draw.seed()
    )
    return single_precision(net.get("params"))


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


@case("FullyConnectedNet.loss", alone=True)
def loss_of_the_deep_nets_own_scores(student: Student, draw: Draw) -> Drawn:
    net, params = _deep_net(student, draw, [8, 5], reg=0.0)
    return loss_of_own_scores(net, params, draw.normal(5, 6), draw.labels(5, 4), 0.0)


@case("FullyConnectedNet.loss", group="edge", alone=True)
def regularized_loss_of_the_deep_nets_own_scores(student: Student, draw: Draw) -> Drawn:
    net, params = _deep_net(student, draw, [4, 6, 5], reg=0.3)
    return loss_of_own_scores(net, params, draw.normal(5, 6), draw.labels(5, 4), 0.3)


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


def _names(params: Any, names: list[str]) -> dict[str, Any]:
    found, names = sorted(params), sorted(names)
    return {"names": Holds(found == names, f"params has the keys {found[:12]}, not {names}")}


# Normalization

NORMAL = Tolerance(1e-5, 1e-8)
ROWS = [f"d{name}{i}" for name in ("b", "gamma", "beta") for i in (1, 2, 3, 4)]


def _normalized_net(
    student: Student, draw: Draw, kind: str, hidden: list[int], reg: float = 0.0
) -> tuple[RemoteObject, dict[str, Any]]:
    params = _draw_params(draw, [6, *hidden, 4])
    for i, width in enumerate(hidden, start=1):
        params[f"gamma{i}"] = draw.away_from_zero(width, gap=0.4) * 2.0
        params[f"beta{i}"] = draw.normal(width)
    net = student.fc_net.FullyConnectedNet(
        hidden, input_dim=6, num_classes=4, normalization=kind, reg=reg, dtype="float64", seed=0
    )
    net.update("params", params)
    return net, params


def _normalized_gradients(
    student: Student, draw: Draw, kind: str, hidden: list[int], reg: float = 0.0
) -> Answers:
    answers = _gradients(*_normalized_net(student, draw, kind, hidden, reg), draw)
    if kind == "batchnorm":
        for i, _ in enumerate(hidden, start=1):
            answers[f"db{i}"] = _vanishing(answers[f"db{i}"], f"db{i}")
    return answers


def _vanishing(gradient: Any, name: str) -> Holds:
    """What is left of it is rounding, in which no two right answers agree."""
    sentence = f"{name} is not zero: the mean that batch norm subtracts contains the bias"
    return Holds(bool(np.max(np.abs(gradient)) < 1e-9), sentence)


def _trained_scores(student: Student, draw: Draw, kind: str, hidden: list[int]) -> Drawn:
    """The mode changes back and forth, as it does in training."""
    net, _ = _normalized_net(student, draw, kind, hidden)
    net.loss(draw.normal(5, 6))
    for _ in range(2):
        net.loss(draw.normal(6, 6), draw.labels(6, 4))
    first, second = net.loss(draw.normal(5, 6)), net.loss(draw.normal(1, 2, 3))
    return {"scores of five images": first, "scores of one image": second}


def _register_normalization(kind: str) -> None:
    task = f"FullyConnectedNet.{kind}"

    @case(task)
    def loss_in_training(student: Student, draw: Draw) -> Drawn:
        net, _ = _normalized_net(student, draw, kind, [8, 5])
        return {"loss": net.loss(draw.normal(6, 2, 3), draw.labels(6, 4))[0]}

    @case(task, lenient=ROWS, tolerance=NORMAL)
    def gradients_of_a_normalized_net(student: Student, draw: Draw) -> Drawn:
        return _normalized_gradients(student, draw, kind, [8, 5])

    @case(task, group="edge", lenient=ROWS, tolerance=NORMAL)
    def gradients_of_a_deep_normalized_net(student: Student, draw: Draw) -> Drawn:
        return _normalized_gradients(student, draw, kind, [5, 5, 7])

    @case(task, group="edge")
    def scores_after_training(student: Student, draw: Draw) -> Drawn:
        return _trained_scores(student, draw, kind, [7, 5])

    @case(task, group="edge")
    def scores_after_training_layers_of_one_width(student: Student, draw: Draw) -> Drawn:
        return _trained_scores(student, draw, kind, [6, 6, 6])

    @case(task, group="edge")
    def no_hidden_layer_to_normalize(student: Student, draw: Draw) -> Drawn:
        net, _ = _normalized_net(student, draw, kind, [])
        return {"scores": net.loss(draw.normal(3, 6)), **_names(net.get("params"), ["W1", "b1"])}

    @case(task, group="edge")
    def one_hidden_layer(student: Student, draw: Draw) -> Drawn:
        net, _ = _normalized_net(student, draw, kind, [7])
        return {"loss": net.loss(draw.normal(5, 6), draw.labels(5, 4))[0]}

    @case(task, group="edge")
    def names_of_the_parameters(student: Student, draw: Draw) -> Drawn:
        net = student.fc_net.FullyConnectedNet(
            (7, 5), input_dim=6, num_classes=4, normalization=kind
        )
        new = [f"{name}{i}" for name in ("gamma", "beta") for i in (1, 2)]
        return _names(net.get("params"), [*new, *(f"{n}{i}" for n in "Wb" for i in (1, 2, 3))])

    @case(task, group="edge", lenient=["gamma1", "gamma2", "beta1", "beta2"])
    def scale_and_shift_of_a_new_net(student: Student, draw: Draw) -> Drawn:
        net = student.fc_net.FullyConnectedNet(
            [7, 5], input_dim=6, num_classes=4, normalization=kind, dtype="float64", seed=1
        )
        params = net.get("params")
        return {name: params[name] for name in ("gamma1", "beta1", "gamma2", "beta2")}

    @case(task, group="edge")
    def scale_and_shift_are_not_regularized(student: Student, draw: Draw) -> Drawn:
        """Only the difference that `reg` makes is asked for, however it enters for the weights."""
        x, y, seed = draw.normal(6, 6), draw.labels(6, 4), draw.seed()

        def asked(reg: float, tripled: str) -> Any:
            net, params = _normalized_net(student, Draw(seed), kind, [5, 5], reg)
            net.update("params", {n: 3.0 * v for n, v in params.items() if n.startswith(tripled)})
            return net.loss(x, y)

        found = {name: (asked(0.0, name), asked(0.7, name)) for name in ("none", "gamma", "beta")}
        shares = {name: float(more[0]) - float(plain[0]) for name, (plain, more) in found.items()}
        answers = {}
        for name in ("gamma", "beta"):
            change = shares[name] - shares["none"]
            answers[name] = Holds(abs(change) < 1e-8, f"the regularization depends on {name}")
        (_, grads), (_, more) = found["none"]
        for name in ("gamma1", "beta1", "gamma2", "beta2"):
            one, other = (shaped(np.ravel(found[name]), (5,)) for found in (grads, more))
            same = np.allclose(one, other, rtol=1e-8, atol=1e-10)
            answers[f"d{name}"] = Holds(same, f"d{name} depends on reg")
        return answers


for _kind in ("batchnorm", "layernorm"):
    _register_normalization(_kind)


@case("FullyConnectedNet.batchnorm", group="edge")
def an_unknown_normalization(student: Student, draw: Draw) -> Drawn:
    """The kind of error is free."""
    try:
        student.fc_net.FullyConnectedNet([5], input_dim=6, normalization="batchnrom")
    except Raised:
        return {"error": Holds(True, "")}
    return {"error": Holds(False, 'normalization="batchnrom" makes a net without an error')}


# Dropout

KEPT = 0.8


def _dropping_net(
    student: Student, draw: Draw, widths: list[int], keep: float = KEPT, **options: Any
) -> tuple[RemoteObject, dict[str, Any]]:
    """No unit is at its kink, whatever is dropped: |b| is above what weights can add to it."""
    params = {}
    for i, (fan_in, fan_out) in enumerate(itertools.pairwise(widths), start=1):
        params[f"W{i}"] = draw.uniform(fan_in, fan_out, low=-0.3, high=0.3) / fan_in
        params[f"b{i}"] = draw.uniform(fan_out, low=2.0, high=3.0)
    net = student.fc_net.FullyConnectedNet(
        widths[1:-1], input_dim=widths[0], num_classes=widths[-1], dropout_keep_ratio=keep,
        dtype="float64", **options,
    )  # fmt: skip
    net.update("params", params)
    return net, params


def _hidden_units(grads: dict[str, Any]) -> Any:
    """What a net of two layers passes on for a single image, read off its gradients."""
    dscores = shaped(np.ravel(grads["b2"]), (12,))
    return shaped(grads["W2"], (64, 12)) @ dscores / (dscores @ dscores)


def _shares_kept(plain: RemoteObject, net: RemoteObject, x: Any, y: Any, steps: int) -> Any:
    """The hidden units of `net` in several steps, in units of those of `plain`."""
    grads = [each.loss(x, y)[1] for each in (plain, *[net] * steps)]
    whole, *units = map(_hidden_units, grads)
    return np.concatenate([found / whole for found in units])


def _dropping_normalized_net(
    student: Student, draw: Draw, kind: str, widths: list[int], **options: Any
) -> tuple[RemoteObject, dict[str, Any]]:
    """Of one hidden layer. No unit is at its kink: beta is above 2, and gamma * x_hat within 2."""
    net, params = _dropping_net(student, draw, widths, normalization=kind, **options)
    params["gamma1"] = draw.uniform(widths[1], low=0.1, high=0.2)
    params["beta1"] = draw.uniform(widths[1], low=2.0, high=3.0)
    net.update("params", params)
    return net, params


@case("FullyConnectedNet.dropout")
def hidden_units_in_training(student: Student, draw: Draw) -> Drawn:
    x, y, seed = draw.normal(1, 1), draw.labels(1, 12), draw.seed()
    plain, _ = _dropping_net(student, Draw(seed), [1, 64, 12], keep=1)
    net, _ = _dropping_net(student, Draw(seed), [1, 64, 12])
    units = _shares_kept(plain, net, x, y, 28)
    return {
        **scale(units[units != 0], "units"),
        "dropped": Coins(units == 0, 1 - KEPT, "the hidden units are dropped"),
    }


@case("FullyConnectedNet.dropout")
def scores_in_the_test(student: Student, draw: Draw) -> Drawn:
    net, _ = _dropping_net(student, draw, [6, 8, 5, 4], seed=draw.seed())
    x, y = draw.normal(5, 2, 3), draw.labels(5, 4)
    first, _ = net.loss(x), net.loss(x, y)
    return {"scores": first, "scores after a training step": net.loss(x)}


@case("FullyConnectedNet.dropout")
def gradients_with_a_seed(student: Student, draw: Draw) -> Drawn:
    net, params = _dropping_net(student, draw, [6, 12, 10, 4], seed=draw.seed())
    x, y = draw.uniform(7, 2, 3), draw.labels(7, 4)
    _, grads = net.loss(x, y)
    losses = {name: sides(net, params, name, x, y) for name in params}
    sentence = "is not the derivative of the loss with the same seed"
    return {
        f"d{name}": Holds(agrees(grads[name], w, losses[name]), f"d{name} {sentence}")
        for name, w in params.items()
    }


@case("FullyConnectedNet.dropout", group="edge")
def every_hidden_layer_for_itself(student: Student, draw: Draw) -> Drawn:
    """Rows of a gradient vanish for the units that were dropped before these weights."""
    net, _ = _dropping_net(student, draw, [4, 28, 28, 3])
    x, y = draw.uniform(1, 4), draw.labels(1, 3)
    steps = [net.loss(x, y)[1] for _ in range(60)]
    shapes = {"W2": (28, 28), "W3": (28, 3)}
    first, second = (
        np.array([~shaped(grads[w], shape).any(axis=1) for grads in steps])
        for w, shape in shapes.items()
    )
    output = all(np.all(g["b3"] != 0) for g in steps)
    agree = KEPT**2 + (1 - KEPT) ** 2
    return {
        "first layer": Coins(first, 1 - KEPT, "the units of the first hidden layer are dropped"),
        "second layer": Coins(second, 1 - KEPT, "the units of the second hidden layer are dropped"),
        "both": Coins(first == second, agree, "the units share the fate of those a layer above"),
        "scores": Holds(output, "scores are dropped: dropout belongs to hidden layers only"),
    }


@case("FullyConnectedNet.dropout", group="edge")
def a_seed_repeats_the_loss(student: Student, draw: Draw) -> Drawn:
    """Without a seed 6 x 40 units share their fate in two calls by chance with 0.68**240."""
    x, y, seed = draw.uniform(6, 6), draw.labels(6, 4), draw.seed()
    seeded, _ = _dropping_net(student, Draw(seed), [6, 40, 4], seed=seed)
    free, _ = _dropping_net(student, Draw(seed), [6, 40, 4])
    losses = [net.loss(x, y)[0] for net in (seeded, seeded, free, free)]
    one, two, three, four = map(float, losses)
    return {
        "with a seed": Holds(one == two, "two calls of a net with a seed give different losses"),
        "without": Holds(three != four, "without a seed the same units are dropped every time"),
    }


@case("FullyConnectedNet.dropout", group="edge")
def gradients_without_a_seed(student: Student, draw: Draw) -> Drawn:
    """A unit that passes nothing on gets no gradient; in the second step others are dropped.

    Another mask of 60 units is the same by chance with 0.68**60 = 9e-11.
    """
    net, _ = _dropping_net(student, draw, [4, 60, 3])
    x, y = draw.uniform(1, 4), draw.labels(1, 3)
    steps = [net.loss(x, y)[1] for _ in range(2)]
    passed_on = [shaped(grads["W2"], (60, 3)).any(axis=1) for grads in steps]
    reached = [shaped(grads["W1"], (4, 60)).any(axis=0) for grads in steps]
    sentence = (
        "without a seed, gradients of the {} step reach other units than those that were kept"
    )
    return {
        which: Holds(np.array_equal(kept, got), sentence.format(which))
        for which, kept, got in zip(("first", "second"), passed_on, reached, strict=True)
    }


def _dropped_after(student: Student, draw: Draw, kind: str) -> Drawn:
    """What is dropped is zero only if nothing comes after it."""
    x, y, seed = draw.normal(1, 1), draw.labels(1, 12), draw.seed()
    plain, _ = _dropping_normalized_net(student, Draw(seed), kind, [1, 64, 12], keep=1)
    net, _ = _dropping_normalized_net(student, Draw(seed), kind, [1, 64, 12])
    units = _shares_kept(plain, net, x, y, 6)
    which = f"the hidden units are dropped with normalization={kind!r}"
    return {
        **scale(units[units != 0], f"units of a net with {kind}"),
        "dropped": Coins(units == 0, 1 - KEPT, which),
    }


def _backward_after(student: Student, draw: Draw, kind: str) -> Drawn:
    net, params = _dropping_normalized_net(student, draw, kind, [6, 12, 4], seed=draw.seed())
    x, y = draw.uniform(7, 6), draw.labels(7, 4)
    _, grads = net.loss(x, y)
    right = agrees(grads["W1"], params["W1"], sides(net, params, "W1", x, y))
    sentence = f"dW1 with {kind} is not the derivative of the loss with the same seed"
    return {"dW1": Holds(right, sentence)}


@case("FullyConnectedNet.dropout", group="edge", after="FullyConnectedNet.batchnorm")
def dropout_after_batchnorm(student: Student, draw: Draw) -> Drawn:
    return _dropped_after(student, draw, "batchnorm")


@case("FullyConnectedNet.dropout", group="edge", after="FullyConnectedNet.layernorm")
def dropout_after_layernorm(student: Student, draw: Draw) -> Drawn:
    return _dropped_after(student, draw, "layernorm")


@case("FullyConnectedNet.dropout", group="edge", after="FullyConnectedNet.batchnorm")
def gradients_with_batchnorm_and_a_seed(student: Student, draw: Draw) -> Drawn:
    return _backward_after(student, draw, "batchnorm")


@case("FullyConnectedNet.dropout", group="edge", after="FullyConnectedNet.layernorm")
def gradients_with_layernorm_and_a_seed(student: Student, draw: Draw) -> Drawn:
    return _backward_after(student, draw, "layernorm")


@case("FullyConnectedNet.dropout", group="edge")
def everything_kept(student: Student, draw: Draw) -> Drawn:
    net, _ = _dropping_net(student, draw, [6, 8, 5, 4], keep=1)
    return {"loss": net.loss(draw.normal(5, 6), draw.labels(5, 4))[0]}
