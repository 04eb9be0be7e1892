"""A few numbers that tell one wrong answer from another, for where no solution may be.

They are taken of the difference from the expected answer, so that mistakes with small effects stay
apart, and are its products with two fixed random directions: of its many numbers, two.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.diagnosis.agreement import moments, numeric, same_moments, same_share
from autograder.draw import Draw
from autograder.judge.claims import Coins, Normal, Spread, Uniform
from autograder.judge.finding import Finding
from autograder.judge.trial import Outcome

DIRECTIONS = 2
# Two ways of adding up differ by less than this; other mistakes by more, in one direction at least.
SLACK = 1e-3
DIGITS = 7

Fingerprint = tuple[str, tuple[float, ...]]
"""What the answer is, and numbers of it; the last one is their scale."""


def fingerprints(outcome: Outcome) -> dict[str, Fingerprint]:
    """Quantity -> fingerprint of each wrong answer."""
    answers = outcome.answers
    return {f.quantity: _fingerprint(f, answers.get(f.quantity)) for f in outcome.findings}


def same(mine: Fingerprint, theirs: Fingerprint) -> bool:
    """Were they taken of the same answer?"""
    (form, numbers), (other_form, others) = mine, theirs
    if form != other_form or len(numbers) != len(others):
        return False
    return _SAME.get(form.split(" (")[0], _same_products)(numbers, others)


def _fingerprint(finding: Finding, answer: Any) -> Fingerprint:
    with np.errstate(all="ignore"):
        match answer:
            case Normal() | Uniform() | Spread() if numeric(answer.value) and np.size(answer.value):
                numbers = (*moments(answer.value), np.size(answer.value))
                return f"drawn {np.shape(answer.value)}", _rounded(numbers)
            case Coins():
                return "coins", _rounded((answer.share, np.size(answer.tosses)))
        if numeric(finding.actual):
            return _of_numbers(finding.actual, finding.expected)
    return _digest(finding.summary.split("\n")[0]), ()


def _of_numbers(actual: Any, expected: Any) -> Fingerprint:
    """Where an answer is not finite, it counts by what it is there."""
    x = np.asarray(actual, dtype=np.float64)
    odd = np.where(np.isnan(x), 1.0, np.where(np.isinf(x), np.copysign(2.0, x), 0.0))
    away = x - expected if x.shape == np.shape(expected) else x
    away = np.where(odd == 0, away, 0.0)
    draw, scale = Draw(x.size), float(np.linalg.norm(away))
    directions = [draw.uniform(*x.shape) for _ in range(DIRECTIONS)]
    products = [float(np.sum(each * away)) for each in directions]
    oddness = float(np.sum(directions[0] * odd))
    return str(x.shape), _rounded((*products, oddness, scale))


def _rounded(numbers: Sequence[float]) -> tuple[float, ...]:
    return tuple(float(f"{number:.{DIGITS}g}") for number in numbers)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _same_products(mine: Sequence[float], theirs: Sequence[float]) -> bool:
    if not mine:
        return True
    slack = SLACK * max(mine[-1], theirs[-1])
    with np.errstate(invalid="ignore"):
        *products, oddness, scale = np.abs(np.subtract(mine, theirs))
    return bool(max(*products, scale) <= slack and oddness <= SLACK)


def _same_draws(mine: Sequence[float], theirs: Sequence[float]) -> bool:
    return mine[-1] == theirs[-1] and same_moments(mine[:-1], theirs[:-1], int(mine[-1]))


def _same_coins(mine: Sequence[float], theirs: Sequence[float]) -> bool:
    return same_share(mine[0], theirs[0], int(mine[1]), int(theirs[1]))


_SAME = {"drawn": _same_draws, "coins": _same_coins}
