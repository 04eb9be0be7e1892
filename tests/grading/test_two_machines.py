"""A class judged on machines that share nothing with this one but the wire."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.grading.cluster.address import Address
from autograder.grading.cluster.client import Cluster
from autograder.grading.cluster.errors import ClusterError
from autograder.grading.grade import Job
from autograder.grading.run import Progress, grade_class
from autograder.sandbox.tiers import probe

from .machines import ROOT, Program, checkout, keys, on, scheduler, unshared, with_keys, worker
from .test_class_run import LONG_TASK, TASK, hand_in, stored

MANY = 12
NOTED = """
from autograder.grading.cluster import worker

def noted(run, batch, usual=worker.judge_batch):
    print("judges", len(batch), "submissions", flush=True)
    return usual(run, batch)

worker.judge_batch = noted
"""
"""Has a worker say what it gets."""


@pytest.fixture
def job(tmp_path: Path, assignment: Assignment) -> Job:
    store, tasks = tmp_path / "out" / "results.db", (TASK, LONG_TASK)
    return Job(assignment.root.resolve(), probe(), "s", store, tasks, experiments=False)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return keys(tmp_path_factory.mktemp("tls") / "keys")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, tls: Path) -> Iterator[str]:
    options = ("--protocol", "tls", *with_keys(tls))
    with scheduler(tmp_path_factory.mktemp("head"), *options) as (_, there):
        yield there


def the_class(folder: Path, assignment: Assignment, many: int) -> list[Path]:
    for number in range(many):
        wrong = ("@ w + b", "@ w - b") if number == many // 2 else ("", "")
        hand_in(folder / f"s{number:02}", assignment, wrong)
    return sorted(folder.iterdir())


def unseen(done: int, total: int, known: int) -> None:
    pass


def graded(
    paths: list[Path], assignment: Assignment, job: Job, at: Cluster | None, seen: Progress = unseen
) -> Any:
    return list(grade_class(paths, assignment, job, 1, seen, at)["submissions"])


def test_machines_have_files_of_their_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "whose").write_text(name)
    for name in ("one", "two"):
        look = on(tmp_path / name, "sh", "-c", f"ls .. {ROOT}/source; echo 1 > mark; cat whose")
        seen = subprocess.run(look, cwd=tmp_path / name, capture_output=True, text=True, check=True)
        assert seen.stdout.endswith(name)
        alone = seen.stdout == f"..:\nmachine\n\n{ROOT}/source:\n{name}"
        written = (tmp_path / name / "mark").exists()
        assert alone == bool(unshared()) != written


def test_a_machine_that_joins_late_gets_work(
    tmp_path: Path, assignment: Assignment, job: Job, tls: Path, address: str
) -> None:
    paths = the_class(tmp_path / "class", assignment, MANY)
    one, two = (checkout(tmp_path / name, tls) for name in ("one", "two"))
    (two / "noted.py").write_text(NOTED)
    cluster = Cluster(Address(address, tls=tls), 60, print)
    with worker(one, address), ExitStack() as joined:

        def show(done: int, total: int, known: int) -> None:
            if done == 1:
                new = worker(two, address, "--preload", "noted.py")
                late.append(joined.enter_context(new))

        late = list[Program]()
        assert len(graded(paths, assignment, job, cluster, show)) == MANY
        late[0].said(r"(judges \d+ submissions)", seconds=0.1)


def test_a_machine_that_is_killed_costs_nothing(
    tmp_path: Path, assignment: Assignment, job: Job, tls: Path, address: str
) -> None:
    paths = the_class(tmp_path / "class", assignment, MANY)
    one, two = (checkout(tmp_path / name, tls) for name in ("one", "two"))
    cluster, seen = Cluster(Address(address, tls=tls), 60, print), list[int]()
    with worker(one, address) as doomed, worker(two, address):

        def show(done: int, total: int, known: int) -> None:
            seen.append(done)
            if done == MANY // 3:
                doomed.kill()

        there = graded(paths, assignment, job, cluster, show)
    assert seen == list(range(MANY + 1))
    here = graded(paths, assignment, replace(job, store=tmp_path / "here.db"), None)
    assert json.dumps(there) == json.dumps(here)
    assert [entry["points"] for entry in here if entry["points"] < 6] == [4.0]


def test_a_machine_with_another_autograder_judges_nothing(
    tmp_path: Path, assignment: Assignment, job: Job, tls: Path, address: str
) -> None:
    paths = the_class(tmp_path / "class", assignment, 1)
    other = checkout(tmp_path / "other", tls)
    with (other / "autograder" / "judge" / "compare.py").open("a") as file:
        file.write("\n# kinder\n")
    cluster = Cluster(Address(address, tls=tls), 60, print)
    with worker(other, address, "--name", "w7"):
        with pytest.raises(ClusterError, match=r"w7 on .* differ \(autograder \(digest\): \w+"):
            graded(paths, assignment, job, cluster)
    assert stored(job.store) == {}


def test_a_stranger_is_not_let_in(
    tmp_path: Path, assignment: Assignment, job: Job, address: str
) -> None:
    paths = the_class(tmp_path / "class", assignment, 1)
    cluster = Cluster(Address(address, tls=keys(tmp_path / "strange")), 1, print)
    with pytest.raises(ClusterError, match=r"other keys than .*strange: take a copy"):
        graded(paths, assignment, job, cluster)
