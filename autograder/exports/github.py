"""GitHub Classroom: a workflow for students' repositories, and what its reporter reads."""

import base64
import json
from typing import Any

from autograder.assignment import Assignment, Task
from autograder.reports.document import ReportError, TaskResult, read_document
from autograder.reports.handout import handout, task_text

STATUS = {"passed": "pass", "grader fault": "error"}
UNDECIDED = ("grader fault", "skipped")
HEAD = """\
# Runs the public trials at every push, and shows the points of each task.
# It is practice: whoever can push can change this file and the checker. Grade with `grade`.
name: Autograding
on: [push, workflow_dispatch]
permissions:
  checks: write
  actions: read
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
          cache: pip
      - run: pip install -r requirements.txt
"""
STEP = """\
      - id: {id}
        name: {title}
        uses: education/autograding-command-grader@v1
        with:
          test-name: {title}
          command: python -m autograder check {task}
          timeout: 10
          max-score: {points:g}
"""
REPORTER = """\
      - name: Points
        uses: education/autograding-grading-reporter@v1
        env:
{results}
        with:
          runners: {runners}
"""


def workflow(assignment: Assignment) -> str:
    """The text of `.github/workflows/classroom.yml`: a step for each task that NumPy is enough for
    and that trains nothing."""
    tasks = [t for t in assignment.tasks if t.environment == "numpy" and t.has_cases]
    names = [_step_id(task.id) for task in tasks]
    variable = "          {}_RESULTS: ${{{{ steps.{}.outputs.result }}}}"
    results = "\n".join(variable.format(name.upper(), name) for name in names)
    steps = "".join(map(_step, tasks))
    return HEAD + steps + REPORTER.format(results=results, runners=",".join(names))


def _step(task: Task) -> str:
    title = json.dumps(task.title)  # a JSON string is one in YAML too
    return STEP.format(id=_step_id(task.id), title=title, task=task.id, points=task.points)


def _step_id(task: str) -> str:
    return task.replace(".", "_")


def step_output(document: dict[str, Any]) -> str:
    """The line for $GITHUB_OUTPUT from which the reporter takes the results of one repository.

    ReportError if the document has not exactly one submission.
    """
    view = read_document(document)
    if len(view.submissions) != 1:
        raise ReportError(f"GitHub takes one submission at a time, not {len(view.submissions)}.")
    shown = handout(view.submissions[0])
    decided = [task for task in shown.tasks if task.verdict not in UNDECIDED]
    passed = all(task.verdict == "passed" for task in shown.tasks)
    result = {
        "version": 1,
        "status": "pass" if passed else "fail",
        "max_score": sum(task.max_points for task in decided),
        "tests": [_test(task) for task in shown.tasks],
    }
    return f"result={base64.b64encode(json.dumps(result).encode()).decode()}\n"


def _test(task: TaskResult) -> dict[str, Any]:
    return {
        "name": task.id,
        "status": STATUS.get(task.verdict, "fail"),
        "score": task.points,
        "message": task_text(task),
        "test_code": f"python -m autograder check {task.id}",
        "filename": "",
        "line_no": 0,
        "execution_time": 0,
    }
