"""`grade --gradebook`: what graders and students see in nbgrader afterwards."""

import json
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from .conftest import run
from .course import NAME, NOTEBOOK, OPTIM, REAL, hand_in, marked, write_course

SOLVED = (REAL / OPTIM).read_text()
WRONG = SOLVED.replace('next_w = w + config["velocity"]\n', 'next_w = w - config["velocity"]\n')
LATE = """
from nbgrader.plugins import BasePlugin


class OnePoint(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1
"""


def book(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course}/gradebook.db")


def grade(course: Path, *options: str, code: int = 0) -> str:
    """What it says on stderr."""
    done = run(course, "autograder", "grade", "submitted", "--assignment", f"source/{NAME}",
               "--jobs", "1", "--gradebook", ".", *options)  # fmt: skip
    assert done.returncode == code, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stderr


def late_by_a_minute(course: Path, folder: Path) -> None:
    (course / "late.py").write_text(LATE)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nget_config().AssignLatePenalties.plugin_class = "late.OnePoint"\n')
    (folder / "timestamp.txt").write_text("2026-01-01 10:01:00 UTC")
    with book(course) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-01-01 10:00:00 UTC")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Graded; then a grader went over the work, some was changed; graded again, at last in part."""
    course = write_course(tmp_path_factory.mktemp("course"))
    ada = hand_in(course, "ada", optim=WRONG)
    hand_in(course, "bob", notebook="")
    hand_in(course, "eve", notebook='{"cells": [1], "nbformat": 4, "nbformat_minor": 4}')
    gus = hand_in(course, "gus")
    (gus / "timestamp.txt").write_text("at noon")
    said = grade(course)
    assert "gus: timestamp.txt tells no time" in said and "Warning" not in said
    late_by_a_minute(course, ada)
    with book(course) as gradebook:
        for student, cell, score in (
            ("ada", "question_adagrad", 1.5), ("ada", "sgd_momentum_check", 0.5),
            ("bob", "adam_check", 2.5), ("gus", "question_adagrad", 1.0),
        ):  # fmt: skip
            given = gradebook.find_grade(cell, Path(NOTEBOOK).stem, NAME, student)
            given.manual_score, given.needs_manual_grade = score, False
        comment = gradebook.find_comment("question_adagrad", Path(NOTEBOOK).stem, NAME, "ada")
        comment.manual_comment = "Well said."
        gradebook.db.commit()
    (ada / OPTIM).write_text(SOLVED)
    answer = json.loads((gus / NOTEBOOK).read_text())
    marked(answer, "question_adagrad")["source"] = ["Another answer."]
    (gus / NOTEBOOK).write_text(json.dumps(answer))
    grade(course)
    hand_in(course, "zed")
    (course / "autograded" / "zed").write_text("in nbgrader's way")
    said = grade(course, "--task", "adam", code=2)
    assert "nbgrader failed with zed; the others are in the grade book" in said
    return course


@pytest.mark.parametrize(
    ("student", "cell", "auto", "score", "look"),
    [
        ("ada", "sgd_momentum_check", 2.0, 0.5, True),  # ours has changed, a person's stays
        ("ada", "question_adagrad", None, 1.5, False),
        ("gus", "question_adagrad", None, 1.0, True),  # the answer has changed
        ("gus", "sgd_momentum_check", 2.0, 2.0, False),  # whose time stamp nbgrader cannot read
        ("ada", "adam_check", 3.0, 3.0, False),
        ("bob", "adam_check", 3.0, 2.5, False),
        ("bob", "sgd_momentum_check", 2.0, 2.0, False),  # handed in without a notebook
        ("bob", "best_fc_hyperparameters_check", 0.0, 0.0, False),
        ("bob", "question_adagrad", 0.0, 0.0, False),  # the released text: no answer
        ("eve", "sgd_momentum_check", 2.0, 2.0, False),  # a notebook that nothing can open
        ("eve", "question_adagrad", None, 0.0, True),
    ],
)
def test_scores(
    course: Path, student: str, cell: str, auto: float | None, score: float, look: bool
) -> None:
    with book(course) as gradebook:
        grade = gradebook.find_grade(cell, Path(NOTEBOOK).stem, NAME, student)
        found = (grade.auto_score, grade.score, grade.needs_manual_grade)
    assert found == (auto, score, look)


def test_comments(course: Path) -> None:
    with book(course) as gradebook:
        notebook = Path(NOTEBOOK).stem
        said = gradebook.find_comment("question_adagrad", notebook, NAME, "ada")
        ours = gradebook.find_comment("best_fc_hyperparameters", notebook, NAME, "bob")
        assert said.comment == "Well said."
        assert ours.comment.startswith("– best_fc_hyperparameters: Not attempted, 0 of 3 points")


def test_penalties_for_late_work(course: Path) -> None:
    with book(course) as gradebook:
        submissions = [gradebook.find_submission(NAME, student) for student in ("ada", "bob")]
        assert [each.late_submission_penalty for each in submissions] == [1, 0]


def test_a_folder_that_is_no_course(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    hand_in(course, "ada")
    done = run(course, "autograder", "grade", "submitted", "--assignment", f"source/{NAME}",
               "--gradebook", str(tmp_path))  # fmt: skip
    assert done.returncode == 2 and "is no nbgrader course" in done.stderr
