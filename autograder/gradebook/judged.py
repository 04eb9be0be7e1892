"""Points and findings of the autograder in place of nbgrader's own."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_solution
from traitlets import Unicode

from autograder.gradebook.here import entry_of
from autograder.reports.document import Document, Submission, TaskResult, read_document
from autograder.reports.handout import handout, task_text

UNDECIDED = ("grader fault", "skipped")


class Judged(SaveAutoGrades):  # type: ignore[misc]
    """In place of Execute and SaveAutoGrades: no code of a student runs in nbgrader's process.

    The cell that checks a task gets its points, and says why; a task that is solved in the notebook
    has the same as a comment on its cell. Written answers are left to graders.
    """

    results = Unicode(
        help="Result document of `autograder grade --json`; what it lacks is judged now."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Last of the autograde_preprocessors that change a score."""
        names = resources["nbgrader"]
        tasks = {
            task.id: task
            for task in handout(self._entry(names["assignment"], names["student"])).tasks
        }
        self.checks = {check_cell(id): task for id, task in tasks.items()}
        self.cells = tasks
        done: tuple[NotebookNode, ResourcesDict] = super().preprocess(nb, resources)
        return done

    def _entry(self, assignment: str, student: str) -> Submission:
        known = _document(self.results).get(student) if self.results else None
        if known:
            return known
        course = CourseDirectory(parent=self)
        folder = course.format_path(course.submitted_directory, student, assignment)
        source = course.format_path(course.source_directory, ".", assignment)
        return entry_of(Path(folder), Path(source))

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        """A score that a person gave stays; it is to be looked at again if ours has changed."""
        if is_solution(cell):
            super()._add_score(cell, resources)
            return
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        before, result = grade.auto_score, self.checks.get(name)
        decided = result and result.verdict not in UNDECIDED
        grade.auto_score = result.points if result and decided else None
        doubt = grade.manual_score is not None and grade.auto_score != before
        grade.needs_manual_grade = not decided or doubt
        cell.outputs = [new_output("stream", name="stdout", text=_told(result))]
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        super()._add_comment(cell, resources)
        name = cell.metadata.nbgrader.grade_id
        if name in self.cells:
            comment = self.gradebook.find_comment(
                name, self.notebook_id, self.assignment_id, self.student_id
            )
            comment.auto_comment = _told(self.cells[name])
            self.gradebook.db.commit()


def check_cell(task: str) -> str:
    """The grade_id of the cell that checks `task`."""
    return f"{task.replace('.', '_')}_check"


def _told(result: TaskResult | None) -> str:
    return task_text(result) if result else "This task was not judged by the autograder."


@lru_cache(maxsize=1)
def _document(results: str) -> Mapping[str, Submission]:
    document: Document = read_document(json.loads(Path(results).read_text("utf-8")))
    return {submission.id: submission for submission in document.submissions}
