"""Cases for the convolution, pooling and spatial normalization layers of layers.py."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.draw import Draw
from autograder.judge.case import Answers, case
from autograder.judge.claims import Holds
from autograder.judge.compare import Tolerance
from autograder.judge.gradients import vjp
from autograder.student.proxy import Student

Drawn = Mapping[str, Any]
Shape = tuple[int, ...]
# Centring and rescaling cancel most of what they get.
NORM = Tolerance(1e-5, 1e-8)


def _steps(sides: Shape, window: Shape, stride: int, pad: int = 0) -> Shape:
    """How many windows fit along each side."""
    pairs = zip(sides, window, strict=True)
    return tuple(1 + (side + 2 * pad - size) // stride for side, size in pairs)


def _conv_inputs(draw: Draw, x: Shape, w: Shape) -> dict[str, Any]:
    return {"x": draw.normal(*x), "w": draw.normal(*w), "b": draw.normal(w[0])}


def _convolved(student: Student, draw: Draw, x: Shape, w: Shape, stride: int, pad: int) -> Drawn:
    inputs, param = _conv_inputs(draw, x, w), {"stride": stride, "pad": pad}
    out, _ = student.layers.conv_forward_naive(*inputs.values(), param)
    return {"out": out}


def _conv_gradients(
    student: Student, draw: Draw, x: Shape, w: Shape, stride: int, pad: int
) -> Answers:
    inputs, param = _conv_inputs(draw, x, w), {"stride": stride, "pad": pad}
    dout = draw.normal(x[0], w[0], *_steps(x[2:], w[2:], stride, pad))

    def forward(*args: Any) -> Any:
        return student.layers.conv_forward_naive(*args, param)

    return vjp(forward, student.layers.conv_backward_naive, inputs, dout)


@case("conv_forward_naive")
def stride_one_with_padding(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 3, 5, 5), (4, 3, 3, 3), stride=1, pad=1)


@case("conv_forward_naive")
def stride_two_with_padding(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 3, 4, 4), (3, 3, 4, 4), stride=2, pad=1)


@case("conv_forward_naive", group="edge")
def no_padding(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 2, 5, 5), (3, 2, 3, 3), stride=1, pad=0)


@case("conv_forward_naive", group="edge")
def wide_images_and_filters(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 2, 5, 8), (3, 2, 2, 3), stride=1, pad=2)


@case("conv_forward_naive", group="edge")
def windows_that_do_not_reach_the_end(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (2, 2, 9, 7), (2, 2, 3, 2), stride=3, pad=0)


@case("conv_forward_naive", group="edge")
def one_image_one_channel_one_filter(student: Student, draw: Draw) -> Drawn:
    return _convolved(student, draw, (1, 1, 4, 5), (1, 1, 3, 2), stride=2, pad=2)


@case("conv_forward_naive", group="edge")
def single_precision_images(student: Student, draw: Draw) -> Drawn:
    inputs = _conv_inputs(draw, (2, 3, 4, 4), (2, 3, 3, 3))
    floats = [value.astype(np.float32) for value in inputs.values()]
    out, _ = student.layers.conv_forward_naive(*floats, {"stride": 1, "pad": 1})
    return {"out": out}


@case("conv_backward_naive", lenient=["db"])
def gradients_with_stride_one(student: Student, draw: Draw) -> Drawn:
    return _conv_gradients(student, draw, (3, 3, 5, 5), (2, 3, 3, 3), stride=1, pad=1)


@case("conv_backward_naive", group="edge", lenient=["db"])
def gradients_with_stride_two(student: Student, draw: Draw) -> Drawn:
    return _conv_gradients(student, draw, (2, 3, 7, 7), (2, 3, 3, 3), stride=2, pad=1)


@case("conv_backward_naive", group="edge", lenient=["db"])
def gradients_without_padding(student: Student, draw: Draw) -> Drawn:
    return _conv_gradients(student, draw, (2, 2, 5, 5), (3, 2, 3, 3), stride=1, pad=0)


@case("conv_backward_naive", group="edge", lenient=["db"])
def gradients_of_wide_images_and_filters(student: Student, draw: Draw) -> Drawn:
    return _conv_gradients(student, draw, (2, 2, 5, 8), (3, 2, 2, 3), stride=1, pad=2)


@case("conv_backward_naive", group="edge", lenient=["db"])
def gradients_where_windows_leave_gaps(student: Student, draw: Draw) -> Drawn:
    return _conv_gradients(student, draw, (2, 2, 9, 7), (2, 2, 2, 2), stride=3, pad=0)


@case("conv_backward_naive", group="edge", lenient=["db"])
def gradients_of_one_image_and_one_filter(student: Student, draw: Draw) -> Drawn:
    return _conv_gradients(student, draw, (1, 1, 4, 5), (1, 1, 3, 2), stride=2, pad=2)


@case("conv_backward_naive", group="edge", lenient=["db"])
def convolution_backward_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
    shapes, param = ((2, 2, 4, 4), (2, 2, 3, 3)), {"stride": 1, "pad": 1}
    _, cache = student.layers.conv_forward_naive(*_conv_inputs(draw, *shapes).values(), param)
    student.layers.conv_forward_naive(*_conv_inputs(draw, *shapes).values(), param)
    student.layers.conv_backward_naive(draw.normal(2, 2, 4, 4), cache)
    dx, dw, db = student.layers.conv_backward_naive(draw.normal(2, 2, 4, 4), cache)
    return {"dx": dx, "dw": dw, "db": db}


def _pool_param(height: int, width: int, stride: int) -> dict[str, int]:
    return {"pool_height": height, "pool_width": width, "stride": stride}


def _pooled(student: Student, x: Any, height: int, width: int, stride: int) -> Drawn:
    out, _ = student.layers.max_pool_forward_naive(x, _pool_param(height, width, stride))
    return {"out": out}


def _pool_gradient(
    student: Student, draw: Draw, x: Any, height: int, width: int, stride: int
) -> Answers:
    param = _pool_param(height, width, stride)
    dout = draw.normal(*x.shape[:2], *_steps(x.shape[2:], (height, width), stride))

    def forward(x: Any) -> Any:
        return student.layers.max_pool_forward_naive(x, param)

    return vjp(forward, student.layers.max_pool_backward_naive, {"x": x}, dout)


@case("max_pool_forward_naive")
def windows_side_by_side(student: Student, draw: Draw) -> Drawn:
    return _pooled(student, draw.normal(2, 3, 4, 4), 2, 2, stride=2)


@case("max_pool_forward_naive", group="edge")
def tall_windows_that_overlap(student: Student, draw: Draw) -> Drawn:
    return _pooled(student, draw.normal(2, 2, 6, 4), 3, 2, stride=1)


@case("max_pool_forward_naive", group="edge")
def wide_windows_that_do_not_tile(student: Student, draw: Draw) -> Drawn:
    return _pooled(student, draw.normal(2, 2, 5, 8), 2, 3, stride=2)


@case("max_pool_forward_naive", group="edge")
def windows_that_leave_gaps(student: Student, draw: Draw) -> Drawn:
    return _pooled(student, draw.normal(1, 2, 8, 6), 2, 2, stride=3)


@case("max_pool_forward_naive", group="edge")
def negative_values_only(student: Student, draw: Draw) -> Drawn:
    return _pooled(student, draw.uniform(2, 2, 4, 6, low=-3.0, high=-1.0), 2, 2, stride=2)


@case("max_pool_forward_naive", group="edge")
def single_precision_pooling(student: Student, draw: Draw) -> Drawn:
    return _pooled(student, draw.normal(2, 2, 4, 4).astype(np.float32), 2, 2, stride=2)


@case("max_pool_backward_naive")
def gradient_of_windows_side_by_side(student: Student, draw: Draw) -> Drawn:
    return _pool_gradient(student, draw, draw.normal(3, 2, 6, 6), 2, 2, stride=2)


@case("max_pool_backward_naive", group="edge")
def gradient_of_tall_windows_that_overlap(student: Student, draw: Draw) -> Drawn:
    return _pool_gradient(student, draw, draw.normal(2, 2, 6, 5), 3, 2, stride=1)


@case("max_pool_backward_naive", group="edge")
def gradient_of_wide_windows_that_do_not_tile(student: Student, draw: Draw) -> Drawn:
    return _pool_gradient(student, draw, draw.normal(2, 2, 5, 8), 2, 3, stride=2)


@case("max_pool_backward_naive", group="edge")
def gradient_of_windows_that_leave_gaps(student: Student, draw: Draw) -> Drawn:
    return _pool_gradient(student, draw, draw.normal(1, 2, 8, 6), 2, 2, stride=3)


@case("max_pool_backward_naive", group="edge")
def gradient_of_negative_values(student: Student, draw: Draw) -> Drawn:
    x = draw.uniform(2, 2, 4, 6, low=-3.0, high=-1.0)
    return _pool_gradient(student, draw, x, 2, 2, stride=2)


@case("max_pool_backward_naive", group="edge")
def gradient_of_equal_maxima(student: Student, draw: Draw) -> Drawn:
    """After a ReLU many windows are all zeros. Any shares that add up to one are right."""
    x = np.maximum(draw.normal(2, 3, 6, 6) - 0.5, 0)
    dout = draw.away_from_zero(2, 3, 3, 3)
    _, cache = student.layers.max_pool_forward_naive(x, _pool_param(2, 2, 2))
    dx = student.layers.max_pool_backward_naive(dout, cache)
    tiles, shares = _tiles(x), _tiles(dx) / dout[..., None, None]
    peaks = tiles == tiles.max(axis=(4, 5), keepdims=True)
    fair = bool(np.all((shares > -1e-6) & (shares < 1 + 1e-6)))
    return {
        "dx summed over each window": _tiles(dx).sum(axis=(4, 5)),
        "dx beside the maxima": np.where(peaks, 0.0, _tiles(dx)),
        "dx": Holds(fair, "dx at equal maxima is not between 0 and the gradient of the window"),
    }


def _tiles(x: Any) -> Any:
    """(N, C, H // 2, W // 2, 2, 2): the windows of 2 by 2."""
    n, c, height, width = x.shape
    return x.reshape(n, c, height // 2, 2, width // 2, 2).swapaxes(3, 4)


@case("max_pool_backward_naive", group="edge")
def pooling_backward_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
    _, cache = student.layers.max_pool_forward_naive(draw.normal(2, 2, 4, 4), _pool_param(2, 2, 2))
    student.layers.max_pool_forward_naive(draw.normal(2, 2, 4, 4), _pool_param(2, 2, 2))
    first = student.layers.max_pool_backward_naive(draw.normal(2, 2, 2, 2), cache)
    second = student.layers.max_pool_backward_naive(draw.normal(2, 2, 2, 2), cache)
    return {"dx": first, "dx of the second call": second}


def _norm_inputs(draw: Draw, x: Shape, *shape: int) -> dict[str, Any]:
    """Images whose channels differ in level and spread; gamma and beta of the given shape."""
    level, spread = draw.normal(x[1], 1, 1, scale=5.0), draw.uniform(x[1], 1, 1, low=0.5, high=3.0)
    images = level + spread * draw.normal(*x)
    return {"x": images, "gamma": draw.away_from_zero(*shape) + 0.5, "beta": draw.normal(*shape)}


def _batch_normalized(student: Student, draw: Draw, x: Shape, **options: Any) -> Drawn:
    inputs = _norm_inputs(draw, x, x[1])
    out, _ = student.layers.spatial_batchnorm_forward(*inputs.values(), {"mode": "train"} | options)
    return {"out": out}


def _batchnorm_gradients(student: Student, draw: Draw, x: Shape, **options: Any) -> Answers:
    inputs, dout = _norm_inputs(draw, x, x[1]), draw.normal(*x)

    def forward(*args: Any) -> Any:
        return student.layers.spatial_batchnorm_forward(*args, {"mode": "train"} | options)

    return vjp(forward, student.layers.spatial_batchnorm_backward, inputs, dout)


@case("spatial_batchnorm_forward")
def images_in_training(student: Student, draw: Draw) -> Drawn:
    return _batch_normalized(student, draw, (4, 3, 5, 4))


@case("spatial_batchnorm_forward", group="edge")
def one_image_in_training(student: Student, draw: Draw) -> Drawn:
    return _batch_normalized(student, draw, (1, 4, 3, 5))


@case("spatial_batchnorm_forward", group="edge")
def a_large_epsilon(student: Student, draw: Draw) -> Drawn:
    return _batch_normalized(student, draw, (3, 2, 4, 3), eps=0.5)


@case("spatial_batchnorm_forward", group="edge")
def one_image_at_test_time(student: Student, draw: Draw) -> Drawn:
    inputs = _norm_inputs(draw, (1, 3, 4, 5), 3)
    running = {"running_mean": draw.normal(3), "running_var": draw.uniform(3, low=0.5, high=2.0)}
    param = {"mode": "test", "eps": 0.5, **running}
    out, _ = student.layers.spatial_batchnorm_forward(*inputs.values(), param)
    return {"out": out}


@case("spatial_batchnorm_forward", group="edge", lenient=["running_mean", "running_var"])
def running_averages_of_channels(student: Student, draw: Draw) -> Drawn:
    bn_param = student.hold("bn_param", {"mode": "train", "momentum": 0.7})
    for _ in range(2):
        inputs = _norm_inputs(draw, (2, 3, 4, 5), 3)
        student.layers.spatial_batchnorm_forward(*inputs.values(), bn_param)
    found = bn_param.read("bn_param")
    return {name: found[name] for name in ("running_mean", "running_var")}


@case("spatial_batchnorm_forward", group="edge")
def single_precision_batch_norm(student: Student, draw: Draw) -> Drawn:
    inputs = [a.astype(np.float32) for a in _norm_inputs(draw, (3, 2, 4, 3), 2).values()]
    out, _ = student.layers.spatial_batchnorm_forward(*inputs, {"mode": "train"})
    return {"out": out}


@case("spatial_batchnorm_backward", lenient=["dgamma", "dbeta"], tolerance=NORM)
def batch_norm_gradients(student: Student, draw: Draw) -> Drawn:
    return _batchnorm_gradients(student, draw, (4, 3, 5, 4))


@case("spatial_batchnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def batch_norm_gradients_of_one_image(student: Student, draw: Draw) -> Drawn:
    return _batchnorm_gradients(student, draw, (1, 4, 3, 5))


@case("spatial_batchnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def batch_norm_gradients_with_a_large_epsilon(student: Student, draw: Draw) -> Drawn:
    return _batchnorm_gradients(student, draw, (3, 2, 4, 3), eps=0.5)


@case("spatial_batchnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def batch_norm_backward_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
    inputs, others = (_norm_inputs(draw, (3, 2, 4, 3), 2).values() for _ in range(2))
    _, cache = student.layers.spatial_batchnorm_forward(*inputs, {"mode": "train"})
    student.layers.spatial_batchnorm_forward(*others, {"mode": "train"})
    student.layers.spatial_batchnorm_backward(draw.normal(3, 2, 4, 3), cache)
    dx, dgamma, dbeta = student.layers.spatial_batchnorm_backward(draw.normal(3, 2, 4, 3), cache)
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}


def _group_inputs(draw: Draw, x: Shape) -> dict[str, Any]:
    return _norm_inputs(draw, x, 1, x[1], 1, 1)


def _group_normalized(student: Student, draw: Draw, x: Shape, groups: int, **param: Any) -> Drawn:
    inputs = _group_inputs(draw, x)
    out, _ = student.layers.spatial_groupnorm_forward(*inputs.values(), groups, param)
    return {"out": out}


def _groupnorm_gradients(
    student: Student, draw: Draw, x: Shape, groups: int, *, scale: float = 1.0, **param: Any
) -> Answers:
    inputs, dout = _group_inputs(draw, x), draw.normal(*x)
    inputs["x"] = scale * inputs["x"]

    def forward(*args: Any) -> Any:
        return student.layers.spatial_groupnorm_forward(*args, groups, param)

    return vjp(forward, student.layers.spatial_groupnorm_backward, inputs, dout)


@case("spatial_groupnorm_forward")
def two_groups_of_three_channels(student: Student, draw: Draw) -> Drawn:
    return _group_normalized(student, draw, (3, 6, 4, 5), 2)


@case("spatial_groupnorm_forward", group="edge")
def one_group_of_all_channels(student: Student, draw: Draw) -> Drawn:
    return _group_normalized(student, draw, (2, 4, 3, 5), 1)


@case("spatial_groupnorm_forward", group="edge")
def every_channel_its_own_group(student: Student, draw: Draw) -> Drawn:
    return _group_normalized(student, draw, (2, 4, 5, 3), 4)


@case("spatial_groupnorm_forward", group="edge")
def one_image_and_a_large_epsilon(student: Student, draw: Draw) -> Drawn:
    return _group_normalized(student, draw, (1, 6, 3, 4), 3, eps=0.5)


@case("spatial_groupnorm_forward", group="edge")
def single_precision_group_norm(student: Student, draw: Draw) -> Drawn:
    inputs = [a.astype(np.float32) for a in _group_inputs(draw, (2, 4, 3, 4)).values()]
    out, _ = student.layers.spatial_groupnorm_forward(*inputs, 2, {})
    return {"out": out}


@case("spatial_groupnorm_backward", lenient=["dgamma", "dbeta"], tolerance=NORM)
def group_norm_gradients(student: Student, draw: Draw) -> Drawn:
    return _groupnorm_gradients(student, draw, (3, 6, 4, 5), 2)


@case("spatial_groupnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def gradients_of_one_group(student: Student, draw: Draw) -> Drawn:
    return _groupnorm_gradients(student, draw, (2, 4, 3, 5), 1)


@case("spatial_groupnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def gradients_of_a_group_per_channel(student: Student, draw: Draw) -> Drawn:
    return _groupnorm_gradients(student, draw, (2, 4, 5, 3), 4)


@case("spatial_groupnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def gradients_with_a_large_epsilon(student: Student, draw: Draw) -> Drawn:
    return _groupnorm_gradients(student, draw, (1, 6, 3, 4), 3, eps=0.5)


@case("spatial_groupnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def gradients_of_pale_images(student: Student, draw: Draw) -> Drawn:
    """The variance is of the size of the usual epsilon."""
    return _groupnorm_gradients(student, draw, (2, 4, 3, 4), 2, scale=3e-3)


@case("spatial_groupnorm_backward", group="edge", lenient=["dgamma", "dbeta"], tolerance=NORM)
def group_norm_backward_twice_with_a_forward_between(student: Student, draw: Draw) -> Drawn:
    inputs, others = (_group_inputs(draw, (2, 4, 3, 4)).values() for _ in range(2))
    _, cache = student.layers.spatial_groupnorm_forward(*inputs, 2, {})
    student.layers.spatial_groupnorm_forward(*others, 2, {})
    student.layers.spatial_groupnorm_backward(draw.normal(2, 4, 3, 4), cache)
    dx, dgamma, dbeta = student.layers.spatial_groupnorm_backward(draw.normal(2, 4, 3, 4), cache)
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}
