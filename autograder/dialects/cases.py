"""Cases for what only sibling courses ask for. Where a batch is drawn from rows that are all alike,
every draw gives the same gradients: whole trainings have one right answer then."""

from collections.abc import Mapping
from typing import Any

import numpy as np

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
    x, label = draw.normal(6), draw.choice(range(4))
    return np.tile(x, (rows, 1)), np.full(rows, label)


@case("TwoLayerNet.predict")
def labels_of_a_batch(student: Student, draw: Draw) -> Drawn:
    return {"labels": _net(student, draw).predict(draw.normal(9, 6))}


def _trained(net: RemoteObject, X: Any, y: Any, **settings: Any) -> Any:
    """The loss of every iteration."""
    stats = net.train(X, y, X, y, learning_rate_decay=1.0, **settings)
    return stats["loss_history"]


@case("TwoLayerNet.train")
def a_training_on_one_image(student: Student, draw: Draw) -> Drawn:
    net, (X, y), more = _net(student, draw), _alike(draw, 6), draw.normal(4, 6)
    losses = _trained(net, X, y, learning_rate=0.1, reg=0.0, num_iters=5, batch_size=3)
    scores = net.loss(more)
    return {"loss_history": np.asarray(losses), "scores afterwards": scores}


@case("TwoLayerNet.train", group="edge")
def the_weights_decay(student: Student, draw: Draw) -> Drawn:
    """The loss is not looked at here: it has a task of its own."""
    net, (X, y), more = _net(student, draw), _alike(draw, 6), draw.normal(4, 6)
    _trained(net, X, y, learning_rate=0.1, reg=0.8, num_iters=4, batch_size=2)
    return {"scores afterwards": net.loss(more)}


@case("TwoLayerNet.train", group="edge")
def batches_are_drawn_from_all_images(student: Student, draw: Draw) -> Drawn:
    """Nothing is learned, and every batch is one image: its loss tells which."""
    net, X, y = _net(student, draw), draw.normal(8, 6), draw.labels(8, 4)
    losses = [net.loss(X[i : i + 1], y[i : i + 1])[0] for i in range(8)]
    history = _trained(net, X, y, learning_rate=0.0, reg=0.0, num_iters=60, batch_size=1)
    near = np.abs(np.subtract.outer(np.asarray(history), losses)) < 1e-9
    known = bool(near.any(axis=1).all())
    return {
        "batches": Holds(known, "a loss in loss_history is not that of any batch of one image"),
        "images": Holds(near.any(axis=0).sum() > 2, "60 batches of one image held one or two of 8"),
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
