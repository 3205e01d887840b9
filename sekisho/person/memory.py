"""What a person remembers while a scenario waits: plain values of its fixtures, as JSON.

Kept are texts, numbers, moments, files below the scenario's folder, accounts and what is evidence; an object with
`keep` and `recall` says itself what has to be kept of it. What is open on a screen is gone afterwards.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pydantic import TypeAdapter

from sekisho import results
from sekisho.portal import Account

KINDS = (
    Account,
    datetime,
    date,
    results.Certificate,
    results.Dialog,
    results.Mail,
    results.Note,
    results.Picture,
)
ADAPTERS: dict[str, TypeAdapter[Any]] = {one.__name__: TypeAdapter(one) for one in KINDS}


@runtime_checkable
class Keepable(Protocol):
    """What knows itself what a scenario needs of it later."""

    def keep(self) -> dict[str, Any]:
        """What is to be kept, as JSON."""

    def recall(self, kept: dict[str, Any]) -> None:
        """Be as it was."""


class ForgottenError(Exception):
    """A value that cannot be kept."""


def written(value: object, folder: Path) -> Any:  # noqa: ANN401 - JSON
    """A value as JSON. Raises ForgottenError."""
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [written(one, folder) for one in value]
    if isinstance(value, Path) and value.is_relative_to(folder):
        return {"kind": "path", "value": value.relative_to(folder).as_posix()}
    if type(value) in KINDS:
        name = type(value).__name__
        return {"kind": name, "value": json.loads(ADAPTERS[name].dump_json(value))}
    raise ForgottenError


def read(found: Any, folder: Path) -> Any:  # noqa: ANN401 - JSON, and what it was
    """The value that was written. Raises ValueError, KeyError or TypeError where that was something else."""
    if isinstance(found, list):
        return [read(one, folder) for one in found]
    if not isinstance(found, dict):
        return found
    if found["kind"] == "path":
        return folder / found["value"]
    return ADAPTERS[found["kind"]].validate_json(json.dumps(found["value"]))
