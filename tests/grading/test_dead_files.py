"""A file that is missing or ends the process costs its own points, and nobody else's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading.grade import Job, Judge
from autograder.sandbox.tiers import probe

ROOT = Path(__file__).parents[2]
LAYERS = {
    "affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss", "svm_loss"
}  # fmt: skip


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store") / "results.db"
    source = ROOT / "source" / "modular-nets"
    with Judge(
        Job(source, probe(), "dead files", store, experiments=False, environments=("numpy",))
    ) as judge:
        yield judge


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "submissions" / "ada", tmp_path / "ada"))


def lost(judge: Judge, folder: Path) -> set[str]:
    return {t["id"] for t in judge.grade(folder)["tasks"] if t["verdict"] != "passed"}


def test_a_missing_file_costs_its_own_tasks(judge: Judge, ada: Path) -> None:
    (ada / "deepnets" / "layers.py").unlink()
    assert lost(judge, ada) == LAYERS


@pytest.mark.parametrize("end", ["import os; os._exit(0)", "raise SystemExit", "import no_such"])
def test_a_file_that_stops_costs_its_own_tasks(judge: Judge, ada: Path, end: str) -> None:
    layers = ada / "deepnets" / "layers.py"
    layers.write_text(f"{end}\n{layers.read_text()}")
    assert lost(judge, ada) == LAYERS


def test_an_answer_that_would_grow_by_broadcasting_is_wrong(judge: Judge, ada: Path) -> None:
    optim = ada / "deepnets" / "optim.py"
    bomb = (
        "def rmsprop(w, dw, config=None):\n    return np.ones((900_000, 1, 1, 1), bool), config\n"
    )
    optim.write_text(f"{optim.read_text()}\nimport numpy as np\n{bomb}")
    [task] = [t for t in judge.grade(ada)["tasks"] if t["id"] == "rmsprop"]
    assert (task["verdict"], task["points"]) == ("failed", 0.0)
