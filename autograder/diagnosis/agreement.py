"""Did two implementations show the same in a trial?"""

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judge.claims import Claim, Coins, Holds, Normal, Spread, Uniform
from autograder.judge.compare import compare, forgiven
from autograder.judge.trial import Outcome

# How far moments of two sets of equal draws may lie apart: five standard errors, and at least this.
STANDARD_ERRORS = 5.0
SCALE_SLACK, MEAN_SLACK, KURTOSIS_SLACK = 0.05, 0.08, 0.5
SHARE_ERRORS = 5.0


def agree(student: Outcome, other: Outcome) -> bool:
    """The same answers to every question, or the same complaint where there are no answers."""
    mine, theirs = student.answers, other.answers
    if not mine or not theirs:
        return complaints(student) == complaints(other)
    return mine.keys() == theirs.keys() and all(agree_in(student, other, name) for name in mine)


def agree_in(student: Outcome, other: Outcome, quantity: str) -> bool:
    """The same answer to one question, or the same complaint where there are no answers."""
    if not student.answers or not other.answers:
        return complaints(student) == complaints(other)
    if quantity not in student.answers or quantity not in other.answers:
        return False
    lenient = quantity in student.trial.case.lenient
    return _same(student.answers[quantity], other.answers[quantity], lenient)


def complaints(outcome: Outcome) -> list[str]:
    """Without the lines that tell where in the file something happened."""
    return [finding.summary.split("\n")[0] for finding in outcome.findings]


def _same(actual: Any, wanted: Any, lenient: bool) -> bool:
    if isinstance(actual, Claim):
        return _same_claim(actual, wanted)
    if not numeric(actual) or not numeric(wanted):
        return type(actual) is type(wanted) and not isinstance(actual, np.ndarray)
    got, want = np.asarray(actual), np.asarray(wanted)
    if lenient and forgiven(got.shape, want.shape):
        got = got.reshape(want.shape)
    return _same_numbers(got, want)


def numeric(value: Any) -> bool:
    """Numbers that can be compared: an array of them, or one."""
    if not isinstance(value, np.ndarray | int | float):
        return False
    return np.asarray(value).dtype.kind in "fiub"


def _same_numbers(actual: NDArray[Any], wanted: NDArray[Any]) -> bool:
    """NaN is as good an answer as any other here: both may have run into the same overflow."""
    if actual.shape != wanted.shape:
        return False
    odd = ~np.isfinite(wanted)
    if not np.array_equal(actual[odd], wanted[odd], equal_nan=True):
        return False
    return compare("", np.where(odd, 0, actual), np.where(odd, 0, wanted)).finding is None


def _same_claim(actual: Claim, wanted: Any) -> bool:
    match actual, wanted:
        case Holds(), Holds():
            return actual.condition == wanted.condition
        case (
            (Normal(value=x), Normal(value=y))
            | (Uniform(value=x), Uniform(value=y))
            | (Spread(value=x), Spread(value=y))
        ):
            drawn = numeric(x) and numeric(y) and np.shape(x) == np.shape(y) and np.size(x) > 0
            return drawn and same_moments(moments(x), moments(y), np.size(x))
        case Coins(), Coins():
            sizes = np.size(actual.tosses), np.size(wanted.tosses)
            return same_share(actual.share, wanted.share, *sizes)
    return False


def same_share(mine: float, theirs: float, *tosses: int) -> bool:
    """Shares of equal coins differ by less than five standard errors."""
    slack = SHARE_ERRORS * sqrt(sum(0.25 / max(count, 1) for count in tosses))
    return abs(mine - theirs) <= slack


def same_moments(mine: Sequence[float], theirs: Sequence[float], size: int) -> bool:
    """Moments of two arrays of `size` random draws that may come from one distribution."""
    (scale, mean, kurtosis), (other, other_mean, other_kurtosis) = mine, theirs
    errors = STANDARD_ERRORS / sqrt(size)
    return (
        abs(scale - other) <= max(SCALE_SLACK, errors) * other
        and abs(mean - other_mean) <= max(MEAN_SLACK, sqrt(2) * errors)
        and abs(kurtosis - other_kurtosis) <= max(KURTOSIS_SLACK, sqrt(48) * errors)
    )


def moments(x: Any) -> tuple[float, float, float]:
    """Root mean square, and the mean and the fourth moment in units of it."""
    with np.errstate(all="ignore"):
        values = np.asarray(x, dtype=np.float64)
        scale = float(np.sqrt(np.mean(values**2)))
        unit = values / (scale or 1.0)
        return scale, float(unit.mean()), float(np.mean(unit**4))
