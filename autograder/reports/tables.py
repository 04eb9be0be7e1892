"""Results as CSV and JSON."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from autograder.reports.document import Document, ReportError, Submission, read_document
from autograder.reports.files import write_whole
from autograder.reports.text import csv_cell
from autograder.reports.troubles import not_due, status, worth_a_look


def write_csv(document: dict[str, Any], file: Path) -> Path:
    """One row per submission: id, points, max, whether its files could be used, why not, each
    task's points, each task's verdict.

    Text that a spreadsheet would run as a formula gets a leading apostrophe. ReportError if the
    document is malformed or the file cannot be written.
    """
    view = read_document(document)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(csv_cell(name) for name in _header(view))
    excused = not_due(view)
    writer.writerows(map(csv_cell, _row(view, each, excused)) for each in view.submissions)
    return write_whole(file, stream.getvalue())


def _header(view: Document) -> list[str]:
    ids = [task.id for task in view.tasks]
    own = ["id", "points", "max", "status", "message"]
    return [*own, *ids, *(f"{task_id} verdict" for task_id in ids)]


def _row(view: Document, submission: Submission, excused: frozenset[str]) -> list[str]:
    results = [submission.result(task.id) for task in view.tasks]
    points = ["" if result is None else f"{result.points:g}" for result in results]
    verdicts = ["" if result is None else result.verdict for result in results]
    total = [f"{submission.points:g}", f"{submission.max_points:g}"]
    trouble = [status(submission, excused), "; ".join(worth_a_look(view, submission, excused))]
    return [submission.id, *total, *trouble, *points, *verdicts]


def write_json(document: dict[str, Any], file: Path) -> Path:
    """The document itself, keys in their order, ASCII, newline at the end.

    ReportError if it is malformed, not plain JSON, or the file cannot be written.
    """
    read_document(document)
    try:
        content = json.dumps(document, indent=2, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ReportError(f"The result document is not plain JSON: {error}.") from None
    return write_whole(file, content + "\n")
