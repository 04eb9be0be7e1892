"""All texts of an assignment's source with their solution blocks, and whether they fit together."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from autograder.assignment import Assignment
from autograder.release.blocks import WORDS, Block, find_student_blocks
from autograder.release.errors import ReleaseError
from autograder.release.notebooks import cells_of, find_cell_blocks, read_notebook


class MarkedText(NamedTuple):
    """A file or a notebook cell; `file` is its name in assignment.toml."""

    file: str
    text: str
    blocks: list[Block]


def read_source(root: Path, name: str) -> str:
    """The text of a source file, line endings as they are; ReleaseError if it is not UTF-8."""
    try:
        return (root / name).read_bytes().decode("utf-8")
    except OSError as error:
        todo = "Restore it, or take it out of assignment.toml"
        raise ReleaseError(name, None, f"cannot be read ({error.strerror})", todo) from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise ReleaseError(name, row, "is not UTF-8", "Save the file as UTF-8") from None


def marked_texts(assignment: Assignment) -> Iterator[MarkedText]:
    """Student files, given files and notebook cells; ReleaseError as in `blocks`."""
    ids = {task.id for task in assignment.tasks}
    for name in assignment.student_files:
        text = read_source(assignment.root, name)
        yield MarkedText(name, text, find_student_blocks(text, name, ids))
    for name in assignment.given_files:
        yield MarkedText(name, _given(assignment.root, name), [])
    for name in assignment.notebooks:
        for cell in cells_of(read_notebook(assignment.root / name, name), name):
            yield MarkedText(name, cell.source, find_cell_blocks(cell, ids))


def check_source(assignment: Assignment) -> None:
    """ReleaseError unless all blocks are sound, and each task has one where it is said to be."""
    found = {(each.file, block.task) for each in marked_texts(assignment) for block in each.blocks}
    for task in assignment.tasks:
        place = task.file or task.notebook
        if (place, task.id) not in found:
            what = f"has no solution block of the task '{task.id}'"
            raise ReleaseError(place, None, what, f"Add '### BEGIN SOLUTION {task.id}'")


def _given(root: Path, name: str) -> str:
    text = read_source(root, name)
    if words := WORDS.search(text):
        row = text.count("\n", 0, words.start()) + 1
        todo = "Move the file to student_files in assignment.toml, or remove the marker"
        raise ReleaseError(name, row, "a given file has a solution marker", todo)
    return text
