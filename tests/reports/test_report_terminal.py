import io
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from autograder.reports import ReportError, class_table, student_summary


def _printed(table: Table) -> str:
    stream = io.StringIO()
    Console(file=stream, width=120, force_terminal=True, color_system=None).print(table)
    return stream.getvalue()


def test_class_table_shows_marks(document: dict[str, Any]) -> None:
    text = _printed(class_table(document))
    assert "22.1 of 39" in text
    assert "✓½✓✓✕–✓✓✓B!✓T✓✓?S" in text
    assert "passed" in text


def test_hostile_ids_neither_steer_nor_style_the_terminal(document: dict[str, Any]) -> None:
    text = _printed(class_table(document))
    assert "]0;owned" in text and "[bold red]mallory" in text
    assert "\x1b]" not in text and "\x1b[2J" not in text and "\x07" not in text


def test_student_summary_shows_hints_but_none_for_staff(document: dict[str, Any]) -> None:
    text = _printed(student_summary(document, "alice"))
    assert "Not right yet" in text and "The bias is added to every row" in text
    assert "STAFF HINT" not in text


def test_student_summary_finds_hostile_names(document: dict[str, Any]) -> None:
    for submission in document["submissions"]:
        assert student_summary(document, submission["id"]).row_count == len(document["tasks"])


def test_an_unknown_student_is_said(document: dict[str, Any]) -> None:
    with pytest.raises(ReportError, match="no submission 'zoe'"):
        student_summary(document, "zoe")
