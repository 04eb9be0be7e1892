"""Every attack, in every tier that works here."""

from collections.abc import Iterator

import pytest

from autograder.sandbox.tiers import Tier, available

from .arena import Arena
from .attack import Attack, attacks

TIERS = available()
ATTACKS = attacks()
each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)


@pytest.fixture(scope="module", params=TIERS, ids=lambda tier: tier.name.split()[0])
def arena(request: pytest.FixtureRequest) -> Iterator[Arena]:
    with Arena(request.param) as arena:
        yield arena


@each_attack
def test_an_attack_earns_what_it_deserves_and_harms_nobody(arena: Arena, attack: Attack) -> None:
    outcome = arena.run(attack)
    assert outcome.troubles == ()
