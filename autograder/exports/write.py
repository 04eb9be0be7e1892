"""From a result document and another program's table to the file that the program takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from autograder.exports import canvas, moodle
from autograder.exports.github import step_output
from autograder.people import Roster
from autograder.reports.document import ReportError
from autograder.reports.files import write_whole
from autograder.spreadsheet import read_sheet

Format = Literal["canvas", "moodle", "github"]


def export(
    document: dict[str, Any],
    format: Format,
    to: Path,
    table: Path | None,
    column: str,
    scale: bool,
    roster: Roster | None,
) -> Iterator[str]:
    """Write the file `to`, and tell of whom it says nothing. Raises ReportError and SheetError."""
    if format == "github":
        write_whole(to, step_output(document))
        return
    if table is None:
        raise ReportError(f"Say with --table which file of {format.title()} to fill in.")
    if to.resolve() == table.resolve():
        raise ReportError(f"{to}: is what was downloaded: choose another --to.")
    sheet = read_sheet(table)
    if format == "canvas":
        filled = canvas.fill(document, sheet, column, scale, roster)
    else:
        filled = moodle.fill(document, sheet, scale, roster)
    write_whole(to, sheet.text(), sheet.encoding)
    yield f"{filled.count} grades"
    yield from filled.lines()
