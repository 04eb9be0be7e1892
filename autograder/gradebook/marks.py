"""What nbgrader knows a cell by, restored in a notebook that comes from a student."""

from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook, Notebook
from nbgrader.preprocessors import NbGraderPreprocessor

LOST = "*No cell {name} could be read; its answer may stand elsewhere in what was handed in.*"


class RestoreMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """Gives every cell the marks that the grade book has for its grade_id, and no others.

    nbgrader stops the whole class at a copied cell or an unknown version, and loses the points of a
    cell that was deleted. Here the first of equal cells counts, the marks of the others are taken
    away, and cells that lack stand where they were released.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Before all preprocessors that read marks."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as book:
            notebook = book.find_notebook(names["notebook"], names["assignment"])
            marks = {source.name: _marks(notebook, source) for source in notebook.source_cells}
            there = _mark(nb.cells, marks)
            _add_missing(nb.cells, there, notebook.source_cells, marks)
        return nb, resources


def _marks(notebook: Notebook, source: Any) -> dict[str, Any]:
    graded = {cell.name: cell.max_score for cell in notebook.grade_cells}
    points = {"points": graded[source.name]} if source.name in graded else {}
    return {
        "grade_id": source.name,
        "cell_type": source.cell_type,
        "checksum": source.checksum,
        "grade": source.name in graded,
        "locked": source.locked,
        "schema_version": 3,
        "solution": source.name in {cell.name for cell in notebook.solution_cells},
        "task": False,
        **points,
    }


def _mark(cells: list[NotebookNode], marks: dict[str, Any]) -> set[str]:
    """Names of the marked cells that are there."""
    there: set[str] = set()
    for cell in cells:
        found = cell.metadata.pop("nbgrader", None)
        name = found.get("grade_id") if isinstance(found, dict) else None
        if isinstance(name, str) and name in marks and name not in there:
            there.add(name)
            cell.metadata["nbgrader"] = dict(marks[name])
    return there


def _add_missing(
    cells: list[NotebookNode], there: set[str], sources: list[Any], marks: dict[str, Any]
) -> None:
    """Each after the released cell that stood before it."""
    place = 0
    for source in sources:
        if source.name in there:
            place = 1 + next(i for i, cell in enumerate(cells) if _name(cell) == source.name)
        else:
            cells.insert(place, _released(source, marks[source.name]))
            place += 1


def _name(cell: NotebookNode) -> str | None:
    name: str | None = cell.metadata.get("nbgrader", {}).get("grade_id")
    return name


def _released(source: Any, marks: dict[str, Any]) -> NotebookNode:
    """A locked cell as it was; an answer with a remark, without which it would count as none."""
    metadata = {"nbgrader": dict(marks)}
    text = "" if source.locked else LOST.format(name=source.name)
    if source.cell_type == "markdown":
        return new_markdown_cell(f"{text}\n\n{source.source}", metadata=metadata)
    return new_code_cell(f"# {text}\n{source.source}" if text else source.source, metadata=metadata)
