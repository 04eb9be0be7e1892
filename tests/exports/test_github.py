"""What GitHub Classroom runs and reads."""

import base64
import json
from typing import Any

import pytest
import yaml
from assignments import every_assignment
from report_sample import STAFF_SECRET, sample

from autograder.assignment import Assignment
from autograder.exports.github import step_output, workflow
from autograder.reports import ReportError


@every_assignment
def test_the_workflow_checks_each_task_and_reports_all(assignment: Assignment) -> None:
    text = workflow(assignment)
    steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    checks = [step["with"] for step in steps if "command" in step.get("with", {})]
    names = {each["command"].rpartition(" ")[2] for each in checks}
    quick = [t for t in assignment.tasks if t.environment == "numpy" and t.has_cases]
    assert names == {task.id for task in quick}
    assert sum(each["max-score"] for each in checks) == sum(task.points for task in quick)
    reporter = steps[-1]
    ids = reporter["with"]["runners"].split(",")
    assert ids == [step["id"] for step in steps if "id" in step]
    assert list(reporter["env"]) == [f"{name.upper()}_RESULTS" for name in ids]
    assert list(reporter["env"].values()) == [f"${{{{ steps.{n}.outputs.result }}}}" for n in ids]


def test_the_reporter_gets_points_and_nothing_for_staff() -> None:
    document: dict[str, Any] = sample()
    with pytest.raises(ReportError, match="one submission at a time"):
        step_output(document)
    document["submissions"] = document["submissions"][:1]
    name, _, text = step_output(document).strip().partition("=")
    result = json.loads(base64.b64decode(text))
    tests = {test["name"]: test for test in result["tests"]}
    assert name == "result" and result["status"] == "fail" and result["version"] == 1
    assert tests["adam"]["status"] == "error" and tests["affine_forward"]["status"] == "pass"
    assert sum(test["score"] for test in tests.values()) == document["submissions"][0]["points"]
    assert result["max_score"] == 39 - 3 - 2
    assert STAFF_SECRET not in json.dumps(result)
