"""`sekisho list --defects`, and the names that `run --defect` takes: how the mock is made wrong, to see it found."""

from __future__ import annotations

import difflib
import json
from dataclasses import asdict, replace

from rich.console import Console
from rich.markup import escape

from sekisho.language import say
from sekisho.machine.remedies import command
from sekisho.manual.mocks import Defect, catalogue
from sekisho.manual.rows import members, rows
from sekisho.manual.selection import check_manuals
from sekisho.verdict import ConfigurationProblemError


def show(manuals: list[str], *, as_json: bool) -> None:
    """Print the defects that break a row of these manuals (none: of all)."""
    check_manuals(manuals)
    listed = [one for each in catalogue() if (one := _within(each, manuals)).ids]
    if as_json:
        print(json.dumps([asdict(one) for one in listed], ensure_ascii=False, indent=1))  # noqa: T201 - its output
        return
    console = Console(soft_wrap=True, highlight=False)
    for one in listed:
        finds = command("explore")
        how = say(f"（{finds} で見つかります）", f" (found by {finds})") if one.explored else ""
        console.print(f"[bold]{one.name}[/]  {escape(one.breaks)}{how}  [dim]{' '.join(one.ids)}[/]")
    example = command("run", "--defect", listed[0].name, "--select", listed[0].ids[0])
    console.print(say(f"欠陥 {len(listed)} 件。使い方の例: {example}", f"{len(listed)} defects. Example: {example}"))


def found(names: list[str]) -> list[Defect]:
    """The defects of these names. Raises ConfigurationProblemError for one that none has, with the nearest ones."""
    known = {one.name: one for one in catalogue()}
    for name in names:
        if name not in known:
            raise ConfigurationProblemError(_unknown(name, difflib.get_close_matches(name, known, cutoff=0.4)))
    return [known[name] for name in names]


def _unknown(name: str, near: list[str]) -> str:
    meant = say(f"近い名前: {'、'.join(near)}。", f"Nearest: {', '.join(near)}. ") if near else ""
    listing = command("list", "--defects")
    return say(
        f"--defect {name}: ありません。{meant}一覧: {listing}",
        f"--defect {name}: there is none of this name. {meant}To list them: {listing}",
    )


def _within(defect: Defect, manuals: list[str]) -> Defect:
    """With those of its rows that are of these manuals (none: of any)."""
    known = {member for row in rows() if not manuals or row.manual in manuals for member in row.members}
    return replace(defect, ids=tuple(each for each in defect.ids if known.intersection(members(each))))
