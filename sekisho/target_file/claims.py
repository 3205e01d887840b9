"""Users whom a waiting scenario has: no other run of this user's gets them meanwhile.

A claim is a small file in the user's state folder. It counts as long as the scenario waits in its run's folder: a run
that was thrown away claims nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from sekisho.language import say
from sekisho.machine import files, state
from sekisho.results import Record
from sekisho.run.waiting import Waiting
from sekisho.target_file.model import Target
from sekisho.verdict import EnvironmentProblemError

FOLDER = "claims"


class Claim(Record):
    """Which users of which portal a scenario has."""

    portal: str
    users: list[str]
    run: str
    scenario: str


def identity(target: Target) -> str:
    """What tells one portal from another: the manual that it follows, and its addresses."""
    facts = [target.manual, *sorted(f"{name}={url}" for name, url in target.sites.items())]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def claim(portal: str, users: list[str], run: Path, scenario: str) -> None:
    """Claim users for a scenario that waits. Raises EnvironmentProblemError."""
    one = Claim(portal=portal, users=users, run=str(run.resolve()), scenario=scenario)
    try:
        files.write(_file(run, scenario), one.model_dump_json(), 0o600)
    except OSError as problem:
        raise EnvironmentProblemError(
            say(
                f"使用中の利用者を控えられない: {problem.strerror}",
                f"cannot note which users are in use: {problem.strerror}",
            )
        ) from problem


def release(run: Path, scenario: str) -> None:
    """The scenario has ended."""
    _file(run, scenario).unlink(missing_ok=True)


def held(portal: str) -> dict[str, Claim]:
    """The users of a portal who are claimed, by their ids."""
    return {user: one for one in _all() if one.portal == portal for user in one.users}


def _all() -> Iterator[Claim]:
    try:
        place = state.folder(FOLDER)
    except OSError:  # no folder, no claim
        return
    for name in files.names(place, ".json"):
        try:
            one = Claim.model_validate_json(files.read(place / name))
        except (OSError, ValidationError):
            continue
        if one.scenario in Waiting(Path(one.run)).ids():
            yield one
        else:
            (place / name).unlink(missing_ok=True)


def _file(run: Path, scenario: str) -> Path:
    name = hashlib.sha256(f"{run.resolve()}\n{scenario}".encode()).hexdigest()[:32]
    return state.folder(FOLDER) / f"{name}.json"
