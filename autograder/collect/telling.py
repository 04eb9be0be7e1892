"""What the staff read in their terminal after collecting."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.collect.inbox import Kept, table_of
from autograder.collect.policy import OPEN
from autograder.reports.text import one_line

LEFT_OUT = 10


def told(format: str, kept: Sequence[Kept], left_out: Sequence[str], inbox: Path) -> Iterator[str]:
    """Lines: who needs a look and why, then the counts."""
    for each in kept:
        row = each.row
        if row.status in OPEN or row.status == "nothing" or (each.name and row.note):
            late = ", late" if row.late else ""
            source = f" from {one_line(row.attempt.source)}" if row.attempt else ""
            yield f"{one_line(row.student)}{source}: {row.status}{late} ({one_line(row.note, 300)})"
    for text in left_out[:LEFT_OUT]:
        yield f"Left out: {one_line(text, 300)}"
    if len(left_out) > LEFT_OUT:
        yield f"Left out: {len(left_out) - LEFT_OUT} more"
    counts = Counter(each.row.status for each in kept)
    after = sum(each.row.late for each in kept if each.name)
    yield f"Read as {format}: " + ", ".join(f"{n} {status}" for status, n in counts.items())
    yield f"{inbox}: {counts['counts']} zips, {after} of them late; all that was handed in: " + str(
        table_of(inbox)
    )


def waiting(kept: Sequence[Kept]) -> bool:
    """Is there work that is not in the folder, because a person has to look at it first?"""
    return any(each.row.status in OPEN for each in kept)
