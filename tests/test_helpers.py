"""Modules of a student's own that the files of the assignment import."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.sandbox.tiers import probe
from autograder.submission import MOST_HELPERS, Submission, read_submission

LAYERS, NOTEBOOK = "deepnets/layers.py", "1-FullyConnectedNets.ipynb"
WORK = "def relu_forward(x): pass\n"
HELPER = "def twice(x):\n    return 2 * x\n"
CELL = "two_layer_hyperparameters"


def read(folder: Path, assignment: Assignment, **files: str) -> Submission:
    """A submission with these files, named by their stems; "utils" lies beside the package."""
    for name, text in files.items():
        place = folder / ("" if name == "utils" else "deepnets") / f"{name}.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return read_submission(folder, assignment)


def told(submission: Submission, path: str) -> tuple[str, str]:
    return next((s.status, s.message) for s in submission.statuses if s.path == path)


@pytest.mark.parametrize(
    ("text", "place", "runs"),
    [
        ("from .mine import twice\n", "deepnets/mine.py", "from .mine import twice\n"),
        ("from deepnets.mine import *\n", "deepnets/mine.py", "from deepnets.mine import *\n"),
        ("import deepnets.mine as m\n", "deepnets/mine.py", "import deepnets.mine as m\n"),
        ("from . import mine\n", "deepnets/mine.py", "from . import mine\n"),
        ("from utils import (\n    twice)\n", "utils.py", "from .utils import twice\\\n\n"),
        ("import math, utils as u\n", "utils.py", "import math; from . import utils as u\n"),
        ("import mine\n", "deepnets/mine.py", "from . import mine\n"),
        ("def f():\n    import utils; return 1\n", "utils.py",
         "def f():\n    from . import utils; return 1\n"),
    ],
)  # fmt: skip
def test_what_is_imported_is_taken_along(
    tmp_path: Path, assignment: Assignment, text: str, place: str, runs: str
) -> None:
    submission = read(tmp_path, assignment, layers=text + WORK, mine=HELPER, utils=HELPER)
    assert submission.helpers == (place,)
    assert submission.files == {LAYERS: runs + WORK, f"deepnets/{Path(place).name}": HELPER}
    assert told(submission, LAYERS) == ("ok", "")
    taken = "no file of the assignment: taken along, since deepnets/layers.py imports it"
    assert told(submission, place) == ("ok", taken)


def test_helpers_may_import_one_another(tmp_path: Path, assignment: Assignment) -> None:
    """In a circle too; the file of the assignment among them stays what it is."""
    files = {"layers": "import utils\n", "utils": "from deepnets.mine import f\n"}
    back = "from .layers import g\nfrom utils import f\n"
    submission = read(tmp_path, assignment, **files, mine=back)
    assert set(submission.helpers) == {"utils.py", "deepnets/mine.py"}


def test_a_slip_in_a_helper_is_mended(tmp_path: Path, assignment: Assignment) -> None:
    broken = "def f(x):\n    print x\n"
    submission = read(tmp_path, assignment, layers="import utils\n", utils=broken)
    status, message = told(submission, "utils.py")
    assert status == "salvaged" and "line 2 is a Python 2 print statement" in message


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n", "import numpy\n", "from .solver import x\n", "import random, typer\n",
        "import deepnets.data\n",
        "try:\n    from .no_such import x\nexcept ImportError: pass\n", "from . import no_such\n",
    ],
)  # fmt: skip
def test_nothing_else_is_taken(tmp_path: Path, assignment: Assignment, text: str) -> None:
    for name in ("numpy", "solver", "random", "typer", "data", "mine", "cell_f"):
        read(tmp_path, assignment, **{name: "raise SystemExit\n"})
    submission = read(tmp_path, assignment, layers=text + WORK)
    assert submission.files == {LAYERS: text + WORK} and told(submission, LAYERS) == ("ok", "")


def test_a_name_that_is_no_file_of_its_own_is_not_taken(
    tmp_path: Path, assignment: Assignment
) -> None:
    read(tmp_path, assignment, cell_f="raise SystemExit\n")
    submission = read(tmp_path, assignment, layers="import no_such\nfrom cell_f import x\n")
    assert submission.files.keys() == {LAYERS} and not submission.helpers


@pytest.mark.parametrize("text", ["from .mine import f\n", "import deepnets.mine\n"])
def test_one_that_is_not_there_is_told(tmp_path: Path, assignment: Assignment, text: str) -> None:
    submission = read(tmp_path, assignment, layers=text + WORK)
    assert told(submission, LAYERS) == (
        "salvaged",
        "line 1 imports mine.py, which is no file of the assignment and is not there:"
        " put what it defines into this file (repaired for grading, only what uses it fails)",
    )


def test_a_link_is_not_followed(tmp_path: Path, assignment: Assignment) -> None:
    read(tmp_path, assignment, layers="from .mine import f\n")
    (tmp_path / "deepnets" / "mine.py").symlink_to("/etc/hostname")
    submission = read(tmp_path, assignment)
    assert not submission.helpers and told(submission, "deepnets/mine.py")[0] == "refused"


def test_many_are_no_helpers(tmp_path: Path, assignment: Assignment) -> None:
    names = [f"m{i}" for i in range(MOST_HELPERS + 5)]
    lines = "".join(f"from .{name} import *\n" for name in names)
    submission = read(tmp_path, assignment, layers=lines, **dict.fromkeys(names, "x = 1\n"))
    assert len(submission.helpers) == MOST_HELPERS
    assert told(submission, LAYERS)[1].count("is not there") == 5


@pytest.fixture(scope="module")
def judge(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store") / "results.db"
    tasks = ("relu_forward", "affine_forward", CELL)
    with Judge(Job(assignment.root, probe(), "helpers", store, tasks)) as judge:
        yield judge


def test_they_run_in_the_sandbox(judge: Judge, tmp_path: Path, library: dict[str, str]) -> None:
    layers = f"from .mine import forward\n{library[LAYERS]}\nrelu_forward = forward\n"
    mine = "import utils\ndef forward(x):\n    return utils.maximum(x), x\n"
    utils = "import numpy as np\ndef maximum(x):\n    return np.maximum(x, 0)\n"
    cell = f"def {CELL}():\n    from utils import maximum\n    return maximum(-1)\n"
    notebook = {"cells": [{"cell_type": "code", "source": cell}]}
    (tmp_path / NOTEBOOK).write_text(json.dumps(notebook))
    read(tmp_path, judge.assignment, layers=layers, mine=mine, utils=utils)
    entry: Any = judge.grade(tmp_path)
    verdicts = {task["id"]: task["verdict"] for task in entry["tasks"]}
    assert verdicts == {"relu_forward": "passed", "affine_forward": "passed", CELL: "failed"}
    [finding] = entry["tasks"][-1]["findings"]
    assert "returned" in finding["message"] or "dict" in finding["message"]
