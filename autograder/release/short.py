"""Few images and one epoch. The text of this file runs in a notebook's kernel, not here."""

import importlib
from dataclasses import replace
from typing import Any

import datasets


def shorten(package: str) -> None:
    """From now on the data sets have few images, and a Solver of `package` stops after an epoch."""
    whole = datasets.get_data

    def few(*args: Any, **options: Any) -> Any:
        images = whole(*args, **options)
        sizes = {"train": 500, "val": 200, "test": 200}
        cut = {f"{a}_{s}": getattr(images, f"{a}_{s}")[:n] for a in "Xy" for s, n in sizes.items()}
        return replace(images, **cut)

    datasets.get_data = few
    solver: Any = importlib.import_module(f"{package}.solver").Solver
    train = solver.train

    def train_shortly(self: Any) -> None:
        self.num_epochs = min(self.num_epochs, 1)
        train(self)

    solver.train = train_shortly
