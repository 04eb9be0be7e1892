"""A folder or a zip in whatever dialect becomes a Submission."""

from pathlib import Path

from autograder.assignment import Assignment
from autograder.dialects.recognize import recognized
from autograder.submission import Submission, read_submission


def read_in_dialect(path: Path, assignment: Assignment, chosen: str) -> Submission:
    """As `read_submission`; `chosen` is a dialect's name, "own", or "auto" for what files tell."""
    return read_submission(path, assignment, lambda files: recognized(files, assignment, chosen))
