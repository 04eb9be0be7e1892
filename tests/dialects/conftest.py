"""A judge of everything that other courses ask for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.dialects.reading import read_in_dialect
from autograder.grading.grade import Judge

Grade = Callable[[Mapping[str, str], str], Any]


@pytest.fixture
def grade(judge: Judge, tmp_path_factory: pytest.TempPathFactory) -> Grade:
    """The entry of a submission of these files, in the dialect of that name."""

    def graded(files: Mapping[str, str], dialect: str = "auto") -> Any:
        folder = hand_in(tmp_path_factory.mktemp("class") / "ada", files)
        return judge.judge(read_in_dialect(folder, judge.assignment, dialect))

    return graded


def hand_in(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def lost(entry: Any) -> set[str]:
    return {t["id"] for t in entry["tasks"] if t["verdict"] != "passed"}


def task(entry: Any, name: str) -> Any:
    return next(task for task in entry["tasks"] if task["id"] == name)


def named(entry: Any) -> dict[str, tuple[str, list[str], list[str]]]:
    """Verdict, names of the mistakes, and whose functions stood in, by task."""
    return {t["id"]: (t["verdict"], t["diagnosis"], t["stand_ins"]) for t in entry["tasks"]}
