"""Results as rich tables for a terminal."""

from collections.abc import Sequence
from typing import Any

from rich.columns import Columns
from rich.console import Group
from rich.table import Table
from rich.text import Text

from autograder.reports.document import (
    Document,
    Finding,
    ReportError,
    Submission,
    TaskResult,
    read_document,
)
from autograder.reports.statistics import work_done
from autograder.reports.text import clean, one_line
from autograder.reports.troubles import not_due, trouble, worst_first
from autograder.reports.verdicts import LOOKS

MOST_ROWS = 200
"""Of a table in a terminal; a larger class is looked at in the reports."""
_STYLES = {
    "good": "green",
    "half": "yellow",
    "bad": "red",
    "wait": "magenta",
    "fault": "bold cyan",
    "none": "dim",
}


def class_summary(document: dict[str, Any] | Document) -> Group:
    """The points and marks of all, what the marks mean, and whose files could not be used.

    ReportError if malformed.
    """
    view = read_document(document)
    shown = view.submissions[:MOST_ROWS]
    table, legend = _class_table(view, shown), _legend(shown)
    return Group(table, legend, *_troubles(view), Text(work_done(view)))


def _class_table(view: Document, shown: Sequence[Submission]) -> Table:
    more = len(view.submissions) - len(shown)
    rest = f"… and {more} more, which --html and --csv show" if more else None
    table = Table(title=Text(one_line(view.title)), caption=rest)
    table.add_column("Submission", overflow="fold")
    table.add_column("Points", justify="right", no_wrap=True)
    table.add_column("Tasks", overflow="fold")
    for submission in shown:
        table.add_row(Text(one_line(submission.id, 40)), _points(submission), _marks(submission))
    return table


def student_summary(document: dict[str, Any], student: str) -> Table:
    """One row per task of that student: verdict, points, first hint that a student may see.

    ReportError if the document is malformed or has no such submission.
    """
    view = read_document(document)
    found = next((each for each in view.submissions if each.id == clean(student)), None)
    if found is None:
        raise ReportError(f"The result document has no submission '{one_line(student)}'.")
    table = Table("Task", "Verdict", "Points", "Look at", title=Text(one_line(student)))
    for task in found.tasks:
        look = LOOKS[task.verdict]
        verdict = Text(f"{look.mark} {look.label}", style=_STYLES[look.tone])
        points = Text(f"{task.points:g} of {task.max_points:g}")
        table.add_row(Text(one_line(task.id)), verdict, points, Text(_look_at(task)))
    return table


def _look_at(task: TaskResult) -> str:
    found = next((each for each in task.findings if each.visibility == "student"), None)
    told = [_told(found)] if found else []
    if task.stand_ins:
        told.append(f"judged with the staff's {_listed(task.stand_ins)}")
    return "; ".join(told)


def _told(finding: Finding) -> str:
    where = f" ({one_line(finding.section, 120)})" if finding.section else ""
    return f"{one_line(finding.hint or finding.message, 120)}{where}"


def _listed(names: Sequence[str]) -> str:
    *most, last = map(one_line, names)
    return f"{', '.join(most)} and {last}" if most else last


def _points(submission: Submission) -> Text:
    return Text(f"{submission.points:g} of {submission.max_points:g}")


def _marks(submission: Submission) -> Text:
    looks = [LOOKS[task.verdict] for task in submission.tasks]
    return Text.assemble(*((look.mark, _STYLES[look.tone]) for look in looks))


def _legend(shown: Sequence[Submission]) -> Columns:
    """The marks that occur; an entry is never broken over two lines."""
    met = {verdict for submission in shown for verdict in submission.count()}
    looks = [look for verdict, look in LOOKS.items() if verdict in met]
    return Columns(
        [Text(f"{look.mark} {look.label.lower()}", no_wrap=True) for look in looks], padding=(0, 2)
    )


def _troubles(view: Document) -> list[Table]:
    """A table of the submissions that could not be used as handed in, if there are any."""
    table = Table("Submission", "Status", "Reason", title="\nFiles that need a look")
    excused = not_due(view)
    found = (trouble(view, each, n, excused) for n, each in enumerate(view.submissions))
    troubles = worst_first(found)
    for each in troubles[:MOST_ROWS]:
        why = one_line("; ".join(each.reasons), 400)
        table.add_row(Text(one_line(each.id, 40)), each.status, Text(why))
    if len(troubles) > MOST_ROWS:
        table.caption = f"… and {len(troubles) - MOST_ROWS} more, which --html and --csv show"
    return [table] if troubles else []
