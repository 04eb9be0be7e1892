"""Canvas's grade book and Moodle's worksheet, filled in where they are to be and nowhere else."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from report_sample import ESCAPE, SCRIPT, STAFF_SECRET, sample

from autograder.exports import canvas, moodle
from autograder.exports.write import export
from autograder.people import Person, Roster
from autograder.reports import ReportError
from autograder.spreadsheet import Sheet, read_sheet

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Homework 1 (77),Homework 2 (78),Total
    Points Possible,,,,,10,39,(read only)
"Ames, Alice",11,0001,alice,A,"=1+1",,50
"Bell, Rob",12,0002,rbell,A,7,5,60
"Cole, Carol",13,0003,carol,"A, B",,3,
"Student, Test",14,,abcdef,A,,,
"""
MOODLE = """Identifier,Full name,Email address,Grade,Maximum Grade,Grade can be changed,\
Feedback comments
Participant 1,Alice Ames,alice@uni.edu,,39.00,Yes,
Participant 2,=Bob,bob@uni.edu,,39.00,Yes,Well done!
Participant 3,Carol Cole,carol@uni.edu,1.00,39.00,No,
"""
ROSTER = Roster([Person("bob", ("0002", "bob@uni.edu")), Person("carol", ("carol@uni.edu",)),
                 Person("alice", ("alice@uni.edu",))])  # fmt: skip


@pytest.fixture
def document() -> dict[str, Any]:
    """bob, carol and others; the grader has failed on alice."""
    found = sample()
    found["submissions"] = [s for s in found["submissions"] if s["id"] in ("alice", "bob", "carol")]
    return found


def sheet_of(text: str, folder: Path) -> Sheet:
    (folder / "table.csv").write_text(text, newline="")
    return read_sheet(folder / "table.csv")


def points(document: dict[str, Any], name: str) -> float:
    return float(next(s["points"] for s in document["submissions"] if s["id"] == name))


def test_canvas_changes_the_cells_of_the_assignment_alone(
    document: dict[str, Any], tmp_path: Path
) -> None:
    sheet = sheet_of(CANVAS, tmp_path)
    filled = canvas.fill(document, sheet, "Homework 2", False, ROSTER)
    old, new = (list(csv.reader(io.StringIO(t.lstrip("\ufeff")))) for t in (CANVAS, sheet.text()))
    changed = {(r, c): new[r][c] for r in range(6) for c in range(8) if old[r][c] != new[r][c]}
    assert {place: float(cell) for place, cell in changed.items()} == {
        (3, 6): points(document, "bob"), (4, 6): points(document, "carol"),
    }  # fmt: skip
    assert filled.count == 2 and filled.absent == ["Student, Test"] and not filled.strangers
    assert len(filled.left) == 1 and "alice (the grader failed" in filled.left[0]


@pytest.mark.parametrize("mark", ["EX", "Complete", "see me"])
def test_marks_that_are_no_numbers_stay_and_are_told(
    document: dict[str, Any], tmp_path: Path, mark: str
) -> None:
    sheet = sheet_of(CANVAS.replace("7,5,60", f"7,{mark},60"), tmp_path)
    filled = canvas.fill(document, sheet, "Homework 2", False, ROSTER)
    assert sheet.rows[2][6] == mark and f"bob (there is {mark})" in filled.left
    worksheet = sheet_of(
        MOODLE.replace("uni.edu,,39.00,Yes,W", f"uni.edu,{mark},39.00,Yes,W"), tmp_path
    )
    filled = moodle.fill(document, worksheet, False, ROSTER)
    assert worksheet.rows[1][3] == mark and f"bob (there is {mark})" in filled.left


def test_what_was_replaced_and_what_could_not_be_judged_is_told(
    document: dict[str, Any], tmp_path: Path
) -> None:
    bob = next(each for each in document["submissions"] if each["id"] == "bob")
    bob["files"] = [{"path": "work.zip", "status": "refused", "message": "a zip in a zip"}]
    filled = canvas.fill(document, sheet_of(CANVAS, tmp_path), "Homework 2", False, ROSTER)
    told = "\n".join(filled.lines())
    assert f"bob (5 -> {points(document, 'bob'):g}" in told and "could be used: bob" in told
    assert all("carol" not in line for line in told.splitlines() if line.startswith("Graded, but"))


def test_a_table_is_written_as_it_was_read(tmp_path: Path) -> None:
    for text in (CANVAS, MOODLE, MOODLE.replace("\n", "\r\n")):
        sheet = sheet_of(text, tmp_path)
        again = sheet.text().encode(sheet.encoding)
        assert list(csv.reader(io.StringIO(again.decode()))) == list(csv.reader(io.StringIO(text)))
        assert again.count(b"\r\n") == text.count("\r\n")


def test_other_points_possible_are_refused_or_scaled(
    document: dict[str, Any], tmp_path: Path
) -> None:
    text = CANVAS.replace("10,39", "10,100")
    with pytest.raises(ReportError, match="100, the assignment's 39"):
        canvas.fill(document, sheet_of(text, tmp_path), "Homework 2", False)
    sheet = sheet_of(text, tmp_path)
    canvas.fill(document, sheet, "Homework 2 (78)", True, ROSTER)
    assert float(sheet.rows[2][6]) == pytest.approx(points(document, "bob") / 39 * 100, abs=0.01)


@pytest.mark.parametrize("column", ["", "Homework", "Section", "ID", "Total"])
def test_an_unknown_column_is_asked_for(
    document: dict[str, Any], tmp_path: Path, column: str
) -> None:
    with pytest.raises(ReportError, match="Homework 1"):
        canvas.fill(document, sheet_of(CANVAS, tmp_path), column, False)


def test_who_is_on_one_side_only_is_told(document: dict[str, Any], tmp_path: Path) -> None:
    filled = canvas.fill(document, sheet_of(CANVAS, tmp_path), "Homework 2", False)
    assert filled.strangers == ["bob"] and "Bell, Rob" in filled.absent
    assert any("bob" in line for line in filled.lines())


def test_two_results_for_one_row_are_left_to_a_person(
    document: dict[str, Any], tmp_path: Path
) -> None:
    document["submissions"].append({**document["submissions"][1], "id": "rbell"})
    sheet = sheet_of(CANVAS, tmp_path)
    filled = canvas.fill(document, sheet, "Homework 2", False, ROSTER)
    assert sheet.rows[2][6] == "5" and any("bob and rbell" in text for text in filled.left)


def test_moodle_keeps_what_a_person_wrote(document: dict[str, Any], tmp_path: Path) -> None:
    sheet = sheet_of(MOODLE, tmp_path)
    filled = moodle.fill(document, sheet, False, ROSTER)
    bob, carol = sheet.rows[1], sheet.rows[2]
    assert float(bob[3]) == points(document, "bob") and bob[6] == "Well done!" and bob[1] == "=Bob"
    assert carol[3] == "1.00" and "carol (locked in Moodle)" in filled.left


def test_feedback_is_what_a_student_may_see_and_runs_nothing(
    document: dict[str, Any], tmp_path: Path
) -> None:
    alice = document["submissions"][0]
    alice["tasks"] = [task for task in alice["tasks"] if task["verdict"] != "grader fault"]
    sheet = sheet_of(MOODLE, tmp_path)
    moodle.fill(document, sheet, False, ROSTER)
    feedback = sheet.rows[0][6]
    assert "softmax_loss" in feedback and STAFF_SECRET not in feedback and "STAFF" not in feedback
    assert "<script" not in feedback and "&lt;script" in feedback and ESCAPE not in feedback
    assert SCRIPT not in feedback
    again = sheet_of(sheet.text(), tmp_path)
    alice["points"] = 1.0
    moodle.fill(document, again, False, ROSTER)
    assert again.rows[0][6].startswith("<p>Autograder: 1 of")


def test_what_was_downloaded_is_not_overwritten(document: dict[str, Any], tmp_path: Path) -> None:
    sheet_of(CANVAS, tmp_path)
    file = tmp_path / "table.csv"
    with pytest.raises(ReportError, match="another --to"):
        list(export(document, "canvas", file, file, "Homework 2", False, ROSTER))
    assert file.read_text() == CANVAS


def test_other_tables_are_refused(document: dict[str, Any], tmp_path: Path) -> None:
    other = sheet_of("colour\nred\n", tmp_path)
    with pytest.raises(ReportError, match="Canvas"):
        canvas.fill(document, other, "colour", False)
    with pytest.raises(ReportError, match="Identifier, Grade"):
        moodle.fill(document, other, False)
