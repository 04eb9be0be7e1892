"""A picture of a data set: one row of images a class."""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from datasets.loading import Dataset

_GAP = 2


def save_preview(data: Dataset, path: Path, columns: int = 16) -> None:
    """Saves the first `columns` validation images of every class; the ending names the format."""
    rows = len(data.class_names)
    # A Figure of its own, not pyplot's, needs no display and leaves the notebook's figures alone.
    figure = Figure(figsize=(columns * 0.6 + 1.2, rows * 0.6), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(_mosaic(data, columns), interpolation="nearest")
    _name_rows(axes, data.class_names)
    figure.savefig(path, dpi=150, bbox_inches="tight")


def _mosaic(data: Dataset, columns: int) -> NDArray[np.uint8]:
    """All rows as one picture (height, width, 3), white where a class has too few images."""
    pictures = np.rint(data.X_val + data.mean_image).clip(0, 255).astype(np.uint8)
    strips = [_strip(pictures[data.y_val == k][:columns], columns) for k in _classes(data)]
    return np.concatenate(strips)


def _classes(data: Dataset) -> range:
    return range(len(data.class_names))


def _strip(images: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    cell = 32 + _GAP
    strip = np.full((cell, columns, cell, 3), 255, np.uint8)
    strip[:32, : len(images), :32] = images.transpose(2, 0, 3, 1)
    return strip.reshape(cell, columns * cell, 3)


def _name_rows(axes: Axes, names: tuple[str, ...]) -> None:
    axes.set_xticks([])
    axes.set_yticks([16 + (32 + _GAP) * k for k in range(len(names))], names)
    axes.tick_params(left=False)
    axes.set_frame_on(False)
