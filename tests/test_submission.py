"""Which tasks of a submission are still as they were released."""

import pytest

from autograder.assignment import Assignment
from autograder.submission import Submission

RAISE = 'raise NotImplementedError("relu_forward: replace this line with your code")'


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (RAISE, True), (RAISE.replace('"', "'"), True), (RAISE + "; return x", True),
        (f"# {RAISE}\n    return x", False), (f"# {RAISE}\n    pass", False),
        (f"'''{RAISE}'''\n    return x", False), ("return x", False),
        (RAISE.replace("forward", "backward"), False),
        (f"return (\n{RAISE}", True),
    ],
)  # fmt: skip
def test_a_stub_counts_where_it_would_raise(assignment: Assignment, body: str, left: bool) -> None:
    files = {"deepnets/layers.py": f"def relu_forward(x):\n    {body}\n"}
    assert Submission("ada", files).stub_left(assignment.task("relu_forward")) is left


def test_without_a_text_nothing_was_begun(assignment: Assignment) -> None:
    assert all(Submission("ada", {}).stub_left(task) for task in assignment.tasks)
