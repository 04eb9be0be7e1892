"""The contract as JSON Schema: `python -m autograder.reports.schema > docs/result.schema.json`."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from autograder.reports.document import Document


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles that only repeat each key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def result_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the result document."""
    head = {"$schema": GenerateJsonSchema.schema_dialect, "$id": "urn:graded-nets:result:1"}
    return head | Document.model_json_schema(schema_generator=_Untitled)


if __name__ == "__main__":
    print(json.dumps(result_schema(), indent=2))
