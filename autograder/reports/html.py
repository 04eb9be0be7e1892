"""Results as HTML: a page for the staff, and a hand-out for each student."""

from collections.abc import Sequence
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

from jinja2 import Environment

from autograder.reports import statistics
from autograder.reports.document import (
    Document,
    Submission,
    Task,
    read_document,
)
from autograder.reports.environment import environment
from autograder.reports.files import write_whole
from autograder.reports.handout import handout
from autograder.reports.pages import forget_others
from autograder.reports.text import file_stems
from autograder.reports.troubles import Trouble, not_due, reasons, status, trouble, worst_first
from autograder.reports.verdicts import LOOKS

PAGE = 200
"""Rows of the table on one page."""


def write_html(document: dict[str, Any] | Document, folder: Path) -> list[Path]:
    """Write `folder`/index.html for staff and `folder`/students/*.html, one hand-out each.

    The table of a class of more than PAGE goes on in `folder`/table/*.html. Pages that it wrote
    there before, of submissions that are no longer in the class, go. Returns the paths written, the
    index first, then the hand-outs. Pages need neither network nor scripts. ReportError if the
    document is malformed or the folder cannot be written.
    """
    report = _Report(read_document(document), folder)
    report.forget_others()
    hand_outs, parts = [], []
    for part in range(len(report.parts)):
        rows = report.rows(part)
        hand_outs += [report.write_hand_out(submission) for submission in rows]
        parts += [report.write_part(part, rows)] if part else []
    return [report.write_index(), *hand_outs, *parts]


class _Report:
    """The pages of one class, of which never more than one part of the table is in memory."""

    def __init__(self, view: Document, folder: Path) -> None:
        self._view, self._folder, self._pages = view, folder, _environment()
        self._ids = [submission.id for submission in view.submissions]
        self._links = [f"students/{stem}.html" for stem in file_stems(self._ids)]
        more = range(2, ceil(len(self._ids) / PAGE) + 1)
        self.parts = ["index.html", *(f"table/{number}.html" for number in more)]
        self._excused, self._overview = not_due(view), statistics.Overview()
        self._troubles: list[Trouble | None] = []

    def forget_others(self) -> None:
        """Remove pages of an earlier class."""
        forget_others(self._folder, "students", self._links)
        forget_others(self._folder, "table", self.parts[1:])

    def rows(self, part: int) -> Sequence[Submission]:
        """The submissions in a part of the table."""
        return self._view.submissions[part * PAGE : (part + 1) * PAGE]

    def write_hand_out(self, submission: Submission) -> Path:
        """That of the next one, of which is noted what the class page is to say."""
        number = len(self._overview.ids)
        self._overview.add(submission)
        self._troubles.append(trouble(self._view, submission, number, self._excused))
        shown = {
            "title": self._view.title,
            "date": self._view.run.started[:10],
            "student": handout(submission),
            "not_due": self._excused,
        }
        return self._write(self._links[number], "student.html.j2", shown)

    def write_part(self, part: int, rows: Sequence[Submission]) -> Path:
        """A page with a part of the table."""
        return self._write(self.parts[part], "part.html.j2", self._table(part, rows, "../"))

    def write_index(self) -> Path:
        """The class page."""
        whole = self._overview
        shown = {
            "overview": whole,
            "task_shares": [whole.task_share(task) for task in self._view.tasks],
            "troubles": worst_first(self._troubles),
            "work": statistics.work_done(self._view),
        }
        return self._write("index.html", "class.html.j2", self._table(0, self.rows(0), "") | shown)

    def _table(self, part: int, rows: Sequence[Submission], up: str) -> dict[str, Any]:
        """`up` leads from the page to the folder of the report."""
        head = {"document": self._view, "ids": self._ids, "links": self._links, "page": PAGE}
        return {**head, "parts": self.parts, "part": part, "rows": rows, "up": up}

    def _write(self, link: str, template: str, shown: dict[str, Any]) -> Path:
        notebooks = _by_notebook(self._view)
        page = self._pages.get_template(template).render(shown, notebooks=notebooks)
        return write_whole(self._folder / link, page)


def _environment() -> Environment:
    pages = environment()
    pages.globals.update(looks=LOOKS, reasons=reasons, share=statistics.share, status=status)
    pages.globals.update(staff_findings=statistics.staff_findings)
    pages.tests["staff_told"] = statistics.staff_findings
    pages.filters["points"] = lambda number: f"{round(number, 2):g}"
    pages.filters["stem"] = lambda notebook: notebook.removesuffix(".ipynb")
    return pages


def _by_notebook(view: Document) -> list[tuple[str, list[Task]]]:
    groups = groupby(view.tasks, key=lambda task: task.notebook)
    return [(notebook, list(tasks)) for notebook, tasks in groups]
