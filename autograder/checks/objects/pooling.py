"""Cases for the pooling layer of layers.py, each in both modes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.claims import Holds
from autograder.judge.compare import shaped
from autograder.judge.gradients import consistent
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
Pools = dict[str, RemoteObject]
MODES = ("max", "average")


def _pools(student: Student, kernel: tuple[int, int], stride: int, pad: Any = 0) -> Pools:
    return {
        mode: student.layers.Pool2D(kernel, mode=mode, stride=stride, pad=pad) for mode in MODES
    }


def _pooled(pools: Pools, X: Any) -> Drawn:
    return {f"Y in mode {mode}": layer.forward(X) for mode, layer in pools.items()}


def _gradients(pools: Pools, X: Any, dLdY: Any) -> Answers:
    answers = Answers()
    for mode, layer in pools.items():
        layer.forward(X)
        answers[f"dX in mode {mode}"] = layer.backward(dLdY)

    def explain(quantity: str) -> bool:
        layer = pools[quantity.rpartition(" ")[2]]
        return consistent(
            lambda point: float(np.sum(shaped(layer.forward(point), dLdY.shape) * dLdY)),
            X,
            answers[quantity],
        )

    answers.explain = explain
    return answers


@case("Pool2D.forward")
def windows_side_by_side(student: Student, draw: Draw) -> Drawn:
    return _pooled(_pools(student, (2, 2), 2), draw.normal(2, 4, 4, 3))


@case("Pool2D.forward", group="edge")
def tall_windows_that_overlap(student: Student, draw: Draw) -> Drawn:
    return _pooled(_pools(student, (3, 2), 1), draw.normal(2, 6, 4, 2))


@case("Pool2D.forward", group="edge")
def wide_windows_that_do_not_tile(student: Student, draw: Draw) -> Drawn:
    return _pooled(_pools(student, (2, 3), 2), draw.normal(2, 5, 8, 2))


@case("Pool2D.forward", group="edge")
def windows_that_leave_gaps(student: Student, draw: Draw) -> Drawn:
    return _pooled(_pools(student, (2, 2), 3), draw.normal(1, 8, 6, 2))


@case("Pool2D.forward", group="edge")
def a_frame_of_zeros(student: Student, draw: Draw) -> Drawn:
    """Around negative numbers, of which none is as large as the zeros."""
    X = draw.uniform(2, 4, 5, 2, low=-3.0, high=-1.0)
    return _pooled(_pools(student, (3, 3), 2, pad=1), X)


@case("Pool2D.forward", group="edge")
def images_that_keep_their_size(student: Student, draw: Draw) -> Drawn:
    return _pooled(_pools(student, (3, 5), 1, pad="same"), draw.normal(2, 4, 6, 2))


@case("Pool2D.forward", group="edge")
def another_batch_of_other_images(student: Student, draw: Draw) -> Drawn:
    pools = _pools(student, (2, 2), 2)
    _pooled(pools, draw.normal(3, 4, 4, 2))
    return _pooled(pools, draw.normal(1, 6, 4, 3))


@case("Pool2D.forward", group="edge")
def pooling_in_single_precision(student: Student, draw: Draw) -> Drawn:
    return _pooled(_pools(student, (2, 2), 2), draw.normal(2, 4, 4, 2).astype(np.float32))


@case("Pool2D.backward")
def gradient_of_windows_side_by_side(student: Student, draw: Draw) -> Drawn:
    pools = _pools(student, (2, 2), 2)
    return _gradients(pools, draw.normal(3, 6, 6, 2), draw.normal(3, 3, 3, 2))


@case("Pool2D.backward", group="edge", after="Pool2D.forward")
def gradient_of_tall_windows_that_overlap(student: Student, draw: Draw) -> Drawn:
    pools = _pools(student, (3, 2), 1)
    return _gradients(pools, draw.normal(2, 6, 5, 2), draw.normal(2, 4, 4, 2))


@case("Pool2D.backward", group="edge", after="Pool2D.forward")
def gradient_of_wide_windows_that_do_not_tile(student: Student, draw: Draw) -> Drawn:
    pools = _pools(student, (2, 3), 2)
    return _gradients(pools, draw.normal(2, 5, 8, 2), draw.normal(2, 2, 3, 2))


@case("Pool2D.backward", group="edge", after="Pool2D.forward")
def gradient_of_windows_that_leave_gaps(student: Student, draw: Draw) -> Drawn:
    pools = _pools(student, (2, 2), 3)
    return _gradients(pools, draw.normal(1, 8, 6, 2), draw.normal(1, 3, 2, 2))


@case("Pool2D.backward", group="edge", after="Pool2D.forward")
def gradient_within_a_frame_of_zeros(student: Student, draw: Draw) -> Drawn:
    """Where zeros of the frame are the largest, they take the gradient away."""
    pools = _pools(student, (3, 3), 2, pad=1)
    return _gradients(pools, draw.away_from_zero(2, 4, 5, 2), draw.normal(2, 2, 3, 2))


@case("Pool2D.backward", group="edge", after="Pool2D.forward")
def gradient_of_images_that_keep_their_size(student: Student, draw: Draw) -> Drawn:
    pools = _pools(student, (3, 5), 1, pad="same")
    return _gradients(pools, draw.normal(2, 4, 6, 2), draw.normal(2, 4, 6, 2))


@case("Pool2D.backward", group="edge")
def gradient_of_another_batch(student: Student, draw: Draw) -> Drawn:
    pools = _pools(student, (2, 2), 2)
    _gradients(pools, draw.normal(3, 4, 4, 2), draw.normal(3, 2, 2, 2))
    return _gradients(pools, draw.normal(1, 6, 4, 3), draw.normal(1, 3, 2, 3))


@case("Pool2D.backward", group="edge")
def gradient_twice(student: Student, draw: Draw) -> Drawn:
    layer = _pools(student, (2, 2), 2)["max"]
    layer.forward(draw.normal(2, 4, 4, 2))
    layer.backward(draw.normal(2, 2, 2, 2))
    return {"dX in mode max": layer.backward(draw.normal(2, 2, 2, 2))}


@case("Pool2D.backward", group="edge")
def gradient_of_equal_maxima(student: Student, draw: Draw) -> Drawn:
    """After a ReLU many windows are all zeros. Any shares that add up to one are right."""
    X, dLdY = np.maximum(draw.normal(2, 6, 6, 3) - 0.5, 0), draw.away_from_zero(2, 3, 3, 3)
    layer = _pools(student, (2, 2), 2)["max"]
    layer.forward(X)
    dX = shaped(layer.backward(dLdY), X.shape)
    tiles, shares = _tiles(X), _tiles(dX) / dLdY[..., None, None]
    peaks = tiles == tiles.max(axis=(4, 5), keepdims=True)
    fair = bool(np.all((shares > -1e-6) & (shares < 1 + 1e-6)))
    return {
        "dX summed over each window": _tiles(dX).sum(axis=(4, 5)),
        "dX beside the maxima": np.where(peaks, 0.0, _tiles(dX)),
        "dX": Holds(fair, "dX at equal maxima is not between 0 and the gradient of the window"),
    }


def _tiles(images: Any) -> Any:
    """(N, H, W, C) as (N, H / 2, W / 2, C, 2, 2)."""
    N, H, W, C = images.shape
    return images.reshape(N, H // 2, 2, W // 2, 2, C).transpose(0, 1, 3, 5, 2, 4)
