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
    for name in ("autograder", "datasets", "source"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    steps = STEP.findall((ROOT / "docs" / "authoring.md").read_text())
    assert len(steps) == 5
    for name, block in steps:
        with (folder / name).open("a") as file:
            file.write(f"\n\n{block}")
    return folder


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
    command = [sys.executable, "-m", "autograder", "grade", "class", "--task", TASK, "--json", "r"]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    document = json.loads((copy / "r").read_text())
    return {entry["id"]: entry["tasks"][0] for entry in document["submissions"]}


@pytest.mark.parametrize("name", ["solved", "styled"])
def test_the_new_task_is_graded(entries: dict[str, Any], name: str) -> None:
    assert (entries[name]["verdict"], entries[name]["points"]) == ("passed", 1.0)


def test_its_misconception_is_named(entries: dict[str, Any]) -> None:
    assert entries["fixed"]["verdict"] == "failed"
    assert entries["fixed"]["diagnosis"] == [f"{TASK}.slope_ignored"]
    assert entries["fixed"]["findings"][0]["hint"] == "The slope is a parameter, not a constant."


def test_its_entries_of_the_catalogue_fit(copy: Path) -> None:
    code = f"""if 1:
        from pathlib import Path
        from autograder.assignment import load_assignment
        from autograder.diagnosis.catalogue import patched
        from autograder.diagnosis.variants import VARIANTS
        from autograder.grading.staff import staff_modules
        files = staff_modules(load_assignment(Path("source/modular-nets")))
        [new] = [entry for entry in VARIANTS if entry.task == "{TASK}"]
        assert patched(files, new)[new.file].count("np.maximum(x, slope * x)") == 1
    """
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    subprocess.run([sys.executable, "-c", code], cwd=copy, env=environment, check=True)
