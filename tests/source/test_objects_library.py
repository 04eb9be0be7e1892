"""The promises of what layer-objects gives: training, data, experiments, tools and figures."""

import json
import re
import tomllib
from typing import Any

import numpy as np
import pytest

from .objects import FOLDER, module

activations, datasets, experiments = (module(n) for n in ("activations", "datasets", "experiments"))
gradient_check, layers, losses = (module(n) for n in ("gradient_check", "layers", "losses"))
models, optimizers, plots = (module(n) for n in ("models", "optimizers", "plots"))
probe, solver, weights = (module(n) for n in ("probe", "solver", "weights"))
LAST = {"name": "fully_connected", "n_out": 3, "activation": "softmax"}
SGD = {"name": "sgd", "lr": 0.1}


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def net(*hidden: dict[str, Any], seed: int = 0, **optimizer: Any) -> Any:
    return models.NeuralNetwork("cross_entropy", [*hidden, LAST], SGD | optimizer, seed=seed)


def dense(n_out: int) -> dict[str, Any]:
    return {"name": "fully_connected", "n_out": n_out, "activation": "tanh"}


# Nets and layers


def test_a_net_is_described_by_words_and_numbers(rng: np.random.Generator) -> None:
    conv = {"name": "conv2d", "n_out": 2, "kernel_shape": (3, 3), "activation": "relu"}
    pool = {"name": "pool2d", "kernel_shape": (2, 2), "mode": "average", "stride": 2}
    made = net(conv | {"pad": "valid"}, pool, {"name": "flatten"}, name="adam")
    assert made.forward(rng.normal(size=(4, 6, 8, 3))).shape == (4, 3)
    assert made.layers[-1].parameters["W"].shape == (2 * 3 * 2, 3)
    assert isinstance(made.optimizer, optimizers.Adam) and made.loss.name == "cross_entropy"


def test_layers_of_a_net_differ_and_the_seed_repeats_them(rng: np.random.Generator) -> None:
    X = rng.normal(size=(2, 3))
    made = [net({**LAST}, seed=seed) for seed in (1, 1, 2)]
    outputs = [each.forward(X) for each in made]
    assert (outputs[0] == outputs[1]).all() and (outputs[0] != outputs[2]).any()
    first, second = (layer.parameters["W"] for layer in made[0].layers)
    assert (first != second).all()


@pytest.mark.parametrize(
    "make",
    [
        activations.initialize_activation,
        layers.initialize_layer,
        losses.initialize_loss,
        optimizers.initialize_optimizer,
        weights.initialize_weights,
    ],
)
def test_unknown_names_are_refused_with_the_known_ones(make: Any) -> None:
    with pytest.raises(ValueError, match="'sotfmax': use"):
        make("sotfmax")


@pytest.mark.parametrize(
    "pad, kernel, expected",
    [
        ("same", (3, 5), (1, 2)),
        ("same", (2, 4), (0, 1)),
        ("valid", (3, 3), (0, 0)),
        (2, (1, 3), (2, 2)),
    ],
)
def test_padding_is_what_the_word_says(pad: Any, kernel: Any, expected: Any) -> None:
    assert layers.padding(pad, kernel) == expected
    assert layers.Pool2D(kernel, pad=pad).pad == expected


def test_wrong_words_are_refused() -> None:
    with pytest.raises(ValueError, match=r"'full'.*'same'"):
        layers.Conv2D(1, (2, 2), "linear", pad="full")
    with pytest.raises(ValueError, match=r"'mean'.*'average'"):
        layers.Pool2D((2, 2), "mean")


def test_an_update_moves_every_parameter_and_clears_the_gradients(
    rng: np.random.Generator,
) -> None:
    made, X, Y = net(dense(4)), rng.normal(size=(5, 2)), np.eye(3)[[0, 1, 2, 0, 1]]
    made.backward(Y, made.forward(X))
    moves = []
    for layer in made.layers:
        moves += [(layer.parameters[k], 0.1 * layer.gradients[k], layer, k) for k in "Wb"]
    made.update(epoch=0)
    for before, delta, layer, name in moves:
        np.testing.assert_array_equal(layer.parameters[name], before - delta)
        assert delta.any() and not layer.gradients[name].any()
        assert layer.gradients[name].shape == before.shape


def test_learning_rates_decay_with_the_epoch() -> None:
    sgd = optimizers.SGD(lr=0.5, lr_decay=0.1)
    steps = [sgd.update("w", np.zeros(1), np.ones(1), epoch)[0] for epoch in (0, 1, 2)]
    assert steps == pytest.approx([0.5, 0.05, 0.005])


# Solver


def toy_data() -> Any:
    return datasets.spirals(num_training=60, num_validation=30)


def test_training_learns_and_keeps_account() -> None:
    flowers = datasets.iris(num_training=60, num_validation=30)
    run = net(dense(20)).train(flowers, epochs=20, batch_size=25)
    assert len(run.loss_history) == 20 * 3
    assert len(run.train_acc_history) == len(run.val_acc_history) == 21
    assert run.train_acc_history[-1] > 0.8 and run.loss_history[-1] < 0.5 * run.loss_history[0]
    assert run.val_acc_history[-1] == run.accuracy(flowers.X_val, flowers.Y_val)


def test_an_epoch_shows_every_example_once() -> None:
    seen = []

    class Model:
        def forward(self, X: Any) -> Any:
            return X

        def backward(self, target: Any, out: Any) -> float:
            seen.append(out)
            return 0.0

        def predict(self, X: Any, Y: Any) -> Any:
            return np.zeros_like(Y), 0.0

        def update(self, epoch: int) -> None:
            pass

    data = toy_data()
    solver.Solver(Model(), data, num_epochs=1, batch_size=25).train()
    assert [len(batch) for batch in seen] == [25, 25, 10]
    shown = np.concatenate(seen)
    assert (shown != data.X_train).any()
    np.testing.assert_array_equal(np.sort(shown, axis=0), np.sort(data.X_train, axis=0))


def test_training_repeats_exactly_and_ignores_the_global_generator() -> None:
    first = net(dense(5)).train(toy_data(), epochs=2)
    np.random.random(7)  # noqa: NPY002
    assert net(dense(5)).train(toy_data(), epochs=2).loss_history == first.loss_history


def test_training_ends_when_the_loss_is_no_number() -> None:
    made = net()
    made.forward(toy_data().X_train)
    made.layers[0].parameters["W"][:] = np.nan
    run = made.train(toy_data(), epochs=5)
    assert run.diverged and len(run.loss_history) == 1 and len(run.val_acc_history) == 1


def test_progress_is_shown_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    net().train(toy_data(), epochs=1, verbose=True)
    shown = capsys.readouterr()
    assert "epoch 1 / 1: train" in shown.out and shown.err == ""
    net().train(toy_data(), epochs=1)
    assert capsys.readouterr() == ("", "")


# Data


def test_irises_are_like_the_measured_ones() -> None:
    data = datasets.iris(num_training=30000, num_validation=30)
    np.testing.assert_allclose(data.X_train.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(data.X_train.std(axis=0), 1)
    classes = data.Y_train.argmax(axis=1)
    raw = np.concatenate([np.array(datasets.MEANS)] * 10000)
    spread = raw.var(axis=0) + np.mean([np.diag(c) for c in datasets.COVARIANCES], axis=0)
    for c, (mean, covariance) in enumerate(zip(datasets.MEANS, datasets.COVARIANCES, strict=True)):
        flowers, want = data.X_train[classes == c], (mean - raw.mean(axis=0)) / np.sqrt(spread)
        np.testing.assert_allclose(flowers.mean(axis=0), want, atol=0.05)
        scaled = covariance / np.sqrt(np.outer(spread, spread))
        np.testing.assert_allclose(np.cov(flowers.T), scaled, atol=0.03)


@pytest.mark.parametrize("make", [datasets.iris, datasets.spirals])
def test_drawn_data_repeats_is_balanced_and_has_one_class_each(make: Any) -> None:
    data, again, other = make(seed=1), make(seed=1), make(seed=2)
    assert (data.X_val == again.X_val).all() and (data.X_val != other.X_val).any()
    Y = np.concatenate((data.Y_train, data.Y_val))
    assert (Y.sum(axis=1) == 1).all() and set(np.unique(Y)) == {0, 1}
    assert set(Y.sum(axis=0)) == {len(Y) / 3} and data.out_dim == 3


def test_images_are_halved_and_have_their_channels_last() -> None:
    import datasets as of_the_course

    data, whole = datasets.images(20, 10), of_the_course.get_data(quiet=True)
    assert data.X_train.shape == (20, 16, 16, 3) and data.X_val.shape == (10, 16, 16, 3)
    block = whole.X_train[7, 2, 10:12, 4:6]
    assert data.X_train[7, 5, 2, 2] == pytest.approx(block.mean() / 64, rel=1e-5)
    assert (data.Y_val.argmax(axis=1) == whole.y_val[:10]).all()
    assert data.X_train.dtype == np.float64 and data.class_names == whole.class_names


# Experiments

IRIS = {
    "hidden_units": 4, "activation": "tanh", "weight_init": "he_normal", "lr": np.float64(0.1),
    "momentum": 0.5, "batch_size": 30, "num_epochs": 2,
}  # fmt: skip
SPIRALS = {
    "hidden_units": [5, 4], "activation": "relu", "weight_init": "normal", "optimizer": "adam",
    "lr": 0.1, "lr_decay": 0.5, "batch_size": 30, "num_epochs": 2,
}  # fmt: skip
RUNS = [("iris", IRIS), ("spirals", SPIRALS)]


@pytest.mark.parametrize("name, chosen", RUNS)
def test_experiments_train_what_was_chosen(name: str, chosen: dict[str, Any]) -> None:
    first, second = (getattr(experiments, name)(chosen) for _ in range(2))
    assert first.loss_history == second.loss_history
    *hidden, last = first.model.layers
    assert [layer.n_out for layer in hidden] == list(np.ravel(chosen["hidden_units"]))
    assert isinstance(last.activation, activations.SoftMax) and last.n_out == 3
    initializer = weights.INITIALIZERS[chosen["weight_init"]]
    assert all(isinstance(layer.init_weights, initializer) for layer in first.model.layers)
    optimizer = first.model.optimizer
    assert isinstance(optimizer, optimizers.OPTIMIZERS[chosen.get("optimizer", "sgd")])
    for key in ("lr", "lr_decay", "momentum"):
        assert getattr(optimizer, key, None) == chosen.get(key, getattr(optimizer, key, None))
    assert (first.batch_size, first.num_epochs) == (30, 2)
    assert experiments.measures(first)["best_validation_accuracy"] == max(first.val_acc_history)


@pytest.mark.parametrize("name, chosen", RUNS)
def test_assignment_bounds_name_every_hyperparameter(name: str, chosen: dict[str, Any]) -> None:
    tasks = tomllib.loads((FOLDER / "assignment.toml").read_text())["tasks"]
    found = {t["experiment"]["train"]: t["experiment"] for t in tasks if "experiment" in t}
    bounds = found[name]["bounds"]
    assert set(bounds) == set(chosen)
    assert bounds["weight_init"] == list(weights.INITIALIZERS)
    assert bounds["activation"] == [n for n in activations.ACTIVATIONS if n != "softmax"]
    assert bounds.get("optimizer", ["sgd", "adam"]) == list(optimizers.OPTIMIZERS)
    with pytest.raises(ValueError, match="lr"):
        getattr(experiments, name)({key: chosen[key] for key in chosen if key != "lr"})


@pytest.mark.parametrize("name", [name for name, _ in RUNS])
def test_the_notebook_states_the_bounds_that_are_enforced(name: str) -> None:
    tasks = tomllib.loads((FOLDER / "assignment.toml").read_text())["tasks"]
    [task] = [t for t in tasks if t["id"] == f"{name}_hyperparameters"]
    cells = json.loads((FOLDER / task["notebook"]).read_text())["cells"]
    [text] = ["".join(c["source"]) for c in cells if c.get("id") == f"{task['id']}_text"]
    for key, bound in task["experiment"]["bounds"].items():
        [row] = [line for line in text.split("\n") if line.startswith("|") and f"`{key}`" in line]
        ends = [*bound.values()] if isinstance(bound, dict) else bound
        stated = {float(number) for number in re.findall(r"\d[\d.]*(?:e-?\d+)?", row)}
        assert {end for end in ends if not isinstance(end, str)} <= stated, key


def test_a_diverging_experiment_is_measured_not_raised() -> None:
    wild = experiments.iris(IRIS | {"lr": 1e300, "activation": "linear", "num_epochs": 5})
    assert experiments.measures(wild)["diverged"] is True


# Tools


def test_gradient_checks_see_one_wrong_gradient_and_change_nothing(
    rng: np.random.Generator,
) -> None:
    made, X, Y = net(dense(4)), rng.normal(size=(5, 2)), np.eye(3)[[0, 1, 2, 0, 1]]
    assert max(gradient_check.check_net(made, X, Y).values()) < 1e-7
    layer = made.layers[0]
    before = dict(layer.parameters)
    assert set(gradient_check.check_layer(layer, X)) == {"X", "W", "b"}
    assert all(layer.parameters[name] is w for name, w in before.items())
    backward = layer.backward

    def wrong(dLdY: Any) -> Any:
        dX = backward(dLdY)
        layer.gradients["b"] *= 1.01
        return dX

    layer.backward = wrong
    errors = gradient_check.check_net(made, X, Y)
    assert [name for name, error in errors.items() if error > 1e-4] == ["b0"]
    errors = gradient_check.check_layer(layer, X)
    assert [name for name, error in errors.items() if error > 1e-4] == ["b"]


def test_gradient_checks_refuse_a_wrong_shape(rng: np.random.Generator) -> None:
    layer, X = layers.FullyConnected(4, "linear"), rng.normal(size=(5, 2))
    layer.forward(X)
    layer.backward = lambda dLdY: dLdY
    with pytest.raises(ValueError, match=r"\(5, 4\).*\(5, 2\)"):
        gradient_check.check_layer(layer, X)


def test_the_parts_of_the_probe_have_right_gradients(rng: np.random.Generator) -> None:
    Z, dY = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    cubic, loss = probe.Cubic(), probe.WeightedCube()
    check = gradient_check.check_vjp
    assert check(cubic.forward, Z, dY, cubic.backward(Z, dY)) < 1e-7
    assert check(lambda x: loss.forward(dY, x), Z, 1.0, loss.backward(dY, Z)) < 1e-7
    parts = [probe.ScaledSquare(rng.normal(size=(1, 3))) for _ in range(2)]
    made = probe.assemble(net(), parts, loss)
    errors = gradient_check.check_net(made, Z, dY)
    assert set(errors) == {"W0", "W1"} and max(errors.values()) < 1e-7
    made.update(epoch=0)
    assert not parts[0].gradients["W"].any()


def test_a_filled_layer_does_not_initialize_itself(rng: np.random.Generator) -> None:
    for layer, shape in (
        (layers.FullyConnected(2, "relu"), (3, 2)),
        (layers.Conv2D(2, (2, 2), "relu"), (2, 2, 3, 2)),
    ):
        layer._init_parameters = None
        W, b = rng.normal(size=shape), rng.normal(size=(1, 2))
        probe.fill(layer, {"W": W, "b": b}, probe.Cubic())
        X = rng.normal(size=(4, 3) if len(shape) == 2 else (4, 5, 5, 3))
        errors = gradient_check.check_layer(layer, X)
        assert layer.parameters["W"] is W and max(errors.values()) < 1e-7


# Figures


def test_figures_show_what_they_are_given() -> None:
    data, made = toy_data(), net(dense(4))
    run = made.train(data, epochs=2)
    figures = [
        plots.learning_curve(run),
        plots.compare({"a": run, "b": run}),
        plots.gradient_errors({"W": 1e-9, "b": 0.0}),
        plots.points(data),
        plots.decision_regions({"one": made.forward, "two": made.forward}, data),
    ]
    assert all(axis.get_xlabel() and axis.get_ylabel() for f in figures for axis in f.axes)
    assert [axis.get_title() for axis in figures[-1].axes] == ["one", "two"]
    assert len(plots.points(datasets.iris(), ("a", "b", "c", "d")).axes) == 2
    images = plots.show_images(np.zeros((3, 4, 4, 3)), ["a", "b", "c"])
    assert [axis.get_title() for axis in images.axes[:3]] == ["a", "b", "c"]


def test_decision_regions_have_the_colour_of_the_class_that_wins_there() -> None:
    def right_or_left(points: Any) -> Any:
        return np.eye(3)[(points[:, 0] > 0).astype(int)]

    [axis] = plots.decision_regions({"": right_or_left}, toy_data(), size=2.0).axes
    picture = axis.images[0].get_array()
    low, high = (np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)]) for c in plots.COLOURS[:2])
    np.testing.assert_allclose(picture[5, 5], (1 + low / 255) / 2)
    np.testing.assert_allclose(picture[5, -5], (1 + high / 255) / 2)
    assert axis.images[0].get_extent() == [-2, 2, -2, 2] and axis.images[0].origin == "lower"


def test_channels_stand_beside_their_image() -> None:
    out = np.arange(20.0).reshape(4, 5)
    axes = plots.show_channels(np.zeros((4, 5, 3)), {"edges": out}).axes
    assert [axis.get_title() for axis in axes] == ["image", "edges"]
    np.testing.assert_array_equal(axes[1].images[0].get_array(), out)
