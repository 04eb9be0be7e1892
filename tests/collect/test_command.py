"""The command: what it writes, what it tells, and what it leaves alone."""

import csv
from pathlib import Path

import pytest
from assignments import MODULAR_NETS
from typer.testing import CliRunner

from autograder.cli import app
from autograder.grading.roster import find_submissions
from autograder.intake import read_files

EXAMPLES = Path(__file__).parents[2] / "submissions"


def collect(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["collect", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    for name in ("ada", "bob"):
        (folder / name).mkdir(parents=True)
        (folder / name / "layers.py").write_text(f"{name} = 1\n")
    return folder


def test_the_example_class_is_ready_to_be_graded(tmp_path: Path) -> None:
    collect(EXAMPLES, "--to", tmp_path / "inbox")
    before, after = (find_submissions([p], [MODULAR_NETS]) for p in (EXAMPLES, tmp_path / "inbox"))
    assert [path.name.removesuffix(".zip") for path in before] == [path.stem for path in after]
    for old, new in zip(before, after, strict=True):
        files = sorted(read_files(old).files.values())
        assert sorted(read_files(new).files.values()) == files


def test_who_is_unknown_is_told_and_answered(source: Path, tmp_path: Path) -> None:
    roster, inbox = tmp_path / "roster.csv", tmp_path / "inbox"
    roster.write_text("id\nada\nbobby\n=cmd|x\n")
    told = collect(source, "--to", inbox, "--roster", roster, code=1)
    assert "bob from bob: unknown (nobody on the roster: bobby?" in told
    assert [path.name for path in inbox.iterdir()] == ["ada.zip"]
    again = (source, "--to", inbox, "--roster", roster, "--is")
    assert "nothing is from bop" in collect(*again, "bop=bobby", code=2)
    assert "does not know boby" in collect(*again, "bob=boby", code=2)
    collect(*again, "bob=bobby")
    with (tmp_path / "inbox.csv").open() as table:
        rows = {row["student"]: row for row in csv.DictReader(table)}
    assert rows["bobby"]["zip"] == "bobby.zip" and rows["bobby"]["from"] == "bob"
    assert rows["'=cmd|x"]["status"] == "nothing"


def test_collecting_again_takes_away_what_no_longer_counts(source: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    collect(source, "--to", inbox)
    (source / "bob" / "layers.py").unlink()
    (source / "bob").rmdir()
    collect(source, "--to", inbox)
    assert [path.name for path in inbox.iterdir()] == ["ada.zip"]


def test_a_folder_with_other_work_is_left_alone(source: Path, tmp_path: Path) -> None:
    (source / "mine.txt").write_text("mine")
    told = collect(source, "--to", source, code=2)
    assert "lies in what is collected" in told and (source / "ada").is_dir()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.zip").write_text("mine")
    assert "not from here" in collect(source, "--to", other, code=2)
    assert (other / "mine.zip").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["absent"], "No such file"),
        ([EXAMPLES, "--deadline", "soon"], "write 2026-11-20T23:59"),
        ([EXAMPLES, "--late", "forgive"], "--late"),
        ([EXAMPLES, "--is", "bob"], "write NAME=ID"),
        ([EXAMPLES, "--roster", "absent.csv"], "cannot be read"),
    ],
)
def test_mistakes_end_in_a_sentence(tmp_path: Path, arguments: list[object], told: str) -> None:
    assert told in collect(*arguments, "--to", tmp_path / "inbox", code=2)
    assert not (tmp_path / "inbox").exists()
