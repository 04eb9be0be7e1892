"""Results and the rows of another program's table: who is who."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autograder.people import Person, Roster
from autograder.reports.document import Document, Submission
from autograder.reports.text import one_line
from autograder.reports.troubles import status
from autograder.spreadsheet import Sheet

Row = list[str]


@dataclass
class Filled:
    """A table with grades, and who could not be given one.

    `absent` are in the table and have no result, `strangers` have a result and no row, `left` have
    both, and why nothing was written. Of those that were written, `replaced` had another grade, and
    of the work of `unusable` nothing could be judged.
    """

    sheet: Sheet
    absent: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)
    count: int = 0

    def write(self, submission: Submission, row: Row, place: int, grade: str) -> None:
        """Put a grade where none, or another one, stands."""
        old, row[place] = row[place], grade
        if number(old) not in (None, number(grade)):
            self.replaced.append(f"{submission.id} ({old.strip()} -> {grade})")
        if status(submission) == "unusable":
            self.unusable.append(submission.id)
        self.count += 1

    def lines(self) -> Iterator[str]:
        """What the staff should know."""
        told = {
            "In the table, without a result": self.absent,
            "Graded, and not in the table": self.strangers,
            "Left as it was": self.left,
            "Replaced": self.replaced,
            "Graded, but nothing of it could be used": self.unusable,
        }
        yield from (f"{text}: {'; '.join(names)}" for text, names in told.items() if names)


def number(cell: str) -> float | None:
    """The grade in a cell, or None."""
    written = cell.strip().replace(",", ".")
    return float(written) if re.fullmatch(r"-?\d+(\.\d+)?", written) else None


def marked(submission: Submission, cell: str) -> str:
    """What a person decided there, such as Canvas's EX (excused); "" for a grade or none."""
    free = cell.strip() in ("", "-") or number(cell) is not None
    return "" if free else f"{submission.id} (there is {one_line(cell)})"


def pair(
    view: Document, sheet: Sheet, id_title: str, titles: Sequence[str], roster: Roster | None
) -> tuple[list[tuple[Submission, Row]], Filled]:
    """Submissions with their rows, and a `Filled` that tells of the others.

    A row is known by the column `id_title`, which must be there, and by those of `titles`.
    """
    rows = {"".join(sheet.cells(row, [id_title])): row for row in sheet.rows}
    rows.pop("", None)
    people = Roster([Person(id, tuple(sheet.cells(row, titles))) for id, row in rows.items()])
    filled, meant = Filled(sheet), defaultdict[str, list[Submission]](list)
    for submission in view.submissions:
        known = roster.find([submission.id]) if roster else None
        person = people.find([submission.id, *(known.names if known else ())])
        meant[person.id if person else ""].append(submission)
    filled.strangers = [each.id for each in meant.pop("", [])]
    filled.left = [f"{id} (both {' and '.join(each.id for each in own)})"
                   for id, own in meant.items() if len(own) > 1]  # fmt: skip
    absent = [row for id, row in rows.items() if id not in meant]
    filled.absent = [sheet.cells(row, (*titles, id_title))[0] for row in absent]
    return [(own[0], rows[id]) for id, own in meant.items() if len(own) == 1], filled


def grade_of(submission: Submission, most: float, scale: bool) -> float:
    """Its points, or with `scale` its share of `most`."""
    if not scale:
        return submission.points
    return submission.points / submission.max_points * most if submission.max_points else 0.0


def unfinished(submission: Submission) -> str:
    """Why its points are not final; "" if they are."""
    faults = submission.count()["grader fault"]
    return f"{submission.id} (the grader failed on {faults} tasks: grade again)" if faults else ""
