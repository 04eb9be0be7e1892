"""A file that is missing or ends the process costs its own points, and nobody else's."""

import re

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Judge

from .conftest import LAYERS, edited, lost, tasks


@pytest.fixture
def layers(assignment: Assignment) -> set[str]:
    return {task.id for task in assignment.tasks if task.file == LAYERS}


def test_a_missing_file_costs_its_own_tasks(
    judge: Judge, files: dict[str, str], layers: set[str]
) -> None:
    found = tasks(judge, {name: text for name, text in files.items() if name != LAYERS})
    assert lost(found) == layers


@pytest.mark.parametrize(
    "end",
    ["import os; os._exit(0)", "raise SystemExit", "raise KeyboardInterrupt"],
)
def test_a_file_that_stops_costs_its_own_tasks(
    judge: Judge, files: dict[str, str], layers: set[str], end: str
) -> None:
    assert lost(tasks(judge, {**files, LAYERS: f"{end}\n{files[LAYERS]}"})) == layers


@pytest.mark.parametrize("line", ["import no_such", "from .no_such import x", "x = data[0]"])
def test_a_statement_that_fails_costs_nothing(
    judge: Judge, files: dict[str, str], line: str
) -> None:
    assert lost(tasks(judge, {**files, LAYERS: f"{line}\n{files[LAYERS]}"})) == set()


@pytest.mark.parametrize("gone", ["svm_loss", "layernorm_backward", "spatial_batchnorm_backward"])
def test_a_function_that_is_gone_costs_its_own_task(
    judge: Judge, files: dict[str, str], gone: str
) -> None:
    """The staff's files import it, and so do the student's own."""
    found = tasks(judge, edited(files, LAYERS, f"def {gone}(", f"def another_{gone}("))
    assert lost(found) == {gone}


def test_an_answer_that_would_grow_by_broadcasting_is_wrong(
    judge: Judge, files: dict[str, str]
) -> None:
    optim = "deepnets/optim.py"
    bomb = (
        "def rmsprop(w, dw, config=None):\n    return np.ones((900_000, 1, 1, 1), bool), config\n"
    )
    text = f"{files[optim]}\nimport numpy as np\n{bomb}"
    task = tasks(judge, {**files, optim: text})["rmsprop"]
    assert (task["verdict"], task["points"]) == ("failed", 0.0)


def test_a_stub_that_nothing_reaches_was_not_attempted(judge: Judge, files: dict[str, str]) -> None:
    """A net that does without hidden_forward drops nothing, and nobody tried to."""
    net, task = "deepnets/fc_net.py", "FullyConnectedNet.dropout"
    stub = f'raise NotImplementedError("{task}: replace this line with your code")'
    text = files[net].replace("if self.use_dropout:", "if False:")
    text = re.sub(r"out, dropout_cache = dropout_forward.*", stub, text)
    found = tasks(judge, {**files, net: text})[task]
    assert (found["verdict"], found["points"]) == ("not attempted", 0.0)
    assert found["findings"] == found["diagnosis"] == []
