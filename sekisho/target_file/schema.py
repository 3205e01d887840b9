"""The JSON Schema of a target file, published as docs/target.schema.json."""

from __future__ import annotations

import json
from typing import Any

from sekisho.language import say
from sekisho.manual import folders
from sekisho.manual.folders import Manual
from sekisho.manual.rows import manuals
from sekisho.target_file.described import spoken
from sekisho.target_file.entries import target_of, target_of_any
from sekisho.target_file.model import AccountEntry, ReissuedEntry

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENTRIES = (ReissuedEntry.__name__, AccountEntry.__name__)


def schema() -> dict[str, Any]:
    """The schema; what only the reader can check (sites and words of the manual, say) is not in it."""
    made = spoken(target_of_any().model_json_schema())
    made["properties"]["manual"]["enum"] = manuals()
    own = [_own(manual) for manual in folders.known().values()]
    return {
        "$schema": DIALECT,
        **made,
        "allOf": own,
        "title": say("sekisho のターゲットファイル", "A target file of sekisho"),
    }


def _own(manual: Manual) -> dict[str, Any]:
    """Which keys the users of one manual may have."""
    defined = target_of(manual).model_json_schema()["$defs"]
    reissued, account = ({"propertyNames": {"enum": [*defined[name]["properties"]]}} for name in ENTRIES)
    one = {**account, "properties": {"reissued": reissued}}
    return {
        "if": {"properties": {"manual": {"const": manual.id}}},
        "then": {"properties": {"accounts": {"items": one}}},
    }


def text() -> str:
    """The schema as a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
