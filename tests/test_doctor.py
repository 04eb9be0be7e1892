"""The doctor tries what it tells."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import doctor
from autograder.cli import app
from autograder.sandbox import survey, tiers
from autograder.sandbox.layers import Tier
from autograder.sandbox.selftest import ATTEMPTS

RUN = CliRunner()
BEST = tiers.available()[0]


def test_the_tier_the_attempts_and_the_room_are_told() -> None:
    found = RUN.invoke(app, ["doctor"])
    assert found.exit_code == 0
    assert found.output.startswith(f"Isolation: {BEST.name}\n")
    assert all(name.split()[0] in found.output for name in ATTEMPTS)
    assert "python: 3." in found.output and "GiB free" in found.output


def test_all_of_it_is_data_too() -> None:
    found = json.loads(RUN.invoke(app, ["doctor", "--json"]).output)
    assert found["isolation"] == BEST.name and set(found["stopped"]["limits"]) == set(ATTEMPTS)
    assert set(found["tiers"]) == {tier.name for tier in doctor.CANDIDATES}


def test_every_attempt_succeeds_without_layers_and_is_stopped_by_one() -> None:
    found = survey.survey()
    exposed, best = found.pop("limits"), found[BEST.name.split()[0]]
    done = {name for name, error in exposed.items() if not error}
    # Limits hold everywhere; an ordinary user is not root, nor has every machine a network.
    assert set(ATTEMPTS) - done <= {"take 4 GiB of memory", "become root", "reach the network"}
    assert all(best.values())
    assert all(any(column[name] for column in found.values()) for name in ATTEMPTS)


def test_no_isolation_and_no_room_end_with_a_status(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = RUN.invoke(app, ["doctor", "--store", "/proc/nowhere/results.db"])
    assert nowhere.exit_code == 1 and "/proc/nowhere: ! cannot be written to" in nowhere.output
    weak = (Tier("weak", frozenset({"seccomp"})),)
    monkeypatch.setattr(tiers, "CANDIDATES", weak)
    monkeypatch.setattr(doctor, "CANDIDATES", weak)
    exposed = RUN.invoke(app, ["doctor"])
    assert exposed.exit_code == 1 and "Isolation: none" in exposed.output
    assert "weak: isolated code could read a file" in exposed.output


def test_the_switch_that_forbids_namespaces_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "switch").write_text("0\n")
    monkeypatch.setattr(survey, "USER_NAMESPACES", {str(tmp_path / "switch"): ("0", "1")})
    assert any("switch=1" in line for line in survey._for_namespaces())
    (tmp_path / "switch").write_text("1\n")
    assert not any("switch=1" in line for line in survey._for_namespaces())


@pytest.mark.parametrize(
    ("why", "words"), [("Operation not supported", "lsm="), ("is older than 3", "Linux 6.2")]
)
def test_what_landlock_lacks_is_named(why: str, words: str) -> None:
    assert words in survey._for_landlock(why)
