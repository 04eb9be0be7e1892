import dataclasses

import pytest

from autograder.sandbox import tiers
from autograder.sandbox.errors import NotIsolated
from autograder.sandbox.layers import CANDIDATES
from autograder.sandbox.tiers import Tier, available, failure, probe


def test_the_strongest_working_tier_is_chosen() -> None:
    working = available()
    if working:
        assert probe() == working[0] and probe().isolated
    else:
        with pytest.raises(NotIsolated):
            probe()


def test_being_exposed_is_never_chosen_but_works() -> None:
    assert Tier.none() not in CANDIDATES
    assert not failure(Tier.none()) and not Tier.none().isolated


def test_a_layer_that_protects_too_little_is_found_out() -> None:
    assert "isolated code could read a file" in failure(Tier("weak", frozenset({"seccomp"})))


def test_no_tier_means_an_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = dataclasses.replace(CANDIDATES[0], name="weak", layers=frozenset({"seccomp"}))
    monkeypatch.setattr(tiers, "CANDIDATES", (weak,))
    with pytest.raises(NotIsolated, match=r"weak: isolated code could(.|\n)*--i-trust-this-code"):
        probe()
