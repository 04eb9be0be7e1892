"""A folder or a zip in whatever dialect becomes a Submission."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.dialects.belonging import demand_own
from autograder.dialects.histories import told_by_histories
from autograder.dialects.recognize import AUTO, recognized
from autograder.dialects.spoken import Spoken
from autograder.intake import Found
from autograder.submission import Submission, read_submission


def read_in_dialect(
    path: Path, assignment: Assignment, chosen: str, found: Found | None = None
) -> Submission:
    """As `read_submission`; `chosen` is a dialect's name, "own", or "auto" for what files tell.

    If they tell of another assignment, that is all that is said of them.
    """

    def recognize(files: Mapping[str, bytes]) -> Spoken | None:
        if chosen == AUTO:
            demand_own(files, assignment)
        spoken = recognized(files, assignment, chosen)
        if spoken is None:
            return None
        return replace(spoken, evidence=(*spoken.evidence, *told_by_histories(files)))

    return read_submission(path, assignment, recognize, found)
