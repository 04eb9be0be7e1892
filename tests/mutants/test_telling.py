"""What `python -m mutants` prints, and its exit code."""

import io

import pytest
from rich.console import Console

from autograder.assignment import Assignment
from autograder.submission import Submission, read_workplace
from mutants.__main__ import tell
from mutants.equivalent import Key
from mutants.mutant import Mutant
from mutants.run import Fate

ALIVE: Key = ("relu_forward", "x > 0", "x >= 0")


@pytest.fixture(scope="module")
def solution(assignment: Assignment) -> Submission:
    return read_workplace(assignment)


def _fate(solution: Submission, operator: str, key: Key, *noticed: str) -> Fate:
    task, before, after = key
    killers = (task,) * bool(noticed)
    return Fate(Mutant(task, operator, before, after, solution), 0.5, killers, noticed)


def _told(found: list[Fate], explained: set[Key]) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=80)
    code = tell(found, explained, console)
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue()


@pytest.fixture
def found(solution: Submission) -> list[Fate]:
    return [
        _fate(solution, "comparison", ALIVE),
        _fate(solution, "comparison", ("relu_forward", "x > 0", "x < 0"), "main: forward"),
        _fate(solution, "sign", ("affine_forward", "-x", "x"), "main: flat", "edge: images"),
        _fate(solution, "sign", ("affine_forward", "-w", "w"), "edge: images"),
    ]


def test_a_survivor_without_a_reason_is_told_and_lowers_the_rate(found: list[Fate]) -> None:
    code, text = _told(found, set())
    rows = [line.replace("│", "").split() for line in text.splitlines()]
    assert code == 1
    assert "relu_forward: x > 0\n  -> x >= 0\n  survives\n" in text
    for row in (
        "affine_forward 2 2 0 100.0%", "relu_forward 2 1 0 50.0%", "all 4 3 0 75.0%",
        "comparison 2 1 0 50.0%", "sign 2 2 0 100.0%",
    ):  # fmt: skip
        assert row.split() in rows


def test_a_survivor_with_a_reason_is_counted_apart(found: list[Fate]) -> None:
    code, text = _told(found, {ALIVE})
    rows = [line.replace("│", "").split() for line in text.splitlines()]
    assert code == 0
    assert ["relu_forward", "2", "1", "1", "100.0%"] in rows
    assert "survives" not in text


def test_a_reason_for_what_does_not_survive_is_told(found: list[Fate]) -> None:
    code, text = _told(found, {ALIVE, ("affine_forward", "-x", "x")})
    assert code == 1
    assert "-> x\n  is explained as equivalent, but does not survive\n" in text


def test_long_lines_are_folded_and_not_cut(solution: Submission) -> None:
    long = "a_name_without_any_blank_in_it" * 5
    _, text = _told([_fate(solution, "sign", ("affine_forward", long, "b"), "main: flat")], set())
    rows = [line.split("│")[1:-1] for line in text.splitlines() if line.count("│") == 5]
    assert long in {"".join(row[1].strip() for row in rows)}
