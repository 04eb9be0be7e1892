"""Results of an earlier run, at the points that tasks are worth now."""

from collections.abc import Sequence

from autograder.assignment import Assignment
from autograder.grading.grade import Entry


def repriced(entry: Entry, assignment: Assignment) -> Entry | None:
    """`entry` with the assignment's points.

    None if a task of other points has earned a part of the old ones: rounded as they are, they do
    not tell what it would earn now.
    """
    worth = {task.id: task.points for task in assignment.tasks}
    tasks = []
    for task in entry["tasks"]:
        if (now := _repriced(task, worth.get(task["id"], task["max_points"]))) is None:
            return None
        tasks.append(now)
    return with_tasks(entry, tasks)


def with_tasks(entry: Entry, tasks: Sequence[Entry]) -> Entry:
    """`entry` with other results of its tasks, none of which is a fault of the grader."""
    totals = {key: round(sum(task[key] for task in tasks), 2) for key in ("points", "max_points")}
    return {**entry, **totals, "tasks": list(tasks)}


def _repriced(task: Entry, worth: float) -> Entry | None:
    if task["max_points"] == worth:
        return task
    if task["verdict"] == "partial":
        return None
    return {**task, "max_points": worth, "points": worth if task["verdict"] == "passed" else 0.0}
