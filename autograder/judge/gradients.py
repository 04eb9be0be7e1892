"""Is a backward pass the derivative of the student's own forward pass?

One random direction per input and two evaluations answer it, whatever the size: <dx, v> must be
the central difference of <upstream, f(x + h v)>. (JAX's `check_vjp` asks the same way.)
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.draw import Draw
from autograder.judge.case import Answers

STEP = 1e-6
RELATIVE, ABSOLUTE = 1e-5, 1e-8
Forward = Callable[..., Any]


def vjp(
    forward: Forward, backward: Forward, inputs: Mapping[str, NDArray[Any]], upstream: NDArray[Any]
) -> Answers:
    """The gradients that `backward` gives for `upstream`, as d<name> for each of `inputs`."""
    _, cache = forward(*inputs.values())
    gradients = backward(upstream, cache)
    gradients = (gradients,) if len(inputs) == 1 else gradients
    answers = Answers(zip([f"d{name}" for name in inputs], gradients, strict=True))

    def scalar(name: str, value: NDArray[Any]) -> float:
        out, _ = forward(*{**inputs, name: value}.values())
        if np.shape(out) != upstream.shape:
            raise ValueError("the output has not the shape of its gradient")
        return float(np.sum(upstream * out))

    answers.explain = lambda quantity: consistent(
        lambda value: scalar(quantity[1:], value), inputs[quantity[1:]], answers[quantity]
    )
    return answers


def consistent(f: Callable[[NDArray[Any]], float], x: NDArray[Any], gradient: Any) -> bool:
    """Does `gradient` agree with the derivative of `f` at `x` along a fixed random direction?"""
    return agrees(gradient, x, both_sides(f, x))


def both_sides(f: Callable[[NDArray[Any]], Any], x: NDArray[Any]) -> tuple[Any, Any]:
    """The values of `f` a step ahead of `x` and a step behind, for `agrees`."""
    step = STEP * _direction(x)
    return f(x + step), f(x - step)


def agrees(gradient: Any, x: NDArray[Any], sides: tuple[Any, Any]) -> bool:
    """Is `gradient` at `x` what the values on `sides` say?"""
    ahead, behind = map(float, sides)
    gradient, direction = np.asarray(gradient, dtype=np.float64), _direction(x)
    if gradient.size != x.size:
        return False
    numeric = (ahead - behind) / (2 * STEP)
    analytic = float(np.sum(gradient.reshape(x.shape) * direction))
    scale = float(np.sum(np.abs(gradient.reshape(x.shape) * direction)))
    return abs(numeric - analytic) <= RELATIVE * max(abs(numeric), scale) + ABSOLUTE


def _direction(x: NDArray[Any]) -> NDArray[np.float64]:
    return Draw(x.size).uniform(*x.shape)
