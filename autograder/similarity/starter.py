"""What was handed out: lines that are nobody's own."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.assignment import Assignment
from autograder.grading.roster import RosterError
from autograder.intake import IntakeError, read_files
from autograder.release.sources import MarkedText, marked_texts
from autograder.release.strip import CODE_STUB, TEXT_STUB
from autograder.similarity.texts import sources


def handed_out(assignment: Assignment, others: Iterable[Path] = ()) -> frozenset[str]:
    """Each line of the release, of the given files and of `others`, folders or zips, without the
    blanks around it.

    Raises ReleaseError if a source of `assignment` cannot be read, RosterError for one of `others`.
    """
    stubs = {CODE_STUB.format(task=task.id) for task in assignment.tasks} | {TEXT_STUB, ""}
    released = (line.strip() for text in marked_texts(assignment) for line in _outside(text))
    return frozenset({*stubs, *released, *(line for path in others for line in _lines(path))})


def _outside(text: MarkedText) -> Iterator[str]:
    """Its lines without the solution blocks."""
    solved = {row for block in text.blocks for row in range(block.first, block.last + 1)}
    return (line for row, line in enumerate(text.text.split("\n"), 1) if row not in solved)


def _lines(path: Path) -> Iterator[str]:
    try:
        files = read_files(path).files
    except IntakeError as error:
        raise RosterError(f"{path}: {error}") from None
    unread: list[str] = []
    for source in sources(files, unread):
        yield from map(str.strip, source.text.split("\n"))
    if unread:
        raise RosterError(f"{path}: {unread[0]}")
