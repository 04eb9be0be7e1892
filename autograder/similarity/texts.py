"""The texts that a file holds: a program is one, a notebook has one in each cell."""

import textwrap
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from autograder.assignment import Repairs
from autograder.salvage.decoding import decoded
from autograder.salvage.notebooks import NotJson, notebook_json
from autograder.similarity.fingerprints import Fingerprints, fingerprints
from autograder.similarity.tokens import code_tokens, prose_tokens

WIDTH = 88
"""Of a written answer, whose paragraphs are one line each."""


class Text(NamedTuple):
    """A program, the code of a cell, or a written answer; which lines are a person's `own`."""

    place: str
    lines: tuple[str, ...]
    own: tuple[bool, ...]
    prose: bool = False

    def fingerprints(self) -> Fingerprints:
        """Those of its own lines."""
        tokens = prose_tokens(self.lines) if self.prose else code_tokens(self.lines, self.own)
        return fingerprints(tokens, self.own)


class Source(NamedTuple):
    """A program, the code of a cell, or what is written in one, as it was handed in."""

    place: str
    text: str
    prose: bool = False


def sources(files: Mapping[str, bytes], unread: list[str]) -> Iterator[Source]:
    """Those of programs and notebooks, the shortest files first: a huge one leaves room for them.

    What cannot be read is told in `unread`.
    """
    for place, content in sorted(files.items(), key=lambda file: (len(file[1]), file[0])):
        if place.endswith(".py"):
            yield Source(place, decoded(content)[0])
        if place.endswith(".ipynb"):
            try:
                yield from _cells(place, content)
            except (NotJson, KeyError, TypeError, AttributeError):
                unread.append(f"{place}: no notebook that can be read")


def _cells(place: str, content: bytes) -> Iterator[Source]:
    notebook, _ = notebook_json(content, Repairs().kinds)
    for number, cell in enumerate(notebook["cells"], 1):
        kind, text = cell["cell_type"], "".join(cell["source"]).replace("\r", "\n")
        if kind in ("code", "markdown"):
            yield Source(f"{place}, cell {number}", text, kind == "markdown")


def text_of(source: Source, starter: Set[str]) -> Text:
    """A line of the `starter` is nobody's own."""
    if source.prose:
        lines = tuple(_wrapped(source.text, starter))
        return Text(source.place, lines, (True,) * len(lines), prose=True)
    lines = tuple(source.text.split("\n"))
    return Text(source.place, lines, tuple(line.strip() not in starter for line in lines))


def _wrapped(source: str, starter: Set[str]) -> Iterator[str]:
    """A person's own paragraphs, as lines that can stand beside others."""
    for line in source.split("\n"):
        if line.strip() not in starter:
            yield from textwrap.wrap(line, WIDTH)
