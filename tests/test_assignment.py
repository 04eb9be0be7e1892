import re
from pathlib import Path

import pytest

from autograder.assignment import Assignment, AssignmentError, load_assignment

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "source/modular-nets/assignment.toml").read_text()


def broken(tmp_path: Path, pattern: str, replacement: str) -> str:
    text, count = re.subn(pattern, replacement, TEXT, count=1, flags=re.MULTILINE)
    assert count == 1, pattern
    (tmp_path / "assignment.toml").write_text(text)
    with pytest.raises(AssignmentError) as caught:
        load_assignment(tmp_path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "replacement", "words"),
    [
        (r"^package = .*\n", "", ["package", "required"]),
        (r"^points = 2.0\n", "", ["task affine_forward: points", "required"]),
        (r"^points = 2.0\n", "points = -1\n", ["task affine_forward: points", "greater than 0"]),
        (
            r"^points = 2.0\n",
            "point = 2.0\n",
            ["task affine_forward: point: unknown key; the keys of tasks are id, title, points,"],
        ),
        (r'^id = "affine_forward"\n', "", ["task number 1: id: Field required"]),
        (r"^memory_mb", "memory", ["limits.memory: unknown key; the keys of limits are call_sec"]),
        (r"^title", "titel", ["titel: unknown key"]),
        (r"^tabs = ", "tabz = ", ["repairs.tabz", "the keys of repairs are python2_print,"]),
        (r"^tabs = true", "tabs = 'no'", ["repairs.tabs", "boolean"]),
        (r'^needs = \["affine_forward"\]', 'needs = ["afine_forward"]', ["afine_forward"]),
        (r"^main = .*\n", "main = 0.9\n", ["add up to 1"]),
        (r'^file = "deepnets/layers.py"', 'file = "layers.py"', ["not among the student_files"]),
        (r'^notebook = "1-', 'notebook = "3-', ["not among the notebooks"]),
        (r"^needs = \[\]", 'needs = ["affine_backward"]', ["in a circle", "affine_forward"]),
        (r"^id = ", 'root = "elsewhere"\nid = ', ["'root' is not a key"]),
        (
            r'^id = "affine_backward"',
            'id = "affine_forward"',
            ["\n  two tasks have the same id: affine_forward"],
        ),
        (r"num_epochs = \[1, 1\]", "epochs = [1, 1]", ["cifar10.bounds", "epochs"]),
        (r"^schema = 1", "schema = ", ["not valid TOML", "line 1"]),
    ],
)
def test_a_faulty_file_is_explained(
    tmp_path: Path, pattern: str, replacement: str, words: list[str]
) -> None:
    message = broken(tmp_path, pattern, replacement)
    assert all(word in message for word in [*words, "assignment.toml"]), message


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="cannot be read"):
        load_assignment(tmp_path)


def test_an_unknown_task_lists_the_known_ones(assignment: Assignment) -> None:
    with pytest.raises(AssignmentError, match=r"no task 'softmax'.*softmax_loss"):
        assignment.task("softmax")


def test_every_task_has_cases_in_every_group(assignment: Assignment, staff: object) -> None:
    from autograder.judge.case import cases_of

    for task in assignment.tasks:
        if task.file:
            groups = {case.group for case in cases_of(task.id)}
            assert groups == set(assignment.credit), task.id
