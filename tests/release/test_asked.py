"""A case without expected answers, or of no task, stops the release, and is named."""

from collections.abc import Callable
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.draw import Draw
from autograder.judge import case as registry
from autograder.judge.case import Case, public_trials
from autograder.judge.trial import Expected, ReferenceExpected
from autograder.release.cases import check_answers, check_tasks
from autograder.release.errors import ReleaseError
from autograder.release.known import known_tasks
from autograder.student.local import LocalChannel
from autograder.student.proxy import Student


def plain(student: Student, draw: Draw) -> Any:
    return {"out": student.layers.relu_forward(draw.normal(3))[0]}


def misspelt(student: Student, draw: Draw) -> Any:
    return {"out": student.layers.relu_forward(draw.normal(3), slpe=1)[0]}


def faulty(student: Student, draw: Draw) -> Any:
    student.layers.relu_forward(draw.normal(3))
    return {"out": 1 / 0}


def silent(student: Student, draw: Draw) -> None:
    student.layers.relu_forward(draw.normal(3))


def empty(student: Student, draw: Draw) -> Any:
    return {}


def refused(expected: Expected, solution: Expected, *asks: Callable[..., Any]) -> str:
    cases = [Case("relu_forward", ask.__name__, ask) for ask in asks]
    with pytest.raises(ReleaseError) as caught:
        check_answers([t for each in cases for t in public_trials(each)], expected, solution)
    return str(caught.value)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (misspelt, "the solution gives no answer: TypeError: relu_forward() got an unexpected key"),
        (faulty, "tests/release/test_asked.py:30)"),
        (faulty, "ZeroDivisionError: division by zero ("),
        (silent, "it returns no answers: a case ends with return {name: answer, ...}"),
        (empty, "it returns no answers"),
    ],
)
def test_a_case_without_answers(staff: LocalChannel, ask: Callable[..., Any], words: str) -> None:
    message = refused(ReferenceExpected(staff), ReferenceExpected(staff), plain, ask)
    assert words in message and f"{ask.__name__} (of relu_forward): " in message
    assert "plain (of" not in message


def test_a_solution_that_raises_is_told_once(
    assignment: Assignment, library: dict[str, str]
) -> None:
    layers = "deepnets/layers.py"
    text = library[layers].replace("np.maximum(x, 0)", "np.maximum(x, 1 / 0)", 1)
    broken = ReferenceExpected(LocalChannel(assignment.package, {**library, layers: text}))
    _, line, _ = refused(broken, broken, plain, faulty).splitlines()
    assert "plain (of relu_forward), " in line and "faulty (of relu_forward): " in line
    assert "ZeroDivisionError: division by zero at deepnets/layers.py, line " in line


def test_a_convention_that_raises_is_not_the_solution(staff: LocalChannel) -> None:
    nothing = LocalChannel("deepnets", {"deepnets/layers.py": ""})
    expected = ReferenceExpected(staff, lambda task: [("as nobody does it", nothing)])
    assert "a variant of the task with alt" in refused(expected, ReferenceExpected(staff), plain)


def test_a_case_of_no_task(
    assignment: Assignment, staff: LocalChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = known_tasks(assignment)
    check_tasks(assignment, tasks)
    [real, *_] = registry.cases_of("relu_forward")
    lost = Case("relu_forwrd", "lost", real.ask)
    monkeypatch.setitem(registry._cases, "relu_forwrd", [lost])
    words = r"checks/layers\.py:\d+: the case lost: there is no task 'relu_forwrd'; did you mean"
    with pytest.raises(ReleaseError, match=words):
        check_tasks(assignment, tasks)
