"""What the numbers alone give away."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.diagnosis.explanation import diagnosed
from autograder.diagnosis.hints import hint
from autograder.diagnosis.naming import Diagnostician
from autograder.draw import Draw
from autograder.judge.finding import Finding

from .conftest import JudgeText

M = Draw(1).normal(4, 3)
V = Draw(2).normal(5)
SQUARE = Draw(3).normal(3, 3)
BATCH = Draw(4).normal(6, 3)
POSITIVE = np.maximum(M, 0)
IMAGES = Draw(6).normal(2, 3, 5, 4)
CUBE = Draw(7).normal(3, 3, 3)
FRAME = ((0, 0), (0, 0), (1, 1), (1, 1))


def _hint(actual: Any, expected: Any) -> str:
    return hint(Finding("dx", "", actual=actual, expected=expected))


def _with(array: Any, index: Any, value: Any) -> Any:
    changed = array.copy()
    changed[index] = value
    return changed


TABLE = [
    (-M, M, "wrong sign"),
    (12 * M, M, "12 times too large, as many as some of its axes hold together: is a mean"),
    (M**2, M, "the square of the right one"),
    (np.sqrt(np.abs(M)), np.abs(M), "the root of the right one"),
    (1 / M, M, "one over the right one"),
    (M * Draw(5).uniform(3, low=1, high=2), M, "Each column is off by a factor of its own"),
    (M * Draw(5).uniform(4, 1, low=1, high=2), M, "Each row is off by a factor of its own"),
    (IMAGES * Draw(5).uniform(3, 1, 1), IMAGES, "Each slice along axis 1 is off by a factor"),
    (M + V[:3], M, "Each column is off by an amount of its own: is a bias"),
    (M + V[:4, None], M, "Each row is off by an amount of its own"),
    (IMAGES.transpose(0, 2, 3, 1), IMAGES, "yours in the order (0, 3, 1, 2) would be right"),
    (CUBE.transpose(2, 0, 1), CUBE, "yours in the order (1, 2, 0) would be right"),
    (np.pad(IMAGES[..., 1:-1, 1:-1], FRAME), IMAGES, "only where yours is zero"),
    (np.pad(IMAGES[..., 1:-1, 1:-1], FRAME, "edge"), IMAGES, "only at the border"),
    (_with(IMAGES, (slice(None), 1), 9.0), IMAGES, "Only slice 1 along axis 1 is wrong"),
    (np.trunc(3 * M), 3 * M, "cut off"),
    ((3 * M).astype(np.int64), 3 * M, "cut off"),
    (M.astype(np.float32) * (1 + 1e-5), M, "nearly right"),
    (M + 4e-4 * np.sin(np.arange(12)).reshape(4, 3), M, "nearly right"),
    (4 * M, M, "4 times too large, which is the length of axis 0: is a mean missing"),
    (M / 4, M, "4 times too small, which is the length of axis 0: is the mean taken twice"),
    (2 * M, M, "2 times too large: what is the derivative of a square"),
    (M / 2, M, "2 times too small"),
    (7 * V, V, "7 times too large: is that the number of examples"),
    (-3 * V, V, "3 times too large and of the wrong sign"),
    (1.5 * V, V, "1.5 times too large: a constant factor"),
    (np.array(6.0), np.array(2.0), "3 times too large"),
    (np.array(3.5), np.array(2.5), "off by exactly 1."),
    (0 * M, M, "Every value is zero"),
    (M, 0 * M, "should be zero"),
    (M + 0.3, M, "off by the same amount, 0.3"),
    (SQUARE.T, SQUARE, "transposed"),
    (M.T, M, "transposed"),
    (M[::-1], M, "wrong places"),
    (M.ravel().reshape(3, 4), M, "brought into the shape"),
    (M.reshape(4, 3, order="F").T.ravel(), M, ""),
    (np.abs(M), M, "signs are wrong"),
    (V[None], V, "axis of length one"),
    (V[:, None], V, "axis of length one"),
    (BATCH, BATCH.sum(axis=0), "sum over axis 0 is the right answer"),
    (BATCH, BATCH.mean(axis=0), "mean over axis 0 is the right answer"),
    (BATCH, np.array(BATCH.sum()), "sum over all axes"),
    (BATCH.sum(axis=1), BATCH.sum(axis=0), "6 numbers, not 3: was the wrong axis"),
    (np.ones((5, 5)), V, "broadcast to (N, N)"),
    (_with(M, 0, np.nan), M, "NaN or infinite"),
    (_with(M, 0, np.inf), M, "NaN or infinite"),
    (M, POSITIVE, "wrong only where zero is expected"),
    (POSITIVE, M, "wrong only where yours is zero"),
    (_with(M, 2, 9.0), M, "Only row 2 is wrong"),
    (_with(M, [0, 3], 9.0), M, "Only the rows 0, 3 are wrong"),
    (_with(M, (slice(None), 1), M[:, 1] * 1.7), M, "Only column 1 is wrong"),
    (np.float32(2) * M.astype(np.float32), M, "2 times too large"),
    (Draw(8).normal(4, 3), M, ""),
    (Draw(8).normal(2, 2, 2), M, ""),
    (M, M, ""),
]


@pytest.mark.parametrize(("actual", "expected", "part"), TABLE)
def test_hint(actual: Any, expected: Any, part: str) -> None:
    found = _hint(actual, expected)
    assert part in found
    assert bool(part) == bool(found)


ODD = [
    None, "text", object(), [1, 2], {}, np.array(None), np.array(["a"]), np.array([1j]),
    np.zeros(0), np.zeros((0, 3)), np.nan, np.inf, 1, 1.5, True, np.float16(1), 10**400,
]  # fmt: skip


@pytest.mark.parametrize("actual", ODD)
@pytest.mark.parametrize("expected", [*ODD, M, V])
def test_odd_answers_get_some_string(actual: Any, expected: Any) -> None:
    assert isinstance(_hint(actual, expected), str)
    assert isinstance(_hint(expected, actual), str)


@pytest.mark.parametrize(
    ("message", "alone"),
    [
        ("NameError: name 'images' is not defined\nthe cell of build_model, line 3, in x: y", True),
        ("the cell of a has no 'a', because the file stopped with NameError: name 'b'", True),
        ("NameError: name 'images' is not defined\ndeepnets/layers.py, line 3, in x: y", False),
        ("TypeError: 'images'\nthe cell of build_model, line 3, in x: y", False),
    ],
)
def test_a_missing_name_in_a_cell_is_explained(message: str, alone: bool) -> None:
    assert ("judged on its own" in hint(Finding("", message))) == alone


NUMBERS = st.floats(width=64) | st.integers(-3, 3)
SHAPES = st.lists(st.integers(0, 3), max_size=3)


@given(SHAPES, SHAPES, st.lists(NUMBERS, min_size=54, max_size=54))
def test_any_two_arrays_get_some_string(a: list[int], b: list[int], values: list[float]) -> None:
    first, second = (np.resize(values[i : i + 27], shape) for i, shape in ((0, a), (27, b)))
    assert isinstance(_hint(first, second), str)


ARRAYS = st.builds(
    lambda seed, n, d: Draw(seed).away_from_zero(n, d),
    st.integers(0, 2**32), st.integers(3, 6), st.integers(3, 6),
)  # fmt: skip


@given(ARRAYS, st.floats(1.1, 50) | st.floats(-50, -1.1))
def test_any_factor_is_told(expected: Any, factor: float) -> None:
    assert f"{abs(factor):.4g} times too large" in _hint(factor * expected, expected)
    assert "times too small" in _hint(expected / factor, expected)


@given(ARRAYS, st.integers(0, 2**32))
def test_noise_means_nothing(expected: Any, seed: int) -> None:
    assert _hint(3 * Draw(seed + 2**33).away_from_zero(*expected.shape), expected) == ""


@given(ARRAYS, st.floats(0.01, 5))
def test_a_term_that_is_another_answer_is_told(expected: Any, share: float) -> None:
    velocity = Draw(9).normal(*expected.shape)
    finding = Finding("w", "", actual=expected + share * velocity, expected=expected)
    assert "multiple of velocity" in hint(finding, {"loss": 1.0, "text": "", "velocity": velocity})
    assert hint(finding, {"velocity": velocity[0]}) == ""


NET = "deepnets/fc_net.py"
REGULARIZED = 'grads[f"W{i}"] += self.reg * W\n'


@pytest.mark.parametrize("term", ["0 * W", "2 * self.reg * W", "self.reg * W / len(X)"])
def test_a_wrong_regularization_is_told_by_its_term(
    term: str,
    library: dict[str, str],
    judge_text: JudgeText,
    diagnostician: Diagnostician,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The known mistakes are hidden: the numbers alone must say it."""
    monkeypatch.setattr(diagnostician, "candidates", lambda task: [])
    assert library[NET].count(REGULARIZED) == 1
    net = library[NET].replace(REGULARIZED, f'grads[f"W{{i}}"] += {term}\n')
    result = judge_text({**library, NET: net}, "FullyConnectedNet.gradients", "secret")
    findings = diagnosed(result, diagnostician).findings
    assert {finding.quantity for finding in findings} >= {"dW1", "dW2"}
    for finding in findings:
        assert f"off by a multiple of {finding.quantity[1:]}:" in finding.hint


NUMBER = re.compile(r"\d+\.\d+")


@pytest.mark.parametrize(("actual", "expected", "part"), TABLE)
def test_no_hint_shows_a_right_value(actual: Any, expected: Any, part: str) -> None:
    told = [float(number) for number in NUMBER.findall(_hint(actual, expected))]
    assert not set(np.round(told, 4)) & set(np.round(np.abs(np.ravel(expected)), 4))
