"""A class as a whole: interruptions, repetitions, parallel judges, deaths of judges."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import parent_process
from pathlib import Path, PosixPath
from typing import Any

import pytest
from typer.testing import CliRunner

from autograder.assignment import Assignment, load_assignment
from autograder.cli import app
from autograder.console import left_out
from autograder.diagnosis.catalogue import patched
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.grading.grade import Job, chosen_tasks
from autograder.grading.judges import JudgesError
from autograder.grading.roster import RosterError, find_submissions, strangers
from autograder.grading.run import faulty, grade_class
from autograder.grading.staff import staff_modules
from autograder.sandbox.tiers import probe
from autograder.submission import read_submission

ROOT = Path(__file__).parents[2]
TASK = "affine_forward"
# Long enough that a run can be stopped between two submissions, and no longer.
LONG_TASK = "TwoLayerNet.gradients"
PARTIAL, MANY = "TwoLayerNet.loss", 10


class Deadly(PosixPath):
    """A path that kills the judge which looks at it."""

    def is_dir(self) -> bool:
        if parent_process():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().is_dir()


class Baffling(PosixPath):
    """A path that raises inside the judge."""

    def is_dir(self) -> bool:
        if parent_process():
            raise RuntimeError("a fault of ours")
        return super().is_dir()


class Unreadable(PosixPath):
    """A path that raises whoever looks at it."""

    def is_dir(self) -> bool:
        raise RuntimeError("a fault of ours")


def hand_in(folder: Path, assignment: Assignment, edit: tuple[str, str] = ("", "")) -> Path:
    for name in assignment.student_files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = (assignment.root / name).read_text()
        (folder / name).write_text(text.replace(*edit) if edit[0] else text)
    return folder


@pytest.fixture
def handed_in(tmp_path: Path, assignment: Assignment) -> list[Path]:
    folders = [hand_in(tmp_path / "class" / name, assignment) for name in ("ada", "bo", "cy")]
    hand_in(folders[1], assignment, ("@ w + b", "@ w - b"))
    return folders


@pytest.fixture
def job(tmp_path: Path, assignment: Assignment) -> Iterator[Job]:
    store = tmp_path / "out" / "results.db"
    yield Job(assignment.root.resolve(), probe(), "", store, tasks=(TASK,), experiments=False)


def graded(paths: list[Path], assignment: Assignment, job: Job, jobs: int = 1) -> Any:
    seen: list[tuple[int, ...]] = []
    document = grade_class(paths, assignment, job, jobs, lambda *counts: seen.append(counts))
    assert seen[-1] == (len(paths), len(paths), document["run"]["known"])
    return document, document["run"]["known"]


def test_what_was_graded_is_not_graded_again(
    handed_in: list[Path], assignment: Assignment, job: Job
) -> None:
    first, known = graded(handed_in, assignment, job)
    assert known == 0 and [s["points"] for s in first["submissions"]] == [2.0, 0.0, 2.0]
    again, known = graded(handed_in, assignment, job)
    assert known == 3 and again["submissions"] == first["submissions"]
    assert again["seed"] == first["seed"] and len(first["seed"]) == 32
    hand_in(handed_in[2], assignment, ("out = x.reshape", "out = 2 * x.reshape"))
    changed, known = graded(handed_in, assignment, job)
    assert known == 2 and [s["points"] for s in changed["submissions"]] == [2.0, 0.0, 0.0]
    assert [document["run"]["known"] for document in (first, again, changed)] == [0, 3, 2]


def test_other_points_are_given_without_judging_again(
    handed_in: list[Path], assignment: Assignment, job: Job, tmp_path: Path
) -> None:
    """But to a task that has earned a part of its points."""
    [mistake] = [m for m in MISCONCEPTIONS if m.id == f"{PARTIAL}.half_missing"]
    text = patched(staff_modules(assignment), mistake)[mistake.file]
    (handed_in[2] / mistake.file).write_text(text)
    job = replace(job, assignment=tmp_path / "source", tasks=(TASK, PARTIAL))
    source = Path(shutil.copytree(assignment.root, job.assignment))
    graded(handed_in, load_assignment(source), job)
    file = source / "assignment.toml"
    text, count = re.subn(rf"(id = .(?:{TASK}|{PARTIAL}).\n.*\n)points.*",
                          r"\1points = 3.14", file.read_text())  # fmt: skip
    assert count == 2
    file.write_text(text)
    changed, known = graded(handed_in, load_assignment(source), job)
    afresh, _ = graded(handed_in, load_assignment(source), replace(job, store=tmp_path / "new.db"))
    assert known == 2 and changed["submissions"] == afresh["submissions"]
    assert [each["points"] for each in changed["submissions"]] == [6.28, 3.14, 5.34]
    file.write_text(text.replace("edge = 0.3", "edge = 0.2").replace("main = 0.7", "main = 0.8"))
    assert graded(handed_in, load_assignment(source), job)[1] == 0


def test_another_seed_or_task_is_another_run(
    handed_in: list[Path], assignment: Assignment, job: Job
) -> None:
    graded(handed_in, assignment, job)
    assert graded(handed_in, assignment, replace(job, seed="other"))[1] == 0
    assert graded(handed_in, assignment, replace(job, tasks=("adam",)))[1] == 0


def test_the_order_and_the_number_of_judges_change_nothing(
    handed_in: list[Path], assignment: Assignment, job: Job, tmp_path: Path
) -> None:
    tasks = (TASK, LONG_TASK, "FullyConnectedNet.dropout")
    job = replace(job, seed="fixed", tasks=tasks)
    texts = set()
    for number, paths in enumerate((handed_in, handed_in[::-1])):
        document, known = graded(
            paths, assignment, replace(job, store=tmp_path / f"{number}.db"), number + 1
        )
        assert known == 0 and document.pop("run")
        texts.add(json.dumps(document | {"submissions": list(document["submissions"])}))
    assert len(texts) == 1


def test_a_class_is_listed_as_people_count(
    tmp_path: Path, assignment: Assignment, job: Job
) -> None:
    paths = [tmp_path / f"s{number}.zip" for number in (10, 9, 2)]
    for path in paths:
        path.write_bytes(b"PK")
    document, _ = graded(paths, assignment, job)
    assert [entry["id"] for entry in document["submissions"]] == ["s2", "s9", "s10"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Deadly, "ended twice"), (Baffling, "a fault of ours"), (Unreadable, "a fault of ours")],
)
def test_a_fault_of_the_grader_costs_nobody(
    handed_in: list[Path], assignment: Assignment, job: Job, kind: type[Path], words: str
) -> None:
    paths = [handed_in[0], kind(handed_in[1]), handed_in[2]]
    document, _ = graded(paths, assignment, job)
    first, faulted, last = document["submissions"]
    assert faulty(faulted) and not faulty(first) and not faulty(last)
    assert (first["points"], last["points"]) == (2.0, 2.0)
    assert faulted["tasks"][0]["verdict"] == "grader fault"
    assert any(words in found["message"] for found in faulted["tasks"][0]["findings"])
    repaired, known = graded(handed_in, assignment, job)
    assert known == 2 and not any(map(faulty, repaired["submissions"]))


def test_judges_that_cannot_live_are_told_of(
    handed_in: list[Path], assignment: Assignment, job: Job
) -> None:
    paths = [hand_in(Deadly(handed_in[0].parent / f"d{n:02}"), assignment) for n in range(12)]
    with pytest.raises(JudgesError, match=r"the last 11 judges died.*run the same command again"):
        graded([Deadly(path) for path in paths], assignment, job)


def test_a_fault_of_the_grader_is_told_by_the_exit_code(
    handed_in: list[Path], job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [handed_in[0], Deadly(handed_in[1])]
    monkeypatch.setattr("autograder.grading.roster.find_submissions", lambda *_: found)
    command = ["grade", ".", "--assignment", str(job.assignment), "--task", TASK,
               "--skip-experiments", "--store", str(job.store), "--jobs", "1"]  # fmt: skip
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1 and "Traceback" not in result.output


def stored(database: Path) -> dict[str, str]:
    if not database.exists():
        return {}
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return dict(connection.execute("select submission, made || hex(entry) from entries"))
    except sqlite3.OperationalError:
        return {}
    finally:
        connection.close()


def many(folder: Path, assignment: Assignment) -> None:
    one = hand_in(folder / "s00", assignment)
    for number in range(1, MANY):
        shutil.copytree(one, folder / f"s{number:02}")


def stopped_after_three(command: list[str], store: Path, how: signal.Signals) -> tuple[int, str]:
    """Status and error output of a run that gets a signal when three results are stored."""
    run = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    while len(stored(store)) < 3:
        assert run.poll() is None
        time.sleep(0.02)
    os.killpg(run.pid, how)
    _, errors = run.communicate(timeout=20)
    return run.returncode, errors


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_continues(
    tmp_path: Path, assignment: Assignment, how: signal.Signals
) -> None:
    many(tmp_path / "class", assignment)
    store, result = tmp_path / "results.db", tmp_path / "result.json"
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path / "class"), "--jobs", "1",
               "--task", LONG_TASK, "--store", str(store), "--json", str(result)]  # fmt: skip
    status, errors = stopped_after_three(command, store, how)
    if how == signal.SIGINT:
        assert status == 130 and "run the same command again" in errors, errors
        assert "Traceback" not in errors
    before = stored(store)
    assert 3 <= len(before) < MANY and not result.exists()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after, document = stored(store), json.loads(result.read_text())
    assert len(document["submissions"]) == len(after) == MANY
    assert {name: after[name] for name in before} == before
    assert {s["points"] for s in document["submissions"]} == {assignment.task(LONG_TASK).points}


def test_judges_end_with_the_run(tmp_path: Path, assignment: Assignment) -> None:
    many(tmp_path / "class", assignment)
    store = tmp_path / "results.db"
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path / "class"), "--jobs", "2",
               "--task", LONG_TASK, "--store", str(store)]  # fmt: skip
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           start_new_session=True)  # fmt: skip
    while len(stored(store)) < 3:
        time.sleep(0.02)
    run.kill()
    # Whoever is left would keep the pipe open.
    run.communicate(timeout=10)
    deadline = time.monotonic() + 5
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(run.pid, 0)
            time.sleep(0.05)


def test_submissions_are_found_wherever_they_lie(
    handed_in: list[Path], assignment: Assignment, tmp_path: Path
) -> None:
    shutil.make_archive(str(tmp_path / "class" / "dee"), "zip", handed_in[0])
    found = find_submissions([tmp_path / "class"], [assignment])
    assert [path.name for path in found] == ["ada", "bo", "cy", "dee.zip"]
    assert find_submissions([handed_in[0]], [assignment]) == [handed_in[0]]


def test_what_lies_among_them_is_named(
    handed_in: list[Path], assignment: Assignment, tmp_path: Path
) -> None:
    folder = tmp_path / "class"
    for name in ("essay.docx", "g.tar.gz", ".hidden", "README.md"):
        (folder / name).write_text("")
    (folder / "venv").mkdir()
    (folder / "venv" / "six.py").write_text("")
    for name in (".git", ".eve"):
        (folder / name).mkdir()
        (folder / name / "layers.py").write_text("")
    shutil.make_archive(str(folder / "dee"), "zip", handed_in[0])
    (folder / "dee.zip").rename(folder / "DEE.ZIP")
    found = find_submissions([folder], [assignment])
    assert [path.name for path in found] == ["DEE.ZIP", "ada", "bo", "cy"]
    assert strangers([folder], found) == [".eve", "essay.docx", "g.tar.gz", "venv"]
    assert read_submission(found[0], assignment).id == "DEE"


def test_a_folder_without_work_is_named_and_not_graded(
    handed_in: list[Path], assignment: Assignment, tmp_path: Path
) -> None:
    folder = tmp_path / "class"
    for name in ("docs/deep/text.pdf", "odd/work.zip", "renamed/layers_final.py", "weights/a.npz"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("")
    (folder / "linked").mkdir()
    (folder / "linked" / "layers.py").symlink_to(folder / "ada")
    found = find_submissions([folder], [assignment])
    judged = ["ada", "bo", "cy", "linked", "odd", "renamed", "weights"]
    assert [path.name for path in found] == judged
    assert strangers([folder], found) == ["docs"]


def test_a_folder_that_was_named_is_graded_whatever_it_holds(
    assignment: Assignment, job: Job, tmp_path: Path
) -> None:
    folder = tmp_path / "docs"
    (folder / "images").mkdir(parents=True)
    (folder / "text.pdf").write_text("")
    found = find_submissions([folder], [assignment])
    assert found == [folder] and strangers([folder], found) == []
    [docs] = graded(found, assignment, job)[0]["submissions"]
    assert docs["points"] == 0 and "the file is missing" in str(docs["files"])


def test_paths_that_are_no_submissions_are_refused(
    handed_in: list[Path], assignment: Assignment, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "hollow" / "ada").mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("")
    twin = hand_in(tmp_path / "Ada", assignment)
    doubles = f"rename all but one of each: {handed_in[0]}, {twin}"
    for paths, words in [
        ([tmp_path / "absent"], "no such file"), ([tmp_path / "empty"], "no submission found"),
        ([tmp_path / "notes.txt"], "folder or a .zip"), ([handed_in[0], twin], doubles),
        ([], "no submission found"), ([tmp_path / "hollow"], "no submission found"),
    ]:  # fmt: skip
        with pytest.raises(RosterError, match=words):
            find_submissions(paths, [assignment])


def test_tasks_without_their_environment_are_left_out_aloud(assignment: Assignment) -> None:
    job = Job(assignment.root, probe(), "", Path("r.db"), environments=("numpy",))
    lost = [task for task in assignment.tasks if task.environment == "pytorch"]
    assert lost and not [task for task in chosen_tasks(assignment, job) if task in lost]
    assert f"{len(lost)} tasks of" in left_out(assignment, job)
    assert not left_out(assignment, replace(job, environments=("numpy", "pytorch")))
