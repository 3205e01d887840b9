"""The JSON Schema of the result files: `python -m reports.schema` prints it for docs/results.schema.json."""

from __future__ import annotations

import json

from pydantic.json_schema import models_json_schema

from sekisho.results import Run, Scenario


def schema() -> str:
    """One schema for both kinds of file, as they are written: run.json is a Run, scenarios/*.json are Scenarios."""
    references, definitions = models_json_schema(
        [(Run, "serialization"), (Scenario, "serialization")], title="Results of a sekisho run"
    )
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **definitions,
        "anyOf": [references[Run, "serialization"], references[Scenario, "serialization"]],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(schema(), end="")  # noqa: T201 - the command's output
