"""One call that gives the homework its arrays."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import DTypeLike, NDArray

from datasets import cifar10, embedded
from datasets.cifar_format import (
    DataError,
    Labelled,
    is_complete,
    read_class_names,
    read_test,
    read_train,
)
from datasets.files import data_folder

Source = Literal["auto", "cifar10", "built-in"]
Floats = NDArray[np.floating[Any]]
Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images (N, 3, 32, 32), less the mean training image, and labels (N,) int64 in 0..9."""

    X_train: Floats
    y_train: Labels
    X_val: Floats
    y_val: Labels
    X_test: Floats
    y_test: Labels
    mean_image: Floats
    """(3, 32, 32), in 0..255; add it to an image to look at it."""
    class_names: tuple[str, ...]
    source: str
    """Name of the data set: CIFAR-10 or Pictogram-10."""


def get_data(
    folder: Path | None = None,
    dtype: DTypeLike = np.float32,
    source: Source = "auto",
    num_val: int = 1000,
    num_test: int = 1000,
    quiet: bool = False,
) -> Dataset:
    """Loads CIFAR-10 if it has been downloaded, else the built-in images, drawn at first use.

    The last `num_val` training images are set apart for validation, and the first `num_test`
    test images are kept: 49,000 / 1,000 / 1,000 of CIFAR-10, 15,000 / 1,000 / 1,000 built in.
    Prints one line that says which data these are.

    Args:
        folder: where data is kept; by default $DEEPNETS_DATA, else the user's cache folder.
        dtype: of the images, float32 or float64.
        source: "auto", or one of "cifar10" and "built-in" to insist on it.

    Raises:
        DataError: CIFAR-10 was insisted on but is not there, or a file is damaged.
    """
    name, place = _locate(data_folder(folder), source)
    dataset = _load(name, place, np.dtype(dtype), num_val, num_test)
    if not quiet:
        print(_summary(dataset, place))
    return dataset


def chosen_source(folder: Path | None = None) -> str:
    """Which data `get_data` would load, without loading them: results depend on it."""
    if is_complete(data_folder(folder) / cifar10.FOLDER):
        return f"CIFAR-10 {cifar10.CIFAR10.sha256}"
    return f"Pictogram-10 {embedded.SHA256}"


def _locate(folder: Path, source: Source) -> tuple[str, Path]:
    """The data set's name and the folder of its batches."""
    if source not in ("auto", "cifar10", "built-in"):
        raise ValueError(f'source is {source!r}; use "auto", "cifar10" or "built-in"')
    cifar = folder / cifar10.FOLDER
    if source != "built-in" and is_complete(cifar):
        return "CIFAR-10", cifar
    if source == "cifar10":
        raise DataError(f"CIFAR-10 is not in {cifar}. Run `python -m datasets download`.")
    return "Pictogram-10", embedded.ensure(folder / embedded.FOLDER)


def _load(name: str, place: Path, dtype: np.dtype[Any], num_val: int, num_test: int) -> Dataset:
    train, test = read_train(place), read_test(place)
    num_train = len(train.labels) - num_val
    if num_val < 0 or num_train <= 0:
        raise ValueError(f"num_val is {num_val}; there are {len(train.labels)} training images")
    mean = _mean_image(train, num_train)
    kept, held = slice(0, num_train), slice(num_train, None)
    return Dataset(
        *_split(train, kept, mean, dtype),
        *_split(train, held, mean, dtype),
        *_split(test, slice(0, num_test), mean, dtype),
        mean_image=mean.astype(dtype),
        class_names=read_class_names(place),
        source=name,
    )


def _mean_image(train: Labelled, count: int) -> NDArray[np.float64]:
    # An integer sum is exact, so the mean does not depend on the order of the additions.
    total = train.images[:count].sum(axis=0, dtype=np.int64)
    return np.asarray(total / count, np.float64)


def _split(
    data: Labelled, rows: slice, mean: NDArray[np.float64], dtype: np.dtype[Any]
) -> tuple[Floats, Labels]:
    images = np.subtract(data.images[rows], mean.astype(dtype), dtype=dtype)
    return images, data.labels[rows].astype(np.int64)


def _summary(data: Dataset, place: Path) -> str:
    sizes = f"{len(data.y_train):,} / {len(data.y_val):,} / {len(data.y_test):,}"
    advice = "" if data.source == "CIFAR-10" else "; `python -m datasets download` gets CIFAR-10"
    return f"{data.source}: {sizes} images to train, validate, test (from {place}{advice})"
