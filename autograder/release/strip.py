"""Cutting solutions out of text, by nbgrader's own ClearSolutions."""

import ast
import re
from collections.abc import Set

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions
from traitlets import Dict, Unicode

from autograder.release.blocks import find_student_blocks
from autograder.release.errors import ReleaseError

CODE_STUB = 'raise NotImplementedError("{task}: replace this line with your code")'
TEXT_STUB = "*Write your answer here, in place of this line.*"
# nbgrader knows one stub for all blocks; this one is replaced block by block. The private-use
# characters occur in no text.
PLACEHOLDER = "\ue000stub of the next block\ue001"
NAMED_BEGIN = re.compile(r"^\s*### BEGIN SOLUTION (\S+)\s*$", re.MULTILINE)


class TaskStubs(ClearSolutions):  # type: ignore[misc]
    """ClearSolutions with a stub of its own for each block of code: it names the task."""

    code_stub = Dict({"python": PLACEHOLDER})
    text_stub = Unicode(TEXT_STUB)

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        tasks = iter(NAMED_BEGIN.findall(cell.source))
        replaced = bool(super()._replace_solution_region(cell, language))
        cell.source = re.sub(PLACEHOLDER, lambda _: CODE_STUB.format(task=next(tasks)), cell.source)
        return replaced


def preprocessors() -> list[type]:
    """Those of nbgrader's generate_assignment, with TaskStubs in place of ClearSolutions."""
    usual = GenerateAssignment.class_traits()["preprocessors"].default()
    return [TaskStubs if each is ClearSolutions else each for each in usual]


def strip_code(text: str, file: str, ids: Set[str]) -> str:
    """`text` of a Python file with a stub in place of each block; the rest is untouched.

    Raises:
        ReleaseError: the text has no block, or one that cannot be cut out (see `blocks`).
    """
    find_student_blocks(text, file, ids)
    notebook = new_notebook(cells=[new_code_cell(text)])
    TaskStubs(enforce_metadata=False).preprocess(notebook, {})
    stripped = str(notebook.cells[0].source)
    _check_parses(stripped, file)
    return stripped


def _check_parses(stripped: str, file: str) -> None:
    try:
        ast.parse(stripped.removeprefix("\ufeff"))
    except (SyntaxError, ValueError) as error:
        what = f"without its solutions the file is not Python any more ({error})"
        raise ReleaseError(file, None, what, "Let each block enclose whole statements") from None
