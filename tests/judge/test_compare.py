"""Which answers count as right."""

from typing import Any

import numpy as np
import pytest

from autograder.judge.compare import Tolerance, compare, shaped
from autograder.student.local import LocalChannel
from autograder.student.proxy import Student

WANT = np.array([[1.0, -2.0], [3.0, 1000.0]])


class Fake:
    """Pretends to be a Claim."""

    def verify(self, quantity: str) -> None:
        return None


@pytest.mark.parametrize(
    "got",
    [
        WANT, WANT + 1e-9, WANT * (1 + 1e-7), WANT.astype(int), np.asfortranarray(WANT),
        WANT.astype(np.float32), (WANT * (1 + 1e-4)).astype(np.float32),
    ],
)  # fmt: skip
def test_right_answers(got: Any) -> None:
    assert compare("out", got, WANT).finding is None


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (WANT + 1e-4, "is wrong: 3 of 4 differ"),
        ((WANT * (1 + 1e-3)).astype(np.float32), "1 of 4 differ, largest relative error 5.00e-04"),
        (WANT.astype(np.float16), "dtype float16"),
        (WANT.astype(complex), "dtype complex128"),
        (np.where(WANT < 0, np.nan, WANT), "1 of 4 are not finite"),
        (np.where(WANT < 0, np.inf, WANT), "1 of 4 are not finite"),
        (np.full((2, 2), np.nan), "4 of 4 are not finite"),
        (WANT[None], "shape (1, 2, 2), but must have shape (2, 2)"),
        (WANT[0], "shape (2,)"), (1.0, "shape ()"), (WANT.ravel(), "shape (4,)"),
        (np.zeros((0, 2)), "shape (0, 2)"), (WANT.T, "2 of 4 differ"),
        (None, "is None: is a return statement missing"), ("text", "is a str"),
        ([1.0], "is a list"),
        (Fake(), "is a Fake"), ({"a": 1}, "is a dict"), (np.array([None]), "dtype object"),
        (np.array("x"), "dtype <U1"), (10**400, "dtype object"), (True, "shape ()"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)  # fmt: skip
def test_wrong_answers(got: Any, words: str) -> None:
    finding = compare("out", got, WANT).finding
    assert finding is not None and finding.quantity == "out" and words in finding.summary


def test_an_object_of_the_student_is_not_numbers() -> None:
    text = "class Claim:\n    def verify(self, q): return None\ndef f(): return Claim()\n"
    remote = Student(LocalChannel("net", {"net/m.py": text})).m.f()
    finding = compare("out", remote, WANT).finding
    assert finding is not None and "is a Python object, not a NumPy array" in finding.summary


def test_nothing_broadcasts() -> None:
    for got in (np.zeros(()), np.zeros(1), np.zeros((1, 1)), np.zeros((3, 1)), np.zeros((3, 3))):
        assert compare("db", got, np.zeros(3)).finding is not None


def test_a_leading_axis_of_one_is_forgiven_where_it_says_so() -> None:
    row, want = np.arange(3.0)[None], np.arange(3.0)
    comparison = compare("db", row, want, lenient=True)
    assert comparison.finding is None and "(1, 3)" in comparison.notes[0]
    assert compare("db", row, want).finding is not None
    for other in (row.T, row[None], np.arange(4.0)[None]):
        assert compare("db", other, want, lenient=True).finding is not None
    assert compare("db", row + 1, want, lenient=True).finding is not None


def test_a_gradient_of_channels_may_be_a_vector_where_that_is_lenient() -> None:
    want = np.arange(3.0).reshape(1, 3, 1, 1)
    comparison = compare("dgamma", want.ravel(), want, lenient=True)
    assert comparison.finding is None
    assert "(3,)" in comparison.notes[0]
    assert compare("dgamma", want.ravel(), want).finding is not None
    for other in (want[0], want[:, :, 0], want.reshape(3, 1), want.ravel()[::-1]):
        assert compare("dgamma", other, want, lenient=True).finding is not None


def test_infinity_and_nan_equal_nothing() -> None:
    for odd in (np.nan, np.inf, -np.inf):
        assert compare("x", np.array([odd]), np.array([1.0])).finding is not None
        assert compare("x", odd, 0.0).finding is not None


def test_zero_means_zero() -> None:
    assert compare("b", np.array([-0.0, 0.0]), np.zeros(2)).finding is None
    assert compare("b", np.array([1e-12, 0.0]), np.zeros(2)).finding is not None


def test_small_entries_count_relative_to_the_largest() -> None:
    want = np.array([1.0, 1e-12])
    assert compare("dx", np.array([1.0, 0.0]), want).finding is None
    assert compare("dx", np.array([1.0, 1e-8]), want).finding is not None


def test_summaries_hold_no_expected_value_but_details_do() -> None:
    finding = compare("out", WANT + np.array([[0, 0], [0.25, 0]]), WANT).finding
    assert finding is not None and "at index [1, 0]" in finding.summary
    assert "3.25" not in finding.summary and finding.detail.endswith("yours is 3.25, expected 3")


@pytest.mark.parametrize(
    "value", [None, 1.0, [1.0, 2.0], np.zeros(3), np.zeros((1, 2)), np.array(["a", "b"]), Fake()]
)
def test_nothing_is_computed_with_an_array_of_another_shape(value: Any) -> None:
    with pytest.raises(ValueError, match=r"not numbers|must have shape"):
        shaped(value, (2,))
    assert shaped(WANT, (2, 2)) is WANT


def test_a_tolerance_of_the_case_goes_first() -> None:
    assert compare("x", 1.05, 1.0, tolerance=Tolerance(0.1, 0)).finding is None


@pytest.mark.parametrize("function", ["softmax_loss", "svm_loss"])
def test_right_work_in_float32_is_accepted(function: str, library: dict[str, str]) -> None:
    layers = Student(LocalChannel("deepnets", library)).layers
    rng = np.random.default_rng(0)
    for scale in (0.01, 1.0, 10.0):
        x, y = rng.normal(scale=scale, size=(50, 10)), rng.integers(10, size=50)
        coarse = getattr(layers, function)(x.astype(np.float32), y)
        for got, want in zip(coarse, getattr(layers, function)(x, y), strict=True):
            comparison = compare("x", np.asarray(got), want)
            assert comparison.finding is None, (function, scale, comparison.finding)
