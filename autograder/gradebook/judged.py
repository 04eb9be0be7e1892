"""Points and findings of the autograder in place of nbgrader's own."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.api import Grade
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_grade, is_solution
from traitlets import Unicode

from autograder.gradebook.here import entry_of
from autograder.reports.document import Document, Submission, TaskResult, read_document
from autograder.reports.handout import handout, task_text


class Judged(SaveAutoGrades):  # type: ignore[misc]
    """In place of Execute and SaveAutoGrades: no code of a student runs in nbgrader's process.

    The cell that checks a task gets its points, and says why; a task that is solved in the notebook
    has the same as a comment on its cell. Written answers are left to graders.
    """

    results = Unicode(
        help="Result document of `autograder grade --json`; what it lacks is judged now."
    ).tag(config=True)
    answers = Unicode(
        help="JSON of written answers as they were graded before, by STUDENT/NOTEBOOK/CELL."
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
        """A score that a person gave stays, and so does what waits to be looked at."""
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        if is_solution(cell):
            self._add_answer(cell, resources, grade)
        else:
            result = self.checks.get(name)
            _give(grade, result)
            cell.outputs = [new_output("stream", name="stdout", text=_told(result))]
        self.gradebook.db.commit()

    def _add_answer(self, cell: NotebookNode, resources: ResourcesDict, grade: Grade) -> None:
        """nbgrader asks for each answer again; not here, if a person has scored this very one."""
        waited = grade.needs_manual_grade
        super()._add_score(cell, resources)
        place = (self.student_id, self.notebook_id, cell.metadata.nbgrader.grade_id)
        before = _answers(self.answers) if self.answers else {}
        if grade.manual_score is not None and before.get("/".join(place)) == cell.source:
            grade.needs_manual_grade = waited

    def _add_comment(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        if is_grade(cell):
            super()._add_comment(cell, resources)
            return
        name = cell.metadata.nbgrader.grade_id
        result = self.cells.get(name)
        if result and result.verdict != "skipped":
            comment = self.gradebook.find_comment(
                name, self.notebook_id, self.assignment_id, self.student_id
            )
            comment.auto_comment = _told(result)
            self.gradebook.db.commit()


def check_cell(task: str) -> str:
    """The grade_id of the cell that checks `task`."""
    return f"{task.replace('.', '_')}_check"


def _give(grade: Grade, result: TaskResult | None) -> None:
    """What a person has scored is to be looked at again if our points have changed since."""
    before = grade.auto_score
    grade.auto_score = _points(result, before)
    if grade.manual_score is None:
        grade.needs_manual_grade = grade.auto_score is None
    elif grade.auto_score != before:
        grade.needs_manual_grade = True


def _points(result: TaskResult | None, before: float | None) -> float | None:
    """A task that was left out this time keeps the points that it had."""
    if not result or result.verdict == "skipped":
        return before
    return None if result.verdict == "grader fault" else result.points


def _told(result: TaskResult | None) -> str:
    return task_text(result) if result else "This task was left out when the work was judged last."


@lru_cache(maxsize=1)
def _document(results: str) -> Mapping[str, Submission]:
    document: Document = read_document(json.loads(Path(results).read_text("utf-8")))
    return {submission.id: submission for submission in document.submissions}


@lru_cache(maxsize=1)
def _answers(file: str) -> Mapping[str, str]:
    answers: dict[str, str] = json.loads(Path(file).read_text("utf-8"))
    return answers
