"""Conflicts that a merge has left: the side is kept that leaves more of the file intact."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.salvage.remark import Remark
from autograder.salvage.rescue import Rescue

MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")
MOST = 10
"""A file with more conflicts than this is left as it is: each side costs attempts to compile."""


@dataclass(frozen=True)
class Conflict:
    """Line numbers from 0: those of the first and the last mark, and what lies on the sides."""

    first: int
    last: int
    sides: tuple[range, range]


def lines_lost(text: str) -> int:
    """How many lines of a Python file cannot be judged."""
    rescue = Rescue("", frozenset())
    rescue.text(text)
    return rescue.lost


def resolved(
    text: str, lost: Callable[[str], int] = lines_lost, most: int = MOST
) -> tuple[str, list[Remark]]:
    """`text` with one side of each conflict, and a remark for each; lines keep their numbers.

    `lost` tells how much of a text is not intact.
    """
    lines = text.split("\n")
    conflicts = _conflicts(lines)
    if not 0 < len(conflicts) <= most:
        return text, []
    kept = [_likely(lines, conflict)[0] for conflict in conflicts]
    for i, conflict in enumerate(conflicts):
        choices = [[*kept[:i], side, *kept[i + 1 :]] for side in _likely(lines, conflict)]
        kept = min(choices, key=lambda choice: lost(_with(lines, conflicts, choice)))
    remarks = [_remark(c, side) for c, side in zip(conflicts, kept, strict=True)]
    return _with(lines, conflicts, kept), remarks


def _conflicts(lines: list[str]) -> list[Conflict]:
    """The marks of one conflict are <<<<<<<, in some settings |||||||, then ======= and >>>>>>>."""
    found: list[Conflict] = []
    marks: list[tuple[str, int]] = []
    for i, line in enumerate(lines):
        match = MARK.match(line)
        if match is None:
            continue
        marks = [*([] if line.startswith("<") else marks), (line[0], i)]
        if "".join(mark for mark, _ in marks) in ("<=>", "<|=>"):
            (_, first), (_, end), *_, (_, middle), (_, last) = [*marks[:2], *marks[-2:]]
            found.append(Conflict(first, last, (range(first + 1, end), range(middle + 1, last))))
    return found


def _likely(lines: list[str], conflict: Conflict) -> Sequence[range]:
    """A side with work on it before one that is blank, or still the released stub."""

    def idle(side: range) -> bool:
        text = "\n".join(lines[i] for i in side)
        return not text.strip() or "raise NotImplementedError" in text

    return sorted(conflict.sides, key=idle)


def _with(lines: list[str], conflicts: list[Conflict], kept: list[range]) -> str:
    lines = lines.copy()
    for conflict, side in zip(conflicts, kept, strict=True):
        for i in {*range(conflict.first, conflict.last + 1)} - {*side}:
            lines[i] = ""
    return "\n".join(lines)


def _remark(conflict: Conflict, side: range) -> Remark:
    text = (
        f"lines {conflict.first + 1} to {conflict.last + 1} are an unresolved merge: "
        "keep one side, delete the other and the marks"
    )
    which = "first" if side == conflict.sides[0] else "second"
    return Remark("merge_conflicts", text, f"with the {which} side")
