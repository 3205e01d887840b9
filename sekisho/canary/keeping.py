"""Keeps what a canary saw, by everything that it depends on, in the user's own cache folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from sekisho import __version__
from sekisho.browser.channels import BrowserChoice
from sekisho.canary.report import Report
from sekisho.canary.versions import at_spi
from sekisho.machine.state import MODE, cache

# A surface that did not work may have been kept from it by a busy machine: it gets another chance soon.
FORGIVEN = timedelta(minutes=15)
HARNESS = Path(__file__).parents[1]
OURS = ("canary/*.py", "native_ui/*.py", "browser/*.py", "browser/*.js", "certstore/*.py")
PROGRAMS = ("dbus-daemon", "certutil", "pk12util", "Xvfb", "xdotool")
LIBRARIES = ("/usr/lib", "/usr/lib64")


def key(choice: BrowserChoice, *conditions: object) -> str:
    """A name for this browser, harness, accessibility bus and whatever else the outcome depends on."""
    facts = [
        __version__,
        _digest(HARNESS, OURS),
        str(choice),
        choice.build.text,
        _unpacked(choice.path.resolve()),
        at_spi(),
        [shutil.which(program) for program in PROGRAMS],
        *map(str, conditions),
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:32]


def kept(name: str) -> Report | None:
    """What was kept under a name; nothing that is unreadable, or bad news that is old."""
    try:
        file = cache("canary") / f"{name}.json"
        report = Report.model_validate_json(file.read_bytes()) if _private(file) else None
    except (OSError, ValidationError):
        return None
    if report and report.lacking and datetime.now(UTC) - report.seen > FORGIVEN:
        return None
    return report


def keep(name: str, report: Report) -> None:
    """Keep a report for the next run; where that is impossible the next one looks again.

    It always does where the machine lacks something: that may be mended before the next run.
    """
    if report.no_store:
        return
    try:
        place = cache("canary")
        place.mkdir(parents=True, exist_ok=True, mode=MODE)
        with tempfile.NamedTemporaryFile("w", dir=place, delete=False, encoding="utf-8") as draft:
            draft.write(report.model_dump_json())
        _put(Path(draft.name), place / f"{name}.json")
    except OSError:
        return


def _put(draft: Path, file: Path) -> None:
    """Put a draft where it belongs; one that cannot go there must not stay either, as every run writes one."""
    try:
        draft.replace(file)
    except OSError:
        draft.unlink()


def _private(file: Path) -> bool:
    """Whether nobody but this user could have written it."""
    if sys.platform == "win32":
        return True
    return all(one.stat().st_uid == os.geteuid() and not one.stat().st_mode & 0o022 for one in (file, file.parent))


def _unpacked(program: Path) -> str:
    """What lies beside a browser's program, so that one that is half unpacked, or newer, is another."""
    place = _folder(program)
    try:
        beside = [program, *place.iterdir(), place / "locales" / "ja.pak"]
    except OSError:
        return ""
    facts = [(one.name, stat.st_size, stat.st_mtime_ns) for one in sorted(beside) if (stat := _stat(one))]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _folder(program: Path) -> Path:
    """Where a browser's own files lie; distributions' commands are scripts that start it from elsewhere."""
    elsewhere = (Path(library) / program.name for library in LIBRARIES)
    return next((place for place in elsewhere if place.is_dir()), program.parent)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _digest(root: Path, patterns: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
