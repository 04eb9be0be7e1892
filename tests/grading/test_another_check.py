"""After a check has changed, what it is about is judged again, and nothing else."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from assignments import MODULAR_NETS, ROOT

import autograder.checks
from autograder.grading.known import CALM
from autograder.grading.provenance import _imported

STUDENTS = ("ada", "jana", "tara", "ugo")
TASKS = ("affine_forward", "sgd_momentum", "adam", "TwoLayerNet.loss")
MARK = "from the first run"
Grade = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """An autograder of one's own."""
    shutil.copytree(ROOT / "autograder", tmp_path / "engine" / "autograder")
    return tmp_path / "engine"


@pytest.fixture
def grade(engine: Path, tmp_path: Path) -> Grade:
    result = tmp_path / "result.json"
    command = [
        sys.executable, "-m", "autograder", "grade", "--seed", "5", "--json", str(result),
        "--assignment", str(MODULAR_NETS.root),
        *(str(ROOT / "submissions" / student) for student in STUDENTS),
        *(word for task in TASKS for word in ("--task", task)), "--store",
    ]  # fmt: skip

    def run(store: str) -> list[dict[str, Any]]:
        environment = {**os.environ, "PYTHONPATH": f"{engine}:{ROOT}"}
        subprocess.run(
            [*command, str(tmp_path / store)], cwd=engine, env=environment, check=True,
            capture_output=True,
        )  # fmt: skip
        submissions: list[dict[str, Any]] = json.loads(result.read_text())["submissions"]
        return submissions

    return run


def marked(store: Path) -> None:
    """Each result that is kept says so in its first task."""
    with sqlite3.connect(store) as database:
        for key, text in database.execute("select key, entry from verdicts").fetchall():
            entry = json.loads(text)
            entry["tasks"][0]["notes"].append(MARK)
            row = json.dumps(entry), key
            database.execute("update verdicts set entry = ? where key = ?", row)


def unmarked(submissions: list[dict[str, Any]]) -> set[str]:
    """Takes the marks off, and tells who had one."""
    found = {each["id"] for each in submissions if MARK in each["tasks"][0]["notes"]}
    for each in submissions:
        each["tasks"][0]["notes"] = [n for n in each["tasks"][0]["notes"] if n != MARK]
    return found


def test_only_what_a_check_may_change_is_judged_again(
    engine: Path, grade: Grade, tmp_path: Path
) -> None:
    """All of a submission only if a task raises or ends, for that may cost others something."""
    before = grade("one.db")
    calm = {each["id"] for each in before if {t["verdict"] for t in each["tasks"]} <= CALM}
    assert calm == {"ada", "tara", "ugo"}
    marked(tmp_path / "one.db")
    checks = engine / "autograder" / "checks"
    with (checks / "convolution.py").open("a") as other:
        other.write("\n# About tasks that nobody was asked.\n")
    assert unmarked(grade("one.db")) == set(STUDENTS)
    optim = (checks / "optim.py").read_text()
    (checks / "optim.py").write_text(optim.replace('"next_w": next_w, ', ""))
    again, afresh = grade("one.db"), grade("two.db")
    assert unmarked(again) == calm
    assert again == afresh != before


def test_what_checks_import_from_another_room_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    text = "import math\nimport numpy\nfrom autograder.checks.nets import distinct\n"
    (tmp_path / "elsewhere" / "asked.py").write_text(text)
    places = [*autograder.checks.__path__, str(tmp_path)]
    monkeypatch.setattr(autograder.checks, "__path__", places)
    asked = import_module("autograder.checks.elsewhere.asked").__name__
    assert _imported({asked}) == {asked, "autograder.checks.nets"}
