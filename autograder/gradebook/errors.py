"""What can go wrong between the results and the grade book, and is told before grading begins."""

from pathlib import Path

SETTINGS = "nbgrader_config.py"


class BookError(Exception):
    """The grade book cannot be written; the message says why."""


def demand_course(folder: Path) -> None:
    """BookError if `folder` is no course of nbgrader's."""
    if not (folder / SETTINGS).is_file():
        raise BookError(f"{folder}: is no nbgrader course: it has no {SETTINGS}")
