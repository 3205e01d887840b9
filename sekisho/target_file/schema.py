"""The JSON Schema of a target file, published as docs/target.schema.json."""

from __future__ import annotations

import json
from typing import Any

from sekisho.manual.rows import manuals
from sekisho.target_file.model import Target

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema; what only the reader can check (sites and words of the manual, say) is not in it."""
    made = Target.model_json_schema()
    made["properties"]["manual"]["enum"] = manuals()
    return {"$schema": DIALECT, **made, "title": "sekisho のターゲットファイル"}


def text() -> str:
    """The schema as a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
