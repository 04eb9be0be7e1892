import io
from typing import Any

import pytest
import report_sample
from rich.console import Console, RenderableType

from autograder.reports import ReportError, class_summary, student_summary
from autograder.reports.verdicts import LOOKS


def _printed(shown: RenderableType, width: int = 120) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, force_terminal=True, color_system=None).print(shown)
    return stream.getvalue()


def test_class_summary_shows_marks(document: dict[str, Any]) -> None:
    text = _printed(class_summary(document))
    assert "22.1 of 39" in text
    assert "✓½✓✓✕–✓✓✓B!✓T✓✓?S" in text
    assert "passed" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_legend_breaks_between_its_entries(document: dict[str, Any], width: int) -> None:
    lines = _printed(class_summary(document), width).splitlines()
    for look in LOOKS.values():
        assert any(f"{look.mark} {look.label.lower()}" in line for line in lines)


def test_the_legend_holds_only_what_occurs(document: dict[str, Any]) -> None:
    document["submissions"] = [_all_passed(document)]
    text = _printed(class_summary(document))
    assert "✓ passed" in text and "timed out" not in text


def _all_passed(document: dict[str, Any]) -> dict[str, Any]:
    passed = [task | {"verdict": "passed"} for task in document["submissions"][1]["tasks"]]
    return document["submissions"][1] | {"tasks": passed}


def test_files_in_trouble_are_told_below_the_table(document: dict[str, Any]) -> None:
    text = _printed(class_summary(document))
    assert "Files that need a look" in text
    assert text.index("victor") < text.index("need a look") < text.index("was never closed")
    document["submissions"] = [_all_passed(document)]
    assert "need a look" not in _printed(class_summary(document))


def test_a_doubted_dialect_is_told(document: dict[str, Any]) -> None:
    one = _all_passed(document)
    doubt = "the files look like nndl: there is conv_layers.py"
    document["submissions"] = [{**one, "dialect_evidence": ["chosen with --dialect", doubt]}, one]
    assert _printed(class_summary(document), 200).count(doubt) == 1


def test_who_was_asked_less_than_the_others_is_told(document: dict[str, Any]) -> None:
    """Whoever hands in another course's files must not lose tasks in silence."""
    whole, other = _all_passed(document), _all_passed(document)
    other = {
        **other,
        "id": "other",
        "dialect": "nndl",
        "max_points": 2,
        "tasks": other["tasks"][:1],
    }
    document["submissions"] = [whole, other]
    lines = _printed(class_summary(document), 200).splitlines()
    told = "judged as nndl: 2 of 39 points asked; --dialect own asks for all"
    assert [line.split()[1] for line in lines if told in line] == ["other"]
    document["submissions"] = [other]
    document["tasks"] = document["tasks"][:1]
    assert "judged as" not in _printed(class_summary(document), 200)


def test_who_was_asked_all_of_the_assignment_is_not_told_of_other_courses_tasks(
    document: dict[str, Any],
) -> None:
    document["submissions"][0].update(dialect="own", tasks=document["submissions"][0]["tasks"][:1])
    assert "judged as" not in _printed(class_summary(document), 200)


def test_what_most_of_the_class_has_not_handed_in_is_not_due(document: dict[str, Any]) -> None:
    late = {"path": "7-Later.ipynb", "status": "missing", "message": "the notebook is missing"}
    students = [{**_all_passed(document), "id": f"s{number}", "files": []} for number in range(12)]
    document["submissions"] = students
    for student in students[:7]:
        student["files"] = [late, {"path": "deepnets/optim.py", "status": "ok", "message": ""}]
    assert "need a look" not in _printed(class_summary(document))
    students[1]["files"] = []
    assert "7-Later.ipynb" in _printed(class_summary(document))


def test_a_continued_run_does_not_claim_to_have_graded_all(document: dict[str, Any]) -> None:
    assert "29 graded in 41.7 s\n" in _printed(class_summary(document))
    document["run"]["known"] = 27
    text = _printed(class_summary(document))
    assert "2 graded in 41.7 s, 27 known from an earlier run" in text and "in part" not in text
    document["run"]["renewed"] = 3
    text = _printed(class_summary(document))
    assert "27 known from an earlier run (3 of them in part)" in text


def test_hostile_ids_neither_steer_nor_style_the_terminal(document: dict[str, Any]) -> None:
    text = _printed(class_summary(document))
    assert "]0;owned" in text and "[bold red]mallory" in text
    assert "\x1b]" not in text and "\x1b[2J" not in text and "\x07" not in text


def test_student_summary_shows_hints_but_none_for_staff(document: dict[str, Any]) -> None:
    text = _printed(student_summary(document, "alice"))
    assert "Not right yet" in text and "The bias is added to every row" in text
    assert "STAFF HINT" not in text


def test_student_summary_tells_where_to_read_again(document: dict[str, Any]) -> None:
    text = _printed(student_summary(document, "alice"), 300)
    assert f"({report_sample.SECTION})" in text


def test_student_summary_finds_hostile_names(document: dict[str, Any]) -> None:
    for submission in document["submissions"]:
        assert student_summary(document, submission["id"]).row_count == len(document["tasks"])


def test_an_unknown_student_is_said(document: dict[str, Any]) -> None:
    with pytest.raises(ReportError, match="no submission 'zoe'"):
        student_summary(document, "zoe")
