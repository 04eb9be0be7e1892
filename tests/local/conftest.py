"""A folder as a student has it: here with the staff's solutions, to be broken by the tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.diagnosis.naming import Diagnostician
from autograder.judge.case import cases_of, public_trials
from autograder.judge.trial import ReferenceExpected
from autograder.local.mistakes import FILE as MISTAKES
from autograder.local.mistakes import record_mistakes
from autograder.local.recorded import FILE, record
from autograder.student.local import LocalChannel

Edit = Callable[[str, str, str], None]


@pytest.fixture(scope="session")
def diagnostician(assignment: Assignment, library: dict[str, str]) -> Diagnostician:
    return Diagnostician(assignment.package, library)


@pytest.fixture(scope="session")
def expected(staff: LocalChannel, diagnostician: Diagnostician) -> ReferenceExpected:
    return ReferenceExpected(staff, diagnostician.alternatives)


@pytest.fixture(scope="session")
def released(
    assignment: Assignment,
    expected: ReferenceExpected,
    diagnostician: Diagnostician,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    folder = tmp_path_factory.mktemp("released") / assignment.id
    shutil.copytree(assignment.root, folder, ignore=shutil.ignore_patterns("__pycache__"))
    cases = [case for task in assignment.tasks for case in cases_of(task.id)]
    trials = [trial for case in cases for trial in public_trials(case)]
    record(trials, expected, folder / FILE)
    known = {task.id: diagnostician.candidates(task.id) for task in assignment.tasks}
    record_mistakes(known, diagnostician.outcome, folder / MISTAKES)
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    mine = tmp_path / "mine"
    shutil.copytree(released, mine)
    monkeypatch.chdir(mine)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    # Whatever terminal the tests are started in.
    monkeypatch.setenv("COLUMNS", "100")
    return mine


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))

    return replace
