"""All texts of an assignment's source with their solution blocks, and whether they fit together."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from IPython.core.inputtransformer2 import TransformerManager

from autograder.assignment import Assignment
from autograder.release.blocks import WORDS, Block, find_student_blocks
from autograder.release.errors import ReleaseError, demand_none
from autograder.release.known import no_task
from autograder.release.notebooks import cells_of, find_cell_blocks, read_notebook

CHECK = re.compile(r"""(?<![\w.])check\(\s*["']([^"'\n]*)["']""")


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
        text = _python(read_source(assignment.root, name), name)
        yield MarkedText(name, text, find_student_blocks(text, name, ids))
    for name in assignment.given_files:
        yield MarkedText(name, _given(assignment.root, name), [])
    for name in assignment.notebooks:
        for cell in cells_of(read_notebook(assignment.root / name, name), name):
            if cell.is_code and cell.is_solution:
                _python(TransformerManager().transform_cell(cell.source), cell.label)
            yield MarkedText(name, cell.source, find_cell_blocks(cell, ids))


def check_source(assignment: Assignment) -> None:
    """ReleaseError unless all blocks are sound, and each task has one where it is said to be."""
    found = {(each.file, block.task) for each in marked_texts(assignment) for block in each.blocks}
    for task in assignment.tasks:
        place = task.file or task.notebook
        if (place, task.id) not in found:
            what = f"has no solution block of the task '{task.id}'"
            raise ReleaseError(place, None, what, f"Add '### BEGIN SOLUTION {task.id}'")


def check_calls(assignment: Assignment) -> None:
    """ReleaseError lists the cells that call `check` with the name of no task."""
    tasks = [task.id for task in assignment.tasks]
    faults = [
        f"{cell.label}: {no_task(task, tasks)}"
        for name in assignment.notebooks
        for cell in cells_of(read_notebook(assignment.root / name, name), name)
        for task in CHECK.findall(cell.source)
        if cell.is_code and task not in tasks
    ]
    demand_none(faults, "notebooks", "some checks are of no task", "Correct their names")


def _python(text: str, file: str) -> str:
    try:
        ast.parse(text.removeprefix("\ufeff"))
    except SyntaxError as error:
        what = f"cannot be read as Python ({error.msg})"
        raise ReleaseError(file, error.lineno, what, "Correct the code") from None
    except ValueError as error:
        raise ReleaseError(file, None, f"cannot be read ({error})", "Correct the code") from None
    return text


def _given(root: Path, name: str) -> str:
    text = read_source(root, name)
    if name.endswith(".py"):
        _python(text, name)
    if words := WORDS.search(text):
        row = text.count("\n", 0, words.start()) + 1
        todo = "Move the file to student_files in assignment.toml, or remove the marker"
        raise ReleaseError(name, row, "a given file has a solution marker", todo)
    return text
