"""The pictures of a run, each distinct one once, up to a size that a browser opens quickly.

A picture beyond the limit is not lost: the report links to its file in the run's folder instead of carrying it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sekisho.language import say
from sekisho.machine import files
from sekisho.results import Picture, Scenario
from sekisho.verdict import Verdict

LIMIT = 8_300_000  # bytes before base64; 11 MB in the report, which leaves nearly 4 MB for its text under 15 MB
EXPLORED = 3_700_000  # of an exploration; 5 MB in the report, which leaves 5 MB for some 1,700 cells

_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True)
class Shown:
    """How the report shows one picture: by `key` when it carries it, else by `link`, else not (`problem` says why)."""

    key: str = ""
    link: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Carried:
    """The bytes of one distinct picture as the report carries them."""

    key: str
    media_type: str
    base64: str


def _in_turn(scenario: Scenario) -> tuple[bool, bool]:
    """What did not pass comes before what did, and of that an exploration's cells last."""
    passed = scenario.verdict is Verdict.PASS
    return passed, passed and scenario.cell is not None


class Pictures:
    """Every picture of a run by its path.

    Those of scenarios that did not pass are carried first, those of an exploration's cells that did last.
    """

    def __init__(self, folder: Path, scenarios: list[Scenario], limit: int = LIMIT) -> None:
        """Read the pictures of the scenarios below the folder, carrying `limit` bytes of them at most."""
        self._folder = folder.resolve()
        self._left = min(limit, EXPLORED) if any(one.cell for one in scenarios) else limit
        self._shown: dict[str, Shown] = {}
        self._carried: dict[str, Carried] = {}
        for scenario in sorted(scenarios, key=_in_turn):
            for picture in of(scenario):
                if picture.path not in self._shown:
                    self._shown[picture.path] = self._take(picture.path)

    @property
    def carried(self) -> Iterable[Carried]:
        """The distinct pictures to put into the report."""
        return self._carried.values()

    @property
    def linked(self) -> int:
        """How many pictures are left in the folder because of the limit."""
        return sum(bool(shown.link) for shown in self._shown.values())

    def shown(self, picture: Picture) -> Shown:
        """How to show a picture of this run."""
        return self._shown[picture.path]

    def _take(self, name: str) -> Shown:
        try:
            data = files.read(files.inside(self._folder, name))
        except files.RefusedFileError as error:
            return Shown(problem=f"{error.strerror}: {name}")
        except (OSError, ValueError):
            return Shown(problem=say(f"画像がありません: {name}", f"No such picture: {name}"))
        media_type = media_type_of(data)
        if media_type is None:
            return Shown(
                problem=say(
                    f"画像として読めません（JPEG か PNG）: {name}", f"Cannot be read as a picture (JPEG or PNG): {name}"
                )
            )
        return self._carry(data, media_type) or Shown(link=quote(name))

    def _carry(self, data: bytes, media_type: str) -> Shown | None:
        key = hashlib.sha256(data).hexdigest()[:20]
        if key not in self._carried:
            if len(data) > self._left:
                return None
            self._left -= len(data)
            self._carried[key] = Carried(key, media_type, base64.b64encode(data).decode("ascii"))
        return Shown(key=key)


def media_type_of(data: bytes) -> str | None:
    """What kind of picture these bytes are; None when they are none that a report shows."""
    return next((kind for start, kind in _KINDS.items() if data.startswith(start)), None)


def of(scenario: Scenario) -> list[Picture]:
    """The pictures of a scenario in the order of its steps."""
    return [one for step in scenario.steps for one in step.evidence if isinstance(one, Picture)]
