"""Claims about random weights: never a false alarm, and every known mistake is seen."""

from typing import Any

import numpy as np
import pytest

from autograder.judge.claims import Coins, Holds, Normal, Spread


def verdict(value: Any, std: float = 0.03) -> str:
    finding = Normal(value, std, np.shape(value)).verify("W1")
    return finding.summary if finding else ""


def test_right_weights_raise_no_alarm() -> None:
    rng = np.random.default_rng(0)
    assert not any(verdict(rng.normal(scale=0.03, size=(100, 50))) for _ in range(2000))
    float32 = (rng.normal(scale=0.03, size=(100, 50)).astype(np.float32) for _ in range(50))
    assert not any(map(verdict, float32))


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


@pytest.mark.parametrize(
    "value", [None, 3.0, np.zeros((3, 2)), np.zeros(6), "text", [[0.0] * 3] * 2]
)
def test_other_shapes_are_named(value: Any) -> None:
    finding = Normal(value, 1.0, (2, 3)).verify("W1")
    assert finding is not None and "must have shape (2, 3)" in finding.summary


def test_another_dtype_is_noted_where_one_is_asked_for() -> None:
    assert Normal(np.zeros(3), 1.0, (3,)).notes("W1") == []
    assert Normal(np.zeros(3, np.float32), 1.0, (3,), "float32").notes("W1") == []
    assert "float32 would be natural" in Normal(np.zeros(3), 1.0, (3,), "float32").notes("W1")[0]


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
