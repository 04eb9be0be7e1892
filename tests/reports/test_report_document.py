import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from autograder.reports import ReportError, read_document
from autograder.reports.schema import result_schema

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "result.schema.json"


@pytest.fixture
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_schema_file_is_current() -> None:
    """If not: python -m autograder.reports.schema > docs/result.schema.json"""
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == result_schema()


def test_the_sample_follows_the_schema(
    document: dict[str, Any], validator: jsonschema.Draft202012Validator
) -> None:
    validator.validate(document)


FAULTS: list[tuple[list[Any], Any, str]] = [
    (["schema"], 2, "schema"),
    (["seed"], 7, "seed"),
    (["run", "tier"], None, "run.tier"),
    (["submissions"], {}, "submissions"),
    (["submissions", 0, "points"], -1.0, "submissions.0.points"),
    (["submissions", 0, "points"], "12.5", "submissions.0.points"),
    (["submissions", 0, "tasks", 1, "verdict"], "great", "submissions.0.tasks.1.verdict"),
    (["submissions", 0, "tasks", 1, "findings", 0, "visibility"], "all", "visibility"),
    (["submissions", 0, "files", 0, "status"], "odd", "submissions.0.files.0.status"),
]


@pytest.mark.parametrize(("path", "value", "where"), FAULTS)
def test_a_fault_is_named(
    path: list[Any],
    value: Any,
    where: str,
    document: dict[str, Any],
    validator: jsonschema.Draft202012Validator,
) -> None:
    part: Any = document
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    assert not validator.is_valid(document)
    with pytest.raises(ReportError, match=where):
        read_document(document)


def test_a_missing_key_is_named(document: dict[str, Any]) -> None:
    del document["run"]
    with pytest.raises(ReportError, match=r"run: Field required"):
        read_document(document)


@pytest.mark.parametrize("nonsense", [None, [], "text", {}])
def test_what_is_no_document_is_refused(nonsense: Any) -> None:
    with pytest.raises(ReportError, match=r"docs/result\.schema\.json"):
        read_document(nonsense)


def test_many_faults_are_cut_short(document: dict[str, Any]) -> None:
    for submission in document["submissions"]:
        submission["points"] = "many"
    with pytest.raises(ReportError, match=r"and \d+ more"):
        read_document(document)


def test_a_result_for_an_unknown_task_is_refused(document: dict[str, Any]) -> None:
    document["submissions"][0]["tasks"][0]["id"] = "dropout"
    with pytest.raises(ReportError, match=r"'alice' has results for tasks .* dropout"):
        read_document(document)


def test_unknown_keys_are_ignored(document: dict[str, Any]) -> None:
    document["submissions"][0]["later"] = 1
    assert read_document(document).submissions[0].id == "alice"
