"""Entries of the catalogue: implementations, given as edits of the staff's source text."""

from collections.abc import Mapping
from dataclasses import dataclass

Edits = tuple[tuple[str, str], ...]


class CatalogueError(Exception):
    """An edit does not fit the staff's file; the message says which and where."""


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation of `task`: `file` with each old text replaced by its new text.

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


def patched(files: Mapping[str, str], entry: Entry) -> dict[str, str]:
    """`files` with the edits of `entry` made; raises CatalogueError where an edit does not fit."""
    text = files[entry.file]
    for old, new in entry.edits:
        if (found := text.count(old)) != 1:
            raise CatalogueError(
                f"{entry.id}: {entry.file} holds this text {found} times, but must hold it once; "
                f"adapt the entry to the staff's file:\n{old}"
            )
        text = text.replace(old, new)
    return {**files, entry.file: text}
