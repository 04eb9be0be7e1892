"""A student's notebook, opened for nbgrader as far as it can be read."""

from collections.abc import Iterator
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from autograder.assignment import Repairs
from autograder.salvage.notebooks import NotJson, notebook_json

CELLS = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


class OpensAll(NotebookExporter):  # type: ignore[misc]
    """nbgrader grades nothing of who hands in a notebook that it cannot open, and exports 0."""

    def from_file(
        self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """`file_stream` is a text file; its encoding is not trusted."""
        notebook = opened(file_stream.buffer.read())
        done: tuple[str, dict[str, Any]] = self.from_notebook_node(notebook, resources, **kw)
        return done


def opened(content: bytes) -> NotebookNode:
    """The notebook, or what can be read of its cells, without outputs."""
    try:
        notebook = nbformat.reads(content.decode(), as_version=4)
        nbformat.validate(notebook, relax_add_props=True)
        nbformat.writes(notebook).encode()  # a lone surrogate is read, and cannot be written
        return notebook
    except Exception:  # whatever a stranger's file makes it raise
        return new_notebook(cells=list(_cells(content)))


def _cells(content: bytes) -> Iterator[NotebookNode]:
    try:
        found, _ = notebook_json(content, Repairs().kinds)
    except NotJson:
        return
    cells = found.get("cells") if isinstance(found, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        try:
            source = "".join(cell["source"]).encode(errors="replace").decode()
            yield CELLS[cell["cell_type"]](source=source, metadata=_marks(cell))
        except (KeyError, TypeError, AttributeError):
            continue


def _marks(cell: dict[str, Any]) -> dict[str, Any]:
    """The grade_id is enough: the grade book has the rest."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return {"nbgrader": {"grade_id": marks.get("grade_id")}} if isinstance(marks, dict) else {}
