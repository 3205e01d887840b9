"""`sekisho run --resume`: which waiting scenarios of a run can go on now, and how it was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sekisho import __version__
from sekisho.cli import folders, going_on
from sekisho.japan import in_tokyo
from sekisho.language import language, say, speaking
from sekisho.machine import files
from sekisho.machine.remedies import command
from sekisho.manual import folders as manuals
from sekisho.results import Scenario, Step, read_run, read_scenario, write
from sekisho.run.options import declared
from sekisho.run.waiting import DamagedError, Manifest, Waiting
from sekisho.target_file import claims
from sekisho.target_file import read as read_target
from sekisho.verdict import ConfigurationProblemError, Verdict
from sekisho.visible import visible

if TYPE_CHECKING:
    from sekisho.cli.options import Options

# What may be said anew; everything else is as it was in the first half.
ALLOWED = frozenset({"resume", "abandon", "target", "headed", "pdf", "history", "skip_check", "jobs", "hand_over"})


@dataclass(frozen=True)
class Due:
    """What goes on now: results by their ids, and the options of the run."""

    results: list[str]
    options: dict[str, Any]


@contextmanager
def as_begun(folder: Path) -> Iterator[None]:
    """Have what is found out now told in the language of the results that are there, as the run says of all of them."""
    found = read_run(folder).language if (folder / "run.json").is_file() else language()
    with speaking(found or "ja"):
        yield


def folder_of(options: Options) -> Path:
    """The run's folder. Raises ConfigurationProblemError."""
    if options.resume is None:
        raise ConfigurationProblemError(
            say("--abandon は --resume RUN と一緒に使います。", "--abandon goes with --resume RUN.")
        )
    return folders.existing(options.resume).resolve()


def others(options: Options) -> list[str]:
    """The options that were given and have no place here."""
    known = [one for one in declared(type(options)) if one.field not in ALLOWED]
    return [f"--{one.name}" for one in known if getattr(options, one.field) != one.usual]


def due(folder: Path, target: Path | None) -> Due:
    """The scenarios whose time has come; says which others there are and when. Raises ConfigurationProblemError."""
    waiting = Waiting(folder)
    found = _waiting(folder)
    manifest = waiting.manifest()
    path = _checked(manifest, folder, target)
    now = datetime.now(UTC)
    ready = [one for one in found if one.waiting_until is None or one.waiting_until <= now]
    later = [one for one in found if one not in ready]
    if later:
        _tell_later(later)
    usable = [one for one in ready if _opens(waiting, one)]
    if ready and not usable:
        raise ConfigurationProblemError(
            say(
                "続けられるシナリオがありません（上の理由）。やめるなら --abandon を付けます。",
                "no scenario can go on (for the reasons above). To give them up, add --abandon.",
            )
        )
    manuals.add([Path(one) for one in manifest.manual_dirs])
    options = {"target": path, "manuals": manifest.manuals, "browser": manifest.browser, "certs": manifest.certs}
    options |= {"connect": manifest.connect, "allow_destructive": manifest.allow_destructive}
    options |= {"repeat": manifest.repeat, "select": list(dict.fromkeys(one.base_id for one in usable))}
    return Due([one.id for one in usable], options)


def _waiting(folder: Path) -> list[Scenario]:
    """What waits there and was kept. What was kept for a scenario that has ended since, is removed."""
    waiting, found = Waiting(folder), []
    for name in waiting.ids():
        try:
            one = read_scenario(folder, f"scenarios/{name}.json")
        except (OSError, ValueError) as problem:
            place = f"{folder / 'scenarios' / name}.json"
            raise ConfigurationProblemError(
                say(f"{place}: 読めません: {problem}", f"{place}: cannot be read: {problem}")
            ) from problem
        if one.verdict is Verdict.WAITING:
            found.append(one)
        else:  # ended, and was stopped before it tidied up
            _forget(waiting, name)
    if not found:
        raise ConfigurationProblemError(_nothing(folder))
    return found


def _nothing(folder: Path) -> str:
    for name in files.names(folder / "scenarios", ".json"):
        try:
            left = read_scenario(folder, f"scenarios/{name}").verdict is Verdict.WAITING
        except (OSError, ValueError):
            continue
        if left:
            return say(
                f"--resume {folder}: 待機中のシナリオの続きに要る物（waiting フォルダー）がありません。"
                "まとめた（merge）結果では続けられません。シャードの実行のフォルダーを指定してください。",
                f"--resume {folder}: what waiting scenarios need to go on (the folder waiting) is not there. "
                "Joined results (merge) cannot go on. Give the folder of the shard's run.",
            )
    hint = ""
    if going_on.has_begun(folder):
        explore = command("explore", "--resume", str(folder))
        hint = say(f"探索の続きは {explore} です。", f" Its exploration goes on with {explore}.")
    return say(
        f"--resume {folder}: 待機中のシナリオはありません（続きは済んでいます）。{hint}",
        f"--resume {folder}: no scenario waits (all have gone on).{hint}",
    )


def _checked(manifest: Manifest, folder: Path, target: Path | None) -> Path:
    """The target file, if it is about the same portal. Raises ConfigurationProblemError."""
    if manifest.version != __version__:
        raise ConfigurationProblemError(
            say(
                f"--resume {folder}: sekisho {manifest.version} の実行です。いまの {__version__} では続けられません。"
                "同じ版で続けるか、始めから実行し直してください。",
                f"--resume {folder}: a run of sekisho {manifest.version}, which {__version__} cannot go on with. "
                "Go on with the same version, or run it again from its beginning.",
            )
        )
    manuals.add([Path(one) for one in manifest.manual_dirs])
    path = target or Path(manifest.target)
    found = read_target(path)
    if manifest.manuals and found.manual not in manifest.manuals:
        raise ConfigurationProblemError(
            say(
                f"--target {path}: 手順書が {found.manual} です（待機中の実行は {' '.join(manifest.manuals)}）。",
                f"--target {path}: its manual is {found.manual} (that of the waiting run: "
                f"{' '.join(manifest.manuals)}).",
            )
        )
    if claims.identity(found) != manifest.portal:
        raise ConfigurationProblemError(
            say(
                f"--target {path}: 待ち始めたときと違うポータルです（[sites] が違います）。同じ対象で続けてください。",
                f"--target {path}: another portal than the one with which the wait began ([sites] is different). "
                "Go on with the same target.",
            )
        )
    return path


def _tell_later(later: list[Scenario]) -> None:
    for one in sorted(later, key=lambda each: each.waiting_until or each.started):
        assert one.waiting_until
        name, when = visible(one.name), f"{in_tokyo(one.waiting_until):%Y-%m-%d %H:%M:%S}"
        sys.stderr.write(
            say(
                f"まだ続けられません: {name} は {when}（日本時間）から。\n",
                f"cannot go on yet: {name}, from {when} (Japan time).\n",
            )
        )


def _opens(waiting: Waiting, one: Scenario) -> bool:
    if waiting.begun(one.id):  # it will be told why it cannot go on
        return True
    try:
        waiting.open(one.id)
    except DamagedError as problem:
        why = f"{visible(one.name)}: {problem}"
        sys.stderr.write(say(f"続けられません: {why}\n", f"cannot go on: {why}\n"))
        return False
    return True


def abandon(folder: Path) -> None:
    """End every waiting scenario as BLOCKED, and remove what was kept for it. Raises ConfigurationProblemError."""
    waiting = Waiting(folder)
    for one in _waiting(folder):
        steps = [_given_up(step) for step in one.steps]
        assert one.failure
        abandoned = say("待つのをやめた（run --resume --abandon）", "the wait was given up (run --resume --abandon)")
        failure = one.failure.model_copy(update={"verdict": Verdict.BLOCKED, "portal_did": abandoned})
        changes = {"verdict": Verdict.BLOCKED, "steps": steps, "failure": failure, "waiting_until": None}
        write(one.model_copy(update=changes), folder / "scenarios" / f"{one.id}.json")
        _forget(waiting, one.id)
    tidy(folder)


def _given_up(step: Step) -> Step:
    return step.model_copy(update={"verdict": Verdict.BLOCKED}) if step.verdict is Verdict.WAITING else step


def _forget(waiting: Waiting, scenario: str) -> None:
    waiting.forget(scenario)
    claims.release(waiting.run, scenario)


def tidy(folder: Path) -> None:
    """Remove the rest once nothing waits any longer."""
    Waiting(folder).clear()
