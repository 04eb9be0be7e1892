"""The folder that grading takes, one zip per student, and a table of all that was handed in."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.collect.attempt import CollectError
from autograder.collect.pack import pack
from autograder.collect.policy import Row
from autograder.intake import IntakeError
from autograder.reports.files import write_whole
from autograder.reports.text import clean, csv_cell, file_stems, one_line
from autograder.spreadsheet import read_sheet

TITLES = ("student", "status", "late", "time", "attempt", "from", "zip", "sha256", "note")
PORTABLE = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))\w(?:[\w.@+ -]{0,78}\w)?", re.I)


@dataclass(frozen=True)
class Kept:
    """A row, and the zip that was made of it: its name and what is in it; "" if none was."""

    row: Row
    name: str = ""
    digest: str = ""


def table_of(inbox: Path) -> Path:
    """Where the table lies: beside the folder, in which all is somebody's work."""
    return inbox.with_name(f"{inbox.name}.csv")


def fill(inbox: Path, rows: Sequence[Row]) -> list[Kept]:
    """Write the zips of the attempts that count, and the table; what an earlier call wrote goes.

    Raises CollectError if the folder holds anything else, or cannot be written.
    """
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        ours = _written_before(inbox)
        if others := sorted({path.name for path in inbox.iterdir()} - ours):
            raise CollectError(f"{inbox}: holds {others[0]}, which is not from here: name another")
        with TemporaryDirectory(dir=inbox.parent, prefix=".inbox-") as place:
            older = {row.student for row in rows if row.status == "older"}
            kept = [_kept(row, Path(place), row.student in older) for row in rows]
            for path in inbox.iterdir():
                path.unlink()
            for path in Path(place).iterdir():
                path.rename(inbox / path.name)
        write_whole(table_of(inbox), _table(kept))
    except OSError as error:
        raise CollectError(f"{inbox}: cannot be written ({error})") from None
    return kept


def _written_before(inbox: Path) -> set[str]:
    table = table_of(inbox)
    if not table.is_file():
        return set()
    sheet = read_sheet(table)
    return {name for row in sheet.rows for name in sheet.cells(row, ["zip"])}


def _kept(row: Row, place: Path, older: bool) -> Kept:
    if row.status != "counts" or row.attempt is None:
        return Kept(row)
    target = place / f"{_stem(row.student)}.zip"
    try:
        left_out = pack(row.attempt, target)
    except IntakeError as error:
        target.unlink(missing_ok=True)
        more = "; an older attempt is there: take this one away to have that" if older else ""
        return Kept(replace(row, status="unreadable", note=f"{error}{more}"))
    row = replace(row, note="; ".join(filter(None, [row.note, *left_out])))
    return Kept(row, target.name, sha256(target.read_bytes()).hexdigest())


def _stem(student: str) -> str:
    return student if PORTABLE.fullmatch(student) else file_stems([clean(student)])[0]


def _table(kept: Sequence[Kept]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(TITLES)
    writer.writerows([csv_cell(one_line(cell, 500)) for cell in _cells(each)] for each in kept)
    return stream.getvalue()


def _cells(kept: Kept) -> list[str]:
    row, attempt = kept.row, kept.row.attempt
    when = attempt.when.isoformat(timespec="seconds") if attempt and attempt.when else ""
    number, source = (str(attempt.number), attempt.source) if attempt else ("", "")
    late = "late" if row.late else ""
    return [row.student, row.status, late, when, number, source, kept.name, kept.digest, row.note]
