"""All assignments, for tests of what must hold of each."""

from pathlib import Path

import pytest

from autograder.assignment import Assignment, Task, find_assignments
from autograder.diagnosis.catalogue import Entry

ROOT = Path(__file__).parents[1]
ASSIGNMENTS = find_assignments(ROOT / "source")
MODULAR_NETS = next(each for each in ASSIGNMENTS if each.id == "modular-nets")

every_assignment = pytest.mark.parametrize(
    "assignment", ASSIGNMENTS, indirect=True, ids=[each.id for each in ASSIGNMENTS]
)
"""Runs a test with each of them as the fixture `assignment`, on which others build."""


each_task = pytest.mark.parametrize(
    ("assignment", "task"),
    [pytest.param(a, task.id, id=task.id) for a in ASSIGNMENTS for task in a.tasks if task.file],
    indirect=["assignment"],
    scope="session",
)
"""Runs a test with each task of a student file, by its id, and its assignment as the fixture."""


def file_of(task: Task) -> str:
    """Where its solution is, as the catalogue names it."""
    return task.file or f"cell_{task.id}.py"


def assignment_of(entry: Entry) -> Assignment:
    """The one that has the task of `entry`."""
    found = [a for a in ASSIGNMENTS for task in a.tasks if task.id == entry.task]
    assert found, f"{entry.id}: there is no task '{entry.task}'"
    return found[0]


def each_entry(*entries: Entry) -> pytest.MarkDecorator:
    """Runs a test with each of them as `entry`, and its assignment as the fixture."""
    values = [pytest.param(assignment_of(entry), entry, id=entry.id) for entry in entries]
    names, fixtures = ("assignment", "entry"), ["assignment"]
    return pytest.mark.parametrize(names, values, indirect=fixtures, scope="session")
