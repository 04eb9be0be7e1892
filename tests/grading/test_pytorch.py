"""PyTorch cells and trained models, judged in the sandbox."""

import re
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
SMALL = "def build_model():\n    return nn.Sequential(nn.Flatten(), nn.Linear(3072, 10))\n"


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
        ("convnet_parameters", "def convnet_parameters(): return [torch.ones(999, 999)] * 6",
         "at most 4.2 MB"),
        ("sequential_convnet", "def sequential_convnet(): return nn.Linear(32, 4)",
         "the parameters of the model are weight (4, 32), bias (4,); these shapes are asked for"),
        ("sequential_convnet", "def sequential_convnet(): return [nn.ReLU()]", "but it is a list"),
        ("build_optimizer", "def build_optimizer(model): return None", "AttributeError"),
        ("build_optimizer",
         "def build_optimizer(model): return torch.optim.SGD(model.parameters(), lr=5e3)",
         "jumps over"),
    ],
)  # fmt: skip
def test_wrong_code_gets_nothing_and_is_told_why(
    judge: Judge, solved: Submission, task: str, code: str, words: str
) -> None:
    found = graded(judge, solved, **{task: code})
    assert found[task]["points"] == 0 and words in told(found[task]), told(found[task])
    assert {t["id"]: told(t) for t in found.values() if t["verdict"] != "passed"}.keys() == {task}


def test_a_cell_that_needs_another_is_told_that_it_stands_alone(
    judge: Judge, solved: Submission
) -> None:
    code = "def sequential_convnet(): return nn.Sequential(*my_layers)"
    found = graded(judge, solved, sequential_convnet=code)["sequential_convnet"]
    assert "NameError" in told(found) and "judged on its own" in found["findings"][0]["hint"]


def test_double_precision_is_worth_a_note(judge: Judge, solved: Submission) -> None:
    tasks = ("convnet_parameters", "sequential_convnet")
    doubled = {
        task: f"{solved.cells[task]}\n_f = {task}\ndef {task}(): return {answer}"
        for task, answer in zip(
            tasks, ("[p.detach().double().requires_grad_() for p in _f()]", "_f().double()"),
            strict=True,
        )
    }  # fmt: skip
    found = graded(judge, solved, **doubled)
    for task in tasks:
        assert found[task]["verdict"] == "passed" and "float64" in found[task]["notes"][0]


RATES = (1e-5, 1.0)
OPTIMIZERS = (
    "SGD(model.parameters(), lr={})", "SGD(model.parameters(), lr={}, momentum=.99, nesterov=True)",
    "Adam(model.parameters(), lr={})", "AdamW(model.parameters(), lr={}, weight_decay=.1)",
    "RMSprop(model.parameters(), lr={}, momentum=.9)", "Adagrad(model.parameters(), lr={})",
    "Adadelta(model.parameters())", "NAdam(model.parameters(), lr={})",
    "RAdam(model.parameters(), lr={})", "Adamax(model.parameters(), lr={})",
    "Rprop(model.parameters(), lr={})", "ASGD(model.parameters(), lr={})",
)  # fmt: skip


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_any_sensible_optimizer_passes(
    judge: Judge, solved: Submission, optimizer: str, rate: float
) -> None:
    code = f"def build_optimizer(model): return torch.optim.{optimizer.format(rate)}"
    task = graded(judge, solved, build_optimizer=code)["build_optimizer"]
    assert task["verdict"] == "passed", told(task)


NET = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features, self.head = nn.Conv2d(3, 4, 32), nn.LazyLinear(10)
    def forward(self, x): return self.head(self.features(x).flatten(1))
build_model = Net
"""


@pytest.mark.parametrize(
    ("model", "parameters"),
    [
        (NET, "[*model.features.parameters(), *model.head.parameters()]"),
        ("def build_model(): raise ValueError", "model.parameters()"),
    ],
)
def test_an_optimizer_may_know_the_own_model_but_does_not_need_it(
    judge: Judge, solved: Submission, model: str, parameters: str
) -> None:
    code = f"def build_optimizer(model): return torch.optim.Adam({parameters})"
    task = graded(judge, solved, build_optimizer=code, build_model=model)["build_optimizer"]
    assert task["verdict"] == "passed", told(task)


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


@pytest.mark.parametrize(
    ("module", "verdict"),
    [("json", "passed"), ("datasets", "crashed"), ("autograder.judge.challenge", "crashed")],
)
def test_the_labels_are_nowhere_to_be_found(
    judge: Judge, solved: Submission, module: str, verdict: str
) -> None:
    """Neither the data set nor the judge can be reached from the cell; all else is as solved."""
    code, count = re.subn(
        "(def build_model.*:\n)", rf"\1    import {module}\n", solved.cells[MODEL]
    )
    assert count == 1
    task = graded(judge, solved, build_model=code)[MODEL]
    assert task["verdict"] == verdict, told(task)
    assert verdict == "passed" or "No module named" in told(task)


def test_another_seed_judges_by_other_images(judge: Judge) -> None:
    first = judge._gallery(20)
    again = judge._gallery(20)
    assert np.array_equal(first.images, again.images)
    judge.job, old = replace(judge.job, seed="other"), judge.job
    assert not np.array_equal(first.images, judge._gallery(20).images)
    judge.job = old
