"""Entries of the catalogue: implementations, given as edits of the staff's source text."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

Edits = tuple[tuple[str, str], ...]


class CatalogueError(Exception):
    """An edit does not fit the staff's file; the message says which and where."""


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation of `task`: `file` with each old text replaced by its new text.

    An old text occurs once in the solution blocks of the task, or else once in the file.

    `hint` names the cause in a teaching assistant's words, `section` the notebook and the heading
    that treat it.
    """

    id: str
    task: str
    file: str
    edits: Edits
    hint: str
    section: str


@dataclass(frozen=True)
class Variant:
    """An implementation of `task` that is accepted.

    `alternative` ones follow another convention: they give other numbers, and whoever uses them is
    told so by `note`.
    """

    id: str
    task: str
    file: str
    edits: Edits
    note: str
    alternative: bool = False


Entry = Misconception | Variant


def solved(entry: Entry, files: Mapping[str, str]) -> bool:
    """Do `files` hold the solution of the entry's task where the entry says?"""
    return f"### BEGIN SOLUTION {entry.task}\n" in files.get(entry.file, "")


def patched(files: Mapping[str, str], entry: Entry) -> dict[str, str]:
    """`files` with the edits of `entry` made; raises CatalogueError where an edit does not fit."""
    text = files[entry.file]
    for old, new in entry.edits:
        place = _place(text, old, entry)
        text = text[:place] + new + text[place + len(old) :]
    return {**files, entry.file: text}


def patched_by_both(files: Mapping[str, str], first: Entry, second: Entry) -> dict[str, str]:
    """`files` with the edits of both; raises CatalogueError where they change the same letters."""
    text = files[first.file]
    changes = sorted(_changes(text, first) + _changes(text, second), reverse=True)
    for (start, *_), (before, end, _) in pairwise(changes):
        if end > start or before == start:
            raise CatalogueError(f"{first.id} and {second.id} change the same place")
    for start, end, new in changes:
        text = text[:start] + new + text[end:]
    return {**files, first.file: text}


def changed_statements(old: str, new: str) -> str:
    """Of `new` the statements at the top that differ from `old`, at the lines where they stand."""
    before, after = old.split("\n"), new.split("\n")
    head, tail = _alike(before, after), _alike(before[::-1], after[::-1])
    places = _statements(old)
    start = max((first for first, _ in places if first <= head), default=0)
    end = min((last for _, last in places if last >= len(before) - tail), default=len(before))
    return "\n" * start + "\n".join(after[start : len(after) - len(before) + end])


@lru_cache(maxsize=64)
def _statements(text: str) -> list[tuple[int, int]]:
    """Where each statement at the top begins and ends, in lines from 0."""
    body = ast.parse(text).body
    firsts = [min([s.lineno, *(d.lineno for d in getattr(s, "decorator_list", ()))]) for s in body]
    return [(first - 1, s.end_lineno or first) for first, s in zip(firsts, body, strict=True)]


def _changes(text: str, entry: Entry) -> list[tuple[int, int, str]]:
    """Start, end and new text of what each edit really changes: much of it is quoted only."""
    changes = []
    for old, new in entry.edits:
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        place = _place(text, old, entry)
        changes.append((place + head, place + len(old) - tail, new[head : len(new) - tail]))
    return changes


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many letters, or lines, they have in common at the start."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


def _place(text: str, old: str, entry: Entry) -> int:
    """Where `old` is: once in the blocks of the entry's task, or else once in the whole file."""
    block = rf"### BEGIN SOLUTION {re.escape(entry.task)}\n.*?### END SOLUTION"
    blocks = [found.span() for found in re.finditer(block, text, re.DOTALL)]
    places = [found.start() for found in re.finditer(re.escape(old), text)]
    inside = [place for place in places if any(a <= place < b for a, b in blocks)]
    if len(inside or places) != 1:
        raise CatalogueError(
            f"{entry.id}: {entry.file} holds this text {len(inside or places)} times, but must "
            f"hold it once; adapt the entry to the staff's file:\n{old}"
        )
    return (inside or places)[0]
