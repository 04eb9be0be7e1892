"""The training runs of this assignment: everything is fixed except the hyper-parameters.

Each run takes a dict with exactly its hyper-parameters, trains in float32 from fixed seeds and
returns the Solver. A run that diverges ends early, and returns its Solver as well.
"""

from typing import Any

import numpy as np

from .arrays import Array, Labels
from .cnn import ThreeLayerConvNet
from .data import get_data
from .fc_net import FullyConnectedNet, TwoLayerNet
from .solver import DivergedError, Model, Solver

Hyperparameters = dict[str, Any]
Data = dict[str, Any]
SEED = 0
SMALL_GAP = 0.2
TRAINING = ("learning_rate", "batch_size", "num_epochs")


def two_layer(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """A TwoLayerNet on all images, with plain gradient descent.

    Keys: hidden_dim, weight_scale, reg, learning_rate, learning_rate_decay, batch_size,
    num_epochs.
    """
    shape = ("hidden_dim", "weight_scale", "reg")
    _require(hyperparameters, *shape, "learning_rate_decay", *TRAINING)
    data = get_data() if data is None else data
    net = TwoLayerNet(
        _input_dim(data), dtype=np.float32, seed=SEED, **_pick(hyperparameters, *shape)
    )
    decay = hyperparameters["learning_rate_decay"]
    return _train(net, data, hyperparameters, verbose, lr_decay=float(decay))


def overfit_three_layers(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """Two hidden layers of 100 on 50 images. Keys: learning_rate, weight_scale."""
    return _overfit([100, 100], hyperparameters, data, verbose)


def overfit_five_layers(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """Four hidden layers of 100 on 50 images. Keys: learning_rate, weight_scale."""
    return _overfit([100, 100, 100, 100], hyperparameters, data, verbose)


def best_fc(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """A FullyConnectedNet on all images.

    Keys: hidden_dims (list), initialization, weight_scale, reg, update_rule, learning_rate,
    lr_decay, batch_size, num_epochs.
    """
    shape = ("hidden_dims", "initialization", "weight_scale", "reg")
    _require(hyperparameters, *shape, "update_rule", "lr_decay", *TRAINING)
    data = get_data() if data is None else data
    net = FullyConnectedNet(input_dim=_input_dim(data), seed=SEED, **_pick(hyperparameters, *shape))
    rule, decay = hyperparameters["update_rule"], hyperparameters["lr_decay"]
    return _train(net, data, hyperparameters, verbose, update_rule=rule, lr_decay=float(decay))


def deep_net(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """Seven hidden layers of 100 on all images, with initial weights far too small for them.

    Keys: normalization ("none", "batchnorm" or "layernorm"), update_rule, learning_rate,
    lr_decay, batch_size, num_epochs.
    """
    _require(hyperparameters, "normalization", "update_rule", "lr_decay", *TRAINING)
    data = get_data() if data is None else data
    # Bounds list words, so that the absence of a normalization has one as well.
    word = hyperparameters["normalization"]
    net = FullyConnectedNet(
        [100] * 7,
        _input_dim(data),
        normalization=None if word == "none" else word,
        weight_scale=1e-3,
        seed=SEED,
    )
    rule, decay = hyperparameters["update_rule"], hyperparameters["lr_decay"]
    return _train(net, data, hyperparameters, verbose, update_rule=rule, lr_decay=float(decay))


def dropout(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """One hidden layer with dropout, on 1,000 images, with Adam and batches of 100.

    Keys: dropout_keep_ratio, hidden_dim, learning_rate, num_epochs.
    """
    _require(hyperparameters, "dropout_keep_ratio", "hidden_dim", "learning_rate", "num_epochs")
    data = get_data() if data is None else data
    small = data | {"X_train": data["X_train"][:1000], "y_train": data["y_train"][:1000]}
    width, keep = int(hyperparameters["hidden_dim"]), float(hyperparameters["dropout_keep_ratio"])
    net = _TossingNet([width], _input_dim(data), dropout_keep_ratio=keep, seed=SEED)
    return _train(net, small, hyperparameters | {"batch_size": 100}, verbose, update_rule="adam")


def overfit_convnet(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """A ThreeLayerConvNet on 100 images, with Adam; validated on 200 images, which saves time.

    Keys: weight_scale, learning_rate, batch_size, num_epochs.
    """
    _require(hyperparameters, "weight_scale", *TRAINING)
    data = _first(get_data() if data is None else data, 100, 200)
    scale = hyperparameters["weight_scale"]
    net = ThreeLayerConvNet(data["X_train"].shape[1:], weight_scale=scale, seed=SEED)
    return _train(net, data, hyperparameters, verbose, update_rule="adam")


def convnet(
    hyperparameters: Hyperparameters, *, data: Data | None = None, verbose: bool = False
) -> Solver:
    """A ThreeLayerConvNet with filters of 7 x 7 on all images.

    Keys: num_filters, hidden_dim, weight_scale, reg, update_rule, learning_rate, batch_size,
    num_epochs.
    """
    shape = ("num_filters", "hidden_dim", "weight_scale", "reg")
    _require(hyperparameters, *shape, "update_rule", *TRAINING)
    data = get_data() if data is None else data
    size = data["X_train"].shape[1:]
    net = ThreeLayerConvNet(size, seed=SEED, **_pick(hyperparameters, *shape))
    rule = hyperparameters["update_rule"]
    return _train(net, data, hyperparameters, verbose, update_rule=rule)


def measures(solver: Solver) -> dict[str, Any]:
    """What a run achieved: its best accuracies (0..1) over the epochs, and whether it diverged.

    At a small gap: over the epochs whose training accuracy is at most SMALL_GAP above.
    """
    train, val = solver.train_acc_history, solver.val_acc_history
    # Accuracies are rounded fractions: 0.55 - 0.35 comes out above 0.2.
    close = (v for t, v in zip(train, val, strict=True) if t - v <= SMALL_GAP + 1e-9)
    return {
        "best_validation_accuracy": max(val, default=0.0),
        "best_train_accuracy": max(train, default=0.0),
        "validation_accuracy_at_small_gap": max(close, default=0.0),
        "diverged": not np.isfinite(solver.loss_history).all(),
    }


class _TossingNet(FullyConnectedNet):
    """Drops other units in every step, and in every run the same ones."""

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        self.dropout_param["seed"] += 1
        return super().loss(X, y)


def _overfit(
    hidden_dims: list[int], hyperparameters: Hyperparameters, data: Data | None, verbose: bool
) -> Solver:
    _require(hyperparameters, "learning_rate", "weight_scale")
    data = get_data() if data is None else data
    small = _first(data, 50)
    scale = hyperparameters["weight_scale"]
    net = FullyConnectedNet(hidden_dims, _input_dim(data), weight_scale=scale, seed=SEED)
    fixed = {"batch_size": 25, "num_epochs": 20}
    return _train(net, small, hyperparameters | fixed, verbose)


def _train(
    net: Model, data: Data, hyperparameters: Hyperparameters, verbose: bool, **options: Any
) -> Solver:
    # Plain Python numbers: a NumPy float64 learning rate would turn float32 weights into float64.
    solver = Solver(
        net,
        data,
        optim_config={"learning_rate": float(hyperparameters["learning_rate"])},
        batch_size=int(hyperparameters["batch_size"]),
        num_epochs=int(hyperparameters["num_epochs"]),
        verbose=verbose,
        seed=SEED,
        **options,
    )
    try:
        # Overflow comes before divergence, which the Solver reports.
        with np.errstate(all="ignore"):
            solver.train()
    except DivergedError as error:
        if verbose:
            print(error)
    return solver


def _require(hyperparameters: Hyperparameters, *names: str) -> None:
    if set(hyperparameters) != set(names):
        raise ValueError(
            f"this run takes the hyper-parameters {sorted(names)}, not {sorted(hyperparameters)}"
        )


def _pick(hyperparameters: Hyperparameters, *names: str) -> Hyperparameters:
    return {name: hyperparameters[name] for name in names}


def _first(data: Data, train: int, validation: int | None = None) -> Data:
    sizes = {"X_train": train, "y_train": train, "X_val": validation, "y_val": validation}
    return data | {name: data[name][:size] for name, size in sizes.items()}


def _input_dim(data: Data) -> int:
    return int(np.prod(data["X_train"].shape[1:]))
