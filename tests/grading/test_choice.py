"""Which assignment a class is graded by, and what becomes of work on another one."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from assignments import ASSIGNMENTS, MODULAR_NETS, ROOT, every_assignment
from typer.testing import CliRunner

from autograder.assignment import Assignment, load_assignment, siblings
from autograder.cli import app
from autograder.dialects.reading import read_in_dialect
from autograder.grading.choice import choose
from autograder.grading.roster import RosterError, find_submissions

[OBJECTS] = [each for each in ASSIGNMENTS if each.id == "layer-objects"]
HandIn = Callable[..., Path]


@pytest.fixture
def hand_in(tmp_path: Path) -> HandIn:
    """Makes the submission `name` of files of an assignment, in the folder `class`."""

    def handed_in(name: str, assignment: Assignment, *files: str, below: str = "") -> Path:
        folder = tmp_path / "class" / name
        for file in files or assignment.student_files:
            place = folder / below / (file if not below else Path(file).name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(assignment.root / file, place)
        return folder

    return handed_in


@every_assignment
def test_a_folder_of_the_package_tells(assignment: Assignment, hand_in: HandIn) -> None:
    path = hand_in("ada", assignment, assignment.student_files[0])
    chosen, why = choose([path], ASSIGNMENTS)
    assert chosen == assignment
    assert why == f"the submission by its files, such as {assignment.student_files[0]} of ada"


@every_assignment
def test_a_name_that_no_other_assignment_has_tells(assignment: Assignment, hand_in: HandIn) -> None:
    shared = set.intersection(*({Path(f).name for f in a.student_files} for a in ASSIGNMENTS))
    assert "layers.py" in shared
    own = [file for file in assignment.student_files if Path(file).name not in shared]
    path = hand_in("ada", assignment, own[0], below="flat")
    assert choose([path], ASSIGNMENTS)[0] == assignment


@every_assignment
def test_a_notebook_tells(assignment: Assignment, hand_in: HandIn) -> None:
    path = hand_in("ada", assignment, assignment.notebooks[0])
    assert choose([path], ASSIGNMENTS)[0] == assignment


def test_files_of_another_course_tell_whose_tasks_it_has(hand_in: HandIn) -> None:
    path = hand_in("ada", MODULAR_NETS, "deepnets/layers.py", below="cs231n")
    assert choose([path], ASSIGNMENTS)[0] == MODULAR_NETS


def test_the_majority_decides(hand_in: HandIn) -> None:
    paths = [hand_in(name, OBJECTS) for name in ("bob", "cid")]
    chosen, why = choose([hand_in("ada", MODULAR_NETS), *paths], ASSIGNMENTS)
    assert (chosen, why.split(" by ")[0]) == (OBJECTS, "2 of 3 submissions")


def test_of_a_large_class_some_are_looked_at(
    hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.choice.MOST", 2)
    paths = [hand_in(f"s{number}", MODULAR_NETS) for number in range(5)]
    chosen, why = choose(paths, ASSIGNMENTS)
    assert chosen is MODULAR_NETS and why.startswith("3 of 3 submissions")


def test_nobody_guesses_between_equals(hand_in: HandIn) -> None:
    paths = [hand_in("ada", MODULAR_NETS), hand_in("bob", OBJECTS)]
    with pytest.raises(RosterError, match=r"1 of modular-nets, 1 of layer-objects\): add --assig"):
        choose(paths, ASSIGNMENTS)


def test_where_nothing_tells_the_folders_are_named(hand_in: HandIn) -> None:
    path = hand_in("ada", OBJECTS, "neural_networks/layers.py", below="flat")
    with pytest.raises(RosterError, match="do not tell") as raised:
        choose([path], ASSIGNMENTS)
    assert all(str(each.root) in str(raised.value) for each in ASSIGNMENTS)


def test_a_single_assignment_is_not_doubted(hand_in: HandIn) -> None:
    path = hand_in("ada", OBJECTS, "neural_networks/layers.py", below="flat")
    assert choose([path], [OBJECTS]) == (OBJECTS, "")


def test_both_lie_beside_each_other(tmp_path: Path) -> None:
    for each in ASSIGNMENTS:
        (tmp_path / each.id).mkdir()
        shutil.copy(each.root / "assignment.toml", tmp_path / each.id)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "assignment.toml").write_text("schema = ")
    found = siblings(load_assignment(tmp_path / "layer-objects"))
    assert [each.id for each in found] == ["layer-objects", "modular-nets"]


@every_assignment
def test_work_on_another_assignment_is_told_as_such(
    assignment: Assignment, hand_in: HandIn
) -> None:
    [other] = [each for each in ASSIGNMENTS if each.id != assignment.id]
    submission = read_in_dialect(hand_in("ada", other), assignment, "auto")
    [status] = submission.statuses
    assert (status.path, status.status) == ("ada", "refused")
    assert f"is the work of another assignment, {other.id} ({other.package}/" in status.message
    assert not submission.files
    # Whoever insists has it read.
    assert read_in_dialect(hand_in("ada", other), assignment, "own").files


def test_work_on_both_is_read_as_what_is_graded(hand_in: HandIn) -> None:
    for each in ASSIGNMENTS:
        path = hand_in("ada", each)
    for each in ASSIGNMENTS:
        files = read_in_dialect(path, each, "auto").files
        assert [*files] == [*each.student_files]


def test_a_dialect_of_another_assignment_is_not_recognized(hand_in: HandIn) -> None:
    """Its layers.py in a folder of another course's is still a file of the assignment."""
    path = hand_in("ada", OBJECTS, *OBJECTS.student_files, below="cs231n")
    submission = read_in_dialect(path, OBJECTS, "auto")
    assert submission.spoken is None and len(submission.files) == len(OBJECTS.student_files)


def test_folders_of_the_other_assignment_are_no_submissions(hand_in: HandIn) -> None:
    path = hand_in("ada", OBJECTS)
    assert find_submissions([path], siblings(MODULAR_NETS)) == [path]


def test_the_command_says_what_it_chose(
    hand_in: HandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    paths = [hand_in("ada", OBJECTS), hand_in("bob", OBJECTS), hand_in("cid", MODULAR_NETS)]
    options = ["--jobs", "1", "--task", "L2.forward", "--store", str(tmp_path / "r.db")]
    written = tmp_path / "results.json"
    command = ["grade", str(paths[0].parent), *options, "--json", str(written)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    told = re.sub(r"\s+", " ", result.stderr)
    assert "Assignment: layer-objects (2 of 3 submissions by its files, such as neural_" in told
    document = json.loads(written.read_text())
    points = {entry["id"]: entry["points"] for entry in document["submissions"]}
    assert (document["assignment"], points) == ("layer-objects", {"ada": 1, "bob": 1, "cid": 0})


def test_a_dialect_without_a_task_of_the_assignment_is_refused(
    hand_in: HandIn, tmp_path: Path
) -> None:
    path, folder = hand_in("ada", OBJECTS), str(OBJECTS.root)
    options = ["--assignment", folder, "--dialect", "nndl", "--store", str(tmp_path / "r.db")]
    result = CliRunner().invoke(app, ["grade", str(path), *options])
    assert result.exit_code == 2
    assert "--dialect nndl has no task of layer-objects" in result.stderr
