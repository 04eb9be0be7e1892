"""Where the lines that two have in common stand, side by side."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from itertools import takewhile

from autograder.similarity.fingerprints import TOKENS, Fingerprints, Marks
from autograder.similarity.work import Work

MOST_PLACES = 20
"""Of a fingerprint that a text has again and again, so many places are tried."""
NEAR, CONTEXT = 4, 2
"""Lines that may lie within one passage without being in common, and that are shown around it."""

Span = tuple[range, range]
"""Lines of the first work, and of the second."""


@dataclass(frozen=True)
class Line:
    """`number` counts from 1 in its file or cell; `shared`: it is in common."""

    number: int
    text: str
    shared: bool


@dataclass(frozen=True)
class Excerpt:
    """Lines of a text that follow one another."""

    place: str
    lines: tuple[Line, ...]


def passages(first: Work, second: Work, shared: Marks) -> list[tuple[Excerpt, Excerpt]]:
    """What two have in common, from the top of the first; `shared` are their fingerprints."""
    prints = first.fingerprints, second.fingerprints
    mine, yours = (frozenset(each.lines_in(shared).tolist()) for each in prints)
    spans = _joined(first, second, _spans(*prints, frozenset(shared.tolist())))
    return [
        (_excerpt(first, rows, mine), _excerpt(second, others, yours))
        for rows, others in spans
        if mine.intersection(rows) or yours.intersection(others)
    ]


def _spans(first: Fingerprints, second: Fingerprints, shared: Set[int]) -> list[Span]:
    """Of each place in the first, what goes on for longest in the second."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, mark in enumerate(second.marks.tolist()):
        if mark in shared and len(places[mark]) < MOST_PLACES:
            places[mark].append(place)
    spans, place = [], 0
    while place < len(first.marks):
        there = places.get(int(first.marks[place]), [])
        runs = {_run(first, place, second, other): other for other in reversed(there)}
        length = max(runs, default=0)
        if length:
            spans.append((_rows(first, place, length), _rows(second, runs[length], length)))
        place += max(1, length)
    return spans


def _run(first: Fingerprints, place: int, second: Fingerprints, other: int) -> int:
    """How many fingerprints are the same from two places on, without a gap."""
    steps = range(min(len(first.marks) - place, len(second.marks) - other))
    apart = first.starts[place] - second.starts[other]
    alike = (
        first.marks[place + n] == second.marks[other + n]
        and first.starts[place + n] == first.starts[place] + n
        and second.starts[other + n] == first.starts[place + n] - apart
        for n in steps
    )
    return sum(takewhile(bool, alike))


def _rows(prints: Fingerprints, place: int, length: int) -> range:
    """The lines of so many fingerprints."""
    start = prints.starts[place]
    return range(prints.rows[start], prints.rows[start + length + TOKENS - 2] + 1)


def _joined(first: Work, second: Work, spans: Iterable[Span]) -> list[Span]:
    """Without cuts where little lies between two spans in both works."""
    joined: list[Span] = []
    for mine, yours in spans:
        last = joined[-1] if joined else None
        if last and _follows(first, last[0], mine) and _follows(second, last[1], yours):
            joined[-1] = (_both(last[0], mine), _both(last[1], yours))
        else:
            joined.append((mine, yours))
    return joined


def _follows(work: Work, above: range, below: range) -> bool:
    same = work.text_at(above.start) == work.text_at(below.start)
    return same and above.start <= below.start <= above.stop + NEAR


def _both(above: range, below: range) -> range:
    return range(above.start, max(above.stop, below.stop))


def _excerpt(work: Work, rows: range, shared: Set[int]) -> Excerpt:
    """The lines, and some around them."""
    number = work.text_at(rows.start)
    text, first = work.texts[number], work.firsts[number]
    shown = range(
        max(0, rows.start - first - CONTEXT), min(len(text.lines), rows.stop - first + CONTEXT)
    )
    told = textwrap.dedent("\n".join(text.lines[shown.start : shown.stop])).split("\n")
    lines = (Line(r + 1, t, first + r in shared) for r, t in zip(shown, told, strict=True))
    return Excerpt(text.place, tuple(lines))
