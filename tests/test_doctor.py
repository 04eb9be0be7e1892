"""The doctor tries what it tells."""

import json
import os
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import doctor
from autograder.cli import app
from autograder.grading.store import Store, StoreError
from autograder.sandbox import survey, tiers
from autograder.sandbox.layers import Tier
from autograder.sandbox.selftest import ATTEMPTS

ROOT = Path(__file__).parents[1]
RUN = CliRunner()
BEST = tiers.available()[0]


def test_the_tier_the_attempts_the_versions_and_the_room_are_told() -> None:
    found = RUN.invoke(app, ["doctor"], env={"COLUMNS": "200"})
    assert found.exit_code == 0
    lines = found.output.splitlines()
    assert lines[0] == f"Isolation: {BEST.name}"
    assert {line.split("│")[1].strip() for line in lines if line.startswith("│")} == set(ATTEMPTS)
    names = ("graded-nets", "numpy", "distributed")
    assert {f"{name}: {version(name)}" for name in names} <= set(lines)
    assert f"python: {platform.python_version()}" in lines
    assert any(re.fullmatch(r"graded: \d+\.\d GiB free", line) for line in lines)


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


def test_a_store_that_grade_cannot_use_is_told_in_its_words(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("no results, but enough of it to be none of SQLite's files")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "device").symlink_to("/dev/null")
    reasons = {"folder": "it is a folder", "text": "file is not a database",
               "pipe": "it is no ordinary file", "device": "it is no ordinary file",
               "loop": "Too many levels of symbolic links",
               "long" * 99: "File name too long"}  # fmt: skip
    for name, why in reasons.items():
        place, words = tmp_path / name, f"cannot keep results there ({why}); choose another --store"
        found = RUN.invoke(app, ["doctor", "--store", str(place)], env={"COLUMNS": "200"})
        assert found.exit_code == 1 and f"{place}: ! {words}" in found.output.splitlines()
        with pytest.raises(StoreError, match=re.escape(f"{place}: {words}")):
            Store(place)


def test_a_store_is_not_changed_by_looking(tmp_path: Path) -> None:
    RUN.invoke(app, ["doctor", "--store", str(tmp_path / "none.db")])
    with Store(tmp_path / "some.db") as store:
        store.seed("homework")
    before = (tmp_path / "some.db").read_bytes()
    found = RUN.invoke(app, ["doctor", "--store", str(tmp_path / "some.db")])
    assert found.exit_code == 0 and (tmp_path / "some.db").read_bytes() == before
    assert not (tmp_path / "none.db").exists()


REFUSE = """
import errno, os, sys
from autograder.sandbox import kernel, seccomp, syscalls

syscalls.TABLE["unshare"] = (272, 97)
name, error, *command = sys.argv[1:]
code = seccomp._op(seccomp._LOAD, seccomp._NUMBER)
code += seccomp._refuse(name, getattr(errno, error)) + seccomp._op(seccomp._RETURN, seccomp._ALLOW)
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
seccomp.install(code)
os.execv(sys.executable, [sys.executable, *command])
"""
"""Goes on as on a machine whose kernel refuses one system call."""


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("seccomp", "ENOSYS", "For every tier: install a kernel with CONFIG_SECCOMP_FILTER=y (O"),
        ("landlock_create_ruleset", "ENOSYS", "For T1 and T2: install Linux 6.2 or later, with CO"),
        ("landlock_create_ruleset", "EOPNOTSUPP", "For T1 and T2: add landlock to the kernel's b"),
        ("landlock_create_ruleset", "EPERM", "For T1 and T2: update Docker or Podman, whose prof"),
        ("unshare", "EPERM", ("For T1: ", "A container forbids namespaces")),
    ],
)
def test_a_layer_that_is_missing_comes_with_what_to_do(
    call: str, error: str, words: str | tuple[str, ...]
) -> None:
    command = [sys.executable, "-c", REFUSE, call, error, "-m", "autograder", "doctor", "--json"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert any(line.startswith(words) for line in json.loads(told.stdout)["advice"]), told.stderr


def test_the_switch_that_forbids_namespaces_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "switch").write_text("0\n")
    monkeypatch.setattr(survey, "USER_NAMESPACES", {str(tmp_path / "switch"): ("0", "1")})
    told = f"{tmp_path / 'switch'}=1".replace("/", ".")
    assert next(survey._for_namespaces("EPERM")) == f"For T1: sysctl -w {told}"
    (tmp_path / "switch").write_text("1\n")
    assert all("sysctl" not in line for line in survey._for_namespaces("EPERM"))


def test_where_nothing_tells_what_forbids_namespaces_a_command_finds_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(survey, "USER_NAMESPACES", {})
    monkeypatch.setattr(survey, "CONTAINERS", ())
    [told] = survey._for_namespaces("unshare: Operation not permitted")
    assert "`unshare -Urmpn true` (unshare: Operation not permitted)" in told


def test_a_landlock_that_is_too_old_is_named() -> None:
    why = "Landlock version 2 is older than 3"
    assert survey._for_landlock(why).startswith("For T1 and T2: install Linux 6.2 or later")
