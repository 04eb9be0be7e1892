"""Two results of one class: who gained or lost points, and why."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.natural import natural
from autograder.reports.document import Submission, TaskResult, read_document
from autograder.reports.text import csv_cell, one_line

TITLES = ("student", "task", "before", "after", "gained", "verdict before", "verdict after", "why")


@dataclass(frozen=True)
class Change:
    """One task of one student that has other points or another verdict."""

    student: str
    task: str
    before: TaskResult | None
    after: TaskResult | None
    why: str

    @property
    def gained(self) -> float:
        """Points; negative if some were lost."""
        return round(_points(self.after) - _points(self.before), 2)


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """All that differs in points or verdicts, by student; ReportError for a malformed document."""
    before = {each.id: each for each in read_document(old).submissions}
    after = {each.id: each for each in read_document(new).submissions}
    names = sorted({*before, *after}, key=natural)
    return [each for n in names for each in _of_one(n, before.get(n), after.get(n))]


def _of_one(name: str, old: Submission | None, new: Submission | None) -> Iterator[Change]:
    ids = dict.fromkeys(task.id for each in (new, old) if each for task in each.tasks)
    for task in ids:
        before, after = (each.result(task) if each else None for each in (old, new))
        if _points(before) != _points(after) or _verdict(before) != _verdict(after):
            yield Change(name, task, before, after, _why(before, after))


def _points(result: TaskResult | None) -> float:
    return result.points if result else 0.0


def _verdict(result: TaskResult | None) -> str:
    return result.verdict if result else "-"


def _why(before: TaskResult | None, after: TaskResult | None) -> str:
    """What tells the two apart: other points for the task, or what was found."""
    if before is None or after is None:
        return "only in the new results" if before is None else "only in the old results"
    if before.verdict == after.verdict and before.max_points != after.max_points:
        return f"the task is worth {after.max_points:g} points instead of {before.max_points:g}"
    old, new = _told(before), _told(after)
    added = [text for text in new if text not in old]
    gone = [f"no longer: {text}" for text in old if text not in new]
    return "; ".join([*added[:1], *gone[:1]]) or "".join(new[:1])


def _told(result: TaskResult) -> list[str]:
    return [*result.notes, *(each.message.split("\n")[0] for each in result.findings)]


def lines(found: list[Change]) -> Iterator[str]:
    """A line per student, and one for each task below it."""
    for student in dict.fromkeys(change.student for change in found):
        own = [change for change in found if change.student == student]
        yield f"{one_line(student)}: {sum(change.gained for change in own):+g}"
        for each in own:
            verdicts = f"{_verdict(each.before)} -> {_verdict(each.after)}"
            yield f"  {each.task}: {each.gained:+g} ({verdicts}) {one_line(each.why, 200)}".rstrip()


def table(found: list[Change]) -> str:
    """A CSV row per change; text that a spreadsheet would run gets a leading apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(TITLES)
    writer.writerows(map(_row, found))
    return stream.getvalue()


def _row(change: Change) -> list[str]:
    points = [f"{_points(each):g}" for each in (change.before, change.after)]
    verdicts = [_verdict(change.before), _verdict(change.after)]
    texts = [csv_cell(text) for text in (change.student, change.task)]
    return [*texts, *points, f"{change.gained:g}", *verdicts, csv_cell(one_line(change.why, 300))]
