"""The built-in data set, drawn once and then kept in CIFAR-10's format."""

import hashlib
from pathlib import Path
from typing import Final

from filelock import FileLock

from datasets import pictograms
from datasets.cifar_format import TEST_FILE, TRAIN_FILES, Labelled, is_complete, write

FOLDER: Final = "pictogram-10"
NUM_TRAIN, NUM_TEST = 16_000, 1_000
SHA256 = "82fe734c124ea8e7bbe4e676393e800eb3d607f0afdb54f2d1b750015f3880cd"
"""Of the five training batches and the test batch, one after another."""


def ensure(folder: Path) -> Path:
    """Draws the data set (52 MB, a few seconds) into `folder` unless it is there.

    Several processes may ask at once: one draws, the others wait.
    """
    if not is_complete(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if not is_complete(folder):
                draw(folder)
    return folder


def draw(folder: Path, num_train: int = NUM_TRAIN, num_test: int = NUM_TEST) -> None:
    """Draws the first images of either split and writes them; `num_train` is divided by five."""
    train = Labelled(*pictograms.generate(num_train, pictograms.TRAIN))
    test = Labelled(*pictograms.generate(num_test, pictograms.TEST))
    write(folder, train, test, pictograms.CLASSES)


def digest(folder: Path) -> str:
    """The SHA-256 of the batches in `folder`, to compare with `SHA256`."""
    total = hashlib.sha256()
    for name in (*TRAIN_FILES, TEST_FILE):
        total.update((folder / name).read_bytes())
    return total.hexdigest()
