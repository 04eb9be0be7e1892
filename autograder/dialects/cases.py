"""Cases for what only sibling courses ask for. Where a batch is drawn from rows that are all alike,
every draw gives the same gradients: whole trainings have one right answer then."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.dialects.rehearsal import half_square, steepness
from autograder.draw import Draw
from autograder.judge.case import case
from autograder.judge.claims import Holds
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
SIZES = {"input_dim": 6, "hidden_dim": 5, "num_classes": 4}


def _params(draw: Draw) -> dict[str, Any]:
    shapes = {"W1": (6, 5), "b1": (5,), "W2": (5, 4), "b2": (4,)}
    return {name: draw.normal(*shape, scale=0.6) for name, shape in shapes.items()}


def _net(student: Student, draw: Draw) -> RemoteObject:
    net: RemoteObject = student.neural_net.TwoLayerNet(**SIZES)
    net.update("params", _params(draw))
    return net


def _alike(draw: Draw, rows: int) -> tuple[Any, Any]:
    """The same image and label, many times."""
    x, label = draw.normal(6), draw.choice((0, 1))
    return np.tile(x, (rows, 1)), np.full(rows, label)


@case("TwoLayerNet.predict")
def labels_of_a_batch(student: Student, draw: Draw) -> Drawn:
    """Those of the net's own scores are right: what is wrong with these has a task of its own."""
    params, X = _params(draw), draw.normal(9, 6)
    net: RemoteObject = student.neural_net.TwoLayerNet(**SIZES)
    net.update("params", params)
    labels, own = net.predict(X), net.loss(X)
    hidden = np.maximum(X @ params["W1"] + params["b1"], 0)
    right = (np.argmax(hidden @ params["W2"] + params["b2"], axis=1), np.argmax(own, axis=1))
    highest = any(np.array_equal(labels, each) for each in right)
    return {"labels": Holds(highest, "a label is not the class with the highest score")}


def _trained(student: Student, draw: Draw, decay: float = 1.0, reg: float = 0.0) -> Drawn:
    """Five steps on one image. Loss and labels are not the net's own, see `rehearsal`."""
    net, (X, y) = _net(student, draw), _alike(draw, 6)
    told = net.train(
        X, y, draw.normal(9, 6), draw.labels(9, 2), learning_rate=0.02, learning_rate_decay=decay,
        reg=reg, num_iters=5, batch_size=3,
    )  # fmt: skip
    names = ("loss_history", "train_acc_history", "val_acc_history")
    return {**{name: np.asarray(told[name]) for name in names}, **net.get("params")}


def _without_accuracies(found: Drawn) -> Drawn:
    return {name: value for name, value in found.items() if "acc" not in name}


@case("TwoLayerNet.train")
def steps_with_a_loss_of_the_staffs(student: Student, draw: Draw) -> Drawn:
    return _without_accuracies(_trained(student, draw))


@case("TwoLayerNet.train", group="edge")
def steps_with_regularization(student: Student, draw: Draw) -> Drawn:
    return _without_accuracies(_trained(student, draw, reg=0.8))


@case("TwoLayerNet.train", group="edge")
def the_learning_rate_decays_with_every_epoch(student: Student, draw: Draw) -> Drawn:
    return _trained(student, draw, decay=0.5)


def _shown(net: RemoteObject, params: Drawn, X: Any, y: Any) -> Any:
    """(60, N) bool: nothing is learned, and every batch is one image, of which its loss tells."""
    told = net.train(
        X, y, X, y, learning_rate=0.0, learning_rate_decay=1.0, reg=0.0, num_iters=60, batch_size=1
    )  # fmt: skip
    rows = range(len(X))
    losses = [steepness(X[i : i + 1], y[i : i + 1]) * half_square(params) for i in rows]
    history = np.asarray(told["loss_history"])
    return np.isclose(np.subtract.outer(history, losses), 0, atol=1e-9)


@case("TwoLayerNet.train", group="edge")
def batches_are_drawn_from_all_images(student: Student, draw: Draw) -> Drawn:
    """A fixed order comes round again, in a second training as well."""
    net, X, y, params = _net(student, draw), draw.normal(16, 6), draw.labels(16, 4), _params(draw)
    net.update("params", params)
    first, second = (_shown(net, params, X, y) for _ in range(2))
    drawn = not np.array_equal(first, second) or not np.array_equal(first[16:], first[:-16])
    known = bool(first.any(axis=1).all())
    return {
        "batches": Holds(known, "a loss in loss_history is not that of any batch of one image"),
        "images": Holds(
            first.any(axis=0).sum() > 2, "60 batches of one image held one or two of 16"
        ),
        "order": Holds(drawn, "the images come in a fixed order: draw each batch at random"),
    }


@case("Solver.log_grad_norm_history")
def norms_of_every_step(student: Student, draw: Draw) -> Drawn:
    net = student.fc_net.TwoLayerNet(**SIZES, reg=0.3)
    net.update("params", _params(draw))
    X, y = _alike(draw, 6)
    solver = student.logging_solver.Solver(
        net, {"X_train": X, "y_train": y, "X_val": X, "y_val": y}, update_rule="sgd",
        optim_config={"learning_rate": 0.1}, batch_size=3, num_epochs=2, verbose=False,
    )  # fmt: skip
    solver.train()
    return {"log_grad_norm_history": np.asarray(solver.get("log_grad_norm_history"))}
