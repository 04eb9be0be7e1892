"""The two-layer net of UCLA's homework 3, which trains itself; in the assignment's words."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.dialects.rehearsal import rehearsing

from . import fc_net  # type: ignore[attr-defined]

Array = NDArray[Any]


class TwoLayerNet(fc_net.TwoLayerNet):  # type: ignore[misc]
    """A net with plain stochastic gradient descent."""

    def loss(self, X: Array, y: Array | None = None, reg: float = 0.0) -> Any:
        """As ever, with this regularization."""
        self.reg = reg
        return super().loss(X, y)

    def train(self, *args: Any, **kwargs: Any) -> Any:
        """By itself, see `rehearsal`."""
        return rehearsing(self).trained(*args, **kwargs)

    def trained(
        self,
        X: Array,
        y: Array,
        X_val: Array,
        y_val: Array,
        learning_rate: float,
        learning_rate_decay: float,
        reg: float,
        num_iters: int,
        batch_size: int,
    ) -> dict[str, list[float]]:
        """Histories of the loss (num_iters,) and of both accuracies, one for every epoch."""
        per_epoch = max(len(X) // batch_size, 1)
        told: dict[str, list[float]] = {
            f"{n}_history": [] for n in ("loss", "train_acc", "val_acc")
        }
        for i in range(num_iters):
            batch = np.random.choice(len(X), batch_size)  # noqa: NPY002
            loss, grads = self.loss(X[batch], y[batch], reg)
            for name, gradient in grads.items():
                self.params[name] = self.params[name] - learning_rate * gradient
            told["loss_history"].append(float(loss))
            if i % per_epoch == 0:
                told["train_acc_history"].append(float(np.mean(self.predict(X[batch]) == y[batch])))
                told["val_acc_history"].append(float(np.mean(self.predict(X_val) == y_val)))
                learning_rate *= learning_rate_decay
        return told

    def predict(self, X: Array) -> Array:
        """(N,) the label with the highest score."""
        labels: Array = np.argmax(self.loss(X), axis=1)
        return labels
