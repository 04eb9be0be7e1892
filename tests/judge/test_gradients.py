"""Does a backward pass belong to a forward pass?"""

import numpy as np
import pytest

from autograder.draw import Draw
from autograder.judge.gradients import consistent, vjp


def f(x: np.ndarray) -> float:
    return float(np.sum(np.sin(x) * x))


def slope(x: np.ndarray) -> np.ndarray:
    return np.cos(x) * x + np.sin(x)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 10.0])
@pytest.mark.parametrize("shape", [(5,), (3, 4), (2, 3, 2)])
def test_right_gradients_fit(shape: tuple[int, ...], scale: float) -> None:
    x = Draw(1).normal(*shape, scale=scale)
    assert consistent(f, x, slope(x))
    assert consistent(f, x, slope(x).reshape(1, -1))


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("factor", [-1.0, 0.0, 0.5, 1.01, 2.0, np.nan, np.inf])
def test_wrong_gradients_do_not(factor: float) -> None:
    x = Draw(2).normal(4, 3)
    assert not consistent(f, x, factor * slope(x))


def test_other_sizes_do_not_fit() -> None:
    x = Draw(3).normal(4)
    assert not consistent(f, x, np.zeros(3))
    assert not consistent(f, x, 1.0)


def test_a_pair_is_judged_by_its_own_forward() -> None:
    def explained(factor: float) -> bool | None:
        answers = vjp(
            lambda x: (3 * x, None), lambda dout, cache: factor * dout,
            {"x": Draw(4).normal(3)}, Draw(5).normal(3),
        )  # fmt: skip
        assert answers.explain is not None
        return answers.explain("dx")

    assert explained(3.0) and not explained(2.0)
