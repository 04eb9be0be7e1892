"""A class judged by workers of this machine: the same verdicts, whatever becomes of a worker."""

import json
import os
import shutil
import signal
import socket
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import dask
import pytest

from autograder.assignment import Assignment
from autograder.grading.cluster.address import Address, read_address
from autograder.grading.cluster.client import AHEAD, TRIES, Cluster
from autograder.grading.cluster.errors import ClusterError
from autograder.grading.grade import Job
from autograder.grading.run import faulty, grade_class
from autograder.sandbox.tiers import probe

from .machines import ROOT, keys, running, scheduler
from .other_user import succeeds
from .test_class_run import LONG_TASK, MANY, TASK, hand_in, many, stored

DEADLY = """
import os
from autograder.grading.grade import Judge

def deadly(self, submission, seen=None, usual=Judge.judge):
    if submission.id == "deadly":
        os.kill(os.getpid(), 9)
    return usual(self, submission, seen)

Judge.judge = deadly
"""
"""Ends the worker that is to judge the submission of that name."""


@pytest.fixture
def job(tmp_path: Path, assignment: Assignment) -> Job:
    store = tmp_path / "out" / "results.db"
    return Job(assignment.root.resolve(), probe(), "s", store, tasks=(TASK,), experiments=False)


def odd_class(folder: Path, assignment: Assignment) -> list[Path]:
    """Right, wrong, odd and refused work; the first batch of one worker has more than two."""
    for name in ("ada", "bo", "cy", "deadly", "eve", *map(str, range(6))):
        hand_in(folder / name, assignment, ("@ w + b", "@ w - b") if name == "bo" else ("", ""))
    (folder / "eve" / "linked.py").symlink_to("/etc/passwd")
    Path(os.fsdecode(os.fsencode(folder / "eve") + b"/\xff.py")).write_text("")
    shutil.make_archive(str(folder / "zipped"), "zip", folder / "cy")
    (folder / "broken.zip").write_bytes(b"PK")
    beside = assignment.root.parent / "layer-objects"
    shutil.copytree(beside / "neural_networks", folder / "other" / "neural_networks")
    return sorted(folder.iterdir())


def graded(paths: list[Path], assignment: Assignment, job: Job, cluster: Cluster | None) -> Any:
    document = grade_class(paths, assignment, job, 1, lambda *done: None, cluster)
    return list(document["submissions"])


def test_a_deadly_submission_is_found_and_costs_nobody_else(
    tmp_path: Path, assignment: Assignment, job: Job
) -> None:
    paths = odd_class(tmp_path / "class", assignment)
    here = graded(paths, assignment, replace(job, store=tmp_path / "here.db"), None)
    (tmp_path / "deadly.py").write_text(DEADLY)
    with dask.config.set({"distributed.worker.preload": [str(tmp_path / "deadly.py")]}):
        there = graded(paths, assignment, job, Cluster(Address("", 1), 60, print))
    faults = [entry["id"] for entry in there if faulty(entry)]
    assert faults == ["deadly"] and not any(map(faulty, here))
    names = [entry["id"] for entry in here]
    there[names.index("deadly")] = here[names.index("deadly")]
    assert json.dumps(there) == json.dumps(here)
    # Who has all results already needs no cluster.
    known = [path for path in paths if path.name != "deadly"]
    nobody = Cluster(read_address("tcp://127.0.0.1:1", None), 0, print)
    assert len(graded(known, assignment, job, nobody)) == len(known)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_leaves_nothing_alive(
    tmp_path: Path, assignment: Assignment, how: signal.Signals
) -> None:
    many(tmp_path / "class", assignment)
    store = tmp_path / "results.db"
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path / "class"), "--task",
               LONG_TASK, "--store", str(store), "--cluster", "local:1"]  # fmt: skip
    with running(command, ROOT, tmp_path) as run:
        while not stored(store):
            assert run.process.poll() is None, run.text()
            time.sleep(0.02)
        (os.killpg if how == signal.SIGINT else os.kill)(run.process.pid, how)
        status = run.process.wait(20)
        demand_end(run.process.pid)
    if how == signal.SIGINT:
        assert status == 130 and "Traceback" not in run.text(), run.text()
    assert 0 < len(stored(store)) < MANY


def demand_end(group: int) -> None:
    """Of a group of processes, all of which end soon."""
    deadline = time.monotonic() + 10
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(0.05)


def test_keys_are_asked_for_wherever_others_could_listen(tmp_path: Path) -> None:
    for text, words in [
        ("local:0", "say local:N"), ("tcp://127.0.0.1", "say local:N"), ("http://a:1", "local:N"),
        ("tcp://10.0.0.7:8786", "without encryption"), ("tcp://grader:8786", "without encryption"),
        ("tls://10.0.0.7:8786", "name the folder"), ("tcp://127.0.0.1:65536", "ports are 1 to 65"),
    ]:  # fmt: skip
        with pytest.raises(ClusterError, match=words):
            read_address(text, None)
    for text, words in [("local:2", "keys of its own"), ("tcp://127.0.0.1:1", "goes with tls://")]:
        with pytest.raises(ClusterError, match=words):
            read_address(text, tmp_path)
    assert read_address("local:3", None) == Address("", 3)
    for text in ("tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"):
        assert read_address(text, None) == Address(text)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("ca.pem", None, r"there is no ca\.pem; copy the"),
        ("ca.pem", "junk", r"ca\.pem cannot be used as a certificate \("),
        ("ca.pem", "cert.pem", r"cert\.pem is not trusted by ca\.pem \(.*self-signed"),
        ("cert.pem", "junk", r"cert\.pem cannot be used as a certificate \("),
        ("key.pem", "junk", r"key\.pem cannot be used as the key of cert\.pem \("),
        ("key.pem", "key.pem", r"key\.pem cannot be used as the key of cert\.pem \(.*mismatch"),
    ],
)
def test_keys_that_cannot_work_are_named(
    tmp_path: Path, name: str, text: str | None, words: str
) -> None:
    ours, strange = keys(tmp_path / "ours"), keys(tmp_path / "strange")
    assert read_address("tls://a:1", ours) == Address("tls://a:1", tls=ours)
    (ours / name).unlink()
    if text:
        (ours / name).write_text("" if text == "junk" else (strange / text).read_text())
    with pytest.raises(ClusterError, match=words):
        read_address("tls://a:1", ours)


def test_keys_that_others_can_read_or_nobody_can_find_are_refused(tmp_path: Path) -> None:
    ours = keys(tmp_path / "ours")
    for mode in (0o440, 0o660, 0o600):
        (ours / "key.pem").chmod(mode)
        assert read_address("tls://a:1", ours).tls == ours
    for mode in (0o604, 0o602):
        (ours / "key.pem").chmod(mode)
        with pytest.raises(ClusterError, match=r"key\.pem is open to every user; chmod 600"):
            read_address("tls://a:1", ours)
    ours.chmod(0)
    assert succeeds(partial(_is_told_of_permissions, ours))


def _is_told_of_permissions(folder: Path) -> None:
    with pytest.raises(ClusterError, match=r"ca\.pem cannot be looked at \(Permission denied\)"):
        read_address("tls://a:1", folder)


FAILING = """
import os, shutil
from autograder.grading.cluster import worker as ours

def noted(run, batch, usual=ours.judge_batch):
    with open({log!r}, "a") as log:
        print(ours._me(), file=log)
    return usual(run, batch)

def dask_setup(worker):
    if worker.name in {names}:
        shutil.rmtree(worker.local_directory)
        open(worker.local_directory, "w").close()
        ours.judge_batch = noted
"""
"""Workers of these names can write nothing into their folder; notes what they are given."""


def failing(folder: Path, names: list[int]) -> dict[str, list[str]]:
    (folder / "failing.py").write_text(FAILING.format(log=str(folder / "log"), names=names))
    return {"distributed.worker.preload": [str(folder / "failing.py")]}


def test_a_worker_that_fails_is_ended_and_others_do_its_work(
    tmp_path: Path, assignment: Assignment, job: Job
) -> None:
    paths = odd_class(tmp_path / "class", assignment)
    told: list[str] = []
    with dask.config.set(failing(tmp_path, [0])):
        there = graded(paths, assignment, job, Cluster(Address("", 2), 60, told.append))
    assert told == ["A worker failed, and is ended: others do its work."]
    assert 0 < len((tmp_path / "log").read_text().splitlines()) <= 2 * AHEAD
    here = graded(paths, assignment, replace(job, store=tmp_path / "here.db"), None)
    assert json.dumps(there) == json.dumps(here)


def test_where_all_workers_fail_the_error_is_told_and_nothing_lost(
    tmp_path: Path, assignment: Assignment, job: Job
) -> None:
    first, *others = odd_class(tmp_path / "class", assignment)
    known = graded([first], assignment, job, None)
    cluster = Cluster(Address("", 1), 60, print)
    with dask.config.set(failing(tmp_path, [0])):
        with pytest.raises(ClusterError, match=r"worker 0 on .* failed \(NotADirectory.*\); w"):
            graded([first, *others], assignment, job, cluster)
    assert len((tmp_path / "log").read_text().splitlines()) <= 2 * TRIES
    assert list(stored(job.store)) == [known[0]["id"]]


def test_a_cluster_without_workers_or_scheduler_is_waited_for_and_left(
    tmp_path: Path, assignment: Assignment, job: Job
) -> None:
    told: list[str] = []
    paths = [hand_in(tmp_path / "ada", assignment)]
    with scheduler(tmp_path) as (program, address):
        with pytest.raises(ClusterError, match="had no worker for 1 seconds"):
            graded(paths, assignment, job, Cluster(read_address(address, None), 1, told.append))
        looking, waiting = told
        assert looking.startswith(f"Looking for the scheduler at {address}, for at most 1 seconds")
        assert "no worker" in waiting

        def kill(text: str) -> None:
            if "no worker" in text:
                program.kill()

        at = Cluster(read_address(address, None), 60, kill)
        with pytest.raises(ClusterError, match="the cluster's scheduler is gone; what was"):
            graded(paths, assignment, job, at)
        with pytest.raises(ClusterError, match=r"can be used \(ConnectionRefused[^<>]*\)$"):
            graded(paths, assignment, job, Cluster(read_address(address, None), 1, told.append))


def test_whoever_takes_a_connection_and_says_nothing_is_no_scheduler(
    tmp_path: Path, assignment: Assignment, job: Job
) -> None:
    """Such as the far end of a tunnel to a machine that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = read_address(f"tcp://127.0.0.1:{silent.getsockname()[1]}", None)
        paths = [hand_in(tmp_path / "ada", assignment)]
        with pytest.raises(ClusterError, match="whoever listens there says nothing"):
            graded(paths, assignment, job, Cluster(address, 1, lambda text: None))
