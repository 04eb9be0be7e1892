import dataclasses

import pytest

import autograder
from autograder.sandbox import tiers
from autograder.sandbox.errors import NotIsolated
from autograder.sandbox.layers import CANDIDATES
from autograder.sandbox.tiers import Tier, available, failure, probe
from autograder.sandbox.zygote import Zygote


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


def test_an_error_without_words_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    def wordless(tier: Tier) -> dict[str, str]:
        raise OSError

    monkeypatch.setattr(tiers, "tried", wordless)
    assert failure(Tier("wordless", frozenset())) == "OSError"


def test_a_grader_that_its_processes_can_read_is_found_out() -> None:
    """As it lies in site-packages unless it is installed in place."""
    entry, [root] = "autograder.sandbox.selftest:main", autograder.__path__
    for tier in (tier for tier in available() if "no-open" not in tier.layers):
        with Zygote(tier, entry, readable=[root]) as zygote, zygote.spawn() as process:
            stopped = process.request({})[0]["stopped"]
        assert [name for name, by in stopped.items() if not by] == ["read the grader itself"]


def test_no_tier_means_an_explanation(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = dataclasses.replace(CANDIDATES[0], name="weak", layers=frozenset({"seccomp"}))
    monkeypatch.setattr(tiers, "CANDIDATES", (weak,))
    with pytest.raises(NotIsolated, match=r"weak: isolated code could(.|\n)*--i-trust-this-code"):
        probe()
