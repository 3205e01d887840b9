"""The rows of a list, of whatever lists a screen has with the same headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain

from pages.dialect import Dialect
from pages.refusing import fails
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.portal.view import REFUSED

COLUMNS = "columns"
# What a portal says in place of a list that has no row: not 権限がありません, nor 電子証明書がありません.
NONE = re.compile("(ありません|ございません|存在しません|見つかりません)").pattern
NOTHING = re.compile(
    rf"(該当|対象|表示(する|できる)|登録)(?![^。]{{0,20}}権限)[^。]{{0,20}}{NONE}|(データ|履歴|明細|記録)[はが]{NONE}"
    r"|(?<!\d)(?<!(未読|通知)[\s:：])(?<!未読)(?<!通知)(?<!お知らせ)(?<!お知らせ[\s:：])[0０]\s*件"
)
Row = dict[str, str]


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


def listed(screen: Screen, names: Sequence[str]) -> list[list[Row]]:
    """What may be meant by the list with these columns, as `each_way`.

    Raises DeviationError where there is no such list, nor is said to be empty.
    """
    found = each_way(screen, names)
    if any(found) or all(screen.has(COLUMNS, name) for name in names) or says_none(screen):
        return found
    raise screen.missing(*((COLUMNS, name) for name in names if not screen.has(COLUMNS, name)))


def says_none(screen: Screen) -> bool:
    """Whether the screen says that there is nothing to list, and not that something failed."""
    return NOTHING.search(screen.text()) is not None and (screen.status or 0) < REFUSED and not fails(screen)


def each_way(screen: Screen, names: Sequence[str]) -> list[list[Row]]:
    """What may be meant by the list with these columns: the rows of all of them, or those of one."""
    found = screen.lists(*names)
    return [list(chain(*found)), *found]


def awaited(
    screen: Screen, names: Sequence[str], *are_there: Callable[[list[Row]], bool], evidence: Recorder
) -> list[Row]:
    """The rows once they are what they should be, or the screen has come to rest; not those of the screen before.

    Of several lists where not all together are so, one that is: a WARNING, as nobody knows which is meant. Where none
    is, those that meet a further condition.
    """
    screen.settle()
    screen.until(lambda: any(map(are_there[0], each_way(screen, names))))
    found = listed(screen, names)
    ways = (rows for fit in are_there for rows in found if fit(rows))
    rows = next(ways, found[0])
    if rows != found[0]:
        evidence.warning(
            say(
                f"同じ見出しの一覧が {len(found) - 1} つあり、どれのことか分からない",
                f"{len(found) - 1} lists have these headings: it is not known which is meant",
            )
        )
    return rows
