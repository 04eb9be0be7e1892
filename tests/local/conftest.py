"""A folder as a student has it: here with the staff's solutions, to be broken by the tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.diagnosis.naming import Diagnostician
from autograder.judge.case import cases_of, public_trials
from autograder.judge.trial import ReferenceExpected
from autograder.local.recorded import FILE, record
from autograder.student.local import LocalChannel

Edit = Callable[[str, str, str], None]


@pytest.fixture(scope="session")
def expected(
    assignment: Assignment, library: dict[str, str], staff: LocalChannel
) -> ReferenceExpected:
    diagnostician = Diagnostician(assignment.package, library)
    return ReferenceExpected(staff, diagnostician.alternatives)


@pytest.fixture(scope="session")
def released(
    assignment: Assignment,
    expected: ReferenceExpected,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    folder = tmp_path_factory.mktemp("released") / assignment.id
    shutil.copytree(assignment.root, folder, ignore=shutil.ignore_patterns("__pycache__"))
    cases = [case for task in assignment.tasks for case in cases_of(task.id)]
    trials = [trial for case in cases for trial in public_trials(case)]
    record(trials, expected, folder / FILE)
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    mine = tmp_path / "mine"
    shutil.copytree(released, mine)
    monkeypatch.chdir(mine)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return mine


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))

    return replace
