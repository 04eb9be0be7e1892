"""Training of a classifier by stochastic gradient descent."""

import copy
import sys
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from tqdm import tqdm

from . import optim
from .arrays import Array, Labels

DEFAULTS: dict[str, Any] = {
    "update_rule": "sgd",
    "optim_config": {},
    "lr_decay": 1.0,
    "batch_size": 100,
    "num_epochs": 10,
    "num_train_samples": 1000,
    "num_val_samples": None,
    "checkpoint_name": None,
    "verbose": True,
    "print_every": 10,
    "seed": 0,
}


class Model(Protocol):
    """What a Solver can train."""

    params: dict[str, Array]

    def loss(self, X: Array, y: Labels | None = None) -> Any:
        """Scores (N, C) without y; (loss, gradients named as `params`) with y."""


class DivergedError(Exception):
    """The loss is no longer a finite number."""

    def __init__(self, iteration: int, loss: float) -> None:
        """The first iteration is 1."""
        super().__init__(
            f"The loss is {loss} at iteration {iteration}: training diverged. "
            "Try a smaller learning rate, or another weight scale."
        )
        self.iteration = iteration
        self.loss = loss


class Solver:
    """Trains a model, and gives it the parameters of its best epoch on the validation set.

        solver = Solver(model, data, update_rule="adam", optim_config={"learning_rate": 1e-3})
        solver.train()

    Attributes:
        loss_history: loss of every iteration.
        train_acc_history, val_acc_history: accuracies after the first iteration and after every
            epoch, num_epochs + 1 values each.
        best_val_acc, best_params: the best validation accuracy so far, and its parameters.
        epoch: number of finished epochs.
    """

    update_rule: str
    optim_config: dict[str, Any]
    lr_decay: float
    batch_size: int
    num_epochs: int
    num_train_samples: int | None
    num_val_samples: int | None
    checkpoint_name: str | None
    verbose: bool
    print_every: int
    seed: int

    def __init__(self, model: Model, data: dict[str, Any], **options: Any) -> None:
        """Prepare the training. Unknown options and rules raise ValueError.

        Args:
            model: has `params` and `loss(X, y=None)`.
            data: X_train (N, ...) and y_train (N,), X_val and y_val; other keys are ignored.
            update_rule: name of a rule in optim.py ("sgd").
            optim_config: hyper-parameters of the rule, such as learning_rate ({}).
            lr_decay: the learning rate is multiplied by this after every epoch (1.0).
            batch_size: examples per iteration, drawn with replacement (100).
            num_epochs: passes over the training data (10).
            num_train_samples, num_val_samples: how many examples to measure accuracies on; None
                uses all (1000, None).
            checkpoint_name: every epoch writes NAME_epoch_K.npz, parameters and histories (None).
            verbose, print_every: whether to show progress, and after how many iterations the
                loss shown is renewed (True, 10).
            seed: of the batches; the same seed gives the same training (0).
        """
        if unknown := sorted(set(options) - set(DEFAULTS)):
            raise ValueError(f"Solver has no option {unknown}; its options are {sorted(DEFAULTS)}")
        vars(self).update(DEFAULTS | options)
        self.model = model
        self.X_train, self.y_train = data["X_train"], data["y_train"]
        self.X_val, self.y_val = data["X_val"], data["y_val"]
        self._rule = _find_rule(self.update_rule)
        self._rng = np.random.default_rng(self.seed)
        self._configs = {name: dict(self.optim_config) for name in model.params}
        self._reset()

    def _reset(self) -> None:
        self.epoch = 0
        # Below every accuracy: a model that gets nothing right has best parameters too.
        self.best_val_acc = -1.0
        self.best_params: dict[str, Array] = {}
        self._best_averages: list[dict[str, Any]] = []
        self.loss_history: list[float] = []
        self.train_acc_history: list[float] = []
        self.val_acc_history: list[float] = []

    def train(self) -> None:
        """Train for num_epochs, then give the model its best parameters.

        Raises:
            DivergedError: the loss became nan or infinite; the model has its best parameters.
        """
        per_epoch = max(len(self.X_train) // self.batch_size, 1)
        total = self.num_epochs * per_epoch
        # Standard output: in a graded notebook cell, text on standard error counts as a failure.
        bar = tqdm(total=total, disable=not self.verbose, file=sys.stdout, mininterval=0.5)
        try:
            for iteration in range(1, total + 1):
                self._step(iteration)
                self._show(bar, iteration)
                if iteration % per_epoch == 0:
                    self._end_epoch()
                if iteration == 1 or iteration % per_epoch == 0:
                    self._measure(bar)
        finally:
            bar.close()
            self._restore_best()

    def check_accuracy(
        self, X: Array, y: Labels, num_samples: int | None = None, batch_size: int = 100
    ) -> float:
        """Share of examples whose highest score is that of their label.

        Args:
            X: (N, ...) examples.
            y: (N,) labels.
            num_samples: measure on that many examples, drawn without replacement; None or more
                than N measures on all.
            batch_size: examples per call of the model, which bounds the memory.
        """
        if num_samples is not None and num_samples < len(X):
            chosen = self._rng.choice(len(X), num_samples, replace=False)
            X, y = X[chosen], y[chosen]
        starts = range(0, len(X), batch_size)
        scores = [self.model.loss(X[start : start + batch_size]) for start in starts]
        return float(np.mean(np.concatenate(scores).argmax(axis=1) == y))

    def _step(self, iteration: int) -> None:
        batch = self._rng.integers(len(self.X_train), size=self.batch_size)
        loss, grads = self.model.loss(self.X_train[batch], self.y_train[batch])
        self.loss_history.append(float(loss))
        if not np.isfinite(loss):
            raise DivergedError(iteration, float(loss))
        for name, w in self.model.params.items():
            next_w, self._configs[name] = self._rule(w, grads[name], self._configs[name])
            self.model.params[name] = next_w

    def _end_epoch(self) -> None:
        self.epoch += 1
        for config in self._configs.values():
            config["learning_rate"] *= self.lr_decay

    def _measure(self, bar: "tqdm[Any]") -> None:
        train_acc = self.check_accuracy(self.X_train, self.y_train, self.num_train_samples)
        val_acc = self.check_accuracy(self.X_val, self.y_val, self.num_val_samples)
        self.train_acc_history.append(train_acc)
        self.val_acc_history.append(val_acc)
        if val_acc > self.best_val_acc:
            self._keep_best(val_acc)
        if self.checkpoint_name is not None:
            self._save_checkpoint(self.checkpoint_name)
        if self.verbose:
            epoch = f"epoch {self.epoch} / {self.num_epochs}"
            bar.write(f"{epoch}: train {train_acc:.3f}, validation {val_acc:.3f}", sys.stdout)

    def _keep_best(self, val_acc: float) -> None:
        self.best_val_acc = val_acc
        self.best_params = {name: w.copy() for name, w in self.model.params.items()}
        # The running averages of batch norm fit these parameters and no others.
        self._best_averages = copy.deepcopy(getattr(self.model, "bn_params", []))

    def _restore_best(self) -> None:
        self.model.params.update(self.best_params)
        for param, best in zip(
            getattr(self.model, "bn_params", []), self._best_averages, strict=False
        ):
            param.update(best)

    def _show(self, bar: "tqdm[Any]", iteration: int) -> None:
        bar.update()
        if iteration % self.print_every == 0:
            bar.set_postfix(loss=f"{self.loss_history[-1]:.3f}", refresh=False)

    def _save_checkpoint(self, name: str) -> None:
        params: dict[str, Any] = {f"params.{key}": w for key, w in self.model.params.items()}
        # Arrays only: loading a pickle from someone else would run their code.
        np.savez(
            f"{name}_epoch_{self.epoch}.npz",
            epoch=self.epoch,
            loss_history=self.loss_history,
            train_acc_history=self.train_acc_history,
            val_acc_history=self.val_acc_history,
            **params,
        )


def _find_rule(name: str) -> Callable[..., Any]:
    rule = getattr(optim, name, None)
    if not callable(rule) or name.startswith("_"):
        raise ValueError(f"optim.py has no update rule {name!r}")
    return rule
