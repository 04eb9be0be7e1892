"""Moodle's grading worksheet: downloaded, filled in, and uploaded again."""

import re
from html import escape
from typing import Any

from autograder.exports.classlist import Filled, Row, grade_of, pair, unfinished
from autograder.people import Roster
from autograder.reports.document import ReportError, Submission, read_document
from autograder.reports.handout import handout, task_text
from autograder.reports.text import csv_cell
from autograder.spreadsheet import Sheet

IDENTIFIER, GRADE, MOST, FEEDBACK = "Identifier", "Grade", "Maximum Grade", "Feedback comments"
TITLES = ("Full name", "Email address", "ID number", "Username")
LOCKED = "Grade can be changed"
OURS = "<p>Autograder: "


def fill(
    document: dict[str, Any], sheet: Sheet, scale: bool, roster: Roster | None = None
) -> Filled:
    """Write grades, and feedback where there is none of a person's; nothing else is changed.

    With `scale` points are taken to the worksheet's "Maximum Grade". ReportError if the table is no
    worksheet, or if its maximum is another one without `scale`.
    """
    view = read_document(document)
    if missing := [t for t in (IDENTIFIER, GRADE, MOST) if sheet.column(t) is None]:
        text = "switch on offline grading worksheets, and download one in English"
        raise ReportError(f"This is no grading worksheet: {', '.join(missing)} is missing: {text}.")
    pairs, filled = pair(view, sheet, IDENTIFIER, TITLES, roster)
    own = sum(task.points for task in view.tasks)
    for submission, row in pairs:
        most = _number(_cell(sheet, row, MOST), own)
        if most != own and not scale:
            text = f"The maximum grade is {most:g}, the assignment's points are {own:g}"
            raise ReportError(f"{text}: change it in Moodle, or add --scale.")
        if why := unfinished(submission) or _locked(sheet, row, submission):
            filled.left.append(why)
        else:
            _write(sheet, row, submission, grade_of(submission, most, scale))
            filled.count += 1
    return filled


def _cell(sheet: Sheet, row: Row, title: str) -> str:
    return "".join(sheet.cells(row, [title]))


def _number(text: str, default: float) -> float:
    return float(text.replace(",", ".")) if re.fullmatch(r"\d+([.,]\d+)?", text) else default


def _locked(sheet: Sheet, row: Row, submission: Submission) -> str:
    locked = _cell(sheet, row, LOCKED).lower() == "no"
    return f"{submission.id} (locked in Moodle)" if locked else ""


def _write(sheet: Sheet, row: Row, submission: Submission, points: float) -> None:
    grade, feedback = sheet.column(GRADE), sheet.column(FEEDBACK)
    assert grade is not None
    row[grade] = f"{points:.2f}"
    if feedback is not None and (not row[feedback] or row[feedback].startswith(OURS)):
        row[feedback] = csv_cell(_feedback(submission))


def _feedback(submission: Submission) -> str:
    """What a student may see of the tasks that are not solved, as HTML, which Moodle expects."""
    shown = handout(submission)
    tasks = [task_text(task) for task in shown.tasks if task.verdict != "passed"]
    total = f"{submission.points:g} of {submission.max_points:g} points.</p>"
    return OURS + total + "".join(f"<pre>{escape(text)}</pre>" for text in tasks)
