"""What is asked of every net, whatever its layers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.judge.case import Answers
from autograder.judge.claims import Holds
from autograder.judge.compare import shaped
from autograder.judge.gradients import agrees, both_sides
from autograder.student.proxy import RemoteObject


def gradients(net: RemoteObject, params: dict[str, Any], x: Any, y: Any) -> Answers:
    """`d` and its name for every parameter; `params` are those that `net` has."""
    _, grads = net.loss(x, y)
    answers = Answers({f"d{name}": grads[name] for name in params})

    def explain(quantity: str) -> bool:
        name = quantity[1:]
        return agrees(answers[quantity], params[name], sides(net, params, name, x, y))

    answers.explain = explain
    return answers


def loss_of_own_scores(
    net: RemoteObject, params: Mapping[str, Any], x: Any, y: Any, reg: float
) -> dict[str, Holds]:
    """Softmax and regularization, whatever the scores are that `net` gives; it drops nothing.

    Of scores that are all the same anybody knows the loss.
    """
    scores, (loss, _) = net.loss(x), net.loss(x, y)
    last_bias = params[max(params)]
    scores = shaped(scores, (len(y), len(last_bias)))
    shifted = scores - scores.max(axis=1, keepdims=True)
    likely = shifted[np.arange(len(y)), y] - np.log(np.exp(shifted).sum(axis=1))
    weights = sum(np.sum(w**2) for name, w in params.items() if name.startswith("W"))
    right = np.isclose(float(loss), 0.5 * reg * weights - likely.mean(), rtol=1e-6, atol=1e-9)
    right = bool(right) and bool(np.ptp(scores, axis=1).all())
    return {"loss": Holds(right, "loss is not that of the net's own scores and weights")}


def sides(net: RemoteObject, params: dict[str, Any], name: str, x: Any, y: Any) -> tuple[Any, Any]:
    """The net's losses on both sides of the parameter `name`, for `agrees`."""

    def loss(value: Any) -> Any:
        net.update("params", {**params, name: value})
        return net.loss(x, y)[0]

    return both_sides(loss, params[name])


def distinct(nets: Sequence[RemoteObject], *weights: str) -> dict[str, Holds]:
    """No weight of one layer occurs in the next, nor in a net with another seed."""
    first, second = (net.get("params") for net in nets)
    layers = not any(_repeated(first[a], first[b]) for a, b in pairwise(weights))
    seeds = not any(_repeated(first[name], second[name]) for name in weights)
    return {
        "layers": Holds(layers, "weights repeat in two layers: every one must be drawn anew"),
        "seeds": Holds(seeds, "two nets with different seeds have the same weights"),
    }


def _repeated(a: Any, b: Any) -> bool:
    """Do they share a quarter of their values?

    Of n independent draws in float32, a value is among m others with less than m / 2**23. A
    quarter of them are by chance with less than (4 e m / 2**23)**(n / 4): below 1e-60 for 100 of
    10,000, and below 1e-9 for all arrays that the cases ask for.
    """
    return np.intersect1d(a, b).size > 0.25 * min(np.size(a), np.size(b))


def single_precision(params: Mapping[str, Any]) -> dict[str, Holds]:
    """All parameters are arrays of float32."""
    dtypes = {
        str(value.dtype) if isinstance(value, np.ndarray) else "no array"
        for value in params.values()
    }
    return {"dtype": Holds(dtypes == {"float32"}, f"dtypes are {sorted(dtypes)}, not float32")}
