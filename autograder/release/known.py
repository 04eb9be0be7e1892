"""The tasks that cases, entries and notebooks may name."""

from collections.abc import Iterable
from difflib import get_close_matches

from autograder.assignment import Assignment, Task, find_assignments, siblings
from autograder.release.kit import ROOT


def known_tasks(assignment: Assignment) -> dict[str, Task]:
    """Those of `assignment`, of the assignments beside it and of the repository's own, by id."""
    courses = (*find_assignments(ROOT / "source"), *siblings(assignment)[1:], assignment)
    return {task.id: task for course in courses for task in course.tasks}


def no_task(name: str, tasks: Iterable[str]) -> str:
    """That `name` is none of `tasks`, and which is meant."""
    return f"there is no task '{name}'{guess(name, tasks)}"


def guess(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about `name`, which is not among the `known`."""
    near = get_close_matches(name, list(known), 1)
    return f"; did you mean '{near[0]}'?" if near else ""
