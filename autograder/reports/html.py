"""Results as HTML: a page for the staff, and a hand-out for each student."""

from itertools import groupby
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
from autograder.reports.troubles import not_due, reasons, status, troubled, worth_a_look
from autograder.reports.verdicts import LOOKS


def write_html(document: dict[str, Any], folder: Path) -> list[Path]:
    """Write `folder`/index.html for staff and `folder`/students/*.html, one hand-out each.

    Hand-outs that it wrote there before, of submissions that are no longer in the class, go.
    Returns the paths written, the index first. Pages need neither network nor scripts.
    ReportError if the document is malformed or the folder cannot be written.
    """
    view = read_document(document)
    pages = _environment()
    links = [f"students/{stem}.html" for stem in file_stems([s.id for s in view.submissions])]
    forget_others(folder, "students", links)
    index = pages.get_template("class.html.j2").render(_class_view(view, links))
    written = [write_whole(folder / "index.html", index)]
    student = pages.get_template("student.html.j2")
    for submission, link in zip(view.submissions, links, strict=True):
        written.append(write_whole(folder / link, student.render(_student_view(view, submission))))
    return written


def _environment() -> Environment:
    pages = environment()
    pages.globals.update(looks=LOOKS, reasons=reasons, share=statistics.share, status=status)
    pages.globals.update(worth_a_look=worth_a_look)
    pages.filters["points"] = lambda number: f"{round(number, 2):g}"
    pages.filters["stem"] = lambda notebook: notebook.removesuffix(".ipynb")
    return pages


def _class_view(view: Document, links: list[str]) -> dict[str, Any]:
    return {
        "document": view,
        "links": links,
        "headline": statistics.headline(view),
        "bins": statistics.distribution(view),
        "notebooks": _by_notebook(view),
        "task_shares": [statistics.task_share(view, task) for task in view.tasks],
        "mistakes": statistics.mistakes(view),
        "faults": statistics.grader_faults(view),
        "staff_findings": statistics.staff_findings(view),
        "troubled": troubled(view),
        "not_due": not_due(view),
        "work": statistics.work_done(view),
    }


def _student_view(view: Document, submission: Submission) -> dict[str, Any]:
    return {
        "title": view.title,
        "date": view.run.started[:10],
        "student": handout(submission),
        "not_due": not_due(view),
        "notebooks": _by_notebook(view),
    }


def _by_notebook(view: Document) -> list[tuple[str, list[Task]]]:
    groups = groupby(view.tasks, key=lambda task: task.notebook)
    return [(notebook, list(tasks)) for notebook, tasks in groups]
