"""What stands after a label in a mail, however its writer has set the two apart: with a sign, a gap, or as a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from sekisho.visible import typed

IsLabel = Callable[[str], bool]

WITHIN = ("request_id", "user_id", "validity", "password", "file_password")
"""The names of a dialect for what stands in a mail; its other names are for mails, by their subjects."""

LONGEST_LINE = 500  # characters that are looked at: what follows is read several times
MOST_SIGNS = 20  # in a line
BARS = re.compile(r"[│┃｜║]")
RULE = re.compile(r"[\s|+*_=＝─━═┌┐└┘├┤┬┴┼・.―-]*")  # a line that says nothing
LEADERS = re.compile(r"(?:[・…‥]{2,}|…|\.{3,}|[-‐–—―─_]{2,})").pattern
SIGN = re.compile(rf"\s*(?:{LEADERS}?\s*[:：︓∶;；=＝→⇒]|{LEADERS})\s*(?!//)")
ONLY_SIGNS = re.compile(r"[\s:：︓∶;；=＝→⇒・…‥.―─-]*")  # a cell between two others
NUMBER = re.compile(r"\s*(?:[(（【\[]\s*[0-9０-９]{1,2}\s*[)）】\]]|[0-9０-９]{1,2}\s*[.．)）、]|[①-⑳])\s*")
REMARK = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")  # behind a label: in what form the value is
RULED = re.compile("^[=＝━═# ]+|[=＝━═# ]+$")
WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
VALUE = rf"(?=\S*[0-9]){ID.pattern}"
DAY = re.compile(
    r"(?:[0-9]{4}[年/]|[0-9]{2}/[0-9]{2}/(?=[0-9]{2}(?![0-9]))|(?:令和|R\.?)\s?(?:[0-9]{1,2}|元)[年./]).*"
).pattern
OTHER = re.compile(r"[^\s@]+@[^\s@]+|[¥￥]?[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]).*").pattern
END = re.compile(r"\s*(?:です|でございます|となります|になります)?。?(?:(?:\s+[(※]|[（※]).*)?").pattern
# Words that may also go on as a sentence: only an ID or a date after them is a value.
LOOSE = re.compile(
    rf"(.{{1,60}}?)(?:は[、,，]?|\s+|[「『【\[（(]|[」』】\]])\s*[「『【]?(?:({VALUE})[」』】\]）)]?{END}|({DAY}|{OTHER}))"
)
# Where a label is set apart from what follows, that may be any words: 【氏名】山田太郎, 氏名　　山田太郎.
APART = re.compile(
    r"([【\[［〔＜<][^】\]］〕＞>]{1,60}[】\]］〕＞>]\s*(?![はがのをにへとでや])|.{1,60}?\s{2,})((?:\S|\s(?!\s))+)"
)
BELOW = re.compile(
    r"^(.{1,60}?)は、?(?:次|以下|下記)の(?:とおり|通り)(?:です|でございます|となります|になります)?[。:：]?$"
)
# A value in a sentence, what joins it to its label, and where a label may begin there.
NO_VALUE = re.compile(
    r"[0-9A-Za-z._-]|://|[」』】\]）)]?\s*(?:まで|へ|宛|にて?お|桁|文字|件|回|日|時|分|か月|年|名|人|営業|通|度|枚|つ|用紙|版|型)"
).pattern
PHONE = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}(?![0-9])").pattern
TOLD = re.compile(rf"(?<![0-9A-Za-z._-])(?:(?![^。\s]{{0,20}}日に){DAY}|{OTHER}|(?!{PHONE}){VALUE}(?!{NO_VALUE}))")
JOINED = re.compile(r"(?:は|が|として)?[、,，:：=＝\s]*[「『【\[（(]?\s*$")
CLAUSE = re.compile(r"[のごおた、。，,\s「『（(]|新しい|新")
EARLIER = re.compile(
    r"(?:以前|従来|前回|これまで|それまで|旧|元|別|他|ほか|更新前|再発行前|(?:取り?消し?|使用|失効)済み?|失効した|無効(?:な|に(?:し|なっ)た))の?[ごお]?$"
)
WHOLE = re.compile(rf"[「『【［]?({ID.pattern})[」』】］]?{END}")
LIKE_A_VALUE = re.compile(rf"{VALUE}{END}|{DAY}")
LABELLED = re.compile(r"[^:：0-9]*[^\W\d_a-zA-Z][^:：]*[:：](?!//)")  # a line that begins with a label in Japanese
# The next label on a line: any behind a gap, and one word of Japanese behind a space or a comma.
WORD = re.compile(r"[^\d\s:：、，,/／]{0,30}").pattern
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥々]").pattern
NEXT = re.compile(
    rf"(?:\s{{2,}}|\u3000\s*)(?=[^\W\d_][^\d:：]{{0,30}}[:：](?!//))"
    rf"|[\s、，,/／]\s*(?={WORD}{JAPANESE}{WORD}[:：](?!//))"
)
BEFORE_A_LABEL = re.compile(r"[\s、，,/／]")


def values(body: str, is_label: IsLabel) -> Iterator[str]:
    """What stands after a label, as often as it stands there; empty where nothing does.

    It stands on the label's line, on the next one, or in the cell beside or below it; else within a sentence.
    """
    lines = [line for line in map(_line, body.splitlines()) if not RULE.fullmatch(line)]
    found = list(_set_apart(lines, is_label))
    yield from found or (value for line in lines for value in _in_sentence(line, is_label))


def _set_apart(lines: Sequence[str], is_label: IsLabel) -> Iterator[str]:
    for line, following in pairwise([*lines, ""]):
        cells, below = _cells(line), _cells(following)
        for place, cell in enumerate(cells):
            for value in _in_cell(cell, is_label):
                yield value or _beside(cells, place, below if len(cells) > 1 else [following])


def tidy(value: str) -> str:
    """An ID without the brackets around it, the sentence that ends behind it, and what is remarked on it."""
    found = WHOLE.fullmatch(value)
    return found[1] if found else value


def _line(line: str) -> str:
    """As much of a line as is looked at; bars between words are a table's."""
    line = BARS.sub("\t", typed(line[:LONGEST_LINE]))
    return line.replace("|", "\t") if line.lstrip().startswith("|") else line


def _cells(line: str) -> list[str]:
    """The cells of a table's row; any other line is one. Those with a colon alone only set others apart."""
    return [cell.strip() for cell in line.split("\t") if not ONLY_SIGNS.fullmatch(cell)]


def _beside(cells: list[str], place: int, below: list[str]) -> str:
    """The value of a label that is all that its cell or its line says."""
    beside = cells[place + 1] if place + 1 < len(cells) else ""
    under = below[place] if len(below) == len(cells) else ""
    if len(cells) == 1 or _are_headings(cells, below) or (_is_like_a_value(under) and not _is_like_a_value(beside)):
        beside = under
    return "" if LABELLED.match(beside) else beside.strip()


def _are_headings(cells: list[str], below: list[str]) -> bool:
    """Whether a row only names what stands below it: a value stands there where else a name would."""
    names = len(below) == len(cells) and not any(map(_is_like_a_value, cells))
    return names and any(map(_is_like_a_value, below[::2]))


def _is_like_a_value(text: str) -> bool:
    return LIKE_A_VALUE.fullmatch(text.translate(WIDE)) is not None


def _in_cell(cell: str, is_label: IsLabel) -> Iterator[str]:
    """What a cell says after each label in it: after a sign, else after a gap; nothing after one that is alone."""
    signed = list(_after_signs(cell, is_label))
    if signed:
        yield from signed
    elif (loose := LOOSE.fullmatch(cell.translate(WIDE))) and _is(loose[1], is_label):
        yield loose[2] or loose[3]
    elif (apart := APART.fullmatch(cell)) and _is(apart[1].strip(), is_label):
        yield apart[2]
    elif any(_is(one, is_label) for one in (cell, BELOW.sub(r"\1", cell))) or is_label(RULED.sub("", cell)):
        yield ""


def _after_signs(cell: str, is_label: IsLabel) -> Iterator[str]:
    """A label in the middle of a line is one only behind another."""
    for number, sign in enumerate(islice(SIGN.finditer(cell), MOST_SIGNS)):
        before = cell[: sign.start()]
        starts = [gap.end() for gap in BEFORE_A_LABEL.finditer(before)] if number else []
        if any(_is(before[start:], is_label) for start in (0, *starts)):
            yield NEXT.split(cell[sign.end() :], maxsplit=1)[0].strip()


def _in_sentence(line: str, is_label: IsLabel) -> Iterator[str]:
    """What a sentence tells under a label: お客様の受付番号は「K-100」です. An earlier one is no value."""
    line = typed(unicodedata.normalize("NFKC", line))
    for value in islice(TOLD.finditer(line), MOST_SIGNS):
        before = JOINED.sub("", line[: value.start()])
        starts = (0, *(one.end() for one in CLAUSE.finditer(before)))
        if any(_is(before[start:], is_label) and not EARLIER.search(before[:start].rstrip()) for start in starts):
            yield value[0].rstrip("._-")


def _is(words: str, is_label: IsLabel) -> bool:
    """Whether words are a label, but for a number before it and a remark behind."""
    bare = NUMBER.sub("", words, count=1) if NUMBER.match(words) else words
    return any(is_label(one) for one in (words, bare, REMARK.sub("", bare)))
