"""After a check has changed, what it is about is judged again, and nothing else."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from assignments import MODULAR_NETS, ROOT

import autograder.checks
from autograder.grading.known import CALM
from autograder.grading.provenance import _imported
from autograder.grading.store import packed

STUDENTS = ("jana", "tara", "ugo")
TASKS = (
    "affine_forward", "sgd_momentum", "adam", "TwoLayerNet.loss", "TwoLayerNet.gradients",
)  # fmt: skip
MARK = "from the first run"
Grade = Callable[[str], list[dict[str, Any]]]


def changed(file: Path, *edits: tuple[str, str]) -> None:
    text = file.read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """An autograder of one's own."""
    shutil.copytree(ROOT / "autograder", tmp_path / "engine" / "autograder")
    return tmp_path / "engine"


@pytest.fixture
def eve(tmp_path: Path) -> Path:
    """All right, but for a momentum that nobody has asked for yet."""
    work = Path(shutil.copytree(ROOT / "submissions" / "ada", tmp_path / "eve"))
    step = "    next_w = w + v\n"
    asserted = "    assert config['momentum'] != 0.6\n"
    changed(work / "deepnets" / "optim.py", (step, step + asserted))
    return work


@pytest.fixture
def grade(engine: Path, eve: Path, tmp_path: Path) -> Grade:
    result = tmp_path / "result.json"
    command = [
        sys.executable, "-m", "autograder", "grade", "--seed", "5", "--json", str(result),
        "--assignment", str(MODULAR_NETS.root), str(eve),
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
        for key, text in database.execute("select key, entry from entries").fetchall():
            entry = json.loads(zlib.decompress(text))
            entry["tasks"][0]["notes"].append(MARK)
            row = packed(entry), key
            database.execute("update entries set entry = ? where key = ?", row)


def unmarked(submissions: list[dict[str, Any]]) -> set[str]:
    """Takes the marks off, and tells who had one."""
    found = {each["id"] for each in submissions if MARK in each["tasks"][0]["notes"]}
    for each in submissions:
        each["tasks"][0]["notes"] = [n for n in each["tasks"][0]["notes"] if n != MARK]
    return found


def told(submissions: list[dict[str, Any]], student: str, task: str) -> dict[str, Any]:
    [own] = [each for each in submissions if each["id"] == student]
    found: dict[str, Any] = next(each for each in own["tasks"] if each["id"] == task)
    return found


def test_only_what_a_check_may_change_is_judged_again(
    engine: Path, grade: Grade, tmp_path: Path
) -> None:
    """All of a submission only if a task raises or ends, for that may cost others something."""
    before = grade("one.db")
    calm = {each["id"] for each in before if {t["verdict"] for t in each["tasks"]} <= CALM}
    assert calm == {"eve", "tara", "ugo"}
    marked(tmp_path / "one.db")
    checks, diagnosis = (engine / "autograder" / name for name in ("checks", "diagnosis"))
    with (checks / "convolution.py").open("a") as other:
        other.write("\n# About tasks that nobody was asked.\n")
    assert unmarked(grade("one.db")) == {"eve", *STUDENTS}
    changed(diagnosis / "misconceptions" / "fc_net.py", ("is twice too large", "is doubled"))
    renewed = grade("one.db")
    assert unmarked(renewed) == calm
    run = json.loads((tmp_path / "result.json").read_text())["run"]
    assert run["known"] == run["renewed"] == len(calm)
    assert "is doubled" in told(renewed, "tara", "TwoLayerNet.loss")["findings"][0]["hint"]
    changed(checks / "optim.py", ('"next_w": next_w, ', ""), ('"momentum": 0.7', '"momentum": 0.6'))
    changed(checks / "nets.py", ('": grads[name] for', '": 0 * grads[name] for'))
    again, afresh = grade("one.db"), grade("two.db")
    assert unmarked(again) == calm - {"eve"}
    assert told(again, "eve", "sgd_momentum")["verdict"] == "crashed"
    assert told(renewed, "tara", "TwoLayerNet.gradients")["verdict"] == "partial"
    assert told(again, "tara", "TwoLayerNet.gradients")["verdict"] == "passed"
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
