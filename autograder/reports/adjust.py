"""Points and comments that a person gives: kept in a table, and put into every new result."""

import copy
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.reports.document import ReportError, read_document
from autograder.spreadsheet import read_sheet

COLUMNS = ("student", "task", "points", "comment")
Json = dict[str, Any]


def adjust(document: Mapping[str, Any], file: Path) -> tuple[Json, list[str]]:
    """The document with what the table `file` says, and the students in it who have no result.

    A row names a student and a task; an empty `points` leaves the points as they are. The document
    that was passed stays as it is. Raises SheetError, and ReportError for a row that cannot be.
    """
    read_document(changed := copy.deepcopy(dict(document)))
    sheet = read_sheet(file)
    if missing := [name for name in COLUMNS if sheet.column(name) is None]:
        raise ReportError(f"{file}: has no column {', '.join(missing)}")
    entries = {entry["id"]: entry for entry in changed["submissions"]}
    known, absent = {task["id"] for task in changed["tasks"]}, []
    for number, row in enumerate(sheet.rows, 2):
        student, task, points, comment = ("".join(sheet.cells(row, [name])) for name in COLUMNS)
        if task not in known:
            raise ReportError(f"{file}: row {number}: there is no task '{task}'")
        if student in entries:
            place = f"{file}: row {number}"
            _apply(entries[student], task, points, comment, place)
        else:
            absent.append(student)
    return changed, absent


def _apply(entry: Json, name: str, points: str, comment: str, place: str) -> None:
    task = next((task for task in entry["tasks"] if task["id"] == name), None)
    if task is None:
        raise ReportError(f"{place}: {entry['id']} has no result for {name}")
    told = f"Comment: {comment}"
    if points:
        new = _points(points, task["max_points"], place)
        told = f"{new:g} points set by hand instead of {task['points']:g}. {comment}".strip()
        _set(entry, task, new)
    task["notes"] = [*task.get("notes", []), told]


def _points(text: str, most: float, place: str) -> float:
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if not 0 <= points <= most:
        raise ReportError(f"{place}: '{text}' is not between 0 and {most:g} points")
    return points


def _set(entry: Json, task: Json, points: float) -> None:
    """A task that the grader failed on counts once a person has decided it."""
    if task["verdict"] == "grader fault":
        entry["max_points"] = round(entry["max_points"] + task["max_points"], 2)
        task["verdict"] = "passed" if points == task["max_points"] else "failed"
        if 0 < points < task["max_points"]:
            task["verdict"] = "partial"
    entry["points"] = round(entry["points"] + points - task["points"], 2)
    task["points"] = points
