"""Notebooks of a release, by nbgrader's own generate_assignment in a course that exists briefly."""

import json
import os
import shutil
import sysconfig
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import Config

from autograder.release.blocks import Block, find_code_blocks, find_prose_blocks
from autograder.release.errors import ReleaseError
from autograder.release.strip import preprocessors

COURSE_ID = "assignment"


class Cell(NamedTuple):
    """A cell; `label` says where it is, `grade_id` is "" in a cell that nbgrader ignores."""

    label: str
    is_code: bool
    is_solution: bool
    grade_id: str
    source: str


def read_notebook(path: Path, name: str) -> dict[str, Any]:
    """The notebook as JSON; ReleaseError if it is none of format 4."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if notebook["nbformat"] == 4 and isinstance(notebook["cells"], list):
            return dict(notebook)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    what = "is missing, or not a notebook of format 4"
    raise ReleaseError(name, None, what, "Open it in Jupyter and save it again")


def cells_of(notebook: dict[str, Any], name: str) -> Iterator[Cell]:
    """The cells, with the text of each joined."""
    for position, cell in enumerate(notebook["cells"], 1):
        marks = cell["metadata"].get("nbgrader", {})
        grade_id, solution = marks.get("grade_id", ""), bool(marks.get("solution"))
        label = f"{name}[cell {position}{', ' * bool(grade_id)}{grade_id}]"
        is_code = cell["cell_type"] == "code"
        yield Cell(label, is_code, solution, grade_id, "".join(cell["source"]))


def find_cell_blocks(cell: Cell, ids: Set[str]) -> list[Block]:
    """The blocks of a cell; code names a task of `ids`, a written answer its own cell.

    Raises:
        ReleaseError: see `blocks`; or the cell has a block and is no solution cell of nbgrader's,
            or the reverse.
    """
    if cell.is_code:
        blocks = find_code_blocks(cell.source, cell.label, ids)
    else:
        blocks = find_prose_blocks(cell.source, cell.label, {cell.grade_id} - {""})
    if cell.is_solution and not blocks:
        what = "is a solution cell without a solution block, so all of it would be replaced"
        raise ReleaseError(cell.label, None, what, "Mark the solution in it")
    if blocks and not cell.is_solution:
        what = "has a solution block but is not a solution cell"
        todo = "Choose a cell type with an answer in the Create Assignment panel of Jupyter"
        raise ReleaseError(cell.label, blocks[0].first, what, todo)
    return blocks


def release_notebooks(source: Path, names: Sequence[str], ids: Set[str], to: Path) -> None:
    """Write the students' version of the notebooks `names` of `source` to the folder `to`.

    Raises:
        ReleaseError: a notebook or one of its blocks cannot be used, or nbgrader refuses it.
    """
    with TemporaryDirectory() as course:
        folder = Path(course) / "source" / COURSE_ID
        folder.mkdir(parents=True)
        for name in names:
            notebook = read_notebook(source / name, name)
            for cell in cells_of(notebook, name):
                find_cell_blocks(cell, ids)
            (folder / Path(name).name).write_text(json.dumps(_with_ids(notebook)), "utf-8")
        _generate(Path(course))
        for name in names:
            made = Path(course) / "release" / COURSE_ID / Path(name).name
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, to / name)


def _with_ids(notebook: dict[str, Any]) -> dict[str, Any]:
    """nbformat would give cells without an id a random one."""
    cells = [{"id": f"cell-{i}", **cell} for i, cell in enumerate(notebook["cells"], 1)]
    minor = max(5, notebook["nbformat_minor"])
    return {**notebook, "cells": cells, "nbformat_minor": minor}


def _generate(course: Path) -> None:
    config = Config()
    config.CourseDirectory.root = str(course)
    config.GenerateAssignment.preprocessors = preprocessors()
    directory = CourseDirectory(config=config)
    directory.assignment_id = COURSE_ID
    with scripts_on_path():
        result = capture_log(GenerateAssignment(coursedir=directory, config=config))
    if not result["success"]:
        what = f"nbgrader generate_assignment failed:\n{result.get('log') or result['error']}"
        raise ReleaseError("notebooks", None, what.strip(), "Correct the notebook it names")


@contextmanager
def scripts_on_path() -> Iterator[None]:
    """nbgrader calls `alembic` by name, which an environment that is not activated hides."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
