"""What the page on dialects says is so."""

import re
from pathlib import Path

import pytest

from autograder.dialects.dialect import load_dialect

from .matrix import table

PAGE = Path(__file__).parents[2] / "docs" / "dialects.md"
HOMEWORKS = {
    "EECS182 from 2023, homework 1": "eecs182-2023",
    "EECS182 from 2023, homework 2": "eecs182-2023",
    "UCLA, homework 3, layers": "nndl",
    "UCLA, homework 4": "nndl",
    "UCLA, homework 5": "nndl",
}


def test_the_table_of_what_was_tried_is_true() -> None:
    text = PAGE.read_text("utf-8")
    assert text[text.index("| task |") :].splitlines() == table()


@pytest.mark.parametrize("homework", HOMEWORKS)
def test_the_tasks_of_a_homework_are_tasks_of_its_dialect(homework: str) -> None:
    [row] = [x for x in PAGE.read_text("utf-8").splitlines() if x.startswith(f"| {homework} |")]
    assert set(re.findall(r"`([\w.]+)`", row)) <= load_dialect(HOMEWORKS[homework]).task_ids


def test_every_task_of_ucla_is_in_a_homework() -> None:
    rows = [x for x in PAGE.read_text("utf-8").splitlines() if x.startswith("| UCLA, homework")]
    assert load_dialect("nndl").task_ids == set(re.findall(r"`(\w+(?:\.\w+)?)`", "".join(rows)))
