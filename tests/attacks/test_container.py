"""A sample of the attacks in other surroundings: as in a container, as an ordinary user."""

import json
import os
import re
import subprocess

import pytest

from .__main__ import PAGES, complete, profiles, run, shown_to, surroundings

DOCKERS = "00000000a80425fb"
MAY_MOUNT = 1 << 21
"""CAP_SYS_ADMIN."""
PROFILES = {name: launcher for name, launcher in profiles().items() if launcher}
each_profile = pytest.mark.parametrize("name", PROFILES)


@pytest.mark.sampled(every=2)
@each_profile
def test_a_sample_of_attacks_does_no_harm(name: str) -> None:
    found = list(complete(run(PROFILES[name], every=60), every=60))
    assert [row for row in found if row["troubles"]] == []
    if name.startswith("container"):
        assert {row["tier"] for row in found} <= {"T2", "T2b"}


ROW = {"tier": "T2", "attack": PAGES, "verdicts": "shown", "troubles": []}


@pytest.mark.parametrize(
    ("program", "trouble"),
    [("true", "no tier: not tried"), ("exit 3", "to its end: .* ended with status 3"),
     (f"echo '{json.dumps(ROW)}'", "T2: not tried"), ("echo '{'", "to its end: ")],
)  # fmt: skip
def test_what_was_not_tried_is_a_trouble(program: str, trouble: str) -> None:
    rows = complete(run(["sh", "-c", program], every=60), every=60)
    found = [f"{row['tier']}: {', '.join(row['troubles'])}" for row in rows]
    assert any(re.match(trouble, each) for each in found), found


def test_the_container_is_bound_as_dockers_are() -> None:
    status = _status(next(iter(PROFILES.values())))
    assert "Seccomp:\t2" in status
    assert os.geteuid() or f"CapBnd:\t{DOCKERS}" in status


@pytest.mark.parametrize(("free", "bound"), [("", "container"), ("user", "container, user")])
def test_the_container_masks_what_dockers_do(free: str, bound: str) -> None:
    effective = re.search(r"CapEff:\t(\w+)", _status([]))
    if not effective or not int(effective[1], 16) & MAY_MOUNT:
        pytest.skip("only root may mask files")
    if not shown_to(PROFILES[free] if free else []):
        pytest.skip("all is masked already, as in a container")
    assert shown_to(PROFILES[bound]) == []


def _status(launcher: list[str]) -> str:
    command = [*launcher, "cat", "/proc/self/status"]
    run = subprocess.run(command, env=surroundings(), capture_output=True, text=True, check=True)
    return run.stdout
