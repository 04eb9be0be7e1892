"""One library, one set of mistakes, in the words of every course: the same verdicts."""

from typing import Any

import pytest

from autograder.dialects.dialect import DIALECTS, load_dialect

from .conftest import Grade
from .rendering import rendered

each_dialect = pytest.mark.parametrize("name", DIALECTS)


def lost(entry: Any) -> set[str]:
    return {t["id"] for t in entry["tasks"] if t["verdict"] != "passed"}


def task(entry: Any, name: str) -> Any:
    return next(task for task in entry["tasks"] if task["id"] == name)


def spoken_like(name: str) -> str:
    """2025 asks what 2021 does, and 182 of 2019 cannot be told from 2021."""
    return {"eecs182-2019": "eecs182-2021", "cs231n-2021": "cs231n-2025"}.get(name, name)


@each_dialect
def test_the_staffs_solution_earns_everything(
    grade: Grade, files: dict[str, str], name: str
) -> None:
    entry = grade(rendered(files, load_dialect(name)))
    print(entry["dialect"], entry["dialect_evidence"], entry["files"])
    for t in entry["tasks"]:
        if t["verdict"] != "passed":
            print(t)
    assert lost(entry) - ({"sgd_momentum"} if name == "eecs182-2019" else set()) == set()
    assert {task["id"] for task in entry["tasks"]} == load_dialect(name).task_ids
