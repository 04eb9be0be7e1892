"""Whether each case is about a task, and whether the solution answers it."""

from collections.abc import Iterable

from autograder.assignment import Assignment, Task
from autograder.grading.authored import file_of, place_of, place_of_case, reason_of
from autograder.judge.case import Trial, cases_in
from autograder.judge.trial import Expected
from autograder.release.errors import demand_none
from autograder.release.known import no_task
from autograder.student.channel import StudentError

PLACE = "autograder/checks"
NO_DICT = "it returns no answers: a case ends with return {name: answer, ...}"
CONVENTION = "a variant of the task with alternative=True gives no answer"


def check_tasks(assignment: Assignment, tasks: dict[str, Task]) -> None:
    """ReleaseError lists the cases of `assignment` that are about none of `tasks`."""
    faults = [
        f"{place_of_case(case)}: the case {case.name}: {no_task(case.task, tasks)}"
        for case in cases_in(assignment.checks)
        if case.task not in tasks
    ]
    todo = "Correct the id in @case, or remove the case"
    demand_none(faults, PLACE, "some cases are never asked", todo)


def check_answers(trials: Iterable[Trial], expected: Expected, solution: Expected) -> None:
    """ReleaseError lists the cases that have no expected answers.

    `expected` are those of the `solution` and of the accepted conventions.
    """
    faults: dict[str, list[str]] = {}
    for trial in trials:
        if _fault(trial, expected):
            fault = _fault(trial, solution) or CONVENTION
            faults.setdefault(fault, []).append(_name(trial))
    told = [f"{', '.join(names)}: {fault}" for fault, names in faults.items()]
    todo = "Correct the case, or the solution that it asks"
    demand_none(told, PLACE, "some cases have no expected answers", todo)


def _name(trial: Trial) -> str:
    return f"{place_of_case(trial.case)} {trial.case.name} (of {trial.case.task})"


def _fault(trial: Trial, expected: Expected) -> str:
    """Why `trial` has no expected answers; "" if it has."""
    try:
        answers = expected.of(trial).answers
    except StudentError as error:
        return f"the solution gives no answer: {' at '.join(str(error).splitlines())}"
    except Exception as error:
        place = place_of(error, file_of(trial.case))
        return f"{reason_of(error)} ({place})" if place else NO_DICT
    return "" if answers else NO_DICT
