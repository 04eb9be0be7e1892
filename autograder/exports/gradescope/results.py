"""A submission's results as Gradescope's `results.json`."""

from typing import Any

from autograder.reports.document import Document, Submission, Task, TaskResult, read_document
from autograder.reports.handout import handout, task_text
from autograder.reports.troubles import reasons

Json = dict[str, Any]
UNDECIDED = ("grader fault", "skipped")
NOT_JUDGED = "This task was not judged. That is no fault of yours, and costs you nothing: {why}"


def results(document: dict[str, Any], seconds: float, waiting: str = "") -> Json:
    """What Gradescope shows of the document's only submission.

    `waiting` says why tasks that have no result yet have none. They get no points at all, not even
    zero, and if nothing was judged there is no score, so that Gradescope reports a failure of the
    autograder. Raises ReportError.
    """
    view = read_document(document)
    [whole] = view.submissions
    shown = handout(whole)
    tests = [_judged(task) for task in shown.tasks]
    tests += [_waiting(task, waiting) for task in _open(view, whole)]
    tests += [_for_staff(task) for task in whole.tasks if _hidden(task)]
    score = {"score": whole.points} if any(_decided(task) for task in whole.tasks) else {}
    return {
        **score,
        "execution_time": round(seconds),
        "output": _summary(view, shown, waiting),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def _decided(task: TaskResult) -> bool:
    return task.verdict not in UNDECIDED


def _open(view: Document, submission: Submission) -> list[Task]:
    return [task for task in view.tasks if not submission.result(task.id)]


def _judged(task: TaskResult) -> Json:
    test: Json = {"name": task.id, "output": task_text(task), "visibility": "visible"}
    if _decided(task):
        status = "passed" if task.verdict == "passed" else "failed"
        test |= {"score": task.points, "max_score": task.max_points, "status": status}
    return test


def _waiting(task: Task, why: str) -> Json:
    output = NOT_JUDGED.format(why=why or "the autograder ended before it")
    return {"name": f"{task.id} (not judged)", "output": output, "visibility": "visible"}


def _hidden(task: TaskResult) -> bool:
    return bool(task.diagnosis) or any(each.visibility == "staff" for each in task.findings)


def _for_staff(task: TaskResult) -> Json:
    own = [each for each in task.findings if each.visibility == "staff"]
    lines = [*task.diagnosis, *(f"[{each.trial}] {each.message}" for each in own)]
    return {"name": f"{task.id} (staff)", "output": "\n".join(lines), "visibility": "hidden"}


def _summary(view: Document, submission: Submission, waiting: str) -> str:
    left = _open(view, submission)
    faults = [task.id for task in submission.tasks if task.verdict == "grader fault"]
    lines = [f"{submission.points:g} of {submission.max_points:g} points."]
    if left:
        lines += [f"NOT FINAL: {len(left)} of {len(view.tasks)} tasks were not judged: {waiting}"]
    if faults:
        lines += [f"NOT FINAL: the autograder itself failed on {', '.join(faults)}."]
    return "\n".join([*lines, *reasons(submission)])
