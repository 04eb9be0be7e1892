"""A file that is missing or ends the process costs its own points, and nobody else's."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.sandbox.tiers import probe


@pytest.fixture(scope="module")
def judge(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store") / "results.db"
    environments = ("numpy",)
    job = Job(
        assignment.root, probe(), "dead files", store, experiments=False, environments=environments
    )
    with Judge(job) as judge:
        yield judge


@pytest.fixture
def ada(assignment: Assignment, tmp_path: Path) -> Path:
    """All of it right."""
    (tmp_path / "ada" / assignment.package).mkdir(parents=True)
    for name in assignment.student_files:
        shutil.copy(assignment.root / name, tmp_path / "ada" / name)
    return tmp_path / "ada"


@pytest.fixture
def layers(assignment: Assignment) -> set[str]:
    return {task.id for task in assignment.tasks if task.file == "deepnets/layers.py"}


def lost(judge: Judge, folder: Path) -> set[str]:
    return {t["id"] for t in judge.grade(folder)["tasks"] if t["verdict"] != "passed"}


def test_a_missing_file_costs_its_own_tasks(judge: Judge, ada: Path, layers: set[str]) -> None:
    (ada / "deepnets" / "layers.py").unlink()
    assert lost(judge, ada) == layers


@pytest.mark.parametrize(
    "end",
    ["import os; os._exit(0)", "raise SystemExit", "raise KeyboardInterrupt", "import no_such"],
)
def test_a_file_that_stops_costs_its_own_tasks(
    judge: Judge, ada: Path, layers: set[str], end: str
) -> None:
    file = ada / "deepnets" / "layers.py"
    file.write_text(f"{end}\n{file.read_text()}")
    assert lost(judge, ada) == layers


@pytest.mark.parametrize("gone", ["svm_loss", "layernorm_backward", "spatial_batchnorm_backward"])
def test_a_function_that_is_gone_costs_its_own_task(judge: Judge, ada: Path, gone: str) -> None:
    """The staff's files import it, and so do the student's own."""
    file = ada / "deepnets" / "layers.py"
    file.write_text(file.read_text().replace(f"def {gone}(", f"def another_{gone}("))
    assert lost(judge, ada) == {gone}


def test_an_answer_that_would_grow_by_broadcasting_is_wrong(judge: Judge, ada: Path) -> None:
    optim = ada / "deepnets" / "optim.py"
    bomb = (
        "def rmsprop(w, dw, config=None):\n    return np.ones((900_000, 1, 1, 1), bool), config\n"
    )
    optim.write_text(f"{optim.read_text()}\nimport numpy as np\n{bomb}")
    [task] = [t for t in judge.grade(ada)["tasks"] if t["id"] == "rmsprop"]
    assert (task["verdict"], task["points"]) == ("failed", 0.0)


def test_a_stub_that_nothing_reaches_was_not_attempted(judge: Judge, ada: Path) -> None:
    """A net that does without hidden_forward drops nothing, and nobody tried to."""
    file, task = ada / "deepnets" / "fc_net.py", "FullyConnectedNet.dropout"
    stub = f'raise NotImplementedError("{task}: replace this line with your code")'
    text = file.read_text().replace("if self.use_dropout:", "if False:")
    file.write_text(re.sub(r"out, dropout_cache = dropout_forward.*", stub, text))
    [found] = [t for t in judge.grade(ada)["tasks"] if t["id"] == task]
    assert (found["verdict"], found["points"]) == ("not attempted", 0.0)
    assert found["findings"] == found["diagnosis"] == []
