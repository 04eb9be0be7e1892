"""Whole submissions of other courses, packed as there, through the command that staff use."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.dialects.reading import read_in_dialect
from autograder.dialects.spoken import Spoken
from autograder.grading.grade import MOST_COURSES, Judge
from autograder.grading.roster import find_submissions

from .conftest import hand_in
from .examples_of import EXAMPLES, example
from .layouts import LAYOUTS, handed_in
from .mistakes import MISTAKES
from .test_examples import STATED, TOTALS, judged

LOST = {"carl": 5.0, "dora": 9.5, "emil": 6.5, "fay": 4.0, "gus": 7.0}
"""Points that the typical mistakes cost."""


def graded(inbox: Path, reports: Path) -> tuple[str, Any]:
    """What the command prints, and its document."""
    places = ["--json", reports / "r.json", "--csv", reports / "r.csv", "--store", reports / "r.db"]
    page = ["--html", reports / "page", "--skip-experiments", "--jobs", "2"]
    result = CliRunner().invoke(app, ["grade", str(inbox), *map(str, [*places, *page])])
    assert result.exit_code == 0, result.output
    return result.output, json.loads((reports / "r.json").read_text())


def test_a_class_of_five_courses_is_graded_as_it_was_handed_in(tmp_path: Path) -> None:
    ids = {name: handed_in(tmp_path / "inbox", name).stem for name in LAYOUTS}
    output, document = graded(tmp_path / "inbox", tmp_path)
    found = {e["id"]: (e["dialect"], e["points"], e["max_points"]) for e in document["submissions"]}
    assert found == {ids[name]: TOTALS[name] for name in LAYOUTS}
    seen = {file["status"] for e in document["submissions"] for file in e["files"]}
    assert seen <= {"ok", "salvaged", "ignored"}
    # Each was asked less than all of them together, and the staff are told so in every report.
    full = sum(task["points"] for task in document["tasks"])
    told = f"judged as nndl: 85 of {full:g} points asked; --dialect own asks for all"
    assert told in " ".join(output.replace("│", " ").split())
    assert told in (tmp_path / "page" / "index.html").read_text()
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text().splitlines()))
    assert [told in row["message"] for row in rows] == [row["id"] == "gus" for row in rows]


def test_a_class_that_was_asked_less_as_a_whole_is_told_once(tmp_path: Path) -> None:
    hand_in(tmp_path / "inbox" / "hana", example("hana"))
    output, _ = graded(tmp_path / "inbox", tmp_path)
    told = "All were judged as cs231n-2017, by what their files tell: 83 of"
    assert told in " ".join(output.split()) and "judged as" not in output.replace(told, "")


@pytest.mark.parametrize("name", ["carl", "gus", "lena"])
def test_a_folder_that_holds_a_package_is_one_submission(judge: Judge, name: str) -> None:
    folder = EXAMPLES / name
    assert find_submissions([folder], [judge.assignment]) == [folder]
    assert folder in find_submissions([EXAMPLES], [judge.assignment])


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("name", LAYOUTS)
def test_typical_mistakes_are_found_in_a_whole_submission(
    judge: Judge, tmp_path: Path, name: str
) -> None:
    entry = judge.grade(handed_in(tmp_path, name, mistaken=True))
    stated = {**STATED[name], **{task: tuple(m[3:]) for task, m in MISTAKES[name].items()}}
    assert {t: each for t, each in judged(entry).items() if each[0] != "passed"} == stated
    assert entry["points"] == pytest.approx(TOTALS[name][1] - LOST[name])


def test_a_judge_does_not_remember_every_layout_of_a_class(judge: Judge, tmp_path: Path) -> None:
    """Each takes 2 MiB, and folders are the students' own."""
    files, courses = example("anna"), []
    place = next(path for path in files if path.endswith("fc_net.py"))
    for each in range(MOST_COURSES + 1):
        moved = str(Path(place).with_name(f"mine{each}") / "fc_net.py")
        others = {path: text for path, text in files.items() if path != place}
        folder = hand_in(tmp_path / str(each), {**others, moved: files[place]})
        spoken = read_in_dialect(folder, judge.assignment, "auto").spoken
        assert isinstance(spoken, Spoken)
        courses.append((spoken, judge._course(spoken)))
    assert len(judge._courses) <= MOST_COURSES
    kept = [judge._course(spoken) is course for spoken, course in reversed(courses[1:])]
    assert all(kept)
