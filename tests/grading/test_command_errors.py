"""Every mistake on the command line ends in one clear sentence."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from autograder import console
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


@pytest.mark.parametrize("odd", ["\x1b[2J", "\nError: "])
def test_names_in_errors_cannot_write_to_the_terminal(one: Path, odd: str) -> None:
    for name in ("Eve", "eve"):
        shutil.copytree(one / "class" / "ada", one / "class" / f"{name}{odd}")
    result = CliRunner().invoke(app, [str(argument) for argument in grade(one)], color=True)
    assert result.exit_code == 2 and odd not in result.stderr
    assert re.fullmatch(r"Error: .* the same name .*class/Eve.*, .*class/eve.*\n", result.stderr)


def test_an_empty_path_is_not_the_current_folder(one: Path) -> None:
    assert "the path is empty: name a file or a folder" in failed(*grade(one, ""))


def test_an_empty_address_is_not_this_machine(one: Path) -> None:
    assert "--cluster : say local:N" in failed(*grade(one, "--cluster", ""))
    assert "--cluster : say local:N" in failed(*grade(one, "--cluster-tls", one))


def test_nobody_waits_for_a_pipe_that_is_called_a_zip(one: Path) -> None:
    os.mkfifo(one / "class" / "pipe.zip")
    result = CliRunner().invoke(app, [str(argument) for argument in grade(one)])
    assert result.exit_code == 0 and "Not graded: pipe.zip" in result.stderr


def test_reports_do_not_go_among_submissions(one: Path) -> None:
    assert "holds submissions; choose another --html" in failed(
        *grade(one, "--html", one / "class")
    )


def test_what_is_not_graded_is_named_on_the_error_stream(one: Path) -> None:
    (one / "class" / "\x1b[31mdocs").mkdir()
    result = CliRunner().invoke(app, [str(argument) for argument in grade(one)])
    assert result.exit_code == 0, result.output
    assert "docs (a submission is a .zip, or a folder with Py" in result.stderr
    assert "Not graded: " in result.stderr and "\x1b" not in result.stderr


def test_far_more_judges_than_cores_are_remarked_on(
    one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cores, most = os.cpu_count(), console.CROWD * (os.cpu_count() or 0)
    assert console.crowded(most) == ""
    assert f"{most + 1} judges on {cores} cores: " in console.crowded(most + 1)
    command = [str(argument) for argument in grade(one, "--jobs", 1000)]
    # As many judges as submissions: one.
    assert "see --jobs" not in CliRunner().invoke(app, command).stderr
    # All is known by now, so that no worker is started.
    crowd = [str(argument) for argument in grade(one, "--cluster", "local:1000")]
    told = CliRunner().invoke(app, crowd).stderr
    assert f"1000 judges on {cores} cores: " in told and "see --cluster." in told
    monkeypatch.setattr(console, "CROWD", 0)
    assert f"1 judges on {cores} cores: " in CliRunner().invoke(app, command).stderr


@pytest.mark.parametrize("option", ["--json", "--csv", "--html", "--store"])
def test_places_that_cannot_be_written_are_named(one: Path, option: str) -> None:
    message = failed(*grade(one, option, one / "file" / "below"))
    assert f"{one.name}/file/below" in message.replace(" ", "")


@pytest.mark.parametrize(
    ("option", "place", "words"),
    [
        ("--json", "class", "class: is a folder: name a file"),
        ("--csv", "/dev/null", "/dev/null: is a device or a pipe"),
        ("--csv", "file/below", "cannot be written"),
        ("--html", "file", "file: is a file, and the HTML report is a folder"),
        ("--execute-notebooks", "file", "file: is a file, and each student's notebooks get a"),
    ],
)
def test_places_are_tried_before_anybody_is_judged(
    one: Path, option: str, place: str, words: str
) -> None:
    assert words in failed(*grade(one, option, one / place))
    assert not (one / "results.db").exists()
    assert (one / "file").read_text() == "not a folder"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--csv", "class/ada/deepnets/layers.py"), "would be written over what is read"),
        (("--html", "class/ada/report"), "would be written over what is read"),
        (("--json", "results.db"), "would be written over what is read"),
        (("--json", "both", "--csv", "both"), "both: two outputs have this place"),
    ],
)
def test_no_output_takes_the_place_of_what_is_read(
    one: Path, options: tuple[str, ...], words: str
) -> None:
    placed = [word if word.startswith("--") else one / word for word in options]
    before = {path: path.read_bytes() for path in one.rglob("*") if path.is_file()}
    assert words in failed(*grade(one, *placed))
    assert before == {path: path.read_bytes() for path in one.rglob("*") if path.is_file()}


@pytest.mark.parametrize("option", ["--json", "--csv", "--html", "--store"])
def test_an_empty_place_is_not_the_current_folder(one: Path, option: str) -> None:
    assert "the path is empty" in failed(*grade(one, option, ""))


def test_results_are_not_replaced_by_what_is_made_of_them(one: Path) -> None:
    result = one / "results.json"
    run = CliRunner().invoke(app, [str(word) for word in grade(one, "--json", result)])
    assert run.exit_code == 0, run.output
    (one / "points.csv").write_text("student,task,points,comment\n")
    (one / "deep.json").write_text("[" * 200_000)
    before = result.read_bytes()
    for command in (
        ("report", result, "--csv", result),
        ("compare", result, result, "--csv", result),
        ("adjust", result, "--by", one / "points.csv", "--to", one / "points.csv"),
    ):
        assert "would be written over what is read" in failed(*command)
    assert "deep.json: is no result document" in failed("report", one / "deep.json")
    assert result.read_bytes() == before


def test_misspelt_names_are_guessed(one: Path) -> None:
    assert "Did you mean relu_forward" in failed(*grade(one, "--task", "relu_foward"))
    assert "Did you mean 'grade'?" in failed("grde")
    assert "--jobs" in failed("grade", one, "--jbos", 2)


def test_make_grade_asks_what_to_grade() -> None:
    command = ["make", "--silent", "grade", "SUBMISSIONS="]
    run = subprocess.run(command, cwd=SOURCE.parents[1], capture_output=True, text=True)
    assert run.returncode == 2 and run.stdout == ""
    assert run.stderr.startswith("Say what to grade: make grade SUBMISSIONS=")


COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_every_option_and_offers_no_twin(command: str) -> None:
    for parameter in COMMANDS[command].params:
        assert parameter.help and not parameter.secondary_opts, parameter.name


def test_the_help_loads_nothing_that_takes_time() -> None:
    heavy = {"numpy", "pydantic", "rich.console", "jinja2", "nbgrader", "matplotlib", "tqdm"}
    program = f"import sys, autograder.cli; sys.exit(str(sys.modules.keys() & {heavy}))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stderr.strip() == "set()"


def test_a_store_that_is_no_database_is_named(one: Path) -> None:
    assert "choose another --store" in failed(*grade(one, "--store", one / "file"))


def test_a_faulty_assignment_names_the_key(one: Path) -> None:
    text = (SOURCE / "assignment.toml").read_text()
    (one / "assignment.toml").write_text(text.replace('package = "deepnets"\n', ""))
    assert "package: Field required" in failed("grade", one / "class", "--assignment", one)
    assert "cannot be read" in failed("grade", one / "class", "--assignment", one / "class")


def test_a_report_of_nothing_is_refused(one: Path) -> None:
    assert "no result document" in failed("report", one / "file")
