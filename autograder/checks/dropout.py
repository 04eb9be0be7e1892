"""Cases for dropout.

Which values are dropped is the student's dice; no case compares them with the reference's. Kept
values are recognized by not being zero, so inputs never are.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.judge.claims import Coins, Holds
from autograder.judge.compare import shaped
from autograder.student.proxy import Student

Drawn = Mapping[str, Any]
Floats = NDArray[Any]
Mask = NDArray[np.bool_]


def _dropped(student: Student, x: Floats, p: float, **options: Any) -> Floats:
    return shaped(_out(student, x, p, **options), x.shape)


def _out(student: Student, x: Floats, p: float, **options: Any) -> Any:
    out, _ = student.layers.dropout_forward(x, {"mode": "train", "p": p, **options})
    return out


def _masks(student: Student, x: Floats, *options: dict[str, Any]) -> list[Mask]:
    """What is dropped in one call after the other, p being 0.6."""
    outs = [_out(student, x, 0.6, **each) for each in options]
    return [shaped(out, x.shape) == 0 for out in outs]


def scale(factors: Floats, what: str) -> dict[str, Any]:
    """The one number that all the kept have been multiplied by, whichever these are."""
    same = bool(np.allclose(factors, factors[:1], rtol=1e-5))
    one = Holds(same, f"the kept {what} are not all multiplied by the same number")
    if not same:
        return {"factors": one}
    return {
        "factors": one,
        # Rounded: which values are kept is chance, and their mean would tell.
        f"scale of the kept {what}": round(float(factors.mean()), 9) if factors.size else 0.0,
    }


def _chances(out: Floats, x: Floats, p: float) -> dict[str, Any]:
    factors, zero = out / x, out == 0
    return {
        **scale(factors[factors != 0], "values"),
        "dropped": Coins(zero, 1 - p, "the values are dropped"),
    }


def _independent(first: Mask, second: Mask, p: float, whom: str) -> Coins:
    """Two independent coins agree in this share of all tosses."""
    return Coins(first == second, p**2 + (1 - p) ** 2, f"the values share the fate of {whom}")


def _independent_along_axes(out: Floats, p: float) -> dict[str, Any]:
    """Each of a pair of neighbours is tossed by itself."""
    answers = {}
    for axis, length in enumerate(out.shape):
        pairs = np.moveaxis(out == 0, axis, 0)[: length // 2 * 2]
        whom = f"their neighbour along axis {axis}"
        answers[f"axis {axis}"] = _independent(pairs[::2], pairs[1::2], p, whom)
    return answers


def no_two_alike(dropped: Mask) -> dict[str, Any]:
    """No row, column or channel has the mask of another one, nor its opposite.

    Two fair masks of m values are alike with probability q**m, q = p**2 + (1 - p)**2, and opposite
    with (1 - q)**m. Over all pairs of 60 x 70 values, that is 3e-14 for p = 0.6.
    """
    answers = {}
    for axis, length in enumerate(dropped.shape):
        slices = np.moveaxis(dropped, axis, 0).reshape(length, -1)
        sentence = f"parts of the mask repeat along axis {axis}: every value has its own toss"
        known = np.unique(slices ^ slices[:, :1], axis=0)
        answers[f"repeated along axis {axis}"] = Holds(len(known) == length, sentence)
    return answers


@case("dropout_forward")
def training(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(80, 60)
    return _chances(_dropped(student, x, 0.4, seed=draw.seed()), x, 0.4)


@case("dropout_forward")
def test(student: Student, draw: Draw) -> Drawn:
    dropout_param = {"mode": "test", "p": 0.4, "seed": draw.seed()}
    out, _ = student.layers.dropout_forward(draw.normal(7, 5), dropout_param)
    return {"out": out}


@case("dropout_forward", group="edge")
def another_probability(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(60, 80)
    return _chances(_dropped(student, x, 0.75, seed=draw.seed()), x, 0.75)


@case("dropout_forward", group="edge")
def every_value_by_itself(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(60, 70)
    return _independent_along_axes(_dropped(student, x, 0.6, seed=draw.seed()), 0.6)


@case("dropout_forward", group="edge")
def no_part_of_the_mask_repeats(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(60, 70)
    return no_two_alike(_dropped(student, x, 0.6, seed=draw.seed()) == 0)


@case("dropout_forward", group="edge")
def how_many_are_kept_is_chance(student: Student, draw: Draw) -> Drawn:
    """No number kept of 400 has a probability above 0.041, so that eight calls all keep the same
    number with less than 0.041**7 = 2e-10."""
    x = draw.away_from_zero(20, 20)
    masks = _masks(student, x, *({"seed": draw.seed()} for _ in range(8)))
    kept = {np.count_nonzero(mask) for mask in masks}
    return {"kept": Holds(len(kept) > 1, "every call keeps the same number of values")}


@case("dropout_forward", group="edge")
def images_pixel_by_pixel(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(6, 8, 10, 10)
    out = _dropped(student, x, 0.4, seed=draw.seed())
    return {**_chances(out, x, 0.4), **_independent_along_axes(out, 0.4)}


@case("dropout_forward", group="edge")
def one_row_of_numbers(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(3000)
    return _chances(_dropped(student, x, 0.3), x, 0.3)


@case("dropout_forward", group="edge")
def another_mask_in_every_call(student: Student, draw: Draw) -> Drawn:
    """Two masks of 3,000 values agree by chance with 0.52**3000."""
    x = draw.away_from_zero(50, 60)
    first, second = _masks(student, x, {}, {})
    other = not np.array_equal(first, second)
    return {"mask": Holds(other, "two calls without a seed drop the same values")}


@case("dropout_forward", group="edge")
def a_seed_decides_the_mask(student: Student, draw: Draw) -> Drawn:
    """Masks of two seeds agree by chance with 0.52**3000."""
    x = draw.away_from_zero(50, 60)
    first, again, other = _masks(student, x, {"seed": 3}, {"seed": 3}, {"seed": 4})
    same = Holds(np.array_equal(first, again), "two calls with the same seed drop other values")
    differ = not np.array_equal(first, other)
    return {"same seed": same, "other seed": Holds(differ, "two seeds drop the same values")}


@case("dropout_forward", group="edge")
def zero_is_a_seed_as_well(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(50, 60)
    first, again = _masks(student, x, {"seed": 0}, {"seed": 0})
    same = np.array_equal(first, again)
    return {"mask": Holds(same, "two calls with the seed 0 drop other values")}


@case("dropout_forward", group="edge")
def nothing_dropped(student: Student, draw: Draw) -> Drawn:
    return {"out": _dropped(student, draw.normal(8, 6), 1.0)}


@case("dropout_forward", group="edge")
def test_of_images_without_a_seed(student: Student, draw: Draw) -> Drawn:
    dropout_param = {"mode": "test", "p": 0.3}
    out, _ = student.layers.dropout_forward(draw.normal(2, 3, 4, 3), dropout_param)
    return {"out": out}


@case("dropout_forward", group="edge")
def single_precision(student: Student, draw: Draw) -> Drawn:
    x = draw.away_from_zero(50, 50).astype(np.float32)
    return _chances(_dropped(student, x, 0.4, seed=draw.seed()), x, 0.4)


def _through_the_mask(student: Student, draw: Draw, *shape: int, p: float) -> Drawn:
    """dx must be dout times the factor by which the student's own forward pass took each value.

    Of n values all are kept by chance with p**n: less than 1e-44 for 360 and p = 0.75.
    """
    x, dout = draw.away_from_zero(*shape), draw.away_from_zero(*shape)
    dropout_param = {"mode": "train", "p": p, "seed": draw.seed()}
    out, cache = student.layers.dropout_forward(x, dropout_param)
    dx = student.layers.dropout_backward(dout, cache)
    out, dx = shaped(out, shape), shaped(dx, shape)
    both = (dx != 0) & (out != 0)
    factors = (dx * x / (dout * np.where(out == 0, 1, out)))[both]
    same = np.array_equal(dx == 0, out == 0)
    mask = Holds(same, "dx is not zero at just the values that the forward pass dropped")
    some = Holds(bool((dx == 0).any()), "dx is zero nowhere, though values were dropped")
    return {
        "zeros": some,
        "mask": mask,
        **scale(factors, "values of dx, seen from the forward pass,"),
    }


@case("dropout_backward")
def gradient(student: Student, draw: Draw) -> Drawn:
    return _through_the_mask(student, draw, 20, 15, p=0.4)


@case("dropout_backward", group="edge")
def gradient_of_images(student: Student, draw: Draw) -> Drawn:
    return _through_the_mask(student, draw, 3, 4, 5, 6, p=0.75)


@case("dropout_backward", group="edge")
def gradient_of_the_second_of_two_calls(student: Student, draw: Draw) -> Drawn:
    """The cache alone knows the mask: nothing kept elsewhere, and no new toss, may stand in.

    Another mask of 120 values is the same by chance with 0.52**120 = 8e-35.
    """
    x, dout = draw.away_from_zero(12, 10), draw.away_from_zero(12, 10)
    param = {"mode": "train", "p": 0.6}
    first, cache = student.layers.dropout_forward(x, param)
    student.layers.dropout_forward(x, param)
    dx = shaped(student.layers.dropout_backward(dout, cache), x.shape)
    same = np.array_equal(dx == 0, first == 0)
    return {"mask": Holds(same, "dx does not belong to the cache that was passed")}


@case("dropout_backward", group="edge")
def gradient_in_the_test(student: Student, draw: Draw) -> Drawn:
    _, cache = student.layers.dropout_forward(draw.normal(6, 5), {"mode": "test", "p": 0.4})
    return {"dx": student.layers.dropout_backward(draw.normal(6, 5), cache)}
