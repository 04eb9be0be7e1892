"""A submission's notebooks, run: what one cell does costs that cell alone."""

import json
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.assignment import Assignment
from autograder.intake import IntakeError
from autograder.kernel.execute import Executed, execute_notebooks
from autograder.kernel.running import Pace

from .test_attacks import STUBBORN

NAME = "2-Optimizers.ipynb"
QUICK = Pace(cell_seconds=3, notebook_seconds=120)
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
PICTURES = "from IPython.display import display\nwhile True: display('x' * 100_000)"


@pytest.fixture
def one_notebook(assignment: Assignment) -> Assignment:
    return assignment.model_copy(update={"notebooks": (NAME,)})


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """What staff give: a stub that students fill in, and a module that they must not change."""
    (tmp_path / "given" / "deepnets").mkdir(parents=True)
    (tmp_path / "given" / "deepnets" / "__init__.py").touch()
    (tmp_path / "given" / "deepnets" / "optim.py").write_text("WHOSE = 'stub'")
    (tmp_path / "given" / "deepnets" / "solver.py").write_text("WHOSE = 'staff'")
    return tmp_path / "given"


def handed_in(tmp_path: Path, cells: Sequence[NotebookNode | str]) -> Path:
    folder = tmp_path / "eve" / "homework"
    (folder / "deepnets").mkdir(parents=True)
    made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    nbformat.write(new_notebook(cells=made), folder / NAME)
    (folder / "deepnets" / "optim.py").write_text("WHOSE = 'student'")
    (folder / "deepnets" / "solver.py").write_text("WHOSE = 'student'")
    return folder.parent


def said(cell: NotebookNode) -> list[str]:
    """Per output the text, the error, or the kinds of data."""
    return [o.get("text") or o.get("ename") or " ".join(sorted(o.data)) for o in cell.outputs]


def test_dead_and_endless_cells_cost_themselves_alone(
    tmp_path: Path, one_notebook: Assignment, given: Path
) -> None:
    cells = [
        "x = 41", FIGURE, "import os; os._exit(0)", "print(x + 1)", "while True: pass",
        "print(x + 2)", STUBBORN, "print(x + 3)", PICTURES, "print(x + 4)",
    ]  # fmt: skip
    submission = handed_in(tmp_path, cells)
    (done,) = execute_notebooks(submission, one_notebook, tmp_path / "to", given, QUICK)
    cells = nbformat.read(tmp_path / "to" / NAME, as_version=4).cells
    outputs = [said(cell) for cell in cells]
    assert outputs[:6] == [
        [], ["image/png text/plain"], ["KernelDied"], ["42\n"],
        ["KeyboardInterrupt", "CellStopped"], ["43\n"],
    ]  # fmt: skip
    assert outputs[6:8] == [["KernelDied"], ["44\n"]]
    assert outputs[8][-2:] == ["OutputLeftOut", "KernelDied"] and outputs[9] == ["45\n"]
    assert [remark.partition(":")[0] for remark in done.remarks] == [
        "cell 3", "cell 5", "cell 7", "cell 9",
    ]  # fmt: skip
    assert (tmp_path / "to" / NAME).stat().st_size < 3 << 20


def test_the_students_library_and_the_staffs_files_lie_beside(
    tmp_path: Path, one_notebook: Assignment, given: Path
) -> None:
    look = "from deepnets import optim, solver; print(optim.WHOSE, solver.WHOSE)"
    data = "import os; print(sorted(os.listdir(os.environ['DEEPNETS_DATA'])) != [])"
    submission = handed_in(tmp_path, [look, data])
    assert execute_notebooks(submission, one_notebook, tmp_path / "to", given)[0].remarks == ()
    cells = nbformat.read(tmp_path / "to" / NAME, as_version=4).cells
    assert [said(cell) for cell in cells] == [["student staff\n"], ["True\n"]]


def test_forged_and_active_outputs_are_gone(
    tmp_path: Path, one_notebook: Assignment, given: Path
) -> None:
    forged = new_code_cell("", outputs=[new_output("stream", text="passed")])
    active = "from IPython.display import HTML; HTML('<script>alert(1)</script>')"
    submission = handed_in(tmp_path, [forged, active])
    execute_notebooks(submission, one_notebook, tmp_path / "to", given)
    text = (tmp_path / "to" / NAME).read_text()
    assert '"passed"' not in text
    assert [said(cell) for cell in nbformat.reads(text, as_version=4).cells] == [[], ["text/plain"]]


FORGED = (
    ("display_data", {"data": {"text/plain": {"a": 1}, "image/png": ["x"]}, "metadata": {}}),
    ("display_data", {"data": [], "metadata": 3}),
    ("stream", {"name": "stdout", "text": ["a"]}),
    ("execute_input", {"code": "", "execution_count": "<b>"}),
    ("error", {}),
)


def test_messages_that_make_no_sense_cost_their_cell(
    tmp_path: Path, one_notebook: Assignment, given: Path
) -> None:
    send = "kernel = get_ipython().kernel\nkernel.send_response(kernel.iopub_socket, *{})"
    cells = [*(send.format(message) for message in FORGED), "print('next')"]
    execute_notebooks(handed_in(tmp_path, cells), one_notebook, tmp_path / "to", given)
    notebook = nbformat.read(tmp_path / "to" / NAME, as_version=4)
    nbformat.validate(notebook)
    assert "<b>" not in str([cell.get("execution_count") for cell in notebook.cells])
    assert said(notebook.cells[-1]) == ["next\n"]


def test_time_is_shared_by_all_cells(tmp_path: Path, one_notebook: Assignment, given: Path) -> None:
    submission = handed_in(tmp_path, ["import time; time.sleep(60)"] * 4)
    pace = Pace(cell_seconds=2, notebook_seconds=3)
    (done,) = execute_notebooks(submission, one_notebook, tmp_path / "to", given, pace)
    cells = nbformat.read(tmp_path / "to" / NAME, as_version=4).cells
    assert said(cells[0])[-1] == "CellStopped" and said(cells[3]) == ["NotRun"]
    assert done.seconds < 15


@pytest.mark.parametrize("text", ["[" * 5000, "{}", '{"cells": [1], "nbformat": 4}', "\x00"])
def test_what_is_no_notebook_is_told(
    tmp_path: Path, one_notebook: Assignment, given: Path, text: str
) -> None:
    submission = handed_in(tmp_path, [])
    (submission / "homework" / NAME).write_text(text)
    (done,) = execute_notebooks(submission, one_notebook, tmp_path / "to", given)
    assert done == Executed(NAME, 0.0, done.remarks) and "is not a notebook" in done.remarks[0]
    assert not list((tmp_path / "to").iterdir())


def test_a_submission_that_cannot_be_read(
    tmp_path: Path, one_notebook: Assignment, given: Path
) -> None:
    (tmp_path / "eve.zip").write_text(json.dumps({}))
    with pytest.raises(IntakeError, match="not a readable zip"):
        execute_notebooks(tmp_path / "eve.zip", one_notebook, tmp_path / "to", given)
