"""Figures. Each function returns the Figure: make it the last line of a notebook cell."""

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from .arrays import Array
from .datasets import Dataset
from .solver import Solver

# Wong's colours, which colour-blind readers can tell apart.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9")


def learning_curve(solver: Solver, window: int = 20) -> Figure:
    """Loss of every step, and training and validation accuracy of every epoch.

    Args:
        solver: after its training.
        window: the line goes through averages over so many steps.
    """
    figure, (loss, accuracy) = _axes(1, 2, (11, 4))
    values = np.array(solver.loss_history)
    width = max(1, min(window, len(values)))
    smooth = np.convolve(values, np.full(width, 1 / width), mode="valid")
    loss.plot(values, ".", markersize=3, alpha=0.3)
    loss.plot(np.arange(len(smooth)) + (width - 1) / 2, smooth, color=COLOURS[0])
    loss.set(title="Training loss", xlabel="Step", ylabel="Loss")
    accuracy.plot(solver.train_acc_history, "o-", markersize=3, label="training")
    accuracy.plot(solver.val_acc_history, "s-", markersize=3, label="validation")
    accuracy.set(title="Accuracy", xlabel="Epoch", ylabel="Accuracy", ylim=(0, 1.02))
    accuracy.xaxis.get_major_locator().set_params(integer=True)
    accuracy.legend()
    for axis in (loss, accuracy):
        axis.grid(alpha=0.3)
    return figure


def compare(solvers: dict[str, Solver]) -> Figure:
    """Validation accuracy of several runs by epoch; the keys are their labels."""
    figure, axis = _axes(1, 1, (7, 4))
    for label, solver in solvers.items():
        axis.plot(solver.val_acc_history, "o-", markersize=3, label=label)
    axis.set(xlabel="Epoch", ylabel="Validation accuracy", ylim=(0, 1.02))
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.grid(alpha=0.3)
    axis.legend()
    return figure


def gradient_errors(errors: dict[str, float], limit: float = 1e-6) -> Figure:
    """Relative gradient error of each parameter, with a line at `limit`."""
    figure, axis = _axes(1, 1, (1.5 + len(errors), 3.5))
    # A bar of height zero cannot be drawn on a logarithmic axis.
    axis.bar(list(errors), [max(error, 1e-16) for error in errors.values()], color=COLOURS[0])
    axis.axhline(limit, color=COLOURS[3], linestyle="--", label=f"{limit:g}")
    axis.set(yscale="log", ylim=(1e-16, 10), xlabel="Gradient", ylabel="Relative error")
    axis.legend()
    return figure


def points(dataset: Dataset, names: Sequence[str] = ("x1", "x2")) -> Figure:
    """The training examples in the colours of their classes, one panel for each two numbers.

    Args:
        dataset: examples (N, D), D even.
        names: of the D numbers.
    """
    figure, axes = _axes(1, len(names) // 2, (2.5 * len(names), 4))
    for i, axis in enumerate(np.ravel(axes)):
        _scatter(axis, dataset.X_train[:, 2 * i :], dataset.Y_train, dataset.class_names)
        axis.set(xlabel=names[2 * i], ylabel=names[2 * i + 1])
        axis.legend()
    return figure


def decision_regions(
    nets: dict[str, Callable[[Array], Array]], dataset: Dataset, size: float = 1.2
) -> Figure:
    """What nets say at every point of the plane, and the validation examples, one panel each.

    Args:
        nets: title -> the `forward` of a net for points (N, 2).
        dataset: points in the plane, between -size and size.
        size: half the width of the picture.
    """
    figure, axes = _axes(1, len(nets), (4.5 * len(nets), 4.5))
    grid = np.linspace(-size, size, 200)
    plane = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    for axis, (title, forward) in zip(np.ravel(axes), nets.items(), strict=True):
        probabilities = forward(plane).reshape(len(grid), len(grid), -1)
        axis.imshow(_blend(probabilities), origin="lower", extent=(-size, size, -size, size))
        _scatter(axis, dataset.X_val, dataset.Y_val, dataset.class_names)
        axis.set(title=title, xlabel="x1", ylabel="x2")
    return figure


def show_images(X: Array, titles: Sequence[str], columns: int = 10) -> Figure:
    """Images (N, H, W, 3) with a title each; every image is stretched to the full range."""
    rows = -(-len(X) // columns)
    figure, axes = _axes(rows, columns, (1.2 * columns, 1.5 * rows))
    for axis in np.ravel(axes):
        axis.axis("off")
    for axis, image, title in zip(np.ravel(axes), X, titles, strict=False):
        axis.imshow(_visible(image))
        axis.set_title(title, fontsize=9)
    return figure


def show_channels(image: Array, channels: dict[str, Array]) -> Figure:
    """An image (H, W, 3), and beside it arrays (H', W') from black to white."""
    figure, axes = _axes(1, 1 + len(channels), (2.3 * (1 + len(channels)), 2.4))
    for axis, (title, each) in zip(
        axes, {"image": _visible(image), **channels}.items(), strict=True
    ):
        axis.imshow(each, cmap="gray")
        axis.set_title(title, fontsize=10)
        axis.axis("off")
    return figure


def _axes(rows: int, columns: int, size: tuple[float, float]) -> tuple[Figure, Any]:
    figure, axes = plt.subplots(rows, columns, figsize=size, layout="constrained")
    # A notebook shows open figures by itself, and the returned one again.
    plt.close(figure)
    return figure, axes


def _scatter(axis: Any, X: Array, Y: Array, names: Sequence[str]) -> None:
    for c, name in enumerate(names):
        of_class = X[Y.argmax(axis=1) == c]
        colour = COLOURS[c % len(COLOURS)]
        axis.scatter(*of_class[:, :2].T, s=14, color=colour, edgecolors="white", lw=0.4, label=name)


def _blend(probabilities: Array) -> Array:
    """(H, W, C) to colours (H, W, 3): those of the classes mixed, and paler than the points."""
    classes = probabilities.shape[-1]
    colours = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in COLOURS[:classes]])
    return 1 - 0.5 * (1 - probabilities @ colours / 255)


def _visible(image: Array) -> Array:
    low, high = image.min(), image.max()
    return (image - low) / max(high - low, 1e-8)
