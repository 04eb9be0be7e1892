"""Whose attempt it is, and which of several counts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.collect.attempt import Attempt
from autograder.collect.policy import Late, Policy, Row, decide
from autograder.people import Person, Roster, read_roster
from autograder.spreadsheet import SheetError

DEADLINE = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLASS = Roster(
    [
        Person("al1", ("Ada Lovelace", "ada@uni.edu", "101")),
        Person("zo2", ("O'Neil, Zoë", "zoe@uni.edu", "102")),
        Person("jd3", ("Jane Doe",)),
        Person("jd4", ("Jane Doe",)),
    ]
)


def attempt(hour: int | None = None, name: str = "al1", number: int = 0) -> Attempt:
    when = datetime(2026, 11, 20, hour, tzinfo=UTC) if hour else None
    return Attempt((name,), {}, f"{name} {hour} {number}", when, number=number)


def statuses(rows: list[Row]) -> dict[str, str]:
    return {row.attempt.source: row.status for row in rows if row.attempt}


@pytest.mark.parametrize(
    ("late", "counts"),
    [("accept", "al1 14 0"), ("mark", "al1 11 0"), ("refuse", "al1 11 0")],
)
def test_the_last_before_the_deadline_counts(late: Late, counts: str) -> None:
    attempts = [attempt(11), attempt(9), attempt(13), attempt(14)]
    found = statuses(decide(attempts, None, Policy(DEADLINE, late)))
    assert [source for source, status in found.items() if status == "counts"] == [counts]
    assert found["al1 9 0"] == "older"
    assert found["al1 13 0"] == ("older" if late == "accept" else "late")


@pytest.mark.parametrize(
    ("late", "status"), [("accept", "counts"), ("mark", "counts"), ("refuse", "late")]
)
def test_only_late_work(late: Late, status: str) -> None:
    [row] = decide([attempt(13)], None, Policy(DEADLINE, late))
    assert row.status == status and row.late


def test_on_the_stroke_is_in_time() -> None:
    assert not decide([attempt(12)], None, Policy(DEADLINE))[0].late


def test_nothing_is_guessed_where_nothing_tells_the_order() -> None:
    rows = decide([attempt(), attempt(name="AL1")], None, Policy())
    assert {row.status for row in rows} == {"undecided"}
    rows = decide([attempt(), attempt(number=1)], None, Policy())
    assert statuses(rows) == {"al1 None 0": "older", "al1 None 1": "counts"}


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("lovelaceada", "al1"), ("LOVELACE, Ada", "al1"), ("101", "al1"), ("ADA@uni.edu", "al1"),
        ("oneilzoe", "zo2"), ("Zoe O'Neil", "zo2"), ("ZO2", "zo2"),
    ],
)  # fmt: skip
def test_names_match_whatever_their_case_accents_and_order(name: str, student: str) -> None:
    found = CLASS.find([name])
    assert found and found.id == student


@pytest.mark.parametrize("name", ["adalovlace", "Jane Doe", "ada", "", "'", "nobody"])
def test_near_and_double_names_are_asked(name: str) -> None:
    rows = decide([attempt(name=name)], CLASS, Policy())
    [row] = [row for row in rows if row.attempt]
    assert row.status == "unknown"
    assert ("al1?" in row.note) == (name == "adalovlace")
    rows = decide([attempt(name=name)], CLASS, Policy(), {name: "al1"})
    assert [row.student for row in rows if row.status == "counts"] == ["al1"]


def test_names_that_tell_two_students_are_asked() -> None:
    """A number of one program may be another student's in the other; and names can be chosen."""
    [row] = [row for row in decide([Attempt(("101", "oneilzoe"), {}, "x")], CLASS, Policy())
             if row.attempt]  # fmt: skip
    assert row.status == "unknown" and "al1" in row.note and "zo2" in row.note
    found = CLASS.find(["101", "Jane Doe", "nobody", "Ada Lovelace"])
    assert found and found.id == "al1"


def test_who_hands_in_nothing_is_told() -> None:
    rows = decide([attempt(9)], CLASS, Policy())
    assert [row.student for row in rows if row.status == "nothing"] == ["jd3", "jd4", "zo2"]


def test_roster_columns_are_known_by_titles(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    text = "Surname;GIVEN NAME;E-mail;Student-ID\r\nMüller;Zoë;z@uni.edu;007\r\n;;;\r\n"
    for encoding in ("utf-8-sig", "latin-1", "utf-16"):
        file.write_bytes(text.encode(encoding))
        roster = read_roster(file)
        assert [person.id for person in roster.people] == ["007"]
        assert all(roster.find([name]) for name in ("Zoe Muller", "mullerzoe", "z@uni.edu"))


def test_a_roster_without_ids_or_with_doubles_is_told(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    for text, why in (("colour\nred\n", "no column of ids"), ("id\na\nA\n", "a"), ("", "empty")):
        file.write_text(text)
        with pytest.raises(SheetError, match=why):
            read_roster(file)
