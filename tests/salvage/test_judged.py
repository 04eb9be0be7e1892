"""Slips in the middle of right files, through the whole of grading: right mathematics earns all."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.sandbox.tiers import probe

from .slips import CONFLICT, HERE, LAYERS, LINE, MERGE, REPAIRED, TOP

pytestmark = pytest.mark.sampled(every=3)

TASKS = ("affine_forward", "affine_backward", "relu_forward", "TwoLayerNet.loss")

Grade = Callable[[str, str, str], tuple[set[str], str]]


@pytest.fixture(scope="module")
def judge(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store") / "results.db"
    job = Job(assignment.root, probe(), "slips", store, TASKS, experiments=False)
    with Judge(job) as judge:
        yield judge


@pytest.fixture
def grade(judge: Judge, assignment: Assignment, tmp_path: Path) -> Grade:
    """The tasks that are not passed, and the remark, once `old` has become `new` in `file`."""
    for name in assignment.student_files:
        (tmp_path / "ada" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(assignment.root / name, tmp_path / "ada" / name)

    def graded(file: str, old: str, new: str) -> tuple[set[str], str]:
        path = tmp_path / "ada" / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        entry: Any = judge.grade(tmp_path / "ada")
        [message] = [f["message"] for f in entry["files"] if f["path"] == file]
        return {t["id"] for t in entry["tasks"] if t["verdict"] != "passed"}, message

    return graded


@pytest.mark.parametrize(("file", "old", "new", "remark"), REPAIRED.values(), ids=REPAIRED)
def test_a_slip_costs_nothing(grade: Grade, file: str, old: str, new: str, remark: str) -> None:
    lost, message = grade(file, old, new)
    assert set(message.split("\n")) == set(remark.split("\n"))
    assert lost == set()
    lost, _ = grade(LAYERS, "@ w + b", "@ w - b")
    assert lost == {"affine_forward"}


LOST = {
    "bracket": (f"{LINE[:-1]})\n", f"line {HERE}: unmatched ')'; affine_forward cannot be judged"),
    "string": (f'{LINE}    """\n', None),
    "margin": (
        f"{LINE.lstrip()}",
        f"line {HERE + 2}: unexpected indent; affine_forward cannot be judged",
    ),
    "merge": (
        MERGE.replace("@ w", "@ ("),
        CONFLICT.format("first")
        + f"\nline {HERE + 1}: '(' was never closed; affine_forward cannot be judged",
    ),
}


@pytest.mark.parametrize(("new", "remark"), LOST.values(), ids=LOST)
def test_what_nobody_can_mend_costs_its_function(
    grade: Grade, new: str, remark: str | None
) -> None:
    lost, message = grade(LAYERS, LINE, new)
    assert lost == {"affine_forward"}
    if remark:
        assert message == remark


def test_a_stray_line_costs_nothing(grade: Grade) -> None:
    stray, first = "x_test = data['X_train']\n", "def affine_forward"
    lost, message = grade(LAYERS, first, stray + first)
    assert lost == set()
    place = f"({LAYERS}, line {TOP}, in <module>: {stray.strip()})"
    assert message == f"stopped with NameError: name 'data' is not defined {place}"
    assert grade(LAYERS, "@ w + b", "@ w - b")[0] == {"affine_forward"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def affine_forward", "@njit\ndef affine_forward"),
        ("def affine_forward", "from numba import njit\n\n@njit\ndef affine_forward"),
        ("def affine_forward", "import pandas\n\ndef affine_forward(*x): pandas.f()\n\ndef _f"),
    ],
)
def test_what_is_not_there_costs_what_uses_it(grade: Grade, old: str, new: str) -> None:
    assert grade(LAYERS, old, new)[0] == {"affine_forward"}
