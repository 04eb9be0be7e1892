"""The comparison as a table."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from autograder.reports.files import write_whole
from autograder.reports.text import clean, csv_cell
from autograder.similarity.compare import Comparison

HEADER = ("lines", "first", "second", "year of second", "share of first", "share of second")


def write_table(comparison: Comparison, file: Path) -> Path:
    """A CSV row per pair, the most lines first; ReportError if the file cannot be written."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(_rows(comparison))
    return write_whole(file, stream.getvalue())


def _rows(comparison: Comparison) -> Iterator[list[str]]:
    for pair in comparison.pairs:
        people = pair.first.id, pair.second.id, pair.second.year
        shares = (f"{share:.2f}" for share in pair.shares)
        yield [str(pair.lines), *(csv_cell(clean(text)) for text in people), *shares]
