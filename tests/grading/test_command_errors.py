"""Every mistake on the command line ends in one clear sentence."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.assignment import Assignment
from autograder.cli import app

SOURCE = Path(__file__).parents[2] / "source" / "modular-nets"


def failed(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit) and "Traceback" not in result.output
    return re.sub(r"\s+", " ", result.output)


@pytest.fixture
def one(tmp_path: Path, assignment: Assignment) -> Path:
    target = tmp_path / "class" / "ada" / "deepnets"
    target.mkdir(parents=True)
    shutil.copy(assignment.root / "deepnets" / "layers.py", target)
    (tmp_path / "file").write_text("not a folder")
    return tmp_path


def grade(folder: Path, *more: object) -> tuple[object, ...]:
    options = ("--assignment", SOURCE, "--skip-experiments", "--task", "relu_forward", "--jobs", 1)
    store = () if "--store" in more else ("--store", folder / "results.db")
    return ("grade", folder / "class", *options, *store, *more)


def test_unknown_tasks_list_the_known_ones(one: Path) -> None:
    assert "no task 'softmax'" in failed(*grade(one, "--task", "softmax"))


def test_missing_paths_and_doubles_are_named(one: Path) -> None:
    assert "absent: there is no such file" in failed(*grade(one, one / "absent"))
    assert "same name" in failed(*grade(one, one / "class"))
    (one / "empty").mkdir()
    assert "no submission found" in failed("grade", one / "empty", "--assignment", SOURCE)


@pytest.mark.parametrize("option", ["--json", "--csv", "--html", "--store"])
def test_places_that_cannot_be_written_are_named(one: Path, option: str) -> None:
    message = failed(*grade(one, option, one / "file" / "below"))
    assert f"{one.name}/file/below" in message.replace(" ", "")


def test_a_store_that_is_no_database_is_named(one: Path) -> None:
    assert "choose another --store" in failed(*grade(one, "--store", one / "file"))


def test_a_faulty_assignment_names_the_key(one: Path) -> None:
    text = (SOURCE / "assignment.toml").read_text()
    (one / "assignment.toml").write_text(text.replace('package = "deepnets"\n', ""))
    assert "package: Field required" in failed("grade", one / "class", "--assignment", one)
    assert "cannot be read" in failed("grade", one / "class", "--assignment", one / "class")


def test_a_report_of_nothing_is_refused(one: Path) -> None:
    assert "no result document" in failed("report", one / "file")
