"""The solved assignment, every notebook run with its outputs: to publish after the deadline."""

import inspect
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from autograder.assignment import Assignment, load_assignment
from autograder.release import short
from autograder.release.blocks import WORDS
from autograder.release.build import Record, fill_given, write
from autograder.release.execute import run_notebook
from autograder.release.notebooks import read_notebook
from autograder.release.sources import check_source, read_source
from autograder.release.stage import publish, stage

# Told the name of each notebook that was run, and the seconds it took.
Told = Callable[[str, float], None]


def build_solutions(assignment_folder: Path, root: Path, record: Record, told: Told) -> Path:
    """Make and publish `root`/<id>/: library, kit, and each notebook with its outputs and as HTML.

    All is made in a folder beside the target. Whatever fails, the previous solutions stay.

    Raises:
        ReleaseError: a source cannot be read, a cell or a check fails, or nothing can be written.
        AssignmentError: assignment.toml cannot be used.
    """
    assignment = load_assignment(assignment_folder)
    with stage(root, assignment.id) as made:
        folder = made / assignment.id
        _fill(folder, assignment, record)
        for name in assignment.notebooks:
            notebook = nbformat.read(folder / name, as_version=4)
            _run(notebook, name, folder, told)
            nbformat.write(notebook, folder / name)
            write((folder / name).with_suffix(".html"), _page(notebook, name).encode("utf-8"))
        publish(made, root, assignment.id)
    return root / assignment.id


def try_notebooks(assignment_folder: Path, record: Record, told: Told) -> None:
    """Run every cell of every notebook with few images and one epoch; nothing is kept.

    Only the checks of what is trained may fail. Raises as `build_solutions`.
    """
    assignment = load_assignment(assignment_folder)
    with TemporaryDirectory() as made:
        folder = Path(made) / assignment.id
        _fill(folder, assignment, record)
        for name in assignment.notebooks:
            notebook = nbformat.read(folder / name, as_version=4)
            _shorten(notebook, assignment)
            _run(notebook, name, folder, told)


def _fill(folder: Path, assignment: Assignment, record: Record) -> None:
    check_source(assignment)
    fill_given(folder, assignment, record)
    for name in assignment.student_files:
        write(folder / name, without_markers(read_source(assignment.root, name)).encode("utf-8"))
    for name in assignment.notebooks:
        notebook = nbformat.from_dict(read_notebook(assignment.root / name, name))
        for cell in notebook.cells:
            cell.source = without_markers("".join(cell.source))
        write(folder / name, nbformat.writes(notebook).encode("utf-8"))


def without_markers(text: str) -> str:
    """`text` with its solutions, but not the lines that mark them."""
    return "\n".join(line for line in text.split("\n") if not WORDS.search(line))


def _run(notebook: NotebookNode, name: str, folder: Path, told: Told) -> None:
    started = monotonic()
    run_notebook(notebook, name, folder)
    told(name, monotonic() - started)


def _page(notebook: NotebookNode, name: str) -> str:
    html, _ = HTMLExporter().from_notebook_node(notebook, {"metadata": {"name": Path(name).stem}})
    return str(html)


def _shorten(notebook: NotebookNode, assignment: Assignment) -> None:
    trained = {task.id.replace(".", "_") for task in assignment.tasks if not task.has_cases}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in {f"{id}_check" for id in trained}:
            cell.metadata["tags"] = ["raises-exception"]
    # In front of the first cell's own text, so that cells keep their numbers in errors.
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source = f"{inspect.getsource(short)}\nshorten({assignment.package!r})\n{first.source}"
