"""Every attack in the strongest tier that works here, and a sample of them in the others."""

from collections.abc import Iterator

import pytest

from autograder.sandbox.tiers import Tier, available

from .arena import Arena
from .attack import Attack, attacks
from .classes import CLASSES

TIERS = available()
ATTACKS = attacks()
each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)


@pytest.fixture(scope="module")
def strongest() -> Iterator[Arena]:
    with Arena(TIERS[0]) as arena:
        yield arena


@pytest.fixture(scope="module", params=TIERS[1:], ids=lambda tier: tier.name.split()[0])
def weaker(request: pytest.FixtureRequest) -> Iterator[Arena]:
    tier: Tier = request.param
    with Arena(tier) as arena:
        yield arena


@each_attack
def test_an_attack_earns_what_it_deserves_and_harms_nobody(
    strongest: Arena, attack: Attack
) -> None:
    assert strongest.run(attack).troubles == ()


@pytest.mark.sampled(every=24)
@each_attack
def test_and_so_in_every_other_tier(weaker: Arena, attack: Attack) -> None:
    assert weaker.run(attack).troubles == ()


def test_every_class_is_tried_and_every_attack_tells_its_intent() -> None:
    assert {number for attack in ATTACKS for number in attack.classes} == set(CLASSES)
    assert len(ATTACKS) >= 80 and all(attack.intent for attack in ATTACKS)
    assert len({attack.intent for attack in ATTACKS}) == len(ATTACKS)
