"""The real assignments: released, proved, solved again, and validated by nbgrader itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from assignments import ASSIGNMENTS, MODULAR_NETS, every_assignment
from nbclient import NotebookClient
from typer.testing import CliRunner

from autograder.assignment import Assignment
from autograder.cli import app
from autograder.release.release import release_assignment

# The others train for minutes; `make notebooks` runs every cell of them.
VALIDATED = {"modular-nets": 1, "layer-objects": 1}
VALID = [(each, name) for each in ASSIGNMENTS for name in each.notebooks[: VALIDATED[each.id]]]

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


@one_assignment
def test_a_kernel_shows_a_finding_with_its_numbers(released: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(released, tmp_path / "wrong"))
    layers = folder / "deepnets" / "layers.py"
    stub = 'raise NotImplementedError("relu_forward: replace this line with your code")'
    layers.write_text(layers.read_text().replace(stub, "out = np.maximum(x, 0.5)"))
    cells = [nbformat.v4.new_code_cell('from autograder import check\ncheck("relu_forward")')]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    [output] = [o for o in notebook.cells[0].outputs if o.output_type == "execute_result"]
    for text in (output.data["text/plain"], output.data["text/html"]):
        assert "out is wrong" in text
        assert "largest relative error" in text
        assert "expected" in text


@every_assignment
def test_the_terminal_checks_every_task_and_packs(assignment: Assignment, solved: Path) -> None:
    done = run(solved, "-m", "autograder", "check", "--skip-experiments")
    count = sum(task.has_cases for task in assignment.tasks)
    assert f"{count} of {count} tasks pass" in done.stdout, done.stdout + done.stderr
    assert run(solved, "-m", "autograder", "submit").returncode == 0
    assert (solved / "submission.zip").exists()
