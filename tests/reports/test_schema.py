"""The documented schema of the result files."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from reports.schema import schema
from sekisho.results import Run, Scenario
from sekisho.verdict import Verdict

from .samples import failing, renewal, run, stopped

DOCUMENTED = Path(__file__).parents[2] / "docs" / "results.schema.json"
NOT_APPLICABLE = stopped("Edge がない", Verdict.NOT_APPLICABLE, "Edge がありません", "DAN-VERIFY-EDGE-01")


def test_the_documented_schema_is_current() -> None:
    """If not: python -m reports.schema > docs/results.schema.json."""
    assert DOCUMENTED.read_text(encoding="utf-8") == schema()


@pytest.mark.parametrize(
    "record", [run(), run(finished=None), renewal("更新", ["a.jpg"] * 9), failing(), NOT_APPLICABLE]
)
def test_written_files_are_valid(record: Run | Scenario) -> None:
    """Every kind of evidence and of verdict."""
    jsonschema.validate(json.loads(record.model_dump_json()), json.loads(schema()))


@pytest.mark.parametrize("change", [{"verdict": "GOOD"}, {"surprise": 1}, {"steps": None}])
def test_a_wrong_file_is_not_valid(change: dict[str, object]) -> None:
    """An unknown verdict, an unknown key, a missing list."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(failing().model_dump_json()) | change, json.loads(schema()))
