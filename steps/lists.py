"""Any list of any portal: which rows it has, what stands in them, in which order, and what is pressed or chosen in one.

Words in a scenario are the manual's own; dialect.toml has the headings of lists under [columns]. What is checked is
the list that shows: where it has several pages, this page of it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, narrow
from pages.downloads import Download, fetch
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.verdict import BlockedError, DeviationError, require
from steps.entries import Entry, Notes, note_down
from steps.expected import Expected, Meaning, SerialNumber, check_headings
from steps.list_rows import COLUMNS, Row, awaited, each_way, listed, with_others
from steps.order import check_order, check_several, in_order

CONCEPT = "どの一覧にもあること"
EXAMPLES = (
    "一覧に次の行がある\n| 受付番号 | 状態 |\n| 控えた「受付番号」 | 承認済 |",
    "一覧に次の行は無い\n| 受付番号 | 状態 |\n| 控えた「受付番号」 | 承認済 |",
    "一覧の行は次のとおりである\n| 受付番号 | 状態 |\n| 控えた「受付番号」 | 承認済 |",
    "「受付番号」の列のある一覧は3件である",
    "一覧は「申請日」の降順に並んでいる",
    "控えた「受付番号」の行の「詳細」を押す",
    "「証明書.p12」の行の「保存」を押してファイルを受け取る",
    "証明書のシリアル番号の行を選ぶ",
    "利用者の「氏名」の行の「受付番号」を控える",
)
SHOWN = 5  # rows that are told


@then("一覧に次の行がある")
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, expected: Expected) -> None:
    names = [dialect.named(COLUMNS, heading) for heading in datatable[0]]
    check_headings(datatable, *datatable[0])
    for wanted in datatable[1:]:
        check_row(screen, expected, names, datatable[0], wanted)


@then("一覧に次の行は無い")
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, expected: Expected) -> None:
    names = [dialect.named(COLUMNS, heading) for heading in datatable[0]]
    check_headings(datatable, *datatable[0])
    screen.settle()
    rows = listed(screen, names)[0]
    for wanted in datatable[1:]:
        due = [expected.meaning(one) for one in wanted]
        there = [row for row in rows if fits(row, names, due)]
        require(not there, say(f"一覧に {told(there)} の行がある", f"The list has the row {told(there)}"))


@then("一覧の行は次のとおりである")
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, expected: Expected, evidence: Recorder) -> None:
    names = [dialect.named(COLUMNS, heading) for heading in datatable[0]]
    check_headings(datatable, *datatable[0])
    due = [[expected.meaning(one) for one in wanted] for wanted in datatable[1:]]
    alike = functools.partial(are_alike, names=names, due=due)
    rows = awaited(screen, names, alike, lambda found: len(found) == len(due), evidence=evidence)
    require_number(rows, len(due))
    for row, wanted in zip(rows, datatable[1:], strict=True):
        for name, heading, content in zip(names, datatable[0], wanted, strict=True):
            expected.check(in_row(heading, row[names[0]]), [row[name]], content)


@then(parsers.parse("「{column}」の列のある一覧は{count:d}件である"))
def _(screen: Screen, dialect: Dialect, evidence: Recorder, column: str, count: int) -> None:
    names = with_others(screen, dialect, dialect.named(COLUMNS, column))
    require_number(awaited(screen, names, lambda found: len(found) == count, evidence=evidence), count)


@then(parsers.parse("一覧は「{column}」の{order}に並んでいる"))
def _(screen: Screen, dialect: Dialect, evidence: Recorder, column: str, order: str) -> None:
    name = dialect.named(COLUMNS, column)
    descending = check_order(order)
    names = with_others(screen, dialect, name)
    ordered = functools.partial(are_in_order, name=name, descending=descending)
    rows = awaited(screen, names, ordered, evidence=evidence)
    values = [row[name] for row in rows]
    check_several(column, values)
    come = say(f"「{column}」が {'、'.join(values)} の順である", f'"{column}" comes in the order {", ".join(values)}')
    require(in_order(values, descending=descending), come)
    if in_order(values, descending=not descending):  # K-9, K-10: by their numbers, or by their signs
        evidence.warning(say(f"{come}。昇順とも降順とも読める", f"{come}, which can be read as either order"))


@when(parsers.parse("{row}の行の「{button}」を押す"))
def _(screen: Screen, dialect: Dialect, expected: Expected, row: str, button: str) -> None:
    section, name = dialect.term(button, "buttons", "menu")
    screen.press_in_row(the_row(screen, expected, row), name, section)


@when(parsers.parse("{row}の行の「{button}」を押してファイルを受け取る"), target_fixture="download")
def _(screen: Screen, dialect: Dialect, expected: Expected, downloads: Path, row: str, button: str) -> Download:
    section, name = dialect.term(button, "buttons", "menu")
    words = the_row(screen, expected, row)
    return fetch(screen, lambda: screen.press_in_row(words, name, section), downloads)


@when(parsers.parse("{row}の行を選ぶ"))
def _(screen: Screen, expected: Expected, row: str) -> None:
    screen.tick_in_row(the_row(screen, expected, row))


@when(parsers.parse("{row}の行の「{column}」を控える"))
def _(
    screen: Screen,
    dialect: Dialect,
    expected: Expected,
    entry: Entry,
    notes: Notes,
    evidence: Recorder,
    row: str,
    column: str,
) -> None:
    name, meaning = dialect.named(COLUMNS, column), expected.meaning(row, phrase=True)
    whole = with_others(screen, dialect, name)
    rows = [one for one in listed(screen, whole)[0] if any(map(meaning.fits, one.values()))]
    if len(rows) != 1:
        raise lacking_or_many(meaning.told, len(rows))
    note_down(notes, entry, evidence, column, narrow(rows[0][name]))


def check_row(
    screen: Screen, expected: Expected, names: Sequence[str], headings: Sequence[str], wanted: Sequence[str]
) -> None:
    """Raise DeviationError unless the row with the first column's value is there, and has the others beside it."""
    due = [expected.meaning(one) for one in wanted]
    screen.settle()
    screen.until(lambda: any(fits(row, names, due) for row in each_way(screen, names)[0]))
    rows = listed(screen, names)[0]
    if any(fits(row, names, due) for row in rows):
        return
    first = due[0]
    mine = [row for row in rows if first.fits(row[names[0]])]
    there = say("、", ", ").join(row[names[0]] for row in rows[:SHOWN])
    require(
        mine,
        say(
            f"一覧に「{headings[0]}」が「{first.told}」の行が無い（あるのは: {there or 'なし'}）",
            f'The list has no row whose "{headings[0]}" is "{first.told}" (it has: {there or "none"})',
        ),
    )
    for name, heading, content in zip(names, headings, wanted, strict=True):
        expected.check(in_row(heading, mine[0][names[0]]), [row[name] for row in mine], content)


def in_row(heading: str, key: str) -> str:
    """What a failure calls a cell: by its column, and by what its row begins with."""
    return say(f"{key} の行の {heading}", f"{heading} in the row of {key}")


def fits(row: Row, names: Sequence[str], due: Sequence[Meaning]) -> bool:
    """Whether a row has just these values."""
    return all(one.fits(row[name]) for name, one in zip(names, due, strict=True))


def are_alike(rows: Sequence[Row], names: Sequence[str], due: Sequence[Sequence[Meaning]]) -> bool:
    """Whether rows are just these, in their order."""
    return len(rows) == len(due) and all(fits(row, names, one) for row, one in zip(rows, due, strict=True))


def are_in_order(rows: Sequence[Row], name: str, *, descending: bool) -> bool:
    """Whether rows come in the order of a column."""
    return in_order([row[name] for row in rows], descending=descending)


def require_number(rows: Sequence[Row], number: int) -> None:
    """Raise DeviationError unless a list has so many rows."""
    require(
        len(rows) == number,
        say(
            f"一覧が {len(rows)} 件である（{number} 件のはず）{told(rows)}",
            f"Rows of the list: {len(rows)} ({number} due) {told(rows)}",
        ),
    )


def told(rows: Sequence[Row]) -> str:
    """Some rows as a failure tells them."""
    return " ".join(f"[{say('、', ', ').join(row.values())}]" for row in rows[:SHOWN])


def the_row(screen: Screen, expected: Expected, row: str) -> str:
    """The words by which a scenario means a row, as the list has them.

    Raises DeviationError where no row has them, BlockedError where several do, and nobody knows which is meant.
    """
    meaning = expected.meaning(row, phrase=True)
    ways = meaning.bases if isinstance(meaning, SerialNumber) else (meaning.told,)
    screen.settle()
    screen.until(lambda: any(map(screen.rows_with, ways)))
    words = next(filter(screen.rows_with, ways), meaning.told)
    if (number := screen.rows_with(words)) > 1:
        raise lacking_or_many(words, number)
    return words


def lacking_or_many(words: str, number: int) -> Exception:
    """What it means that not just one row has some words."""
    if number:
        return BlockedError(
            say(
                f"「{words}」の行が {number} 行あり、どれのことか分からない。1 行だけにある値を書く",
                f'{number} rows have "{words}", and nobody knows which is meant. Write what only one has',
            )
        )
    return DeviationError(say(f"一覧に「{words}」の行が無い", f'The list has no row of "{words}"'))
