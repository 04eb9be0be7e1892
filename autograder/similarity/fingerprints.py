"""Fingerprints: a number for every so many tokens that follow one another in a function.

They are the k-grams of Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document
fingerprinting" (SIGMOD 2003). A class is small enough to keep all of them: nothing is winnowed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

TOKENS = 20
"""So many tokens make a fingerprint; what is shorter has too few ways to be written."""

BASE = np.uint64(0x9E3779B97F4A7C15)
UNITS = ("def", "class")

Rows = NDArray[np.int64]
Marks = NDArray[np.uint64]


@dataclass(frozen=True)
class Fingerprints:
    """`rows` (T,) is the line of each token, `marks` (P,) the fingerprints, in the order of their
    first tokens `starts` (P,)."""

    rows: Rows
    marks: Marks
    starts: Rows

    @cached_property
    def lengths(self) -> Rows:
        """How many tokens each line has, from line 0 to the last one that has any."""
        return np.bincount(self.rows)

    def own_lines(self) -> int:
        """How many lines have a token."""
        return int(np.count_nonzero(self.lengths))

    def lines_in(self, shared: Marks) -> Rows:
        """The lines of which every token is part of a fingerprint that is among `shared`."""
        covered = np.bincount(self.rows[self._covered(shared)], minlength=len(self.lengths))
        return np.flatnonzero((covered == self.lengths) & (covered > 0))

    def _covered(self, shared: Marks) -> NDArray[np.bool_]:
        steps = np.zeros(len(self.rows) + 1, np.int64)
        first = self.starts[np.isin(self.marks, shared)]
        steps[first] += 1
        steps[first + TOKENS] -= 1
        return np.cumsum(steps[:-1]) > 0

    def only(self, marks: Marks) -> "Fingerprints":
        """The same without other fingerprints than `marks`."""
        kept = np.isin(self.marks, marks)
        return Fingerprints(self.rows, self.marks[kept], self.starts[kept])


def fingerprints(tokens: Iterable[tuple[int, str]], own: Sequence[bool]) -> Fingerprints:
    """Those of tokens with their lines, of the lines that are `own`.

    None reaches from one function or class into the next.
    """
    unit, kept = 0, []
    for row, word in tokens:
        unit += word in UNITS
        if own[row]:
            kept.append((row, _number(word), unit))
    rows, numbers, units = np.array(kept, np.uint64).reshape(-1, 3).T
    count = max(0, len(kept) - TOKENS + 1)
    starts = np.flatnonzero(units[:count] == units[len(kept) - count :])
    return Fingerprints(rows.astype(np.int64), _marks(numbers, count)[starts], starts)


def _marks(numbers: Marks, count: int) -> Marks:
    """A polynomial of every TOKENS numbers, modulo 2^64."""
    marks = np.zeros(count, np.uint64)
    for place in range(TOKENS if count else 0):
        marks = marks * BASE + numbers[place : place + count]
    return marks


NONE = Fingerprints(np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.int64))


def joined(parts: Sequence[Fingerprints], lengths: Sequence[int]) -> Fingerprints:
    """Those of texts of so many lines, one text below the other."""
    rows, tokens, moved = 0, 0, [NONE]
    for part, length in zip(parts, lengths, strict=True):
        moved.append(Fingerprints(part.rows + rows, part.marks, part.starts + tokens))
        rows, tokens = rows + length, tokens + len(part.rows)
    fields = ([each.rows, each.marks, each.starts] for each in moved)
    return Fingerprints(*map(np.concatenate, zip(*fields, strict=True)))


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """The same on every machine and in every process, unlike Python's hash."""
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest())
