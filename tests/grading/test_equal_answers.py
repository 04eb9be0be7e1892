"""Answers that were found right before are not judged again, and nothing else is taken for them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.assignment import load_assignment
from autograder.grading.grade import Entry, Job, Judge
from autograder.sandbox.tiers import probe

SOURCE = Path("source/modular-nets")
TASKS = ("affine_forward", "affine_backward", "relu_forward", "TwoLayerNet.init")
EDITS = {
    "s1": ("", ""),
    "s2": ("np.maximum(x, 0)", "x * (x > 0)"),
    "s3": ("np.maximum(x, 0)", "np.maximum(x, 0) + (x == 0.0)"),
    "s4": ("np.maximum(x, 0)", "np.maximum(x, 0, out=x)"),
    "s5": ("np.maximum(x, 0)", "np.maximum(x, 1e-3)"),
}


@pytest.fixture
def submissions(tmp_path: Path) -> list[Path]:
    for name, (old, new) in EDITS.items():
        for path in load_assignment(SOURCE).student_files:
            if path.endswith(".py"):
                text = (SOURCE / path).read_text("utf-8")
                (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name / path).write_text(text.replace(old, new) if old else text)
    return [tmp_path / name for name in EDITS]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(SOURCE.resolve(), probe(), "secret", tmp_path / "results.db", TASKS)


def _entries(job: Job, submissions: list[Path]) -> Iterator[Entry]:
    with Judge(job) as judge:
        for path in submissions:
            yield judge.grade(path)


def test_who_was_judged_before_does_not_matter(job: Job, submissions: list[Path]) -> None:
    apart = [entry for path in submissions for entry in _entries(job, [path])]
    for order in (submissions, submissions[::-1], [*submissions, *submissions]):
        found = {entry["id"]: entry for entry in _entries(job, order)}
        assert json.dumps([found[path.name] for path in submissions]) == json.dumps(apart)
    verdicts = [{t["id"]: t["verdict"] for t in entry["tasks"]}["relu_forward"] for entry in apart]
    assert verdicts[:2] == ["passed", "passed"] and verdicts[4] == "failed"
