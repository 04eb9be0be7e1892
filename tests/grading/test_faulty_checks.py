"""What an author wrote wrong in the cases ends in a sentence with its place."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.assignment import Assignment, AssignmentError
from autograder.grading.staff import reference
from autograder.judge import case as registry
from autograder.student.local import LocalChannel

ROOT = Path(__file__).parents[2]
CASES = "autograder/checks/layers.py"
MISTAKES = "autograder/diagnosis/misconceptions/layers.py"
HEADINGS = "autograder/diagnosis/misconceptions/convolution.py"


def refused(assignment: Assignment) -> str:
    with pytest.raises(AssignmentError) as caught:
        reference(assignment)
    return str(caught.value)


def test_a_misspelt_task_is_named_beside_the_one_it_leaves_without_a_case(
    assignment: Assignment, staff: LocalChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = registry.cases_of("relu_forward")
    monkeypatch.delitem(registry._cases, "relu_forward")
    lost = [replace(each, task="relu_forwrd") for each in cases]
    monkeypatch.setitem(registry._cases, "relu_forwrd", lost)
    message = refused(assignment)
    assert "task relu_forward has no case in the group 'main'; autograder/checks/lay" in message
    assert message.endswith(" has one of 'relu_forwrd', which is no task")


def test_all_faults_of_tasks_and_cases_are_told_at_once(
    assignment: Assignment, staff: LocalChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = cases = registry.cases_of("relu_forward")
    monkeypatch.setitem(registry._cases, "relu_forward", [*cases, replace(first, group="edg")])
    _, group, double = refused(assignment).splitlines()
    assert group == "  [credit] has no share for edg, a group of relu_forward's cases"
    assert "task relu_forward has 2 cases named positive_and_negative (autograder/ch" in double


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def f()\n", "/broken.py:1: cannot be read as Python (expected ':')"),
        ("import no_such_module\n", "assignment.toml: checks: ModuleNotFoundError: No module nam"),
    ],
)
def test_checks_that_cannot_be_imported(
    assignment: Assignment,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    words: str,
) -> None:
    (tmp_path / "broken.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    assert words in refused(assignment.model_copy(update={"checks": ("broken",)}))


@pytest.mark.parametrize(
    ("file", "old", "new", "status", "words"),
    [
        (MISTAKES, "MISCONCEPTIONS = (", "MISCONCEPTIONS = ((", 1, "cannot be read as Python ('("),
        (HEADINGS, '_mistake(\n        "conv_', '_mistake(\n        "cnov_', 1, "KeyError: 'cnov_"),
        (CASES, 'case("affine_forward")', 'case("affine_forward", gruop="")', 2, "TypeError: "),
    ],
)
def test_a_release_needs_modules_that_run(
    tmp_path: Path, file: str, old: str, new: str, status: int, words: str
) -> None:
    """Of a copy of the repository, in which one is broken."""
    for room in ("autograder", "datasets"):
        shutil.copytree(ROOT / room, tmp_path / room)
    (tmp_path / "source").symlink_to(ROOT / "source")
    text = (tmp_path / file).read_text()
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1))
    command = [sys.executable, "-m", "autograder", "release", "--assignment", "source/modular-nets"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == status and "Traceback" not in done.stderr, done.stderr
    assert file in done.stderr and words in done.stderr
