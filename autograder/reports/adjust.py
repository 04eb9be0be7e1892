"""Points and comments that a person gives: kept in a table, and put into every new result."""

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.reports.document import ReportError, read_document
from autograder.spreadsheet import read_sheet

COLUMNS = ("student", "task", "points", "comment")
Json = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """What a person decided, and where it is written."""

    place: str
    student: str
    task: str
    points: str
    comment: str


def adjust(document: Mapping[str, Any], file: Path) -> tuple[Json, list[str]]:
    """The document with what the table `file` says, and the students in it who have no result.

    A row names a student and a task; an empty `points` leaves the points as they are. The document
    that was passed stays as it is; where it says already what a row says, nothing is added. Raises
    SheetError, and ReportError for a row that cannot be, or one that decides the same again.
    """
    read_document(changed := copy.deepcopy(dict(document)))
    entries = {entry["id"]: entry for entry in changed["submissions"]}
    known, absent = {task["id"] for task in changed["tasks"]}, []
    for row in _rows(file):
        if row.task not in known:
            raise ReportError(f"{row.place}: there is no task '{row.task}'")
        if row.student in entries:
            _apply(entries[row.student], row)
        else:
            absent.append(row.student)
    return changed, absent


def _rows(file: Path) -> list[Row]:
    sheet = read_sheet(file)
    if missing := [name for name in COLUMNS if sheet.column(name) is None]:
        raise ReportError(f"{file}: has no column {', '.join(missing)}")
    decided: dict[tuple[str, str], Row] = {}
    rows = []
    for number, cells in enumerate(sheet.rows, 2):
        texts = ("".join(sheet.cells(cells, [name])) for name in COLUMNS)
        rows.append(row := Row(f"{file}: row {number}", *texts))
        if row.points and decided.setdefault((row.student, row.task), row) is not row:
            raise ReportError(f"{row.place}: {row.student} has points for {row.task} above")
    return rows


def _apply(entry: Json, row: Row) -> None:
    task = next((task for task in entry["tasks"] if task["id"] == row.task), None)
    if task is None:
        raise ReportError(f"{row.place}: {entry['id']} has no result for {row.task}")
    notes, told = task.get("notes", []), f"Comment: {row.comment}"
    if row.points:
        new = _points(row.points, task["max_points"], row.place)
        by_hand = f"{new:g} points set by hand instead of "
        told = f"{by_hand}{task['points']:g}. {row.comment}".strip()
        if task["points"] == new:
            told = next((note for note in notes if _says(note, by_hand, row.comment)), told)
        _set(entry, task, new)
    task["notes"] = [*notes, *([told] if told not in notes else [])]


def _says(note: str, by_hand: str, comment: str) -> bool:
    return note.startswith(by_hand) and note.endswith(comment)


def _points(text: str, most: float, place: str) -> float:
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if not 0 <= points <= most:
        wanted = f"a number between 0 and {most:g}, with a point for decimals"
        raise ReportError(f"{place}: '{text}' is not {wanted}")
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
