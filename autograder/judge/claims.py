"""Answers that are judged by what must hold of them, not by the reference's answer."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import log, pi, prod, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judge.compare import natural
from autograder.judge.finding import Finding

# Two-sided tail of a normal statistic: 1e-9 lies at 6.11 standard errors.
STANDARD_ERRORS = 6.5
# The tail of the ratio is a little longer; uniform weights reach this bound if there are 600.
RATIO, RATIO_ERRORS = sqrt(2 / pi), 7.5
# Of a mean product of pairs of independent numbers, in standard errors: its tails are longer.
PAIR_ERRORS = 8.0
# Of equal sizes; 200,000 draws in float32 have 2 % by chance.
MOST_REPEATED = 0.1
# With fewer numbers, right ones would be refused more often than once in 1e9 times.
FEWEST = 300
# How often a fair coin may be called unfair.
FALSE_ALARMS = 1e-9
ROUNDING = 1e-6


class Claim(ABC):
    """Something that must hold of an answer."""

    @abstractmethod
    def verify(self, quantity: str) -> Finding | None:
        """What is wrong, or None."""

    def notes(self, quantity: str) -> list[str]:
        """What is accepted, but not what was asked for."""
        return []


@dataclass(frozen=True)
class Normal(Claim):
    """`value` must look like independent draws from N(0, std^2).

    Mean and standard deviation are within 6.5 standard errors, the ratio of mean deviation and
    standard deviation (Geary, 1935) within 7.5, the mean product of neighbours along the first axis
    and along all others within 8; few sizes occur twice. Right draws are refused less than once in
    1e9 times: of 300, which is the worst case, 8e-11 for the mean, 2e-10 for the standard deviation
    (chi-square), 3e-10 for the ratio and 1e-10 for the neighbours (Chernoff). ValueError if fewer
    are asked for. Another dtype than `dtype`, if one is given, gets a note.
    """

    value: Any
    std: float
    shape: tuple[int, ...]
    dtype: str = ""

    def notes(self, quantity: str) -> list[str]:
        """Another dtype is accepted."""
        found = str(getattr(self.value, "dtype", self.dtype))
        return [f"{quantity} {natural(found, self.dtype)}"] if self.dtype not in ("", found) else []

    def __post_init__(self) -> None:
        if prod(self.shape) < FEWEST:
            raise ValueError(f"{self.shape} holds fewer than {FEWEST} numbers")

    def verify(self, quantity: str) -> Finding | None:
        """What is wrong, or None."""
        if not isinstance(self.value, np.ndarray) or self.value.shape != self.shape:
            return wrong_shape(quantity, self.value, self.shape)
        x, n = self.value.astype(np.float64).ravel(), self.value.size
        measured = float(np.sqrt(np.mean(x**2)))
        slack = STANDARD_ERRORS / sqrt(2 * n)
        if not abs(measured / self.std - 1) <= slack:
            return Finding(
                quantity,
                f"{quantity} has standard deviation {measured:.4g}; {self.std:.4g} is asked for",
            )
        if not abs(float(x.mean())) <= STANDARD_ERRORS * self.std / sqrt(n):
            return Finding(quantity, f"{quantity} has mean {x.mean():.3g}; 0 is asked for")
        ratio = float(np.abs(x).mean()) / measured
        if not abs(ratio - RATIO) <= RATIO_ERRORS * sqrt((1 - 3 / pi) / n):
            return Finding(quantity, f"{quantity} does not look normally distributed")
        return _related(quantity, self.value / self.std)


def _related(quantity: str, x: NDArray[Any]) -> Finding | None:
    """What is wrong if the standardized numbers were not drawn each by itself."""
    if 1 - np.unique(np.abs(x)).size / x.size > MOST_REPEATED:
        return Finding(quantity, f"in {quantity} the same sizes occur again: draw each by itself")
    rows = x.reshape(len(x), -1).astype(np.float64)
    for numbers in (rows, rows.T):
        products = numbers[1::2] * numbers[: len(numbers) // 2 * 2 : 2]
        if abs(float(products.sum())) > PAIR_ERRORS * sqrt(products.size):
            sentence = f"neighbours in {quantity} depend on one another: draw each number by itself"
            return Finding(quantity, sentence)
    return None


@dataclass(frozen=True)
class Uniform(Claim):
    """`value` must look like independent draws that are uniform from -limit to limit.

    None lies outside, the largest reaches nearly there, and below every number are about as many
    as should be. Right draws are refused at most once in 1e9 times, however many they are: half of
    that for each of the last two (which is Dvoretzky, Kiefer and Wolfowitz's inequality with
    Massart's constant, 1990).
    """

    value: Any
    limit: float
    shape: tuple[int, ...]

    def verify(self, quantity: str) -> Finding | None:
        """What is wrong, or None."""
        if not isinstance(self.value, np.ndarray) or self.value.shape != self.shape:
            return wrong_shape(quantity, self.value, self.shape)
        x, n = np.sort(self.value.astype(np.float64).ravel()), self.value.size
        share, least = (x / self.limit + 1) / 2, np.arange(n) / n
        away = max(np.max(share - least), np.max(least + 1 / n - share))
        reach, least_reach = float(np.abs(x).max()) / self.limit, (FALSE_ALARMS / 2) ** (1 / n)
        if away <= sqrt(log(4 / FALSE_ALARMS) / (2 * n)) and least_reach <= reach <= 1 + ROUNDING:
            return None
        wanted = f"does not look uniform from {-self.limit:.4g} to {self.limit:.4g}"
        found = f"mean {x.mean():.3g}, standard deviation {x.std():.4g}"
        return Finding(
            quantity, f"{quantity} {wanted}: {found}, numbers from {x[0]:.4g} to {x[-1]:.4g}"
        )


@dataclass(frozen=True)
class Spread(Claim):
    """`value` must look like independent draws of mean 0 with a standard deviation in a range.

    Within 6.5 standard errors of a normal distribution, whose two-sided tail there is 8e-11; those
    of a uniform one are smaller.
    """

    value: NDArray[Any]
    low: float
    high: float

    def verify(self, quantity: str) -> Finding | None:
        """What is wrong, or None."""
        x, n = self.value.astype(np.float64), self.value.size
        measured, slack = float(x.std()), STANDARD_ERRORS / sqrt(2 * n)
        if not self.low * (1 - slack) <= measured <= self.high * (1 + slack):
            usual = f"{self.low:.4g} to {self.high:.4g} is usual for this layer"
            return Finding(quantity, f"{quantity} has standard deviation {measured:.4g}; {usual}")
        if not abs(float(x.mean())) <= STANDARD_ERRORS * measured / sqrt(n):
            return Finding(quantity, f"{quantity} has mean {x.mean():.3g}; 0 is usual")
        return None


@dataclass(frozen=True)
class Coins(Claim):
    """`tosses` must look like independent coins that show True with `probability`.

    Fair ones are refused at most once in 1e9 times, however many they are: by Chernoff's bound
    their share of True is not more often that far away. Dependence shows in the agreement of
    pairs, which are coins again. `which` says of what they are a share: "the values are dropped".
    """

    tosses: NDArray[np.bool_]
    probability: float
    which: str

    @property
    def share(self) -> float:
        """How many of them are True."""
        return float(np.mean(self.tosses))

    def verify(self, quantity: str) -> Finding | None:
        """What is wrong, or None."""
        divergence = _divergence(self.share, self.probability)
        if np.size(self.tosses) * divergence <= log(2 / FALSE_ALARMS):
            return None
        wanted = f"about {self.probability:.1%} is asked for"
        return Finding(quantity, f"{self.share:.1%} of {self.which}; {wanted}")


def _divergence(p: float, q: float) -> float:
    """Kullback and Leibler's, of a coin with probability p from one with q, 0 < q < 1."""
    terms = ((p, q), (1 - p, 1 - q))
    return sum(a * log(a / b) for a, b in terms if a > 0)


@dataclass(frozen=True)
class Holds(Claim):
    """A plain condition, with the sentence to show when it does not hold."""

    condition: bool
    sentence: str

    def verify(self, quantity: str) -> Finding | None:
        """What is wrong, or None."""
        return None if self.condition else Finding(quantity, self.sentence)


def wrong_shape(quantity: str, value: Any, shape: tuple[int, ...]) -> Finding:
    """The finding about an array that is none, or has another shape."""
    got = f"has shape {value.shape}" if isinstance(value, np.ndarray) else "is not an array"
    return Finding(quantity, f"{quantity} {got}, but must have shape {shape}")
