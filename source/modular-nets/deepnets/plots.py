"""Figures. Each function returns the Figure: make it the last line of a notebook cell."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from .arrays import Array, Labels
from .solver import Solver


def training_curves(solver: Solver) -> Figure:
    """Loss of every iteration, and training and validation accuracy of every epoch."""
    figure, (loss, accuracy) = _axes(1, 2, (11, 4))
    _loss_axis(loss)
    loss.plot(solver.loss_history, ".", markersize=3, alpha=0.5)
    _accuracy_axis(accuracy, "Accuracy")
    accuracy.plot(solver.train_acc_history, "o-", label="training")
    accuracy.plot(solver.val_acc_history, "s-", label="validation")
    accuracy.legend()
    return figure


def compare(solvers: dict[str, Solver], window: int = 20) -> Figure:
    """Loss, training and validation accuracy of several runs on shared axes.

    Args:
        solvers: label of each run -> its Solver.
        window: the loss is averaged over so many iterations.
    """
    figure, (loss, train, val) = _axes(1, 3, (15, 4))
    _loss_axis(loss)
    _accuracy_axis(train, "Training accuracy")
    _accuracy_axis(val, "Validation accuracy")
    for label, solver in solvers.items():
        loss.plot(_smooth(solver.loss_history, window), label=label)
        train.plot(solver.train_acc_history, "o-", label=label)
        val.plot(solver.val_acc_history, "o-", label=label)
    loss.legend()
    return figure


def gradient_errors(errors: dict[str, float], limit: float = 1e-6) -> Figure:
    """Relative gradient error of each parameter, with a line at `limit`."""
    figure, axis = _axes(1, 1, (1.5 + len(errors), 3.5))
    # A bar of height zero cannot be drawn on a logarithmic axis.
    axis.bar(list(errors), [max(error, 1e-16) for error in errors.values()])
    axis.axhline(limit, color="tab:red", linestyle="--", label=f"{limit:g}")
    axis.set(yscale="log", ylim=(1e-16, 10), xlabel="Gradient", ylabel="Relative error")
    axis.legend()
    return figure


def show_images(X: Array, y: Labels, names: Sequence[str], columns: int = 10) -> Figure:
    """Images with their class names.

    Args:
        X: (N, 3, H, W) float; every image is stretched to the full range of colours.
        y: (N,) int labels.
        names: class names by label.
        columns: images per row.
    """
    rows = -(-len(X) // columns)
    figure, axes = _axes(rows, columns, (1.2 * columns, 1.5 * rows))
    axes = np.ravel(axes)
    for axis in axes:
        axis.axis("off")
    for axis, image, label in zip(axes, X, y, strict=False):
        axis.imshow(_visible(image))
        axis.set_title(names[label], fontsize=9)
    return figure


def show_responses(X: Array, out: Array, names: Sequence[str]) -> Figure:
    """Images, and beside each of them what every filter answers to it.

    Args:
        X: (N, 3, H, W) float; every image is stretched to the full range of colours.
        out: (N, F, H', W') float; every answer is stretched from black to white.
        names: F names of the filters.
    """
    figure, axes = _axes(len(X), 1 + len(names), (2.2 * (1 + len(names)), 2.3 * len(X)))
    table = np.reshape(axes, (len(X), -1))
    for row, image, answers in zip(table, X, out, strict=True):
        for axis, picture in zip(row, [_visible(image), *answers], strict=True):
            axis.imshow(picture, cmap="gray")
            axis.axis("off")
    for axis, name in zip(table[0], ["image", *names], strict=True):
        axis.set_title(name, fontsize=10)
    return figure


def show_filters(panels: dict[str, Array], columns: int = 8) -> Figure:
    """Filters as small pictures, one panel for each set of them.

    Args:
        panels: title -> (F, 3, HH, WW) float; every filter is stretched to the full range of
            colours.
        columns: filters per row.
    """
    figure, axes = _axes(1, len(panels), (5.5 * len(panels), 2))
    figure.set_layout_engine("constrained", wspace=0.1)
    for axis, (title, w) in zip(np.ravel(axes), panels.items(), strict=True):
        axis.imshow(_tiles(w, columns))
        axis.set_title(title, fontsize=10)
        axis.axis("off")
    return figure


def _axes(rows: int, columns: int, size: tuple[float, float]) -> tuple[Figure, Any]:
    figure, axes = plt.subplots(rows, columns, figsize=size, layout="constrained")
    # A notebook shows open figures by itself, and the returned one again.
    plt.close(figure)
    return figure, axes


def _loss_axis(axis: Any) -> None:
    axis.set(title="Training loss", xlabel="Iteration", ylabel="Loss")
    axis.grid(alpha=0.3)


def _accuracy_axis(axis: Any, title: str) -> None:
    axis.set(title=title, xlabel="Epoch", ylabel="Accuracy", ylim=(0, 1.02))
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.grid(alpha=0.3)


def _smooth(values: Sequence[float], window: int) -> Array:
    width = min(window, len(values))
    return np.convolve(values, np.full(width, 1 / width), mode="valid")


def _visible(image: Array) -> Array:
    low, high = image.min(), image.max()
    return ((image - low) / max(high - low, 1e-8)).transpose(1, 2, 0)


def _tiles(w: Array, columns: int) -> Array:
    """One picture of all filters, with a white line between them."""
    height, width = w.shape[2:]
    rows = -(-len(w) // columns)
    picture = np.ones((rows * (height + 1), columns * (width + 1), 3))
    for (row, column), each in zip(np.ndindex(rows, columns), w, strict=False):
        top, left = row * (height + 1), column * (width + 1)
        picture[top : top + height, left : left + width] = _visible(each)
    return picture[:-1, :-1]
