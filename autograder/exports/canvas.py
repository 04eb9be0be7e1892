"""Canvas's grade book: the file of "Export", filled in for "Import"."""

import re
from dataclasses import replace
from typing import Any

from autograder.exports.classlist import Filled, Row, grade_of, pair, unfinished
from autograder.people import Roster
from autograder.reports.document import Document, ReportError, read_document
from autograder.spreadsheet import Sheet, plain

TITLES = ("Student", "SIS Login ID", "SIS User ID", "Integration ID")
OWN = ("ID", "Section", *TITLES)
POSSIBLE = "pointspossible"


def fill(
    document: dict[str, Any], sheet: Sheet, column: str, scale: bool, roster: Roster | None = None
) -> Filled:
    """Write the points into the assignment's column, and nothing anywhere else.

    With `scale` they are taken to the column's own "Points Possible". ReportError if the table is
    not Canvas's, if `column` is none of it, or if the points possible are others without `scale`.
    """
    view = read_document(document)
    place = _column(sheet, column)
    possible = _possible(view, sheet, place, scale)
    pairs, filled = pair(view, _without_points(sheet), "ID", TITLES, roster)
    filled.sheet = sheet
    for submission, row in pairs:
        if why := unfinished(submission):
            filled.left.append(why)
        else:
            row[place] = f"{round(grade_of(submission, possible, scale), 2)}"
            filled.count += 1
    return filled


def _column(sheet: Sheet, name: str) -> int:
    """Canvas writes an assignment's number behind its name, and lets it be left out here."""
    if sheet.column("ID") is None or sheet.column("Student") is None:
        raise ReportError("This is no export of Canvas's grade book: it has no Student and ID.")
    meant = [n for n, title in enumerate(sheet.header) if name in (title, _bare(title))]
    if len(meant) != 1 or sheet.header[meant[0]] in OWN:
        known = ", ".join(title for title in sheet.header if title not in OWN)
        raise ReportError(f"Say with --column which one to fill: {known}.")
    return meant[0]


def _bare(title: str) -> str:
    return re.sub(r" \(\d+\)$", "", title)


def _possible(view: Document, sheet: Sheet, place: int, scale: bool) -> float:
    """The most points of the column, which are those of the assignment unless they are scaled."""
    own = sum(task.points for task in view.tasks)
    [text, *_] = [row[place] for row in sheet.rows if _is_points(row)] or [""]
    try:
        possible = float(text)
    except ValueError:
        possible = own
    if possible != own and not scale:
        text = f"The column's points possible are {possible:g}, the assignment's {own:g}"
        raise ReportError(f"{text}: change them in Canvas, or add --scale.")
    return possible


def _is_points(row: Row) -> bool:
    return plain(row[0]) == POSSIBLE


def _without_points(sheet: Sheet) -> Sheet:
    return replace(sheet, rows=[row for row in sheet.rows if not _is_points(row)])
