"""Grading again: what a person decided stays, and everybody's change is told."""

import copy
import csv
import io
from pathlib import Path
from typing import Any

import pytest
from report_sample import SCRIPT

from autograder.reports import ReportError
from autograder.reports.adjust import adjust
from autograder.reports.compare import changes, lines, table

Json = dict[str, Any]


def task(document: Json, student: str, name: str) -> Json:
    entry = next(each for each in document["submissions"] if each["id"] == student)
    found: Json = next(each for each in entry["tasks"] if each["id"] == name)
    return found


def entry(document: Json, student: str) -> Json:
    found: Json = next(each for each in document["submissions"] if each["id"] == student)
    return found


def overrides(folder: Path, *rows: str) -> Path:
    file = folder / "overrides.csv"
    file.write_text("\n".join(["Student,Task,Points,Comment", *rows]))
    return file


def test_equal_results_differ_in_nothing(document: Json) -> None:
    document["run"]["seconds"] = {"total": 9.0}
    assert changes(document, copy.deepcopy(document)) == []


def test_who_gained_and_lost_is_told_with_the_reason(document: Json) -> None:
    old = copy.deepcopy(document)
    lost = task(document, "alice", "affine_forward")
    lost |= {"verdict": "failed", "points": 0.0}
    lost["findings"] = [{"message": f"out differs\n{SCRIPT}", "visibility": "student"}]
    task(document, "alice", "svm_loss").update(verdict="passed", points=3.0)
    task(document, "bob", "affine_forward").update(max_points=4.0, points=4.0)
    found = {(each.student, each.task): each for each in changes(old, document)}
    assert {key: each.gained for key, each in found.items()} == {
        ("alice", "affine_forward"): -2.0, ("alice", "svm_loss"): 3.0,
        ("bob", "affine_forward"): 2.0,
    }  # fmt: skip
    assert found["alice", "affine_forward"].why == "out differs"
    assert "worth 4 points instead of 2" in found["bob", "affine_forward"].why
    assert "alice: +1" in list(lines(list(found.values())))


def test_who_came_and_went_is_told(document: Json) -> None:
    old = copy.deepcopy(document)
    document["submissions"] = [e for e in document["submissions"] if e["id"] != "carol"]
    found = changes(old, document)
    assert {each.student for each in found} == {"carol"}
    assert sum(each.gained for each in found) == -entry(old, "carol")["points"]
    rows = list(csv.DictReader(io.StringIO(table(changes(document, old)))))
    assert {row["why"] for row in rows} == {"only in the new results"}


def test_points_by_hand_count_and_are_told(document: Json, tmp_path: Path) -> None:
    task(document, "alice", "adam")["points"] = 0.0
    entry(document, "alice")["points"] -= 3.0
    before = entry(copy.deepcopy(document), "alice")
    rows = ["alice,svm_loss,2.5,Seen in the office", "alice,adam,3,", "alice,softmax_loss,,Nice"]
    changed, absent = adjust(document, overrides(tmp_path, *rows, "nobody,adam,1,"))
    after = entry(changed, "alice")
    assert after["points"] == pytest.approx(before["points"] + 5.5) and absent == ["nobody"]
    assert after["max_points"] == before["max_points"] + 3.0
    assert task(changed, "alice", "adam")["verdict"] == "passed"
    notes = task(changed, "alice", "svm_loss")["notes"]
    assert notes == ["2.5 points set by hand instead of 0. Seen in the office"]
    assert task(changed, "alice", "softmax_loss")["notes"] == ["Comment: Nice"]
    assert entry(document, "alice") == before
    assert changes(document, changed)[0].why == notes[0]
    assert changes(changed, document)[0].why == f"no longer: {notes[0]}"


def test_what_was_decided_already_is_not_told_again(document: Json, tmp_path: Path) -> None:
    rows = ["alice,svm_loss,2.5,Seen", "alice,adam,3,", "alice,softmax_loss,,Nice"]
    once, _ = adjust(document, overrides(tmp_path, *rows))
    assert adjust(once, overrides(tmp_path, *rows))[0] == once
    again, _ = adjust(once, overrides(tmp_path, "alice,svm_loss,1,"))
    assert task(again, "alice", "svm_loss")["notes"][1] == "1 points set by hand instead of 2.5."


def test_two_decisions_about_one_task_are_refused(document: Json, tmp_path: Path) -> None:
    rows = ["alice,adam,1,", "bob,adam,1,", "alice,adam,,Nice", "alice,adam,2,"]
    with pytest.raises(ReportError, match="row 5: alice has points for adam above"):
        adjust(document, overrides(tmp_path, *rows))


@pytest.mark.parametrize(
    ("row", "why"),
    [("alice,adam,4,", "0 and 3"), ("alice,adam,nan,", "'nan'"), ("alice,Adam,1,", "row 2")],
)
def test_rows_that_cannot_be_are_refused(
    document: Json, tmp_path: Path, row: str, why: str
) -> None:
    with pytest.raises(ReportError, match=why):
        adjust(document, overrides(tmp_path, row))
