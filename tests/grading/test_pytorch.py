"""PyTorch cells and trained models, judged in the sandbox."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.release.notebooks import cells_of, read_notebook
from autograder.release.strip import strip_code
from autograder.sandbox.tiers import probe
from autograder.submission import PRELUDES, Submission, read_workplace

from .test_challenge import saved

pytest.importorskip("torch")
MODEL, WEIGHTS = "build_model", "challenge.npz"


@pytest.fixture(scope="module")
def judge(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store") / "results.db"
    tasks = tuple(task.id for task in assignment.tasks if task.environment == "pytorch")
    with Judge(Job(assignment.root, probe(), "secret", store, tasks)) as running:
        yield running


@pytest.fixture(scope="module")
def solved(assignment: Assignment) -> Submission:
    return read_workplace(assignment)


def graded(judge: Judge, solved: Submission, weights: bytes | None = None, **cells: str) -> Any:
    texts = {task: PRELUDES["pytorch"] + text for task, text in cells.items()}
    files = solved.weights if weights is None else {WEIGHTS: weights}
    changed = replace(solved, cells={**solved.cells, **texts}, weights=files)
    return {task["id"]: task for task in judge.judge(changed)["tasks"]}


def told(task: Any) -> str:
    return " ".join(finding["message"] for finding in task["findings"])


def test_the_solution_passes(judge: Judge, solved: Submission) -> None:
    tasks = graded(judge, solved)
    assert [t["id"] for t in tasks.values() if t["verdict"] != "passed"] == []
    assert "accuracy 7" in tasks[MODEL]["notes"][0]


def test_stubs_are_not_attempted(assignment: Assignment, judge: Judge, solved: Submission) -> None:
    name = "6-PyTorch.ipynb"
    ids = {task.id for task in assignment.tasks}
    cells = cells_of(read_notebook(assignment.root / name, name), name)
    stubs = {c.grade_id: strip_code(c.source, name, ids) for c in cells if c.grade_id in ids}
    tasks = graded(judge, solved, **stubs)
    assert {t["verdict"] for t in tasks.values()} == {"not attempted"}
    assert sum(t["points"] for t in tasks.values()) == 0


@pytest.mark.parametrize(
    ("task", "code", "words"),
    [
        ("three_layer_convnet", "def three_layer_convnet(x, params): return x", "has shape"),
        ("three_layer_convnet", "def three_layer_convnet(x, params): return x[9]", "IndexError"),
        ("three_layer_convnet", "def three_layer_convnet(x, params): return None", "None"),
        ("convnet_parameters", "def convnet_parameters(): return [torch.ones(3)] * 6", "shape"),
        ("ThreeLayerConvNet", "class ThreeLayerConvNet: pass", "takes no arguments"),
        ("sequential_convnet", "def sequential_convnet(): return nn.Linear(3, 4)", "(4, 3)"),
        ("build_optimizer", "def build_optimizer(model): return None", "AttributeError"),
    ],
)  # fmt: skip
def test_wrong_code_gets_nothing_and_is_told_why(
    judge: Judge, solved: Submission, task: str, code: str, words: str
) -> None:
    found = graded(judge, solved, **{task: code})
    assert found[task]["points"] == 0 and words in told(found[task]), told(found[task])
    assert {t["id"]: told(t) for t in found.values() if t["verdict"] != "passed"}.keys() == {task}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("torch.zeros(len(x), 3)", "output is (100, 3)"), ("'cat'", "no tensor"),
        ("torch.zeros(10)", "output is (10,)"),
    ],
)  # fmt: skip
def test_a_model_gives_ten_logits_an_image(
    judge: Judge, solved: Submission, answer: str, words: str
) -> None:
    code = (
        "def build_model():\n    class Model(nn.Module):\n"
        f"        def forward(self, x): return {answer}\n    return Model()\n"
    )
    task = graded(judge, solved, saved(), build_model=code)[MODEL]
    assert task["points"] == 0 and words in told(task), told(task)


def test_another_seed_judges_by_other_images(judge: Judge) -> None:
    first = judge._gallery(20)
    again = judge._gallery(20)
    assert np.array_equal(first.images, again.images)
    judge.job, old = replace(judge.job, seed="other"), judge.job
    assert not np.array_equal(first.images, judge._gallery(20).images)
    judge.job = old
