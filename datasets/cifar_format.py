"""CIFAR-10's files: five training batches, a test batch, and the names of the classes.

Reading them never runs code from them, and is quick from the second time on: the rows are kept
beside the batches as one memory-mapped array.
"""

import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from datasets import python2_pickle as py2
from datasets import safe_pickle
from datasets.files import replacing

TRAIN_FILES = tuple(f"data_batch_{k}" for k in range(1, 6))
TEST_FILE = "test_batch"
META_FILE = "batches.meta"
FILES = (*TRAIN_FILES, TEST_FILE, META_FILE)

IMAGE = (3, 32, 32)
PIXELS = 3072

Bytes = NDArray[np.uint8]


class Labelled(NamedTuple):
    """Images (N, 3, 32, 32) and their labels (N,), both uint8."""

    images: Bytes
    labels: Bytes


class DataError(Exception):
    """Data that cannot be had: says which, where, and what to do."""


def is_complete(folder: Path) -> bool:
    """True if all seven files are there."""
    return all((folder / name).is_file() for name in FILES)


def write(folder: Path, train: Labelled, test: Labelled, class_names: Sequence[str]) -> None:
    """Writes the seven files. The number of training images must be a multiple of five."""
    size = len(train.labels) // len(TRAIN_FILES)
    for k, name in enumerate(TRAIN_FILES):
        rows = slice(k * size, (k + 1) * size)
        part = Labelled(train.images[rows], train.labels[rows])
        _write(folder / name, batch(part, f"training batch {k + 1} of 5", class_names))
    _write(folder / TEST_FILE, batch(test, "testing batch 1 of 1", class_names))
    _write(folder / META_FILE, _meta(class_names, size))


def batch(data: Labelled, title: str, class_names: Sequence[str]) -> bytes:
    """The content of one batch file."""
    pictures = (f"{class_names[k]}_{i:06d}.png".encode() for i, k in enumerate(data.labels))
    fields = {
        "batch_label": py2.string(title.encode()),
        "labels": py2.sequence(py2.small(label) for label in data.labels),
        "data": py2.matrix(data.images.reshape(-1, PIXELS)),
        "filenames": py2.sequence(map(py2.string, pictures)),
    }
    return py2.document(fields)


def _meta(class_names: Sequence[str], batch_size: int) -> bytes:
    fields = {
        "label_names": py2.sequence(py2.string(name.encode()) for name in class_names),
        "num_cases_per_batch": py2.integer(batch_size),
        "num_vis": py2.integer(PIXELS),
    }
    return py2.document(fields)


def _write(path: Path, content: bytes) -> None:
    with replacing(path) as file:
        file.write(content)


def read_train(folder: Path) -> Labelled:
    """The training images of all five batches, read-only.

    Raises:
        DataError: a file is missing, damaged, or asks to run code.
    """
    return _read_cached(folder, "train", TRAIN_FILES)


def read_test(folder: Path) -> Labelled:
    """The test images, read-only; raises as `read_train`."""
    return _read_cached(folder, "test", (TEST_FILE,))


def read_class_names(folder: Path) -> tuple[str, ...]:
    """The names of the classes, in the order of the labels; raises as `read_train`."""
    names = _unpickle(folder / META_FILE).get("label_names")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _damaged(folder / META_FILE, "it holds no list of label_names")
    return tuple(names)


def _read_cached(folder: Path, split: str, names: Sequence[str]) -> Labelled:
    paths = [folder / name for name in names]
    cache = folder / f"{split}-{_stamp(paths)}.npy"
    if not cache.exists():
        rows = np.concatenate([_read_batch(path) for path in paths])
        _keep(cache, rows)
    else:
        rows = np.load(cache, mmap_mode="r")
    return Labelled(rows[:, 1:].reshape(-1, *IMAGE), rows[:, 0])


def _stamp(paths: Sequence[Path]) -> str:
    """Changes whenever a batch is replaced, so that an old cache is not taken for it."""
    try:
        states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    except OSError as error:
        raise DataError(
            f"{error.filename} is missing. Delete its folder, then try again."
        ) from None
    return hashlib.sha256(repr(states).encode()).hexdigest()[:12]


def _keep(cache: Path, rows: Bytes) -> None:
    """Saves the rows, unless the folder is read-only or full: a cache is not worth an error."""
    try:
        stale = set(cache.parent.glob(f"{cache.name.split('-')[0]}-*.npy")) - {cache}
        for path in stale:
            path.unlink(missing_ok=True)
        with replacing(cache) as file:
            np.save(file, rows)
    except OSError:
        return


def _read_batch(path: Path) -> Bytes:
    """One row an image: its label, then its 3,072 pixels."""
    content = _unpickle(path)
    pixels, labels = content.get("data"), np.asarray(content.get("labels"))
    if not (isinstance(pixels, np.ndarray) and pixels.dtype == np.uint8):
        raise _damaged(path, "its data is no array of bytes")
    if pixels.shape != (*labels.shape, PIXELS):
        raise _damaged(path, f"it has {labels.shape} labels and {pixels.shape} pixels")
    if labels.dtype.kind != "i" or not np.all((labels >= 0) & (labels < 10)):
        raise _damaged(path, "its labels are not integers in 0..9")
    return np.column_stack([labels.astype(np.uint8), pixels])


def _unpickle(path: Path) -> dict[str, Any]:
    try:
        content = safe_pickle.load(path)
    except (OSError, pickle.UnpicklingError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(content, dict):
        raise _damaged(path, "it holds no dictionary")
    return content


def _damaged(path: Path, reason: str) -> DataError:
    return DataError(f"{path} is not a CIFAR-10 file: {reason}. Delete its folder, then try again.")
