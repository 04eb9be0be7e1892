"""Results as CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from autograder.reports.document import Document, ReportError, Submission, read_document
from autograder.reports.files import write_pieces
from autograder.reports.text import csv_cell
from autograder.reports.troubles import not_due, status, worth_a_look


def write_csv(document: dict[str, Any] | Document, file: Path) -> Path:
    """One row per submission: id, points, max, whether its files could be used, why not, each
    task's points, each task's verdict.

    Text that a spreadsheet would run as a formula gets a leading apostrophe. ReportError if the
    document is malformed or the file cannot be written.
    """
    view = read_document(document)
    excused = not_due(view)
    rows = (_row(view, each, excused) for each in view.submissions)
    return write_pieces(file, map(_csv_line, chain([_header(view)], rows)))


def _csv_line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(map(csv_cell, cells))
    return stream.getvalue()


def _header(view: Document) -> list[str]:
    ids = [task.id for task in view.tasks]
    own = ["id", "points", "max", "status", "message"]
    return [*own, *ids, *(f"{task_id} verdict" for task_id in ids)]


def _row(view: Document, submission: Submission, excused: frozenset[str]) -> list[str]:
    found = {result.id: result for result in submission.tasks}
    results = [found.get(task.id) for task in view.tasks]
    points = ["" if result is None else f"{result.points:g}" for result in results]
    verdicts = ["" if result is None else result.verdict for result in results]
    total = [f"{submission.points:g}", f"{submission.max_points:g}"]
    trouble = [status(submission, excused), "; ".join(worth_a_look(view, submission, excused))]
    return [submission.id, *total, *trouble, *points, *verdicts]


def write_json(document: dict[str, Any], file: Path) -> Path:
    """The document itself, keys in their order, ASCII, each submission in a line of its own.

    ReportError if it is malformed, not plain JSON, or the file cannot be written.
    """
    read_document(document)
    try:
        return write_pieces(file, _pieces(document))
    except (TypeError, ValueError) as error:
        raise ReportError(f"The result document is not plain JSON: {error}.") from None


def _pieces(document: dict[str, Any]) -> Iterator[str]:
    """JSON text, never of more than one submission at once."""
    opening = "{"
    for key, value in document.items():
        yield f"{opening}\n  {json.dumps(key)}: "
        yield from _lines(value) if key == "submissions" else [_text(value, 2)]
        opening = ","
    yield "\n}\n"


def _lines(entries: Sequence[Any]) -> Iterator[str]:
    opening = "["
    for entry in entries:
        yield f"{opening}\n    {_text(entry)}"
        opening = ","
    yield "\n  ]" if len(entries) else "[]"


def _text(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, indent=indent, allow_nan=False).replace("\n", "\n  ")
