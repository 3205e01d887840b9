"""`sekisho manual check DIR`: everything that is wrong with a manual's folder at once, with file, line and remedy."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console

from sekisho.cli import sentences
from sekisho.cli.exit import Exit
from sekisho.explore import kinds, phases
from sekisho.language import counted, quoted, say
from sekisho.machine.remedies import command
from sekisho.manual import accounts, checking, citations, facts, folders, looking_up, noted, rows
from sekisho.manual.draft import asks
from sekisho.manual.draft.marks import Mark
from sekisho.manual.folders import Manual
from sekisho.manual.names import Names
from sekisho.manual.sentences import Said, Sentence, Unclear, resolve
from sekisho.verdict import ConfigurationProblemError

USERS_OWN = re.compile("利用者の「([^「」]+)」")
ALL = Mark("", frozenset(range(1, 10)))  # every user of a scenario: who is used up without need is only missed


def check(folder: Path) -> Exit:
    """Print what is wrong. Raises ConfigurationProblemError where the folder cannot even be read as a manual."""
    manual = _at(Path(os.path.realpath(folder)))
    console = Console(soft_wrap=True, highlight=False, markup=False)
    found = list(checking.problems(manual)) or list(_incomplete(manual))
    for one in found:
        console.print(one)
    scenarios = 0 if found else sum(one.examples for one in citations.of(manual))
    console.print(_wrong(manual, len(found)) if found else _fine(manual, scenarios))
    return Exit.USAGE if found else Exit.CONFORMANT


def _wrong(manual: Manual, number: int) -> str:
    return say(f"{manual.id}: {number} 件の問題があります。", f"{manual.id}: problems: {number}.")


def _at(folder: Path) -> Manual:
    if not any(one.folder == folder for one in folders.known().values()):
        folders.add([folder])
    return next(one for one in folders.known().values() if one.folder == folder)


def _fine(manual: Manual, scenarios: int) -> str:
    whole = sum(len(row.members) for row in rows.own(manual))
    return say(
        f"{manual.id}: 問題はありません（{whole} 項目、シナリオ {scenarios} 件）。",
        f"{manual.id}: no problems ({counted(whole, 'row')}, {counted(scenarios, 'scenario')}).",
    )


def _incomplete(manual: Manual) -> Iterator[str]:
    """Of a folder whose files can be read: what is not said, said twice or understood by nobody."""
    known = sentences.known(manual)
    yield from map(_unclear, resolve(known, [manual]))
    yield from _unnamed(manual, known)
    yield from _unnoted(manual)
    yield from _rows(manual)
    yield from _scenarios(manual)
    yield from _users(manual)
    yield from _explored(manual)


def _unclear(one: Unclear) -> str:
    place = f"{one.said.path}:{one.said.line}: {quoted(one.said.text)}"
    if one.meanings:
        number, twice = len(one.meanings), [f"{each.path}:{each.line}" for each in one.meanings]
        return say(
            f"{place}: 意味が {number} 通りあります（{'、'.join(twice)}）。どちらかの文を変えてください。",
            f"{place}: has {number} meanings ({', '.join(twice)}). Change one of these sentences.",
        )
    kind, listed = sentences.KINDS[one.said.kind], command("sentences")
    nearest = [quoted(each) for each in one.nearest]
    near = say(f"近い文: {'、'.join(nearest)}。", f"Nearest: {', '.join(nearest)}. ") if nearest else ""
    return say(
        f"{place}: 「{kind}」の文として知られていません。{near}使える文は {listed} が一覧します。",
        f"{place}: is no known sentence of {kind}. {near}{listed} lists those there are.",
    )


def _unnamed(manual: Manual, known: list[Sentence]) -> Iterator[str]:
    """Sentences that speak of a site, a kind of user or what a screen shows by words that the manual does not have."""
    from pages.dialect import load  # noqa: PLC0415 - not needed by other commands

    names, dialect = Names(manual), load(manual.id)
    asked: dict[str, Callable[[str], object]] = {"service": names.site, "site": names.site, "which": names.kind}
    heard = ((each, said) for each in known if not each.manual for said in each.said if said.manual == manual.id)
    for one, said in heard:
        values, words = one.values(said.text).items(), looking_up.words(one, said)
        look_ups: list[Callable[[], object]] = [partial(dialect.term, word, *sections) for word, sections in words]
        look_ups += [partial(asked[name], str(value)) for name, value in values if name in asked]
        look_ups += [partial(_had, manual, title) for title in _spoken_of(said)]
        for look_up in look_ups:
            try:
                look_up()
            except ConfigurationProblemError as problem:
                yield f"{said.path}:{said.line}: {quoted(said.text)}: {problem}"


def _spoken_of(said: Said) -> Iterator[str]:
    """What a sentence and its table say that users have: 利用者の「…」."""
    for text in (said.text, *(cell for row in said.table for cell in row)):
        yield from USERS_OWN.findall(text)


def _had(manual: Manual, title: str) -> None:
    """Raise ConfigurationProblemError for what no user of the manual has."""
    if problem := facts.unknown(manual.about, title, manual / folders.ABOUT):
        raise ConfigurationProblemError(problem)


def _unnoted(manual: Manual) -> Iterator[str]:
    """Sentences that read what no sentence before them notes."""
    for one in noted.unnoted(manual):
        place = f"{_file(manual, one.feature)}:{one.line}"
        there = say("、".join(one.noted) or "なし", ", ".join(one.noted) or "nothing")
        yield say(
            f"{place}: 控えた「{one.called}」: 前に「画面の「{one.called}」を控える」がありません"
            f"（控えたもの: {there}）。",
            f'{place}: no sentence before this one notes "{one.called}" (noted: {there}).',
        )


def _rows(manual: Manual) -> Iterator[str]:
    """Rows that no scenario is about, and ids that scenarios name and no row has."""
    scenarios = citations.of(manual)
    cited = {one for scenario in scenarios for one in scenario.ids}
    due = [member for row in rows.own(manual) for member in row.members]
    for one in due:
        if one not in cited:
            yield say(
                f"{manual / folders.ROWS}: {one}: どのシナリオも引用していません。シナリオを書いてください。",
                f"{manual / folders.ROWS}: {one}: cited by no scenario. Write one.",
            )
    for one in sorted(cited - set(due)):
        where = next(scenario for scenario in scenarios if one in scenario.ids)
        yield _no_row(str(_file(manual, where.feature)), where.name, one)


def _no_row(place: str, name: str, row: str) -> str:
    return say(
        f"{place}: {quoted(name)}の引用する {row} は {folders.ROWS} にありません。",
        f"{place}: {quoted(name)} cites {row}, which is not in {folders.ROWS}.",
    )


def _explored(manual: Manual) -> Iterator[str]:
    """Procedures to explore that lack one of their four parts, or name a row that there is none of."""
    due = {member for row in rows.own(manual) for member in row.members}
    for one in citations.procedures(manual):
        file = _file(manual, one.feature)
        if kinds.kind_of(one.feature) is kinds.FAULTS:
            yield from (f"{file}:{line}: {what}" for line, what in phases.lacking(one))
        for unknown in sorted(set(one.ids) - due):
            line = next((step.line for step in one.steps if unknown in step.ids), 1)
            yield _no_row(f"{file}:{line}", one.name, unknown)


def _scenarios(manual: Manual) -> Iterator[str]:
    """Scenarios that are about no row, and names that are not one scenario's own."""
    scenarios = citations.of(manual)
    names = Counter(one.name for one in scenarios)
    for one in scenarios:
        place = f"{_file(manual, one.feature)}: {quoted(one.name)}"
        if not one.ids and not one.beyond:
            yield say(
                f"{place}: どの項番も引用していません。タグ @項番 を付けるか、@{citations.BEYOND} としてください。",
                f"{place}: cites no row. Tag it with a row's id, @ID, or with @{citations.BEYOND}.",
            )
        if names[one.name] > 1:
            names[one.name] = 1
            yield say(
                f"{place}: 同じ名前のシナリオがほかにもあります。結果を見分けられる名前にしてください。",
                f"{place}: another scenario has the same name. Give it one by which results can be told apart.",
            )


def _users(manual: Manual) -> Iterator[str]:
    """Scenarios whose users the table does not have, so that `sekisho check` cannot ask for them; lines of nobody."""
    path, kinds = manual / folders.ACCOUNTS, defaultdict(dict, manual.about.accounts.called)
    scenarios, written = citations.of(manual), list(accounts.lines(manual))
    listed = {line["id"]: line["scenario"] for line in written}
    there = Counter((line["id"], line["state"]) for line in written)
    for line in (each for one in scenarios for each in asks.lines(one, ALL, kinds)):
        there[line[0], line[2]] -= 1
        if there[line[0], line[2]] < 0:
            yield say(
                f"{path}: 求める利用者の行がありません。次を足してください（使い終えないなら no）: {_csv(line)}",
                f"{path}: the line of a user who is asked for is missing. Add this (no if the user is not used up): "
                f"{_csv(line)}",
            )
    for result in listed.keys() - {each for one in scenarios for each in one.results}:
        yield say(
            f"{path}: {result}（{listed[result]}）というシナリオはありません。この行を消してください。",
            f"{path}: there is no scenario {result} ({listed[result]}). Remove this line.",
        )


def _csv(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _file(manual: Manual, feature: str) -> Path:
    """Where a feature of the manual lies."""
    return manual.folder / feature.partition("/")[2]
