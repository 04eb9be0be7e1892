"""Which attempt of a student counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from autograder.collect.attempt import Attempt
from autograder.people import Roster

Late = Literal["accept", "mark", "refuse"]
Status = Literal["counts", "older", "late", "undecided", "unknown", "unreadable", "nothing"]
OPEN: tuple[Status, ...] = ("undecided", "unknown", "unreadable")
"""What waits for a person."""


@dataclass(frozen=True)
class Policy:
    """`accept`: the last attempt counts, late or not. `mark`: the last before the deadline, or if
    there is none, the last. `refuse`: no late one."""

    deadline: datetime | None = None
    late: Late = "mark"

    def is_late(self, attempt: Attempt) -> bool:
        """By its time and the deadline if both are known, or else as the source says."""
        if self.deadline and attempt.when:
            return attempt.when > self.deadline
        return bool(attempt.late)


@dataclass(frozen=True)
class Row:
    """What became of an attempt; of `nothing` that a student handed in, one without any."""

    student: str
    status: Status
    attempt: Attempt | None = None
    late: bool = False
    note: str = field(default="")


def decide(
    attempts: Iterable[Attempt],
    roster: Roster | None,
    policy: Policy,
    answers: Mapping[str, str] | None = None,
) -> list[Row]:
    """A row for each attempt, and for each student of the roster who has none.

    `answers` gives the id of a student for a name that does not tell it.
    """
    rows, students = [], dict[str, tuple[str, list[Attempt]]]()
    for attempt in attempts:
        student = _student(attempt, roster, answers or {})
        if not student:
            rows.append(_unknown(attempt, roster))
        else:
            students.setdefault(student.casefold(), (student, []))[1].append(attempt)
    for student, own in students.values():
        rows += _counted(student, own, policy)
    silent = [p.id for p in roster.people if p.id.casefold() not in students] if roster else []
    rows += [Row(name, "nothing", note="nothing was handed in") for name in silent]
    return sorted(rows, key=lambda row: row.student.casefold())


def _student(attempt: Attempt, roster: Roster | None, answers: Mapping[str, str]) -> str:
    told = [answers[name] for name in (*attempt.names, attempt.source) if name in answers]
    if roster is None:
        return (told or attempt.names)[0]
    person = roster.find(told or attempt.names)
    return person.id if person else ""


def _unknown(attempt: Attempt, roster: Roster | None) -> Row:
    near = roster.near(attempt.names) if roster else []
    meant = f": {' or '.join(near)}?" if near else ";"
    note = f"nobody on the roster{meant} say who with --is '{attempt.names[0]}=ID'"
    return Row(attempt.names[0], "unknown", attempt, note=note)


def _counted(student: str, attempts: Sequence[Attempt], policy: Policy) -> Iterator[Row]:
    usable = [attempt for attempt in attempts if not attempt.trouble]
    timely = [attempt for attempt in usable if not policy.is_late(attempt)]
    eligible = {"accept": usable, "mark": timely or usable, "refuse": timely}[policy.late]
    last = _last(eligible)
    for attempt in attempts:
        late = policy.is_late(attempt)
        if attempt.trouble:
            yield Row(student, "unreadable", attempt, late, attempt.trouble)
        elif attempt in last:
            status: Status = "counts" if len(last) == 1 else "undecided"
            yield Row(student, status, attempt, late, attempt.note if len(last) == 1 else UNTOLD)
        else:
            refused = late and attempt not in eligible
            yield Row(student, "late" if refused else "older", attempt, late, attempt.note)


UNTOLD = "several, and nothing tells which is the last: leave one of them"


def _last(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The newest, by time if all have one, or else by number; all that are as new."""
    timed = all(attempt.when for attempt in attempts)
    order = [(a.when.timestamp() if timed and a.when else 0.0, a.number) for a in attempts]
    return [a for a, key in zip(attempts, order, strict=True) if key == max(order)]
