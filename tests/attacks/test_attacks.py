"""Every attack in the strongest tier that works here, and a sample of them in the others."""

from collections.abc import Iterator

import pytest

from autograder.grading.run import faulty
from autograder.sandbox.tiers import Tier, available

from .arena import Arena
from .attack import Attack, attacks
from .classes import CLASSES
from .pages import unsafe

NO_SUBMISSIONS = {"link_in_place_of_a_submission", "name_of_a_page"}
"""In a folder of them: links and hidden folders are left out."""
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


def test_what_they_say_harms_no_reader(strongest: Arena) -> None:
    assert list(unsafe(strongest.document())) == []


@pytest.mark.sampled(every=60)
@each_attack
def test_and_so_in_every_other_tier(weaker: Arena, attack: Attack) -> None:
    assert weaker.run(attack).troubles == ()


def test_a_class_of_attackers_costs_the_honest_nothing(strongest: Arena) -> None:
    """By the command, with all whose files or names are hostile, but those that take time."""
    quick = [attack for attack in ATTACKS if 22 not in attack.classes]
    hostile = [attack for n, attack in enumerate(quick) if attack.builds or n % 15 == 0]
    found, printed = strongest.grade_together(hostile, ["ann", "zoe"])
    entries = {entry["id"]: entry for entry in found["submissions"]}
    assert len(entries) == len({attack.name for attack in hostile} - NO_SUBMISSIONS) + 2
    for name in ("ann", "zoe"):
        assert entries[name]["points"] == entries[name]["max_points"]
        assert entries[name]["tasks"][:1] == strongest.honest["tasks"]
    assert not any(map(faulty, found["submissions"])) and list(unsafe(found)) == []
    assert "ann" in printed and list(strongest.told(printed)) == []


def test_every_class_is_tried_and_every_attack_tells_its_intent() -> None:
    assert {number for attack in ATTACKS for number in attack.classes} == set(CLASSES)
    assert len(ATTACKS) >= 80 and all(attack.intent for attack in ATTACKS)
    assert len({attack.intent for attack in ATTACKS}) == len(ATTACKS)


@each_attack
def test_an_attack_that_did_nothing_would_be_noticed(attack: Attack) -> None:
    assert attack.places or attack.says
