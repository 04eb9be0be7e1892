import ast
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from assignments import ASSIGNMENTS, every_assignment

from autograder.assignment import Assignment
from autograder.release.kit import ROOT, kit_files


PACKAGES = ("autograder", "datasets")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@every_assignment
def test_the_kit_imports_nothing_that_students_lack(assignment: Assignment) -> None:
    files = set(kit_files(assignment.checks))
    ours = {
        name.replace(".", "/")
        for file in files
        for name in imported(ROOT / file)
        if name.split(".")[0] in PACKAGES
    }
    missing = {name for name in ours if not {f"{name}.py", f"{name}/__init__.py"} & files}
    assert not missing


@every_assignment
def test_the_kit_holds_the_checks_of_its_own_assignment_only(assignment: Assignment) -> None:
    others = {c for each in ASSIGNMENTS if each.id != assignment.id for c in each.checks}
    files = {name.replace(".", "/") + ".py" for name in others - {*assignment.checks}}
    assert not files & set(kit_files(assignment.checks))


@every_assignment
def test_the_kit_needs_no_widgets(assignment: Assignment) -> None:
    """tqdm.auto warns in a kernel without ipywidgets, which requirements.txt does not have."""
    libraries = {name for file in kit_files(assignment.checks) for name in imported(ROOT / file)}
    assert "tqdm" in libraries
    assert not libraries & {"tqdm.auto", "tqdm.autonotebook", "tqdm.notebook"}


def test_the_checker_starts_from_the_released_folder(built: tuple[Path, Path]) -> None:
    """Without `site`, which would show the staff's modules of an editable install as well."""
    folder = built[1] / "tiny"
    environment = {"PYTHONPATH": os.pathsep.join([str(folder), sysconfig.get_path("purelib")])}
    command = [sys.executable, "-B", "-S", "-m", "autograder", "--help"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "submit" in done.stdout
    assert "doctor" not in done.stdout


def test_the_instructions_refer_to_nothing_that_students_lack(built: tuple[Path, Path]) -> None:
    text = (built[1] / "tiny" / "README.md").read_text()
    assert text.startswith("# For students") and "autograder submit" in text
    assert not re.search(r"\]\(|<img|docs/|source/", text)
