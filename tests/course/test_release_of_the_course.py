"""The real assignments: released, proved, solved again, and validated by nbgrader itself."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest
from assignments import ASSIGNMENTS, MODULAR_NETS, every_assignment
from nbclient import NotebookClient
from nbformat import NotebookNode
from typer.testing import CliRunner

from autograder.assignment import Assignment
from autograder.cli import app
from autograder.release.release import release_assignment

# The others train for minutes; `make notebooks` runs every cell of them.
VALID = [(each, name) for each in ASSIGNMENTS for name in each.notebooks[:1]]

one_assignment = pytest.mark.parametrize(
    "assignment", [MODULAR_NETS], indirect=True, ids=[MODULAR_NETS.id]
)


@pytest.fixture(scope="module")
def released(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    return release_assignment(assignment.root, tmp_path_factory.mktemp("release"), store)


@pytest.fixture(scope="module")
def solved(
    assignment: Assignment, released: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("solved") / assignment.id
    shutil.copytree(released, folder)
    for name in (*assignment.student_files, *assignment.notebooks):
        shutil.copy(assignment.root / name, folder / name)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )


@pytest.mark.sampled(every=2)
@every_assignment
def test_a_second_release_is_byte_identical(
    assignment: Assignment, released: Path, tmp_path: Path, store: Path
) -> None:
    to, again = str(tmp_path), tmp_path / assignment.id
    command = ["release", "--assignment", str(assignment.root), "--to", to, "--store", str(store)]
    done = CliRunner().invoke(app, command)
    points = sum(task.points for task in assignment.tasks)
    said = f"{len(assignment.tasks)} tasks, {points:g} points"
    assert done.stdout == f"Released {again} and {again}.zip: {said}\n"
    zips = [folder.with_name(f"{folder.name}.zip") for folder in (released, again)]
    assert zips[0].read_bytes() == zips[1].read_bytes()


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(
    ("assignment", "name"),
    [pytest.param(each, name, id=name) for each, name in VALID],
    indirect=["assignment"],
    scope="session",
)
def test_a_solved_notebook_is_valid_for_nbgrader(solved: Path, name: str) -> None:
    done = run(solved, "-m", "nbgrader", "validate", "--Execute.timeout=300", name)
    assert "Success! Your notebook passes all the tests." in done.stdout + done.stderr


@one_assignment
def test_an_unsolved_notebook_is_not_valid(
    assignment: Assignment, released: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(released, tmp_path / "untouched"))
    done = run(folder, "-m", "nbgrader", "validate", assignment.notebooks[1])
    assert "VALIDATION FAILED" in done.stdout + done.stderr


STUB = 'raise NotImplementedError("relu_forward: replace this line with your code")'
RIGHT = "out = np.maximum(x, 0)"
ATTEMPTS = [
    (STUB, "not attempted", ["relu_forward is not implemented yet"]),
    ("out = np.maximum(x, 0.5)", "failed", ["out is wrong", "largest relative error", "expected"]),
    ("raise ValueError('<b>a & b')", "crashed", ["ValueError: <b>a & b", "deepnets/layers.py"]),
    ("out = )", "crashed", ["SyntaxError", "deepnets/layers.py, line "]),
    (RIGHT, "passed", ["The public trials pass"]),
]


@one_assignment
def test_a_student_gets_it_right_while_the_kernel_runs(released: Path, tmp_path: Path) -> None:
    """From the zip to the zip: each change of the file counts at once, in imported names too."""
    shutil.unpack_archive(f"{released}.zip", tmp_path)
    folder, layers = tmp_path / released.name, "deepnets/layers.py"
    notebook = nbformat.read(folder / "1-FullyConnectedNets.ipynb", as_version=4)
    cells = {cell.id: cell.source for cell in notebook.cells}
    untouched = (folder / layers).read_text()
    with a_kernel_in(folder) as outputs_of:
        outputs_of(f"{cells['setup']}\nfrom deepnets.layers import *")
        for code, verdict, words in ATTEMPTS:
            (folder / layers).write_text(untouched.replace(STUB, code))
            *_, output = outputs_of(cells["relu_forward_check"])
            assert_told(output.data, verdict, words)
        [used] = outputs_of("print(*relu_forward(np.array([-2.0, 3.0]))[0], check.__code__)")
        assert used.text.startswith("0.0 3.0 ") and str(folder) in used.text
        told = "".join(o.text for o in outputs_of(f"!{sys.executable} -m autograder submit"))
        assert "Hand it in. Warning: 54 of 55 tasks" in " ".join(told.split())
    assert RIGHT in ZipFile(folder / "submission.zip").read(layers).decode()


@every_assignment
def test_every_notebook_reloads_in_full(assignment: Assignment) -> None:
    """Without --full, IPython tells imported names of the first change alone."""
    for name in assignment.notebooks:
        cells = nbformat.read(assignment.root / name, as_version=4).cells
        first = next(cell.source for cell in cells if cell.cell_type == "code")
        assert first.startswith("%load_ext autoreload\n%autoreload 2 --full\n"), name


@contextmanager
def a_kernel_in(folder: Path) -> Iterator[Callable[[str], list[NotebookNode]]]:
    """Gives a function that runs a cell."""

    def outputs_of(source: str) -> list[NotebookNode]:
        notebook.cells = [nbformat.v4.new_code_cell(source)]
        outputs: list[NotebookNode] = client.execute_cell(notebook.cells[0], 0).outputs
        return outputs

    notebook = nbformat.v4.new_notebook()
    client = NotebookClient(notebook, resources={"metadata": {"path": str(folder)}})
    with client.setup_kernel():
        yield outputs_of


def assert_told(data: dict[str, str], verdict: str, words: list[str]) -> None:
    """As text, and in a page of which neither colours nor marks are seen."""
    plain, html = data["text/plain"], data["text/html"]
    heard = unescape(re.sub(r'<span aria-hidden="true">.*?</span>|<[^>]+>', " ", html))
    assert max(map(len, plain.splitlines())) <= 100 and "<b>" not in html
    for text in (plain, heard):
        text = " ".join(text.split())
        assert all(word in text for word in (f"pass: {verdict}", *words)), text


@every_assignment
def test_the_terminal_checks_every_task_and_packs(assignment: Assignment, solved: Path) -> None:
    done = run(solved, "-m", "autograder", "check", "--skip-experiments")
    count = sum(task.has_cases for task in assignment.tasks)
    assert f"{count} of {count} tasks pass" in done.stdout, done.stdout + done.stderr
    assert run(solved, "-m", "autograder", "submit").returncode == 0
    assert (solved / "submission.zip").exists()
