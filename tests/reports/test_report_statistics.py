from typing import Any

import pytest

from autograder.reports import read_document
from autograder.reports.statistics import Overview, overview, staff_findings


def whole(document: dict[str, Any]) -> Overview:
    return overview(read_document(document).submissions)


@pytest.fixture
def pair(document: dict[str, Any]) -> dict[str, Any]:
    """alice, who met every verdict, and bob, who got all right."""
    alice, bob = document["submissions"][:2]
    document["submissions"] = [alice, bob | {"id": "all-right"}]
    return document


def test_headline(pair: dict[str, Any]) -> None:
    pair["submissions"][0]["tasks"][15]["verdict"] = "passed"
    numbers = whole(pair).headline
    assert (numbers.lowest, numbers.highest, numbers.full) == (22.1, 39.0, 39.0)
    assert numbers.mean == numbers.median == pytest.approx(30.55)


def test_a_grader_fault_spoils_no_number(pair: dict[str, Any]) -> None:
    assert whole(pair).headline.mean == 39.0
    assert sum(whole(pair).bins) == 1


def test_distribution_counts_everyone_once(pair: dict[str, Any]) -> None:
    pair["submissions"][0]["tasks"][15]["verdict"] = "passed"
    assert whole(pair).bins == [0, 0, 0, 0, 0, 1, 0, 0, 0, 1]


def test_an_empty_class_has_numbers(document: dict[str, Any]) -> None:
    view = read_document(document | {"submissions": []})
    empty = overview(view.submissions)
    assert empty.headline.full == 0 and sum(empty.bins) == 0
    assert empty.task_share(view.tasks[0]) is None


def test_grader_faults_do_not_count_in_a_tasks_share(pair: dict[str, Any]) -> None:
    tasks = {task.id: task for task in read_document(pair).tasks}
    pair["submissions"][1]["tasks"][15]["points"] = 0.0
    assert tasks["adam"].id == pair["submissions"][1]["tasks"][15]["id"]
    assert whole(pair).task_share(tasks["adam"]) == 0.0
    assert whole(pair).task_share(tasks["affine_backward"]) == pytest.approx(0.85)


def test_mistakes_are_counted_by_diagnosis_else_by_hint_or_quantity(pair: dict[str, Any]) -> None:
    found = {mistake.id: mistake for mistake in whole(pair).mistakes}
    assert found["softmax_loss.not_averaged"].name == "not averaged"
    assert found["affine_backward"].name.startswith("The bias is added to every row")
    pair["submissions"][0]["tasks"][1]["findings"][0]["hint"] = ""
    names = {mistake.name for mistake in whole(pair).mistakes}
    assert "db is wrong" in names


def test_named_mistakes_come_first_then_the_most_common(document: dict[str, Any]) -> None:
    found = whole(document).mistakes
    order = [(not mistake.named, -len(mistake.students)) for mistake in found]
    assert order == sorted(order) and {mistake.named for mistake in found} == {True, False}


def test_who_did_not_try_made_no_mistake(pair: dict[str, Any]) -> None:
    task = pair["submissions"][1]["tasks"][0]
    task["findings"] = [{"message": "layers has no 'affine_forward'", "visibility": "student"}]
    for verdict, counted in (("not attempted", False), ("crashed", True)):
        task["verdict"] = verdict
        ids = {mistake.id for mistake in whole(pair).mistakes}
        assert ("affine_forward" in ids) is counted


def test_faults_and_staff_findings_are_found(pair: dict[str, Any]) -> None:
    faults = whole(pair).faults
    assert {n: [task.id for task in tasks] for n, tasks in faults.items()} == {0: ["adam"]}
    alice = read_document(pair).submissions[0]
    assert [task for task, _ in staff_findings(alice)] == ["softmax_loss"]
