"""The library of modular-nets against published values, and the promises of its given files."""

import importlib.util
import json
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "source" / "modular-nets"
MODULES = (
    "layers",
    "fc_net",
    "optim",
    "solver",
    "gradient_check",
    "data",
    "plots",
    "experiments",
)


def _load(name):
    """The source library under a private name, so that no student's `deepnets` is met."""
    root = FOLDER / "deepnets"
    spec = importlib.util.spec_from_file_location(
        name, root / "__init__.py", submodule_search_locations=[str(root)]
    )
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return SimpleNamespace(**{m: importlib.import_module(f"{name}.{m}") for m in MODULES})


nets = _load("_source_deepnets")
PUBLISHED = json.loads(Path(__file__).with_name("published.json").read_text())
rel_error = nets.gradient_check.rel_error
numeric = nets.gradient_check.eval_numerical_gradient_array


def grid(low, high, *shape):
    return np.linspace(low, high, int(np.prod(shape))).reshape(shape)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def toy_data(n=60, classes=3):
    rng = np.random.default_rng(1)
    y = rng.integers(classes, size=n)
    X = rng.normal(scale=0.3, size=(n, 2, 3)).astype(np.float32)
    X[np.arange(n), 0, y] += 2
    return {"X_train": X, "y_train": y, "X_val": X[:20], "y_val": y[:20]}


def toy_solver(**options):
    net = nets.fc_net.FullyConnectedNet([10], 6, 3, weight_scale=0.1, seed=0)
    defaults = {"optim_config": {"learning_rate": 0.1}, "batch_size": 10, "verbose": False}
    return nets.solver.Solver(net, toy_data(), **defaults | options)


# Layers


def test_affine_forward_gives_the_published_output():
    x, w, b = grid(-0.1, 0.5, 2, 4, 5, 6), grid(-0.2, 0.3, 120, 3), grid(-0.3, 0.1, 3)
    out, cache = nets.layers.affine_forward(x, w, b)
    published = [[1.49834967, 1.70660132, 1.91485297], [3.25553199, 3.5141327, 3.77273342]]
    assert rel_error(out, published) < 1e-8
    assert cache[0] is x


def test_affine_backward_matches_numerical_derivatives(rng):
    x, w, b = rng.normal(size=(5, 2, 3)), rng.normal(size=(6, 4)), rng.normal(size=4)
    dout = rng.normal(size=(5, 4))
    forward = nets.layers.affine_forward
    dx, dw, db = nets.layers.affine_backward(dout, forward(x, w, b)[1])
    assert rel_error(dx, numeric(lambda v: forward(v, w, b)[0], x, dout)) < 1e-7
    assert rel_error(dw, numeric(lambda v: forward(x, v, b)[0], w, dout)) < 1e-7
    assert rel_error(db, numeric(lambda v: forward(x, w, v)[0], b, dout)) < 1e-7


def test_relu_forward_gives_the_published_output():
    published = [[0, 0, 0, 0], [0, 0, 1 / 22, 3 / 22], [5 / 22, 7 / 22, 9 / 22, 0.5]]
    assert rel_error(nets.layers.relu_forward(grid(-0.5, 0.5, 3, 4))[0], published) < 1e-12


def test_relu_backward_passes_gradient_where_x_is_positive():
    x, dout = np.array([-1.0, 0.0, 2.0]), np.array([5.0, 6.0, 7.0])
    np.testing.assert_array_equal(nets.layers.relu_backward(dout, x), [0, 0, 7])


@pytest.mark.parametrize("name", ["softmax_loss", "svm_loss"])
def test_loss_gradients_match_numerical_derivatives(name, rng):
    loss, x, y = getattr(nets.layers, name), rng.normal(size=(6, 5)), rng.integers(5, size=6)
    slope = nets.gradient_check.eval_numerical_gradient(lambda v: loss(v, y)[0], x)
    assert rel_error(loss(x, y)[1], slope) < 1e-6


def test_losses_of_equal_scores():
    x, y = np.zeros((4, 10)), np.arange(4)
    assert nets.layers.softmax_loss(x, y)[0] == pytest.approx(np.log(10))
    assert nets.layers.svm_loss(x, y)[0] == pytest.approx(9)


def test_softmax_loss_is_finite_for_huge_scores():
    loss, dx = nets.layers.softmax_loss(np.array([[2000.0, 0.0]]), np.array([1]))
    assert loss == 2000
    np.testing.assert_allclose(dx, [[1, -1]])


# Nets


def test_two_layer_net_gives_the_published_losses():
    net = nets.fc_net.TwoLayerNet(5, 50, 7)
    net.params = {
        "W1": grid(-0.7, 0.3, 5, 50),
        "b1": grid(-0.1, 0.9, 50),
        "W2": grid(-0.3, 0.4, 50, 7),
        "b2": grid(-0.9, 0.1, 7),
    }
    X, y = grid(-5.5, 4.5, 5, 3).T, np.array([0, 5, 1])
    scores = net.loss(X)
    np.testing.assert_allclose(scores, PUBLISHED["TwoLayerNet"]["scores"], atol=1e-9)
    assert net.loss(X, y)[0] == pytest.approx(3.4702243556, abs=1e-10)
    net.reg = 1.0
    assert net.loss(X, y)[0] == pytest.approx(26.5948426952, abs=1e-10)


@pytest.mark.parametrize("reg", [0.0, 0.7])
@pytest.mark.parametrize("hidden", [(), (7,), np.array([7, 6, 5])])
def test_fully_connected_gradients_match_numerical_derivatives(hidden, reg, rng):
    net = nets.fc_net.FullyConnectedNet(
        hidden, 6, 4, reg=reg, weight_scale=0.5, dtype=np.float64, seed=0
    )
    net.params = {name: rng.normal(scale=0.5, size=w.shape) for name, w in net.params.items()}
    errors = nets.gradient_check.check_net(net, rng.normal(size=(5, 2, 3)), np.arange(5) % 4)
    assert max(errors.values()) < 1e-6
    assert len(errors) == 2 * (len(hidden) + 1)


def test_two_layer_gradients_match_numerical_derivatives(rng):
    net = nets.fc_net.TwoLayerNet(6, 7, 4, weight_scale=0.5, reg=0.7, seed=0)
    errors = nets.gradient_check.check_net(net, rng.normal(size=(5, 6)), np.arange(5) % 4)
    assert max(errors.values()) < 1e-6


@pytest.mark.parametrize("kind, scale", [("normal", 0.03), ("he", 0.1), ("zeros", 0.0)])
def test_initial_weights_have_the_documented_scale(kind, scale):
    net = nets.fc_net.FullyConnectedNet([400], 200, weight_scale=0.03, initialization=kind, seed=0)
    assert net.params["W1"].std() == pytest.approx(scale, rel=0.02)
    assert not net.params["b1"].any()


def test_everything_stays_float32(rng):
    net = nets.fc_net.FullyConnectedNet([7], 6, reg=np.float64(0.1), seed=0)
    X = rng.normal(size=(5, 6))
    _, grads = net.loss(X, np.arange(5))
    assert {a.dtype for a in [net.loss(X), *net.params.values(), *grads.values()]} == {
        np.dtype(np.float32)
    }


@pytest.mark.parametrize(
    "options, words",
    [
        ({"normalization": "layrnorm"}, "'layrnorm'.*'layernorm'"),
        ({"dropout_keep_ratio": 0.0}, r"0\.0.*\(0, 1\]"),
        ({"dropout_keep_ratio": 1.5}, r"1\.5.*\(0, 1\]"),
        ({"initialization": "xavier"}, "'xavier'.*'he'"),
    ],
)
def test_nets_refuse_wrong_options(options, words):
    with pytest.raises(ValueError, match=words):
        nets.fc_net.FullyConnectedNet([5], 6, **options)


@pytest.mark.parametrize("forward", ["batchnorm_forward", "dropout_forward"])
def test_layers_refuse_unknown_modes(forward):
    arguments = [np.ones((2, 3)), np.ones(3), np.zeros(3)][: 3 if "batch" in forward else 1]
    with pytest.raises(ValueError, match="mode is 'Train'"):
        getattr(nets.layers, forward)(*arguments, {"mode": "Train", "p": 0.5})


@pytest.mark.parametrize("normalization", ["batchnorm", "layernorm"])
def test_normalized_dropped_nets_stay_float32(normalization, rng):
    net = nets.fc_net.FullyConnectedNet(
        [7, 6], 6, normalization=normalization, dropout_keep_ratio=0.7, reg=0.1
    )
    X = rng.normal(size=(5, 6))
    loss, grads = net.loss(X, np.arange(5))
    arrays = [loss, net.loss(X), *net.params.values(), *grads.values()]
    averages = [a for p in net.bn_params for k, a in p.items() if k.startswith("running")]
    assert {a.dtype for a in arrays + averages} == {np.dtype(np.float32)}
    assert grads.keys() == net.params.keys()


def test_dropout_leaves_the_global_generator_alone():
    np.random.seed(7)  # noqa: NPY002
    first = np.random.random()  # noqa: NPY002
    np.random.seed(7)  # noqa: NPY002
    nets.layers.dropout_forward(np.ones(9), {"p": 0.5, "mode": "train", "seed": 3})
    assert np.random.random() == first  # noqa: NPY002


# Update rules

W, DW, STATE = grid(-0.4, 0.6, 4, 5), grid(-0.6, 0.4, 4, 5), grid(0.6, 0.9, 4, 5)
ADAM = {"learning_rate": 1e-2, "m": STATE, "v": grid(0.7, 0.5, 4, 5), "t": 5}


@pytest.mark.parametrize(
    "name, config",
    [
        ("sgd_momentum", {"learning_rate": 1e-3, "velocity": STATE}),
        ("sgd_nesterov_momentum", {"learning_rate": 1e-3, "velocity": STATE}),
        ("rmsprop", {"learning_rate": 1e-2, "cache": STATE}),
        ("adam", ADAM),
    ],
)
def test_update_rules_give_the_published_values(name, config):
    next_w, after = getattr(nets.optim, name)(W, DW, dict(config))
    for key, values in PUBLISHED[name].items():
        np.testing.assert_allclose({**after, "next_w": next_w}[key], values, atol=1e-9)
    assert after.get("t", 6) == 6


def test_adagrad_adds_up_squares():
    next_w, config = nets.optim.adagrad(
        np.array([1.0]), np.array([4.0]), {"cache": np.array([9.0])}
    )
    assert config["cache"] == pytest.approx([25])
    assert next_w == pytest.approx([1 - 1e-2 * 4 / 5])


RULES = ["sgd", "sgd_momentum", "sgd_nesterov_momentum", "rmsprop", "adam", "adagrad"]


@pytest.mark.parametrize("name", RULES)
def test_update_rules_change_no_argument_and_keep_the_dtype(name):
    w, dw = np.ones(3, np.float32), np.full(3, 2, np.float32)
    next_w, config = getattr(nets.optim, name)(w, dw)
    next_w, config = getattr(nets.optim, name)(next_w, dw, config)
    assert next_w.dtype == np.float32 and (next_w < 1).all()
    assert (w == 1).all() and (dw == 2).all()


# Solver


@pytest.mark.parametrize("rule", RULES)
def test_solver_learns_with_every_rule(rule):
    solver = toy_solver(update_rule=rule, optim_config={"learning_rate": 0.05})
    solver.train()
    assert np.mean(solver.loss_history[-10:]) < 0.8 * solver.loss_history[0]
    assert len(solver.loss_history) == 60
    assert len(solver.train_acc_history) == len(solver.val_acc_history) == 11


def test_solver_restores_the_best_parameters():
    solver = toy_solver()
    solver.train()
    assert solver.check_accuracy(solver.X_val, solver.y_val) == solver.best_val_acc


def test_solver_restores_the_averages_that_fit_the_best_parameters():
    net = nets.fc_net.FullyConnectedNet([10, 8], 6, 3, normalization="batchnorm", seed=0)
    options = {"optim_config": {"learning_rate": 0.05}, "batch_size": 10, "verbose": False}
    # Ever larger steps: the last parameters are far from the best ones.
    solver = nets.solver.Solver(net, toy_data(), num_epochs=4, lr_decay=30.0, **options)
    solver.train()
    assert solver.val_acc_history[-1] < solver.best_val_acc
    assert solver.check_accuracy(solver.X_val, solver.y_val) == solver.best_val_acc


def test_solver_keeps_parameters_of_a_model_that_gets_nothing_right():
    solver = toy_solver(num_epochs=1, optim_config={"learning_rate": 0.0})
    solver.y_val = np.full(20, 7)
    solver.train()
    assert solver.best_val_acc == 0 and set(solver.best_params) == {"W1", "b1", "W2", "b2"}


def test_solver_repeats_exactly_and_ignores_the_global_generator():
    first, second = toy_solver(), toy_solver()
    first.train()
    np.random.random(7)  # noqa: NPY002
    second.train()
    assert first.loss_history == second.loss_history


def test_solver_decays_the_learning_rate_once_per_epoch():
    solver = toy_solver(num_epochs=2, lr_decay=0.5)
    solver.train()
    assert solver._configs["W1"]["learning_rate"] == pytest.approx(0.025)
    assert solver.optim_config == {"learning_rate": 0.1}


def test_solver_reports_divergence():
    solver = toy_solver(optim_config={"learning_rate": 1e30})
    with np.errstate(all="ignore"), pytest.raises(nets.solver.DivergedError) as caught:
        solver.train()
    assert not np.isfinite(caught.value.loss)
    assert caught.value.iteration == len(solver.loss_history)
    assert "smaller learning rate" in str(caught.value)
    assert all(np.isfinite(w).all() for w in solver.model.params.values())


@pytest.mark.parametrize("options", [{"learning_rat": 1}, {"update_rule": "adamm"}])
def test_solver_refuses_unknown_names(options):
    with pytest.raises(ValueError, match=r"its options are|has no update rule"):
        toy_solver(**options)


def test_solver_writes_checkpoints_without_pickle(tmp_path):
    toy_solver(num_epochs=2, checkpoint_name=str(tmp_path / "run")).train()
    with np.load(tmp_path / "run_epoch_2.npz", allow_pickle=False) as saved:
        assert saved["params.W1"].shape == (6, 10) and len(saved["loss_history"]) == 12


def test_solver_shows_progress_on_standard_output(capsys):
    toy_solver(num_epochs=1, verbose=True).train()
    shown = capsys.readouterr()
    assert "epoch 1 / 1: train" in shown.out and shown.err == ""


# Tools


def test_gradient_checks_leave_x_alone_and_see_a_wrong_gradient(rng):
    x = rng.normal(size=(3, 4))
    before = x.copy()
    assert rel_error(numeric(np.sin, x, np.ones_like(x)), np.cos(x)) < 1e-8
    assert nets.gradient_check.check_vjp(np.sin, x, 1.0, np.cos(x)) < 1e-8
    assert nets.gradient_check.check_vjp(np.sin, x, 1.0, -np.cos(x)) > 0.9
    np.testing.assert_array_equal(x, before)


def test_weights_of_the_same_seed_do_not_hide_a_wrong_gradient():
    w = np.random.default_rng(0).normal(size=(4, 3))
    across = np.ones_like(w) - w * w.sum() / np.sum(w**2)
    error = nets.gradient_check.check_vjp(lambda w: np.sum(w**2), w, 1.0, 2 * w + across, seed=0)
    assert error > 1e-3


def test_rel_error_refuses_to_broadcast():
    with pytest.raises(ValueError, match="one shape"):
        rel_error(np.zeros(3), np.zeros((1, 3)))


def test_data_is_cut_and_flattened_as_asked():
    data = nets.data.get_data(num_training=20, num_validation=10, flatten=True)
    assert data["X_train"].shape == (20, 3072) and data["X_train"].dtype == np.float32
    assert data["y_val"].shape == (10,) and len(data["class_names"]) == 10
    assert nets.data.get_data(num_training=20)["X_train"].shape == (20, 3, 32, 32)


def test_plots_label_their_axes():
    solver = toy_solver(num_epochs=2)
    solver.train()
    figures = [
        nets.plots.training_curves(solver),
        nets.plots.compare({"a": solver, "b": solver}),
        nets.plots.compare_accuracy({"a": solver, "b": solver}),
        nets.plots.gaps({"a": solver, "b": solver}),
        nets.plots.gradient_errors({"W1": 1e-9, "b1": 0.0}),
    ]
    assert all(axis.get_xlabel() and axis.get_ylabel() for f in figures for axis in f.axes)
    images = nets.plots.show_images(np.zeros((3, 3, 4, 4)), np.arange(3), ["a", "b", "c"])
    assert [axis.get_title() for axis in images.axes[:3]] == ["a", "b", "c"]


def test_responses_stand_beside_their_image():
    X = np.random.default_rng(0).normal(size=(2, 3, 4, 5))
    out = np.arange(2 * 2 * 4 * 5.0).reshape(2, 2, 4, 5)
    axes = nets.plots.show_responses(X, out, ["grey", "edges"]).axes
    shown = [axis.images[0].get_array() for axis in axes]
    assert [axis.get_title() for axis in axes[:3]] == ["image", "grey", "edges"]
    assert shown[0].shape == shown[3].shape == (4, 5, 3)
    np.testing.assert_array_equal(shown[2], out[0, 1])
    np.testing.assert_array_equal(shown[4], out[1, 0])


def test_filters_fill_the_grid_row_by_row():
    w = np.stack([np.full((3, 2, 2), 0.0)] * 5)
    w[3, 0, 1, 1] = 1.0
    panels = nets.plots.show_filters({"before": w, "after": w[:1]}, columns=3).axes
    picture = panels[0].images[0].get_array()
    assert [axis.get_title() for axis in panels] == ["before", "after"]
    # Two rows of three, with a line between them; the fourth begins the second row.
    assert picture.shape == (5, 8, 3)
    np.testing.assert_array_equal(picture[4, 1], [1, 0, 0])
    np.testing.assert_array_equal(picture[2], 1)


def test_a_small_set_is_the_first_images_of_all():
    data = {name: np.repeat(value, 15, axis=0) for name, value in toy_images().items()}
    solver = nets.experiments.overfit_convnet(
        {"learning_rate": 0.0, "weight_scale": 0.1, "batch_size": 30, "num_epochs": 1},
        data=data,
    )
    np.testing.assert_array_equal(solver.X_train, data["X_train"][:100])
    np.testing.assert_array_equal(solver.y_train, data["y_train"][:100])
    assert len(solver.X_val) == len(solver.y_val) == 200


# Experiments

TWO_LAYER = {
    "hidden_dim": 10, "weight_scale": 0.1, "reg": 0.0, "learning_rate": 0.1,
    "learning_rate_decay": 0.95, "batch_size": 25, "num_epochs": 3,
}  # fmt: skip
BEST_FC = {
    "hidden_dims": [10, 10], "initialization": "he", "weight_scale": 1.0, "reg": 0.0,
    "update_rule": "adam", "learning_rate": 0.01, "lr_decay": 1.0, "batch_size": 25,
    "num_epochs": 3,
}  # fmt: skip
DEEP = {
    "normalization": "batchnorm", "update_rule": "adam", "learning_rate": 0.01, "lr_decay": 1.0,
    "batch_size": 25, "num_epochs": 3,
}  # fmt: skip
CONVNET = {
    "num_filters": 4, "hidden_dim": 10, "weight_scale": 0.1, "reg": 0.0, "update_rule": "adam",
    "learning_rate": 0.01, "batch_size": 25, "num_epochs": 3,
}  # fmt: skip
OVERFIT = {"learning_rate": np.float64(0.1), "weight_scale": 0.3}
DROPOUT = {"dropout_keep_ratio": 0.5, "hidden_dim": 20, "learning_rate": 0.01, "num_epochs": 2}
RUNS = [
    ("two_layer", TWO_LAYER),
    ("overfit_three_layers", OVERFIT),
    ("overfit_five_layers", OVERFIT),
    ("best_fc", BEST_FC),
    ("deep_net", DEEP),
    ("dropout", DROPOUT),
    ("overfit_convnet", OVERFIT | {"batch_size": 10, "num_epochs": 3}),
    ("convnet", CONVNET),
]


def toy_images():
    data = toy_data()
    return data | {name: data[name][:, None] for name in ("X_train", "X_val")}


@pytest.mark.parametrize("name, hyperparameters", RUNS)
def test_experiments_train_in_float32_and_repeat_exactly(name, hyperparameters):
    run = getattr(nets.experiments, name)
    first, second = (run(hyperparameters, data=toy_images()) for _ in range(2))
    assert {w.dtype for w in first.model.params.values()} == {np.dtype(np.float32)}
    assert first.loss_history == second.loss_history
    assert nets.experiments.measures(first)["best_validation_accuracy"] == first.best_val_acc


@pytest.mark.parametrize("name, hyperparameters", RUNS)
def test_assignment_bounds_name_every_hyperparameter(name, hyperparameters):
    tasks = tomllib.loads((FOLDER / "assignment.toml").read_text())["tasks"]
    bounds = {
        t["experiment"]["train"]: t["experiment"]["bounds"] for t in tasks if "experiment" in t
    }
    assert set(bounds[name]) == set(hyperparameters)


def test_the_deep_net_is_normalized_as_asked():
    words = {"none": None, "batchnorm": "batchnorm", "layernorm": "layernorm"}
    for word, normalization in words.items():
        chosen = DEEP | {"normalization": word, "num_epochs": 1}
        solver = nets.experiments.deep_net(chosen, data=toy_data())
        assert solver.model.normalization == normalization


def test_a_diverging_experiment_is_measured_not_raised():
    wild = TWO_LAYER | {"learning_rate": 1e30}
    solver = nets.experiments.two_layer(wild, data=toy_data())
    assert nets.experiments.measures(solver)["diverged"] is True


def test_dropout_tosses_anew_in_every_step():
    net, data = nets.experiments.dropout(DROPOUT, data=toy_data()).model, toy_data()
    assert len({net.loss(data["X_train"], data["y_train"])[0] for _ in range(5)}) == 5


@pytest.mark.parametrize("gap, reached", [(0.1, 0.3), (0.25, 0.2)])
def test_accuracy_counts_at_a_small_gap_alone(gap, reached):
    solver = toy_solver()
    solver.val_acc_history, solver.train_acc_history = [0.2, 0.3], [0.2, 0.3 + gap]
    assert nets.experiments.measures(solver)["validation_accuracy_at_small_gap"] == reached


def test_a_gap_of_exactly_20_points_is_small():
    solver = toy_solver()
    solver.train_acc_history, solver.val_acc_history = [0.55, 0.6], [0.35, 0.3]
    assert nets.experiments.measures(solver)["validation_accuracy_at_small_gap"] == 0.35


def test_experiments_refuse_wrong_hyperparameters():
    with pytest.raises(ValueError, match="weight_scale"):
        nets.experiments.overfit_five_layers({"learning_rate": 1e-2}, data=toy_data())
