"""One library in the words of every course: full points; what is told is told in these words."""

from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import patched
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.dialects.dialect import DIALECTS, load_dialect
from autograder.dialects.spoken import Spoken
from autograder.grading.grade import Job, Judge
from autograder.judge.case import cases_of
from autograder.submission import Submission

from .conftest import Grade, lost, task
from .rendering import RENDERED, rendered

PAGE = Path(__file__).parents[2] / "docs" / "dialects.md"
each_dialect = pytest.mark.parametrize("name", DIALECTS)
each_rendered = pytest.mark.parametrize("name", RENDERED)
MISTAKES = ("dropout_forward.p_drops", "rmsprop.decay_swapped")


@pytest.fixture(scope="module")
def mistaken(files: dict[str, str]) -> dict[str, str]:
    for mistake in MISCONCEPTIONS:
        if mistake.id in MISTAKES:
            files = patched(files, mistake)
    return files


@each_rendered
def test_right_work_earns_everything_that_the_course_asks_for(
    grade: Grade, files: dict[str, str], name: str
) -> None:
    entry = grade(rendered(files, load_dialect(name)), name)
    assert (entry["dialect"], lost(entry)) == (name, set())
    assert {task["id"] for task in entry["tasks"]} == load_dialect(name).task_ids
    assert entry["points"] == entry["max_points"] == sum(t["max_points"] for t in entry["tasks"])


@each_dialect
def test_every_task_has_a_case_that_counts(assignment: Assignment, judge: Judge, name: str) -> None:
    dialect = load_dialect(name)
    assert dialect.task_ids <= {task.id for task in (*assignment.tasks, *dialect.own)}
    for task_id in dialect.task_ids:
        main = [c for c in cases_of(task_id) if c.group == "main"]
        assert any(f"{c.task}/{c.name}" not in dialect.left_out for c in main)


@each_dialect
def test_the_documentation_says_what_a_dialect_is_like(assignment: Assignment, name: str) -> None:
    dialect = load_dialect(name)
    points = sum(task.points for task in Spoken(dialect, ()).judging(assignment).tasks)
    momentum = {"cs231n": "CS231n", "pytorch": "PyTorch"}[dialect.momentum]
    row = f"| `{name}` | {dialect.title} | {points:g} | {dialect.p}s | {momentum} |"
    assert row in PAGE.read_text("utf-8").splitlines()


def test_cases_that_are_left_out_exist(judge: Judge) -> None:
    for dialect in map(load_dialect, DIALECTS):
        for label in dialect.left_out:
            task_id, _, name = label.partition("/")
            assert name in {c.name for c in cases_of(task_id)}, label


def test_where_p_drops_a_hint_says_so(grade: Grade, mistaken: dict[str, str]) -> None:
    def hint(name: str) -> str:
        entry = grade(rendered(mistaken, load_dialect(name)), name)
        return str(task(entry, "dropout_forward")["findings"][0]["hint"])

    assert hint("cs231n-2016").startswith("Here p is the probability of dropping a value")
    assert hint("cs231n-2018").startswith("Here p is the probability of keeping a value")


@pytest.mark.parametrize("name", ["cs231n-2016", "cs231n-2018", "cs231n-2021", "nndl"])
def test_a_net_that_drops_what_it_keeps(grade: Grade, files: dict[str, str], name: str) -> None:
    reversed_ratio = "FullyConnectedNet.dropout.ratio_reversed"
    [mistake] = [m for m in MISCONCEPTIONS if m.id == reversed_ratio]
    entry = grade(rendered(patched(files, mistake), load_dialect(name)), name)
    assert lost(entry) == {"FullyConnectedNet.dropout"}
    assert task(entry, "FullyConnectedNet.dropout")["diagnosis"] == [reversed_ratio]


def test_a_state_is_called_as_in_the_students_file(grade: Grade, mistaken: dict[str, str]) -> None:
    entry = grade(rendered(mistaken, load_dialect("nndl")), "nndl")
    quantities = {f["quantity"]: f["message"] for f in task(entry, "rmsprop")["findings"]}
    assert "cache" not in quantities and quantities["a"].startswith("a is wrong")


def test_the_other_momentum_is_wrong_where_it_is_not_taught(
    grade: Grade, files: dict[str, str]
) -> None:
    """Each form is right in its own course only."""
    old, new = (rendered(files, load_dialect(f"eecs182-{year}")) for year in (2019, 2021))
    assert lost(grade(old, "eecs182-2021")) == {"sgd_momentum"}
    assert lost(grade(new, "eecs182-2019")) == {"sgd_momentum"}


@pytest.mark.parametrize("name", ["cs231n-2016", "eecs182-2019", "nndl"])
def test_a_count_of_steps_may_start_at_one(grade: Grade, files: dict[str, str], name: str) -> None:
    """As many handed-out copies have it."""
    texts = rendered(files, load_dialect(name))
    [path] = [path for path in texts if path.endswith("optim.py")]
    assert "setdefault('t', 0)" in texts[path]
    texts[path] = texts[path].replace("setdefault('t', 0)", "setdefault('t', 1)")
    assert lost(grade(texts, name)) == set()


def test_one_task_of_a_job_may_be_absent(assignment: Assignment, judge: Judge) -> None:
    job = Job(assignment.root, judge.job.tier, "s", judge.job.store, ("layernorm_forward",), False)
    with Judge(job) as alone:
        entry: Any = alone.judge(Submission("ada", {}))
    assert [task["id"] for task in entry["tasks"]] == ["layernorm_forward"]
