"""A judge of everything that other courses ask for."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.sandbox.tiers import probe

Grade = Callable[[Mapping[str, str]], Any]


@pytest.fixture(scope="session")
def judge(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store") / "results.db"
    job = Job(assignment.root, probe(), "secret", store, experiments=False, environments=("numpy",))
    with Judge(job) as running:
        yield running


@pytest.fixture
def grade(judge: Judge, tmp_path: Path) -> Grade:
    """The entry of a submission of these files."""

    def graded(files: Mapping[str, str]) -> Any:
        for name, text in files.items():
            (tmp_path / "ada" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "ada" / name).write_text(text)
        return judge.grade(tmp_path / "ada")

    return graded


@pytest.fixture(scope="session")
def files(assignment: Assignment, library: dict[str, str]) -> dict[str, str]:
    return {name: library[name] for name in assignment.student_files}
