"""Claims about random weights: never a false alarm, and every known mistake is seen."""

from math import comb, erfc, exp, inf, lgamma, log, pi, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from autograder.judge.claims import (
    FEWEST,
    MOST_REPEATED,
    PAIR_ERRORS,
    RATIO,
    RATIO_ERRORS,
    STANDARD_ERRORS,
    Coins,
    Holds,
    Normal,
    Spread,
    Uniform,
)


def verdict(value: Any, std: float = 0.03) -> str:
    finding = Normal(value, std, np.shape(value)).verify("W1")
    return finding.summary if finding else ""


def test_right_weights_raise_no_alarm() -> None:
    rng = np.random.default_rng(0)
    assert not any(verdict(rng.normal(scale=0.03, size=(100, 50))) for _ in range(2000))
    float32 = (rng.normal(scale=0.03, size=(100, 50)).astype(np.float32) for _ in range(50))
    assert not any(map(verdict, float32))


def chance_of_a_mean() -> float:
    return erfc(STANDARD_ERRORS / sqrt(2))


def chance_of_a_deviation(n: int) -> float:
    """Of chi-square with n degrees of freedom, n even: a Poisson probability."""
    slack = STANDARD_ERRORS / sqrt(2 * n)
    low, high = (0.5 * n * (1 + sign * slack) ** 2 for sign in (-1, 1))

    def poisson(k: int, rate: float) -> float:
        return exp(k * log(rate) - rate - lgamma(k + 1))

    few = sum(poisson(k, high) for k in range(n // 2))
    many = sum(poisson(k, low) for k in range(n // 2, 3 * n))
    return few + many


def chance_of_a_ratio(n: int) -> float:
    """Chernoff's bound for a mean deviation below r * deviation <= r * (variance + 1) / 2.

    It is the sum of independent x**2 * r / 2 - |x| that is too large then. On the other side, where
    the tail is thousands of times thinner, that inequality holds as nearly as it matters here.
    """
    slack = RATIO_ERRORS * sqrt((1 - 3 / pi) / n)
    return sum(exp(n * _least(RATIO + sign * slack, sign)) for sign in (-1, 1))


def _least(r: float, sign: int) -> float:
    """The least log E exp(t * (|x| - r * (x**2 + 1) / 2)) over t of that sign; x is normal."""

    def value(t: float) -> float:
        k = 1 + t * r
        return (
            log(erfc(-t / sqrt(2 * k)) / sqrt(k)) + t**2 / (2 * k) - t * r / 2 if k > 0.01 else inf
        )

    return min(value(sign * t) for t in np.linspace(0.01, 8, 4000))


def chance_of_neighbours(n: int) -> float:
    """Chernoff's bound for a sum of n products of independent normal numbers, on both sides.

    The moment generating function of such a product is 1 / sqrt(1 - t**2).
    """
    mean = PAIR_ERRORS / sqrt(n)
    t = (sqrt(1 + 4 * mean**2) - 1) / (2 * mean)
    return 2 * exp(-n * (t * mean + log(1 - t**2) / 2))


@pytest.mark.parametrize("n", [FEWEST, 600, 1500, 5000, 20_000])
def test_right_weights_are_refused_less_than_once_in_1e9_times(n: int) -> None:
    # Of three rows two are neighbours; no size occurs twice in float64.
    neighbours = chance_of_neighbours(n // 3) + chance_of_neighbours(n // 2)
    assert 0 < neighbours < 1.1e-10
    alone = chance_of_a_mean() + chance_of_a_deviation(n) + chance_of_a_ratio(n)
    assert neighbours < alone + neighbours < 1e-9


def test_few_sizes_of_float32_are_equal() -> None:
    rng = np.random.default_rng(6)
    sizes = np.abs(rng.normal(size=200_000).astype(np.float32))
    assert 1 - np.unique(sizes).size / sizes.size < MOST_REPEATED / 5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x: np.repeat(x[:20], 2, axis=0), "the same sizes occur again"),
        (lambda x: np.concatenate([x[:20], -x[:20]]), "the same sizes occur again"),
        (lambda x: np.sort(x, axis=0), "neighbours"),
        (lambda x: np.sort(x, axis=1), "neighbours"),
    ],
)
def test_numbers_that_depend_on_one_another_are_seen(change: Any, words: str) -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        x = change(rng.normal(size=(40, 50)))
        assert words in verdict(0.03 * (x - x.mean()) / x.std())


def test_a_single_far_number_raises_no_alarm() -> None:
    """The one way in which the fourth moment of 300 numbers refused right ones: 2e-6 of them."""
    rng, tail = np.random.default_rng(4), NormalDist().cdf(-4.5)
    for share in rng.random(5000):
        x = rng.normal(size=FEWEST)
        x[0] = NormalDist().inv_cdf(share * tail)
        assert not verdict(0.03 * x)


def test_fewer_numbers_than_the_rate_holds_for_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(13, 23\) holds fewer than 300 numbers"):
        Normal(None, 1.0, (13, 23))


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda rng, n: rng.uniform(-0.03 * 3**0.5, 0.03 * 3**0.5, n), "normally distributed"),
        (lambda rng, n: rng.laplace(scale=0.03 / 2**0.5, size=n), "normally distributed"),
        (lambda rng, n: rng.choice([-0.03, 0.03], n), "normally distributed"),
        (lambda rng, n: rng.normal(scale=0.03 * 1.03, size=n), "standard deviation 0.03"),
        (lambda rng, n: rng.normal(scale=0.03**0.5, size=n), "standard deviation 0.17"),
        (lambda rng, n: rng.normal(scale=0.03**2, size=n), "standard deviation 0.000"),
        (lambda rng, n: rng.normal(0.003, 0.03, size=n), ""),
        (lambda rng, n: np.zeros(n), "standard deviation 0;"),
        (lambda rng, n: np.full(n, np.nan), "standard deviation nan"),
        (lambda rng, n: np.full(n, 0.03), "mean 0.03"),
    ],
)
def test_known_mistakes_are_seen(draw: Any, words: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        assert words in verdict(draw(rng, 50_000)) != ""


def uniform_verdict(value: Any, limit: float = 0.2) -> str:
    finding = Uniform(value, limit, np.shape(value)).verify("W")
    return finding.summary if finding else ""


def test_right_uniform_weights_raise_no_alarm() -> None:
    rng = np.random.default_rng(0)
    for n in (1, 10, 300, 5000):
        assert not any(uniform_verdict(rng.uniform(-0.2, 0.2, n)) for _ in range(2000))
    float32 = (rng.uniform(-0.2, 0.2, 5000).astype(np.float32) for _ in range(50))
    assert not any(map(uniform_verdict, float32))


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, n: rng.uniform(-0.2 / 3**0.5, 0.2 / 3**0.5, n),
        lambda rng, n: rng.uniform(-0.18, 0.18, n),
        lambda rng, n: rng.uniform(-0.201, 0.201, n),
        lambda rng, n: rng.uniform(-0.1, 0.2, n),
        lambda rng, n: rng.uniform(0, 0.2, n),
        lambda rng, n: rng.normal(scale=0.2 / 3**0.5, size=n),
        lambda rng, n: rng.choice([-0.2, 0.2], n),
        lambda rng, n: rng.triangular(-0.2, 0, 0.2, n),
        lambda rng, n: np.zeros(n),
        lambda rng, n: np.full(n, np.nan),
        lambda rng, n: np.full(n, np.inf),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_known_mistakes_in_uniform_weights_are_seen(draw: Any) -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        assert "does not look uniform from -0.2 to 0.2" in uniform_verdict(draw(rng, 3000))


@pytest.mark.parametrize("value", [None, 3.0, np.zeros((30, 20)), "text"])
def test_other_shapes_of_uniform_weights_are_named(value: Any) -> None:
    finding = Uniform(value, 1.0, (20, 30)).verify("W1")
    assert finding is not None and "must have shape (20, 30)" in finding.summary


@pytest.mark.parametrize(
    "value", [None, 3.0, np.zeros((30, 20)), np.zeros(600), "text", [[0.0] * 30] * 20]
)
def test_other_shapes_are_named(value: Any) -> None:
    finding = Normal(value, 1.0, (20, 30)).verify("W1")
    assert finding is not None and "must have shape (20, 30)" in finding.summary


def test_another_dtype_is_noted_where_one_is_asked_for() -> None:
    assert Normal(np.zeros(300), 1.0, (300,)).notes("W1") == []
    assert Normal(np.zeros(300, np.float32), 1.0, (300,), "float32").notes("W1") == []
    assert (
        "float32 would be natural" in Normal(np.zeros(300), 1.0, (300,), "float32").notes("W1")[0]
    )


def test_any_usual_spread_raises_no_alarm() -> None:
    rng = np.random.default_rng(0)
    for _ in range(1000):
        low, high = rng.uniform(-0.3, 0.3, 500), rng.normal(scale=0.5, size=500)
        for value in (low, high, low.astype(np.float32)):
            assert Spread(value, 0.3 / 3**0.5, 0.5).verify("w") is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros(500), "standard deviation 0;"),
        (np.full(500, 0.2), "standard deviation"),
        (np.full(500, np.nan), "standard deviation nan"),
        (np.linspace(-1.2, 1.2, 500), "standard deviation 0.69"),
        (np.linspace(-0.2, 0.2, 500), "standard deviation 0.11"),
        (np.linspace(0.1, 0.9, 500), "mean 0.5"),
    ],
)
def test_an_unusual_spread_is_seen(value: Any, words: str) -> None:
    finding = Spread(value, 0.3 / 3**0.5, 0.5).verify("w")
    assert finding is not None and words in finding.summary


def test_a_condition_shows_its_sentence() -> None:
    assert Holds(True, "bad").verify("x") is None
    finding = Holds(False, "bad").verify("x")
    assert finding is not None and finding.summary == "bad"


def unfair(tosses: Any, probability: float) -> str:
    finding = Coins(np.asarray(tosses), probability, "the values are dropped").verify("dropped")
    return finding.summary if finding else ""


@pytest.mark.parametrize("n", [5, 100, 5000])
@pytest.mark.parametrize("p", [0.02, 0.4, 0.75])
def test_fair_coins_raise_no_alarm(n: int, p: float) -> None:
    rng = np.random.default_rng(2)
    assert not any(unfair(rng.random(n) < p, p) for _ in range(2000))


@pytest.mark.parametrize("n", [31, 100, 400, 1000])
@pytest.mark.parametrize("p", [0.02, 0.2, 0.52, 0.75])
def test_fair_coins_are_refused_at_most_once_in_1e9_times(n: int, p: float) -> None:
    shares = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    refused = [bool(unfair(np.arange(n) < k, p)) for k in range(n + 1)]
    assert 0 < sum(s for s, bad in zip(shares, refused, strict=True) if bad) <= 1e-9


@pytest.mark.parametrize("share", [0.0, 0.25, 0.33, 0.47, 0.6, 1.0])
def test_other_coins_are_seen(share: float) -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        text = unfair(rng.random(5000) < share, 0.4)
        assert "of the values are dropped; about 40.0% is asked for" in text


def test_a_share_counts_only_if_it_is_that_unlikely() -> None:
    """Of n tosses that all show False, n * log(1 / (1 - p)) > log(2e9) are too many."""
    assert not unfair(np.zeros(30, bool), 0.5)
    assert unfair(np.zeros(31, bool), 0.5)
