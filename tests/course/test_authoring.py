"""The worked example of docs/authoring.md, followed word by word in a copy of the repository."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STEP = re.compile(r"`([\w/.-]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
TASK = "leaky_relu_forward"
CALL = "np.where(x > 0, x, slope * x)"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with every block of the page at the end of the file it is for."""
    folder = tmp_path_factory.mktemp("repository")
    for name in ("autograder", "datasets", "source", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "constraints.txt", "docs/student.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    steps = STEP.findall((ROOT / "docs" / "authoring.md").read_text())
    assert len(steps) == 5
    for name, block in steps:
        with (folder / name).open("a") as file:
            file.write(f"\n\n{block}")
    return folder


def _python(folder: Path, *arguments: str) -> str:
    """What Python prints in a folder whose packages come first."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def entries(copy: Path) -> dict[str, Any]:
    """What becomes of the solution, of another style, and of a mistake."""
    solved = (copy / "source/modular-nets/deepnets/layers.py").read_text()
    for name, call in {
        "solved": CALL, "styled": "np.maximum(x, slope * x)", "fixed": "np.where(x > 0, x, 0.1 * x)"
    }.items():  # fmt: skip
        (copy / "class" / name / "deepnets").mkdir(parents=True)
        text = solved.replace(CALL, call)
        (copy / "class" / name / "deepnets" / "layers.py").write_text(text)
    _python(copy, "-m", "autograder", "grade", "class", "--task", TASK, "--json", "r")
    document = json.loads((copy / "r").read_text())
    return {entry["id"]: entry["tasks"][0] for entry in document["submissions"]}


@pytest.mark.parametrize("name", ["solved", "styled"])
def test_the_new_task_is_graded(entries: dict[str, Any], name: str) -> None:
    assert (entries[name]["verdict"], entries[name]["points"]) == ("passed", 1.0)


def test_its_misconception_is_named(entries: dict[str, Any]) -> None:
    assert entries["fixed"]["verdict"] == "failed"
    assert entries["fixed"]["diagnosis"] == [f"{TASK}.slope_ignored"]
    assert entries["fixed"]["findings"][0]["hint"] == "The slope is a parameter, not a constant."


def test_the_catalogue_is_content_with_the_new_task(copy: Path) -> None:
    asked = f"{TASK} or ((every_task or headings) and modular-nets) or unique"
    _python(copy, "-m", "pytest", "tests/diagnosis/test_catalogue.py", "-k", asked)


RELEASE = f"""if 1:
    from pathlib import Path
    from autograder.assignment import load_assignment
    from autograder.diagnosis.naming import Diagnostician
    from autograder.grading.staff import reference, staff_modules
    from autograder.judge.case import cases_of, load_checks, public_trials
    from autograder.judge.trial import ReferenceExpected
    from autograder.local.mistakes import FILE, record_mistakes
    from autograder.local.recorded import record
    from autograder.release.build import fill_given, write
    from autograder.release.strip import strip_code

    assignment = load_assignment(Path("source/modular-nets"))
    load_checks(assignment.checks)
    diagnostician = Diagnostician(assignment.package, staff_modules(assignment))

    def recorded(file):
        trials = [trial for case in cases_of("{TASK}") for trial in public_trials(case)]
        record(trials, ReferenceExpected(reference(assignment)), file)
        known = {{"{TASK}": diagnostician.candidates("{TASK}")}}
        record_mistakes(known, diagnostician.outcome, file.with_name(FILE))

    fill_given(Path("student"), assignment, recorded)
    for name in assignment.student_files:
        text = (assignment.root / name).read_text("utf-8")
        ids = {{task.id for task in assignment.tasks}}
        write(Path("student", name), strip_code(text, name, ids).encode())
"""


@pytest.fixture(scope="module")
def student(copy: Path) -> Path:
    """What students get, but for the notebooks: a whole release takes minutes."""
    _python(copy, "-c", RELEASE)
    return copy / "student"


@pytest.mark.usefixtures("entries")
def test_the_students_check_knows_the_new_task(copy: Path, student: Path) -> None:
    code = f"from autograder import check; print(check({TASK!r}))"
    layers = student / "deepnets" / "layers.py"
    said = {"stub": _python(student, "-c", code)}
    for name in ("solved", "fixed"):
        shutil.copy(copy / "class" / name / "deepnets" / "layers.py", layers)
        said[name] = _python(student, "-c", code)
    assert "not attempted" in said["stub"]
    assert "passed" in said["solved"]
    assert "The slope is a parameter, not a constant." in said["fixed"]
