"""nbgrader's settings for this course: run `nbgrader` and the formgrader in this folder."""

from autograder.gradebook.settings import configure

configure(get_config())  # type: ignore[name-defined]  # noqa: F821
