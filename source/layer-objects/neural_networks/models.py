"""A neural network: layers one after another, with a loss at the end."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .arrays import Array
from .datasets import Dataset
from .layers import initialize_layer
from .losses import initialize_loss
from .optimizers import initialize_optimizer
from .solver import Solver


class NeuralNetwork:
    """A net that is described by words and numbers.

        net = NeuralNetwork(
            loss="cross_entropy",
            layer_args=[
                {"name": "fully_connected", "n_out": 32, "activation": "relu"},
                {"name": "fully_connected", "n_out": 3, "activation": "softmax"},
            ],
            optimizer_args={"name": "sgd", "lr": 0.02, "momentum": 0.9},
        )

    Attributes:
        layers: list of layers, the one that sees the inputs first.
        loss: has `forward(Y, Y_hat)` and `backward(Y, Y_hat)`.
        optimizer: has `update(param_name, param, param_grad, epoch)`.
    """

    def __init__(
        self,
        loss: str,
        layer_args: Sequence[dict[str, Any]],
        optimizer_args: dict[str, Any],
        seed: int | None = None,
    ) -> None:
        """Make the parts.

        Args:
            loss: a name for `initialize_loss`.
            layer_args: the arguments of `initialize_layer`, for each layer.
            optimizer_args: the arguments of `initialize_optimizer`.
            seed: the same seed gives the same weights.
        """
        seeds = np.random.SeedSequence(seed).spawn(len(layer_args))
        self.layers = [
            initialize_layer(**args, seed=own) for args, own in zip(layer_args, seeds, strict=True)
        ]
        self.loss = initialize_loss(loss)
        self.optimizer = initialize_optimizer(**optimizer_args)

    def forward(self, X: Array) -> Array:
        """The output of the last layer.

        Args:
            X: (N, ...) float, a batch in the shape that the first layer takes.

        Returns:
            Y_hat: (N, C) float.
        """
        ### BEGIN SOLUTION NeuralNetwork.forward
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        ### END SOLUTION
        return out

    def backward(self, target: Array, out: Array) -> float:
        """The gradients of all layers, which keep them.

        Args:
            target: (N, C) float.
            out: (N, C) float, as the last `forward` returned it.

        Returns:
            loss: of `out`.
        """
        ### BEGIN SOLUTION NeuralNetwork.backward
        loss = self.loss.forward(target, out)
        gradient = self.loss.backward(target, out)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        ### END SOLUTION
        return loss

    def predict(self, X: Array, Y: Array) -> tuple[Array, float]:
        """Output and loss. Parameters and gradients stay as they are: nothing is learned here.

        Args:
            X: (N, ...) float, a batch.
            Y: (N, C) float, its targets.

        Returns:
            Y_hat: (N, C) float, the output.
            loss: a number.
        """
        ### BEGIN SOLUTION NeuralNetwork.predict
        Y_hat = self.forward(X)
        loss = self.loss.forward(Y, Y_hat)
        ### END SOLUTION
        return Y_hat, loss

    def update(self, epoch: int) -> None:
        """One step of the optimizer for every parameter; then all gradients are zero."""
        for i, layer in enumerate(self.layers):
            for name, w in layer.parameters.items():
                delta = self.optimizer.update(f"{name}{i}", w, layer.gradients[name], epoch)
                layer.parameters[name] = w - delta
            layer.clear_gradients()

    def clear_gradients(self) -> None:
        """Set the gradients of all layers to zero."""
        for layer in self.layers:
            layer.clear_gradients()

    def train(self, dataset: Dataset, epochs: int, **options: Any) -> Solver:
        """Train for so many epochs; the Solver that is returned knows how it went.

        `options` are those of the Solver: batch_size, seed and verbose.
        """
        solver = Solver(self, dataset, num_epochs=epochs, **options)
        solver.train()
        return solver
