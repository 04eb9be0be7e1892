"""Judging for nbgrader, whose formgrader lives as long as the course."""

import os
from pathlib import Path

import pytest

from autograder.gradebook.here import entry_of

from .course import NAME, OPTIM, hand_in


def children() -> set[str]:
    process = os.getpid()
    return set(Path(f"/proc/self/task/{process}/children").read_text().split())


def test_a_judge_of_before_is_closed(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course)
    source, ours = course / "source" / NAME, children()
    for student in ("ada", "bob"):
        entry_of(hand_in(course, student), source)
        assert len(children() - ours) == 1
        with (source / OPTIM).open("a") as file:
            file.write("# changed")
