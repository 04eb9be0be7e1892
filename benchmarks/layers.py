"""What the fast layers, the directional gradient check and the data set take, on one thread.

`python -m benchmarks.layers` prints the time of the staff's loops (of a part of the images, scaled
up) and medians of the fast layers and of PyTorch, at the sizes of CS231n's notebook and of the
course's ConvNet.
"""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from autograder.assignment import load_assignment
from autograder.draw import Draw
from autograder.grading.staff import reference
from benchmarks.timing import once, seconds
from datasets import embedded, get_data

Array = NDArray[Any]
SESSION = reference(load_assignment(Path("source/modular-nets"))).session
PART = 10  # the loops get one image in so many


class Layer(NamedTuple):
    """A layer with inputs; `function` is PyTorch's, `param` the library's dict."""

    name: str
    title: str
    inputs: tuple[Array, ...]
    param: dict[str, int]
    function: Callable[..., Any]


def layers(dtype: str) -> Iterator[Layer]:
    """Convolution and pooling at the sizes of CS231n's notebook and of the ConvNet."""
    draw, torch_layers = Draw(0), torch.nn.functional

    def arrays(*shapes: tuple[int, ...]) -> tuple[Array, ...]:
        return tuple(draw.normal(*shape).astype(dtype) for shape in shapes)

    notebook = arrays((100, 3, 31, 31), (25, 3, 3, 3), (25,))
    yield Layer("conv", "convolution, notebook", notebook, {"stride": 2, "pad": 1},
                lambda *a: torch_layers.conv2d(*a, stride=2, padding=1))  # fmt: skip
    net = arrays((50, 3, 32, 32), (32, 3, 7, 7), (32,))
    yield Layer("conv", "convolution, ConvNet", net, {"stride": 1, "pad": 3},
                lambda *a: torch_layers.conv2d(*a, stride=1, padding=3))  # fmt: skip
    pool = {"pool_height": 2, "pool_width": 2, "stride": 2}
    for title, shape in (("notebook", (100, 3, 32, 32)), ("ConvNet", (50, 32, 32, 32))):
        yield Layer("max_pool", f"pooling, {title}", arrays(shape), pool,
                    lambda x: torch_layers.max_pool2d(x, 2, 2))  # fmt: skip


def compare_layer(layer: Layer, dtype: str) -> None:
    """Print two lines, for the forward and the backward pass."""
    leaves = [torch.tensor(value, requires_grad=True) for value in layer.inputs]
    out = layer.function(*leaves)
    dout = torch.ones_like(out)
    inference = torch.no_grad()(lambda: layer.function(*leaves))
    gradients = partial(torch.autograd.grad, out, leaves, dout, retain_graph=True)
    fast = _calls(SESSION.load("fast_layers"), "fast", layer.inputs, layer, dout.numpy())
    few = (layer.inputs[0][::PART], *layer.inputs[1:])
    naive = _calls(SESSION.load("layers"), "naive", few, layer, dout.numpy()[::PART])
    for way, own, loop, other in zip(
        ("forward", "backward"), fast, naive, (inference, gradients), strict=True
    ):
        figures = PART * once(loop), seconds(own), seconds(other)
        _print_line(f"{layer.title}, {way}, {dtype}", *figures)


def _calls(
    module: ModuleType, kind: str, inputs: tuple[Array, ...], layer: Layer, dout: Array
) -> tuple[Callable[[], Any], Callable[[], Any]]:
    forward = getattr(module, f"{layer.name}_forward_{kind}")
    backward = getattr(module, f"{layer.name}_backward_{kind}")
    _, cache = forward(*inputs, layer.param)
    return partial(forward, *inputs, layer.param), partial(backward, dout, cache)


def _print_line(title: str, naive: float, fast: float, other: float) -> None:
    times = f"{1e3 * naive:9.1f} {1e3 * fast:8.2f} {1e3 * other:8.2f}"
    print(f"{title:42} {times} {naive / fast:8.0f} {fast / other:7.2f}")


def compare_gradient_checks() -> None:
    """One direction per parameter against all elements, of a right and of a wrong net."""
    draw, check = Draw(1), SESSION.load("gradient_check")
    net = SESSION.load("cnn").ThreeLayerConvNet(
        (3, 16, 16), 3, 3, 7, weight_scale=0.1, reg=0.5, dtype=np.float64, seed=0
    )
    X, y = draw.normal(2, 3, 16, 16), draw.labels(2, 10)
    slow = once(partial(_errors_of_all_elements, check, net, X, y))
    quick = seconds(partial(check.check_net, net, X, y))
    print(f"gradient check of a ConvNet: all elements {slow:.2f} s, one direction per parameter "
          f"{1e3 * quick:.1f} ms, {slow / quick:.0f} times faster")  # fmt: skip
    for name, broken in (("right", net), ("wrong", _Undecayed(net))):
        slow_errors = _errors_of_all_elements(check, broken, X, y)
        errors = check.check_net(broken, X, y)
        print(f"  {name} net: largest error {max(slow_errors.values()):.1e} of all elements, "
              f"{max(errors.values()):.1e} along the directions")  # fmt: skip


class _Undecayed:
    """The net without the regularization term in its gradients."""

    def __init__(self, net: Any) -> None:
        self.net, self.params = net, net.params

    def loss(self, X: Array, y: Array) -> Any:
        loss, grads = self.net.loss(X, y)
        return loss, {
            k: g - self.net.reg * self.params[k] * (k[0] == "W") for k, g in grads.items()
        }


def _errors_of_all_elements(check: ModuleType, net: Any, X: Array, y: Array) -> dict[str, float]:
    _, grads = net.loss(X, y)

    def error(name: str) -> float:
        original = net.params[name]

        def loss(value: Array) -> float:
            net.params[name] = value
            return float(net.loss(X, y)[0])

        numeric = check.eval_numerical_gradient(loss, original)
        net.params[name] = original
        return float(np.linalg.norm(numeric - grads[name]) / np.linalg.norm(numeric))

    return {name: error(name) for name in sorted(net.params)}


def time_data_set() -> None:
    """Drawing the built-in images, and loading them."""
    with tempfile.TemporaryDirectory() as folder:
        drawing = once(lambda: embedded.ensure(Path(folder) / embedded.FOLDER))
        loading = seconds(lambda: get_data(Path(folder), source="built-in", quiet=True), runs=5)
    print(f"data set: drawn in {drawing:.1f} s, loaded in {loading:.2f} s")


def main() -> None:
    """Print the figures."""
    torch.set_num_threads(1)
    with threadpool_limits(1):
        print(
            f"{'milliseconds':42} {'loops':>9} {'fast':>8} {'PyTorch':>8} loops/fast fast/PyTorch"
        )
        for dtype in ("float64", "float32"):
            for layer in layers(dtype):
                compare_layer(layer, dtype)
        compare_gradient_checks()
        time_data_set()


if __name__ == "__main__":
    main()
