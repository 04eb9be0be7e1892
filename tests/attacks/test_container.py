"""A sample of the attacks in other surroundings: as in a container, as an ordinary user."""

import os
import subprocess

import pytest

from .__main__ import profiles, run
from .arena import ROOT

DOCKERS = "00000000a80425fb"
PROFILES = {name: launcher for name, launcher in profiles().items() if launcher}
each_profile = pytest.mark.parametrize("name", PROFILES)


@pytest.mark.sampled(every=2)
@each_profile
def test_a_sample_of_attacks_does_no_harm(name: str) -> None:
    found = list(run(PROFILES[name], every=60))
    assert found and [row for row in found if row["troubles"]] == []
    if name.startswith("container"):
        assert {row["tier"] for row in found} <= {"T2", "T2b"}


def test_the_container_is_bound_as_dockers_are() -> None:
    command = [*PROFILES["container"], "grep", "-E", "CapBnd|Seccomp:", "/proc/self/status"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)])}
    status = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "Seccomp:\t2" in status.stdout
    assert os.geteuid() or f"CapBnd:\t{DOCKERS}" in status.stdout
