"""The training runs of this assignment: everything is fixed except the hyper-parameters.

Each run takes a dict with exactly its hyper-parameters, trains from fixed seeds and returns the
Solver. A run that diverges ends early, and returns its Solver as well.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .datasets import Dataset
from .datasets import iris as iris_data
from .datasets import spirals as spirals_data
from .models import NeuralNetwork
from .solver import Solver

Hyperparameters = dict[str, Any]
SEED = 0


def iris(
    hyperparameters: Hyperparameters, *, dataset: Dataset | None = None, verbose: bool = False
) -> Solver:
    """A net with one hidden layer on the irises, with SGD and momentum.

    Keys: hidden_units, activation, weight_init, lr, momentum, batch_size, num_epochs.
    """
    shape, training = ("hidden_units", "activation", "weight_init"), ("lr", "momentum")
    _require(hyperparameters, *shape, *training, "batch_size", "num_epochs")
    layers = _layers([hyperparameters["hidden_units"]], hyperparameters, 3)
    optimizer = {"name": "sgd", **{name: float(hyperparameters[name]) for name in training}}
    return _train(layers, optimizer, dataset or iris_data(), hyperparameters, verbose)


def spirals(
    hyperparameters: Hyperparameters, *, dataset: Dataset | None = None, verbose: bool = False
) -> Solver:
    """A net of any depth on points in the plane, on three arms of a spiral.

    Keys: hidden_units (list), activation, weight_init, optimizer, lr, lr_decay, batch_size,
    num_epochs.
    """
    shape, training = ("hidden_units", "activation", "weight_init"), ("lr", "lr_decay")
    _require(hyperparameters, *shape, "optimizer", *training, "batch_size", "num_epochs")
    layers = _layers(hyperparameters["hidden_units"], hyperparameters, 3)
    rates = {name: float(hyperparameters[name]) for name in training}
    optimizer = {"name": hyperparameters["optimizer"], **rates}
    return _train(layers, optimizer, dataset or spirals_data(), hyperparameters, verbose)


def measures(solver: Solver) -> dict[str, Any]:
    """What a run achieved: its best accuracies (0..1) over the epochs, and whether it diverged."""
    return {
        "best_validation_accuracy": max(solver.val_acc_history, default=0.0),
        "best_train_accuracy": max(solver.train_acc_history, default=0.0),
        "diverged": solver.diverged,
    }


def _layers(
    hidden_units: Sequence[int], hyperparameters: Hyperparameters, classes: int
) -> list[dict[str, Any]]:
    like = {"name": "fully_connected", "weight_init": hyperparameters["weight_init"]}
    activation = hyperparameters["activation"]
    hidden = [{**like, "n_out": int(n), "activation": activation} for n in hidden_units]
    return [*hidden, {**like, "n_out": classes, "activation": "softmax"}]


def _train(
    layers: list[dict[str, Any]],
    optimizer: dict[str, Any],
    dataset: Dataset,
    hyperparameters: Hyperparameters,
    verbose: bool,
) -> Solver:
    net = NeuralNetwork("cross_entropy", layers, optimizer, seed=SEED)
    options = {name: int(hyperparameters[name]) for name in ("batch_size", "num_epochs")}
    solver = Solver(net, dataset, seed=SEED, verbose=verbose, **options)
    # Overflow comes before divergence, at which the Solver stops.
    with np.errstate(all="ignore"):
        solver.train()
    return solver


def _require(hyperparameters: Hyperparameters, *names: str) -> None:
    if set(hyperparameters) != set(names):
        raise ValueError(
            f"this run takes the hyper-parameters {sorted(names)}, not {sorted(hyperparameters)}"
        )
