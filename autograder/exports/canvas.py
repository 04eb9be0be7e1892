"""Canvas's grade book: the file of "Export", filled in for "Import"."""

import re
from dataclasses import replace
from typing import Any

from autograder.exports.classlist import Filled, Row, grade_of, marked, pair, unfinished
from autograder.people import Roster
from autograder.reports.document import Document, ReportError, read_document
from autograder.spreadsheet import Sheet, plain

TITLES = ("Student", "SIS Login ID", "SIS User ID", "Integration ID")
OWN = ("ID", "Section", *TITLES)
POSSIBLE, READ_ONLY = "pointspossible", "readonly"


def fill(
    document: dict[str, Any], sheet: Sheet, column: str, scale: bool, roster: Roster | None = None
) -> Filled:
    """Write the points into the assignment's column, and nothing anywhere else.

    What is no number there, such as EX for a student who is excused, stays.
    With `scale` they are taken to the column's own "Points Possible". ReportError if the table is
    not Canvas's, if `column` is none of it, or if the points possible are others without `scale`.
    """
    view = read_document(document)
    place = _column(sheet, column)
    possible = _possible(view, sheet, place, scale)
    pairs, filled = pair(view, _without_points(sheet), "ID", TITLES, roster)
    filled.sheet = sheet
    for submission, row in pairs:
        if why := unfinished(submission) or marked(submission, row[place]):
            filled.left.append(why)
        else:
            grade = round(grade_of(submission, possible, scale), 2)
            filled.write(submission, row, place, f"{grade}")
    return filled


def _column(sheet: Sheet, name: str) -> int:
    """Canvas writes an assignment's number behind its name, and lets it be left out here; it says
    in the row of points possible which columns it computes, and takes none of those back."""
    if sheet.column("ID") is None or sheet.column("Student") is None:
        raise ReportError("This is no export of Canvas's grade book: it has no Student and ID.")
    points = next(filter(_is_points, sheet.rows), [""] * len(sheet.header))
    titles = list(enumerate(sheet.header))
    free = [(n, t) for n, t in titles if t not in OWN and plain(points[n]) != READ_ONLY]
    meant = [n for n, title in free if name in (title, _bare(title))]
    if len(meant) != 1:
        unknown = f"There is no one column '{name}'. " if name else ""
        known = ", ".join(title for _, title in free)
        raise ReportError(f"{unknown}Say with --column which one to fill: {known}.")
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
