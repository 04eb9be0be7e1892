"""Moodle's grading worksheet: downloaded, filled in, and uploaded again."""

from html import escape
from typing import Any

from autograder.exports.classlist import Filled, Row, grade_of, marked, number, pair, unfinished
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
        maximum = number(_cell(sheet, row, MOST))
        most = own if maximum is None else maximum
        if most != own and not scale:
            text = f"The maximum grade is {most:g}, the assignment's points are {own:g}"
            raise ReportError(f"{text}: change it in Moodle, or add --scale.")
        mark = marked(submission, _cell(sheet, row, GRADE))
        if why := unfinished(submission) or _locked(sheet, row, submission) or mark:
            filled.left.append(why)
        else:
            place = sheet.column(GRADE)
            assert place is not None
            filled.write(submission, row, place, f"{grade_of(submission, most, scale):.2f}")
            _comment(sheet, row, submission)
    return filled


def _cell(sheet: Sheet, row: Row, title: str) -> str:
    return "".join(sheet.cells(row, [title]))


def _locked(sheet: Sheet, row: Row, submission: Submission) -> str:
    locked = _cell(sheet, row, LOCKED).lower() == "no"
    return f"{submission.id} (locked in Moodle)" if locked else ""


def _comment(sheet: Sheet, row: Row, submission: Submission) -> None:
    feedback = sheet.column(FEEDBACK)
    if feedback is not None and (not row[feedback] or row[feedback].startswith(OURS)):
        row[feedback] = csv_cell(_feedback(submission))


def _feedback(submission: Submission) -> str:
    """What a student may see of the tasks that are not solved, as HTML, which Moodle expects."""
    shown = handout(submission)
    tasks = [task_text(task) for task in shown.tasks if task.verdict != "passed"]
    total = f"{submission.points:g} of {submission.max_points:g} points.</p>"
    return OURS + total + "".join(f"<pre>{escape(text)}</pre>" for text in tasks)
