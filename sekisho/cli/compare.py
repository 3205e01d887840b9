"""`sekisho compare`: what is different between two runs, and whether that is a regression."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from reports.compare import compare as compared
from reports.compare import html
from reports.compare.markdown import FACTS, KINDS, SCREENS, TURNS, markdown, verdict_line
from reports.compare.model import Comparison, Turn
from reports.compare.verdicts import told
from reports.reading import read
from sekisho.cli import folders
from sekisho.cli.exit import Exit
from sekisho.cli.plainly import plainly
from sekisho.language import say
from sekisho.verdict import ConfigurationProblemError


@dataclass(frozen=True)
class Wanted:
    """Where the comparison is to be written beside the screen."""

    html: Path | None = None
    markdown: Path | None = None
    as_json: bool = False


def compare(before: Path, after: Path, wanted: Wanted) -> Exit:
    """Compare two runs; NOT_CONFORMANT when something got worse. Raises ConfigurationProblemError for a folder."""
    runs = folders.existing(before), folders.existing(after)
    found = compared(*(read(one) for one in runs))
    if not found.compared:
        raise ConfigurationProblemError(
            say(
                f"{before} と {after} には、両方にあるシナリオが一つもありません。",
                f"{before} and {after} have no scenario in common.",
            )
        )
    if wanted.markdown:
        _save(wanted.markdown, markdown(found))
    if wanted.html:
        _writable(wanted.html)
        html.write(found, *runs, wanted.html)
    if wanted.as_json:
        print(found.model_dump_json(indent=2))  # noqa: T201 - the command's output
    else:
        _print(Console(highlight=False, soft_wrap=True), found)
    return Exit.NOT_CONFORMANT if found.regressions else Exit.CONFORMANT


def _save(file: Path, text: str) -> None:
    _writable(file)
    file.write_text(text, encoding="utf-8")


def _writable(file: Path) -> None:
    """Refuse a place where nothing can be written, with its reason."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as error:
        raise ConfigurationProblemError(
            say(f"{file}: 書き込めません（{error.strerror}）。", f"{file}: cannot be written ({error.strerror}).")
        ) from error


def _print(console: Console, found: Comparison) -> None:
    for note in found.notes:
        console.print(f"[yellow]{say('注意', 'Note')}[/] {plainly(note)}")
    for one in found.verdicts:
        style = "red" if one.turn in {Turn.REGRESSION, Turn.UNDECIDED} else "cyan"
        console.print(f"[{style}]{TURNS[one.turn]}[/] {plainly(f'{one.procedure} / {one.name}')} {told(one)}")
        if one.reason:
            console.print(f"    {plainly(one.reason)}")
    for profile in found.profiles:
        weaker = say("証明書が弱くなった", "Weaker certificate")
        mark = f"[red]{weaker}[/]" if profile.weaker else f"[cyan]{say('証明書', 'Certificate')}[/]"
        fact, none = FACTS.get(profile.fact, profile.fact), say("なし", "none")
        change = f"{profile.before or none} → {profile.after or none}"
        console.print(f"{mark} {plainly(f'{profile.certificate} {fact}: {change}')}")
    for screen in found.screens:
        titles = [one.title or one.url for one in (screen.before, screen.after) if one]
        console.print(f"[cyan]{SCREENS[screen.change]}[/] {plainly(' → '.join(titles))}")
    for wording in found.wordings:
        kind, place = KINDS[wording.kind], plainly(wording.place)
        console.print(say(f"[cyan]文言[/] {kind}「{place}」", f'[cyan]Wording[/] {kind} "{place}"'))
        for sign, line in [*(("−", one) for one in wording.before), *((say("＋", "+"), one) for one in wording.after)]:
            console.print(f"    {sign} {plainly(line)}")
    compared = say(f"（{found.compared} シナリオを比較）", f" (scenarios compared: {found.compared})")
    console.print(f"[bold]{verdict_line(found)}[/]{compared}")
