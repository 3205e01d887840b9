"""Any list of any portal: which rows it has, what stands in them, in which order, and what is pressed or chosen in one.

Words in a scenario are the manual's own; dialect.toml has the headings of lists under [columns]. What is checked is
the list that shows: where it has several pages, this page of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, narrow, plain
from pages.downloads import Download, fetch
from pages.refusing import fails
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import counted, say
from sekisho.portal.view import REFUSED
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError, require
from steps.entries import Entry, Notes, note_down
from steps.expected import Expected, Meaning, SerialNumber, check_headings
from steps.times import moments

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
COLUMNS = "columns"
ORDERS = {"昇順": False, "降順": True}
# What a portal says in place of a list that has no row: not 権限がありません, nor 電子証明書がありません.
NONE = re.compile("(ありません|ございません|存在しません|見つかりません)").pattern
NOTHING = re.compile(
    rf"(該当|対象|表示(する|できる)|登録)[^。]{{0,20}}{NONE}|(データ|履歴|明細|記録)[はが]{NONE}|(?<!\d)[0０]\s*件"
)
SHOWN = 5  # rows that are told
GROUPED = re.compile(r"(?<=\d),(?=\d{3})")
NUMBER = re.compile(r"(?:(?<!\w)[-−▲△])?\d+(?:\.\d+)?")
SIGNED = re.compile("^[−▲△]")
CODE = re.compile("[A-Za-z-]")
Row = dict[str, str]


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
    rows = listed(screen, names)
    for wanted in datatable[1:]:
        due = [expected.meaning(one) for one in wanted]
        there = [row for row in rows if fits(row, names, due)]
        require(not there, say(f"一覧に {told(there)} の行がある", f"The list has the row {told(there)}"))


@then("一覧の行は次のとおりである")
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, expected: Expected) -> None:
    names = [dialect.named(COLUMNS, heading) for heading in datatable[0]]
    check_headings(datatable, *datatable[0])
    rows = awaited(screen, names, lambda found: len(found) == len(datatable) - 1)
    require_number(rows, len(datatable) - 1)
    for row, wanted in zip(rows, datatable[1:], strict=True):
        for name, heading, content in zip(names, datatable[0], wanted, strict=True):
            expected.check(in_row(heading, row[names[0]]), [row[name]], content)


@then(parsers.parse("「{column}」の列のある一覧は{count:d}件である"))
def _(screen: Screen, dialect: Dialect, column: str, count: int) -> None:
    names = with_others(screen, dialect, dialect.named(COLUMNS, column))
    require_number(awaited(screen, names, lambda found: len(found) == count), count)


@then(parsers.parse("一覧は「{column}」の{order}に並んでいる"))
def _(screen: Screen, dialect: Dialect, evidence: Recorder, column: str, order: str) -> None:
    name = dialect.named(COLUMNS, column)
    descending = check_order(order)
    names = with_others(screen, dialect, name)
    rows = awaited(screen, names, lambda found: in_order([row[name] for row in found], descending=descending))
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
    rows = [one for one in listed(screen, whole) if any(map(meaning.fits, one.values()))]
    if len(rows) != 1:
        raise lacking_or_many(meaning.told, len(rows))
    note_down(notes, entry, evidence, column, narrow(rows[0][name]))


def with_others(screen: Screen, dialect: Dialect, name: str) -> list[str]:
    """A column and the others of its list: they tell rows that are laid out, or take two lines each."""
    screen.settle()
    names, column = [name], [row[name] for row in screen.rows(name)]
    if any(dialect.known_as(COLUMNS, value) for value in column):  # the second line of the headings
        column = []
    for other in dialect.sections[COLUMNS]:
        wider = [row[name] for row in screen.rows(*names, other)] if other != name else []
        if wider and column in ([], wider):
            names, column = [*names, other], wider
    return names


def listed(screen: Screen, names: Sequence[str]) -> list[Row]:
    """The rows of the list with these columns. Raises DeviationError where there is none, nor is said to be empty."""
    found = screen.rows(*names)
    if found or all(screen.has(COLUMNS, name) for name in names) or says_none(screen):
        return found
    raise screen.missing(*((COLUMNS, name) for name in names if not screen.has(COLUMNS, name)))


def says_none(screen: Screen) -> bool:
    """Whether the screen says that there is nothing to list, and not that something failed."""
    return NOTHING.search(screen.text()) is not None and (screen.status or 0) < REFUSED and not fails(screen)


def awaited(screen: Screen, names: Sequence[str], are_there: Callable[[list[Row]], bool]) -> list[Row]:
    """The rows once they are what they should be, or the screen has come to rest; not those of the screen before."""
    screen.settle()
    screen.until(lambda: are_there(screen.rows(*names)))
    return listed(screen, names)


def check_row(
    screen: Screen, expected: Expected, names: Sequence[str], headings: Sequence[str], wanted: Sequence[str]
) -> None:
    """Raise DeviationError unless the row with the first column's value is there, and has the others beside it."""
    due = [expected.meaning(one) for one in wanted]
    rows = awaited(screen, names, lambda found: any(fits(row, names, due) for row in found))
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


def check_order(order: str) -> bool:
    """Whether an order is the descending one. Raises ConfigurationProblemError for what is none."""
    if order not in ORDERS:
        raise ConfigurationProblemError(
            say(
                f"シナリオの「{order}」: 使えるのは {'、'.join(ORDERS)} です。",
                f'"{order}" in the scenario: must be one of {", ".join(ORDERS)}.',
            )
        )
    return ORDERS[order]


def check_several(column: str, values: Sequence[str]) -> None:
    """Raise BlockedError where a list cannot show in which order it is."""
    kinds = len({one for one in values if plain(one)})
    if kinds < 2:
        raise BlockedError(
            say(
                f"「{column}」の値が {kinds} 種類しかなく、並びを確かめられない",
                f'"{column}" has {counted(kinds, "value")}: no order can be seen',
            )
        )


def in_order(values: Sequence[str], *, descending: bool) -> bool:
    """Whether values come in an order: as moments where all are, as numbers where all are, else as their signs.

    What is empty stands at either end. Codes may come by their numbers or by their signs: K-9, K-10 or K-10, K-9.
    """
    said = [one for one in values if plain(one)]
    return any(keys == sorted(keys, reverse=descending) for keys in _ways(said))


def _ways(values: Sequence[str]) -> Iterator[list[tuple[object, ...]]]:
    """What values are compared by, in each way in which they may be."""
    dated = [list(moments(one)) for one in values]
    if all(dated):
        timed = all(one[0][1] for one in dated)
        yield [one[0] if timed else one[0][:1] for one in dated]
        return
    bare = [GROUPED.sub("", narrow(one)) for one in values]
    shapes = {NUMBER.sub("0", one) for one in bare}
    alike = len(shapes) == 1 and "0" in next(iter(shapes))
    if alike:
        yield [tuple(float(SIGNED.sub("-", one)) for one in NUMBER.findall(text)) for text in bare]
    if not alike or any(map(CODE.search, shapes)):
        yield [(plain(one),) for one in bare]


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
