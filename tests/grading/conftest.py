"""A judge of everything that needs neither training nor PyTorch, and right work to be broken."""

from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Judge
from autograder.judge.trial import ReferenceExpected
from autograder.student.local import LocalChannel
from autograder.submission import Submission

from .breaking import Workshop
from .in_process import InThisProcess

LAYERS = "deepnets/layers.py"


@pytest.fixture(scope="session")
def workshop(assignment: Assignment, library: dict[str, str], staff: LocalChannel) -> Workshop:
    return Workshop(assignment, library, ReferenceExpected(staff))


@pytest.fixture(scope="session")
def in_this_process(assignment: Assignment, staff: LocalChannel) -> InThisProcess:
    return InThisProcess(assignment, staff)


def tasks(judge: Judge, files: dict[str, str]) -> dict[str, Any]:
    """Each task's part of the result, by its id."""
    return {task["id"]: task for task in judge.judge(Submission("s", files))["tasks"]}


def edited(files: dict[str, str], path: str, old: str, new: str) -> dict[str, str]:
    assert files[path].count(old) == 1
    return {**files, path: files[path].replace(old, new)}


def lost(found: dict[str, Any]) -> set[str]:
    return {name for name, task in found.items() if task["points"] < task["max_points"]}
