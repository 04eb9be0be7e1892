"""Layers: objects that keep their own parameters, and the gradients of these.

`forward` takes a batch and gives the output of the layer, activation included. `backward` takes the
gradient of the loss with respect to that output, returns the one with respect to the batch, and
stores those of the parameters in `gradients`. Between the two, `cache` may hold whatever `backward`
needs. No layer divides by N, and none changes its arguments. Results have the dtype of the inputs.
"""

from abc import ABC, abstractmethod
from typing import Any, Literal

import numpy as np

from .activations import initialize_activation
from .arrays import Array, Shape
from .weights import Seed, initialize_weights

Pad = int | Literal["same", "valid"]


class Layer(ABC):
    """What all layers have in common.

    Attributes:
        parameters: name -> array. They may be replaced from outside at any time, as an update does,
            so look them up here in every call.
        gradients: name -> array; the names and shapes of `parameters`.
        cache: what `forward` leaves for `backward`, in a form of your choice.
        n_in: the width of the inputs; None as long as the layer has not seen any.
    """

    def __init__(self) -> None:
        """A layer without parameters."""
        self.parameters: dict[str, Array] = {}
        self.gradients: dict[str, Array] = {}
        self.cache: dict[str, Any] = {}
        self.n_in: int | None = None

    @abstractmethod
    def forward(self, X: Array) -> Array:
        """The output for the batch X."""

    @abstractmethod
    def backward(self, dLdY: Array) -> Array:
        """The gradient with respect to X of the last `forward`; fills `gradients`."""

    def clear_gradients(self) -> None:
        """Set all gradients to zero."""
        for name, w in self.parameters.items():
            self.gradients[name] = np.zeros_like(w)


class FullyConnected(Layer):
    """Y = activation(X W + b)."""

    def __init__(
        self,
        n_out: int,
        activation: str,
        weight_init: str = "xavier_uniform",
        seed: Seed = None,
    ) -> None:
        """A layer that gets its parameters with its first batch, which tells how wide inputs are.

        Args:
            n_out: width of the output.
            activation: a name for `initialize_activation`.
            weight_init: a name for `initialize_weights`.
            seed: of the weights.
        """
        super().__init__()
        self.n_out = n_out
        self.activation = initialize_activation(activation)
        self.init_weights = initialize_weights(weight_init, seed)

    def _init_parameters(self, X_shape: Shape) -> None:
        """Fill `parameters` and `gradients`.

        `parameters` gets the keys "W", (n_in, n_out), drawn by `self.init_weights`, and "b",
        (1, n_out), zeros. `gradients` gets the same keys, and zeros in the same shapes: arrays of
        its own, not those of `parameters`.

        Args:
            X_shape: (N, n_in), the shape of the first batch.
        """
        self.n_in = X_shape[1]
        ### BEGIN SOLUTION FullyConnected.init
        W = self.init_weights((self.n_in, self.n_out))
        self.parameters = {"W": W, "b": np.zeros((1, self.n_out))}
        self.gradients = {name: np.zeros_like(w) for name, w in self.parameters.items()}
        ### END SOLUTION

    def forward(self, X: Array) -> Array:
        """The output of the layer.

        Args:
            X: (N, n_in) float, a batch of any size N, which may differ from call to call.

        Returns:
            Y: (N, n_out) float.
        """
        if self.n_in is None:
            self._init_parameters(X.shape)
        ### BEGIN SOLUTION FullyConnected.forward
        Z = X @ self.parameters["W"] + self.parameters["b"]
        self.cache = {"X": X, "Z": Z}
        Y = self.activation.forward(Z)
        ### END SOLUTION
        return Y

    def backward(self, dLdY: Array) -> Array:
        """Gradients of the layer.

        Stores the gradients of W and b under their names in `gradients`, in the shapes of W and b:
        (n_in, n_out) and (1, n_out). They replace those of an earlier call.

        Args:
            dLdY: (N, n_out) float, gradient with respect to the output of the last `forward`.

        Returns:
            dX: (N, n_in), gradient with respect to X.
        """
        ### BEGIN SOLUTION FullyConnected.backward
        X, Z = self.cache["X"], self.cache["Z"]
        dZ = self.activation.backward(Z, dLdY)
        self.gradients["W"] = X.T @ dZ
        self.gradients["b"] = dZ.sum(axis=0, keepdims=True)
        dX = dZ @ self.parameters["W"].T
        ### END SOLUTION
        return dX


class Conv2D(Layer):
    """Convolution of images in NHWC order: (images, rows, columns, channels)."""

    def __init__(
        self,
        n_out: int,
        kernel_shape: tuple[int, int],
        activation: str,
        stride: int = 1,
        pad: Pad = "same",
        weight_init: str = "xavier_uniform",
        seed: Seed = None,
    ) -> None:
        """A layer that gets its parameters with its first batch.

        Args:
            n_out: number of filters, the channels of the output.
            kernel_shape: (kh, kw), rows and columns of a filter.
            activation: a name for `initialize_activation`.
            stride: distance of neighbouring windows, in both directions.
            pad: as in `padding`, which makes `self.pad` = (ph, pw) of it.
            weight_init: a name for `initialize_weights`.
            seed: of the weights.
        """
        super().__init__()
        self.n_out, self.kernel_shape, self.stride = n_out, kernel_shape, stride
        self.pad = padding(pad, kernel_shape)
        self.activation = initialize_activation(activation)
        self.init_weights = initialize_weights(weight_init, seed)

    def _init_parameters(self, X_shape: Shape) -> None:
        """Fill `parameters` and `gradients`.

        `parameters` gets the keys "W", (kh, kw, n_in, n_out), drawn by `self.init_weights`, and
        "b", (1, n_out), zeros; `gradients` the same keys, and zeros in the same shapes.

        Args:
            X_shape: (N, H, W, n_in), the shape of the first batch.
        """
        self.n_in = X_shape[3]
        ### BEGIN SOLUTION Conv2D.init
        W = self.init_weights((*self.kernel_shape, self.n_in, self.n_out))
        self.parameters = {"W": W, "b": np.zeros((1, self.n_out))}
        self.gradients = {name: np.zeros_like(w) for name, w in self.parameters.items()}
        ### END SOLUTION

    def forward(self, X: Array) -> Array:
        """The output of the layer: every filter answers to every window.

        In a frame of ph and pw zeros (`padded`), windows begin at 0, stride, 2 * stride, ... and lie
        within the padded image: H' = (H + 2 * ph - kh) // stride + 1, and W' likewise. Filters are
        not flipped.

        Args:
            X: (N, H, W, n_in) float, a batch of any size N.

        Returns:
            Y: (N, H', W', n_out) float.
        """
        if self.n_in is None:
            self._init_parameters(X.shape)
        X_pad = padded(X, self.pad)
        ### BEGIN SOLUTION Conv2D.forward
        s, (kh, kw) = self.stride, self.kernel_shape
        W, b = self.parameters["W"], self.parameters["b"]
        rows, columns = (X_pad.shape[1] - kh) // s + 1, (X_pad.shape[2] - kw) // s + 1
        # The pixels beneath one entry of the filter, of all windows at once: few products of large
        # matrices instead of many small ones.
        Z = b + sum(
            X_pad[:, i : i + s * rows : s, j : j + s * columns : s] @ W[i, j]
            for i, j in np.ndindex(kh, kw)
        )
        self.cache = {"X": X, "Z": Z}
        Y = self.activation.forward(Z)
        ### END SOLUTION
        return Y

    def backward(self, dLdY: Array) -> Array:
        """Gradients of the layer.

        Stores the gradients of W and b under their names in `gradients`, in the shapes of W and b:
        (kh, kw, n_in, n_out) and (1, n_out). They replace those of an earlier call.

        Args:
            dLdY: (N, H', W', n_out) float, gradient with respect to the output of the last
                `forward`.

        Returns:
            dX: (N, H, W, n_in), gradient with respect to X, without the padding.
        """
        ### BEGIN SOLUTION Conv2D.backward
        X, W, s = self.cache["X"], self.parameters["W"], self.stride
        dZ = self.activation.backward(self.cache["Z"], dLdY)
        _, rows, columns, _ = dZ.shape
        X_pad, dW = padded(X, self.pad), np.zeros_like(W)
        dX_pad = np.zeros_like(X_pad)
        for i, j in np.ndindex(self.kernel_shape):
            beneath = np.s_[:, i : i + s * rows : s, j : j + s * columns : s]
            dW[i, j] = np.tensordot(X_pad[beneath], dZ, axes=([0, 1, 2], [0, 1, 2]))
            dX_pad[beneath] += dZ @ W[i, j].T
        self.gradients["W"] = dW
        self.gradients["b"] = dZ.sum(axis=(0, 1, 2))[np.newaxis]
        (top, left), (_, height, width, _) = self.pad, X.shape
        dX = dX_pad[:, top : top + height, left : left + width]
        ### END SOLUTION
        return dX


class Pool2D(Layer):
    """The largest or the average number of every window, in each channel by itself; NHWC."""

    def __init__(
        self,
        kernel_shape: tuple[int, int],
        mode: Literal["max", "average"] = "max",
        stride: int = 1,
        pad: Pad = 0,
    ) -> None:
        """A layer without parameters.

        Args:
            kernel_shape: (kh, kw), rows and columns of a window.
            mode: "max" or "average".
            stride: distance of neighbouring windows, in both directions.
            pad: as in `padding`, which makes `self.pad` = (ph, pw) of it.

        Raises:
            ValueError: another mode.
        """
        super().__init__()
        if mode not in ("max", "average"):
            raise ValueError(f"mode is {mode!r}: use 'max' or 'average'")
        self.kernel_shape, self.mode, self.stride = kernel_shape, mode, stride
        self.pad = padding(pad, kernel_shape)

    def forward(self, X: Array) -> Array:
        """The output of the layer; windows lie as in `Conv2D.forward`.

        Zeros of the padding count like all other numbers: they are part of the average, and may be
        the largest.

        Args:
            X: (N, H, W, C) float, a batch of any size N.

        Returns:
            Y: (N, H', W', C) float.
        """
        X_pad = padded(X, self.pad)
        ### BEGIN SOLUTION Pool2D.forward
        every = np.s_[:: self.stride]
        windows = np.lib.stride_tricks.sliding_window_view(X_pad, self.kernel_shape, axis=(1, 2))
        windows = windows[:, every, every]
        Y = windows.max(axis=(4, 5)) if self.mode == "max" else windows.mean(axis=(4, 5))
        self.cache = {"X": X, "Y": Y}
        ### END SOLUTION
        return Y

    def backward(self, dLdY: Array) -> Array:
        """Gradient of the layer.

        In mode "max" a single one of several largest numbers of a window gets its gradient (here
        the first, row by row), or all of them get equal shares.

        Args:
            dLdY: (N, H', W', C) float, gradient with respect to the output of the last `forward`.

        Returns:
            dX: (N, H, W, C), gradient with respect to X, without the padding.
        """
        ### BEGIN SOLUTION Pool2D.backward
        X, Y, s = self.cache["X"], self.cache["Y"], self.stride
        (_, rows, columns, _), (kh, kw) = Y.shape, self.kernel_shape
        X_pad, taken = padded(X, self.pad), np.zeros(Y.shape, bool)
        dX_pad, share = np.zeros_like(X_pad), 1 / (kh * kw)
        for i, j in np.ndindex(kh, kw):
            beneath = np.s_[:, i : i + s * rows : s, j : j + s * columns : s]
            if self.mode == "max":
                share = (X_pad[beneath] == Y) & ~taken
                taken |= share
            dX_pad[beneath] += share * dLdY
        (top, left), (_, height, width, _) = self.pad, X.shape
        dX = dX_pad[:, top : top + height, left : left + width]
        ### END SOLUTION
        return dX


class Flatten(Layer):
    """Every example as a row of numbers, for a fully connected layer above images."""

    def __init__(self, keep_dim: Literal["first"] = "first") -> None:
        """`keep_dim` names the axis that stays: the one of the examples."""
        super().__init__()
        self.keep_dim = keep_dim

    def forward(self, X: Array) -> Array:
        """X of shape (N, d_1, ..., d_k) as (N, d_1 * ... * d_k)."""
        self.cache = {"shape": X.shape}
        return X.reshape(len(X), -1)

    def backward(self, dLdY: Array) -> Array:
        """dLdY in the shape of X."""
        return dLdY.reshape(self.cache["shape"])


def padding(pad: Pad, kernel_shape: tuple[int, int]) -> tuple[int, int]:
    """How many zeros stand above and below an image, and how many at its left and at its right.

    Args:
        pad: "valid": none; a number: so many on every side; "same": (kh - 1) // 2 and
            (kw - 1) // 2, so that with stride 1 an odd kernel keeps rows and columns, and an even
            one takes one of each.
        kernel_shape: (kh, kw), rows and columns of a window.

    Raises:
        ValueError: another word.
    """
    match pad:
        case "same":
            return (kernel_shape[0] - 1) // 2, (kernel_shape[1] - 1) // 2
        case "valid":
            return 0, 0
        case str():
            raise ValueError(f"pad is {pad!r}: use 'same', 'valid' or a number")
    return pad, pad


def padded(X: Array, pad: tuple[int, int]) -> Array:
    """Images (N, H, W, C) in a frame of zeros: (N, H + 2 * ph, W + 2 * pw, C) with pad (ph, pw)."""
    rows, columns = pad
    return np.pad(X, ((0, 0), (rows, rows), (columns, columns), (0, 0)))


def initialize_layer(name: str, seed: Seed = None, **arguments: Any) -> Layer:
    """A layer by its name, for nets that are described by words and numbers.

    Args:
        name: "fully_connected", "conv2d", "pool2d" or "flatten".
        seed: of the weights; the layers without weights have no use for it.
        arguments: those of the layer's class.

    Raises:
        ValueError: another name.
    """
    match name:
        case "fully_connected":
            return FullyConnected(**arguments, seed=seed)
        case "conv2d":
            return Conv2D(**arguments, seed=seed)
        case "pool2d":
            return Pool2D(**arguments)
        case "flatten":
            return Flatten(**arguments)
    raise ValueError(f"there is no layer {name!r}: use fully_connected, conv2d, pool2d or flatten")
