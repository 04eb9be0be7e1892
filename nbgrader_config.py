"""nbgrader's settings for this course: run `nbgrader` and the formgrader in this folder.

`make release` remains the way to release: nbgrader copies .py files with the solutions in them, so
the verb generate_assignment leaves them out here, and only makes notebooks.
"""

import tomllib
from pathlib import Path

from autograder.release.strip import preprocessors

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.GenerateAssignment.preprocessors = preprocessors()
for app in ("GenerateAssignmentApp", "FormgradeExtension"):
    c[app].CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", "*.py"]

# Without this, autograding replaces a student's files by the solution.
sources = Path(__file__).parent.glob("source/*/assignment.toml")
assignments = [tomllib.loads(file.read_text("utf-8")) for file in sources]
c.Autograde.exclude_overwriting = {each["id"]: each["student_files"] for each in assignments}
