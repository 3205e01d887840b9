"""Any form of any portal: what is typed, chosen, ticked and pressed in it, and what the screen then shows.

Words in a scenario are the manual's own; dialect.toml has them under [fields], [options], [boxes], [buttons], [menu],
[values] and [messages], and a target file may have others in their place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, has_any, narrow, plain
from pages.downloads import Download, fetch
from pages.labelled import SECRETS, beside, copied
from pages.mails import Mails
from pages.screen import Screen
from sekisho.browser.visit import Visit
from sekisho.evidence.masking import MASK
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.results import Certificate, Mail, Note
from sekisho.verdict import ConfigurationProblemError, DeviationError, require
from sekisho.visible import shortened
from steps.client_authentication import Presenting
from steps.entries import Entry, Notes
from steps.mail import read
from steps.refusals import refusal
from steps.times import says, tokyo_date

CONCEPT = "どの画面にもあること"
EXAMPLES = (
    "欄「会社名」に「蔵株式会社」を入力する",
    "欄「承認番号」に利用者の「承認番号」を入力する",
    "欄「証明書パスワード」に任意のパスワードを入力する",
    "欄「証明書パスワード」に控えた「証明書パスワード」を入力する",
    "次のとおり入力する\n| 欄 | 入力 |\n| 承認番号 | 利用者の「承認番号」 |",
    "画面の「証明書パスワード」を控える",
    "欄「申請区分」で「新規」を選ぶ",
    "チェック欄「利用規約に同意する」にチェックを付ける",
    "チェック欄「利用規約に同意する」のチェックを外す",
    "ボタン「次へ」を押す",
    "ボタン「保存」を押してファイルを受け取る",
    "次のとおり入力してボタン「次へ」を押すことを3回繰り返す\n| 欄 | 入力 |\n| 承認番号 | 00000000 |",
    "メール「証明書発行のご案内」のリンクを開く",
    "メール「証明書更新のお知らせ」のリンクを開き証明書を選ぶ",
    "画面に次の内容が表示される\n| 項目 | 内容 |\n| 承認番号 | 利用者の「承認番号」 |",
    "「承認番号が正しくありません」と断られ、「証明書の保存」は出ない",
    "欄「承認番号」に利用者の「承認番号」が入っている",
    "ファイルの名前は利用者の「ユーザーID」に「.p12」を付けたものである",
)
AROUND = re.compile(r"^[\s:;,.、。()\[\]「」【】]+|[\s:;,.、。()\[\]「」【】]+$")
HYPHEN = re.compile(r"(?:(?<=\d)\s*[-‐–−ー]|(?<![\w\s])[-−▲△])\s*(?=\d)")  # or a minus
# Hexadecimal digits in groups or not, and not those of 16進数.
NUMBER = re.compile(r"(?<![0-9a-z])(?:0x)?([0-9a-f]+(?:[ :.,-]?[0-9a-f]+)*)h?(?![0-9a-z]|\s*進)")
FIELDS = "fields"
VALUES = "values"
END_OF_TERM = "証明書の有効期限"  # in a table of a scenario
SERIAL_NUMBER = "証明書のシリアル番号"  # likewise


@when(parsers.parse("欄「{field}」に{text}を入力する"))
def _(screen: Screen, dialect: Dialect, entry: Entry, field: str, text: str) -> None:
    screen.fill(dialect.named(FIELDS, field), entry.phrase(text))


@when("次のとおり入力する")
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, entry: Entry) -> None:
    check_headings(datatable, "欄", "入力")
    for field, text in datatable[1:]:
        screen.fill(dialect.named(FIELDS, field), entry.cell(text))


@when(parsers.parse("画面の「{label}」を控える"))
def _(screen: Screen, dialect: Dialect, entry: Entry, notes: Notes, evidence: Recorder, label: str) -> None:
    section, name = dialect.term(label, "secrets", "values")
    value = copied(next(iter(beside(screen, section, name)), ""))
    require(value, say(f"「{label}」が空である", f'"{label}" is empty'))
    notes.note(label, entry.hide(label, value))
    evidence.add(Note(title=say("控えたもの", "Noted"), lines=[f"{label}: {MASK if section == SECRETS else value}"]))


@when(parsers.parse("欄「{field}」で「{option}」を選ぶ"))
def _(screen: Screen, dialect: Dialect, field: str, option: str) -> None:
    dialect.named("options", option)
    screen.choose(dialect.named(FIELDS, field), option)


@when(parsers.parse("チェック欄「{box}」にチェックを付ける"))
def _(screen: Screen, dialect: Dialect, box: str) -> None:
    screen.tick(dialect.named("boxes", box))


@when(parsers.parse("チェック欄「{box}」のチェックを外す"))
def _(screen: Screen, dialect: Dialect, box: str) -> None:
    screen.tick(dialect.named("boxes", box), on=False)


@when(parsers.parse("ボタン「{button}」を押す"))
def _(screen: Screen, dialect: Dialect, button: str) -> None:
    section, name = dialect.term(button, "buttons", "menu")
    screen.press(name, section)


@when(parsers.parse("ボタン「{button}」を押してファイルを受け取る"), target_fixture="download")
def _(screen: Screen, dialect: Dialect, downloads: Path, button: str) -> Download:
    section, name = dialect.term(button, "buttons", "menu")
    return fetch(screen, lambda: screen.press(name, section), downloads)


@when(parsers.parse("次のとおり入力してボタン「{button}」を押すことを{times:d}回繰り返す"))
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, entry: Entry, button: str, times: int) -> None:
    section, name = dialect.term(button, "buttons", "menu")
    check_headings(datatable, "欄", "入力")
    check_times(times)
    for time in range(times):
        if time and not screen.can_fill(dialect.named(FIELDS, datatable[1][0])):
            screen.go_back_to_form()  # the refusal is a page of its own
        for field, text in datatable[1:]:
            screen.fill(dialect.named(FIELDS, field), entry.cell(text))
        screen.press(name, section)
        screen.settle()
        screen.take_as_answer()


@when(parsers.parse("メール「{subject}」のリンクを開く"), target_fixture="mail")
def _(mails: Mails, browsing: Browsing, dialect: Dialect, evidence: Recorder, subject: str) -> Mail:
    mail = read(mails, evidence, dialect.named("mail", subject))
    browsing.open(mails.link(mail))
    return mail


@when(parsers.parse("メール「{subject}」のリンクを開き証明書を選ぶ"), target_fixture="visit")
def _(
    mails: Mails, presenting: Presenting, holdings: Holdings, dialect: Dialect, evidence: Recorder, subject: str
) -> Visit:
    mail = read(mails, evidence, dialect.named("mail", subject))
    return presenting.choose(mails.link(mail), holdings.oldest)


@then(parsers.parse("「{message}」と断られ、「{further}」は出ない"))
def _(screen: Screen, evidence: Recorder, dialect: Dialect, message: str, further: str) -> None:
    beyond = dialect.terms(further, "fields", "buttons", "screens", "values", "menu", "secrets", "shown")
    seen = refusal(screen, evidence, dialect.named("messages", message), *beyond)
    require(
        seen not in beyond and not any(screen.stays(*one) for one in beyond),
        say(f"断られず、「{further}」が出た", f'Not refused: "{further}" showed'),
    )


@then("画面に次の内容が表示される")
def _(
    datatable: list[list[str]],
    screen: Screen,
    dialect: Dialect,
    entry: Entry,
    evidence: Recorder,
    request: pytest.FixtureRequest,
) -> None:
    check_headings(datatable, "項目", "内容")
    for heading, content in datatable[1:]:
        check_not_asked_for(screen, dialect, heading)
        shown = values_of(screen, evidence, heading, dialect.named(VALUES, heading))
        if content == END_OF_TERM:
            check_term(heading, shown, request.getfixturevalue("holdings").newest)
        elif content == SERIAL_NUMBER:
            check_serial(evidence, heading, shown, request.getfixturevalue("holdings").newest)
        else:
            check_value(evidence, heading, shown, entry.cell(content))


@then(parsers.parse("欄「{field}」に{text}が入っている"))
def _(screen: Screen, dialect: Dialect, entry: Entry, evidence: Recorder, field: str, text: str) -> None:
    check_value(evidence, field, [screen.value_in(dialect.named(FIELDS, field))], entry.phrase(text))


@then(parsers.parse("ファイルの名前は{whose}に「{ending}」を付けたものである"))
def _(download: Download, entry: Entry, whose: str, ending: str) -> None:
    wanted = f"{entry.phrase(whose)}{ending}"
    require(
        download.name == wanted,
        say(
            f"ファイルの名前が「{download.name}」である（「{wanted}」のはず）",
            f'The name of the file is "{download.name}" ("{wanted}" is due)',
        ),
    )


def check_headings(datatable: list[list[str]], *headings: str) -> None:
    """Raise ConfigurationProblemError for a table that says nothing, or has other columns than the sentence reads."""
    if len(datatable) > 1 and datatable[0] == list(headings) and all(len(row) == len(headings) for row in datatable):
        return
    written = f"| {' | '.join(headings)} |"
    raise ConfigurationProblemError(
        say(
            f"シナリオの表: 見出しの行「{written}」を最初に、その下に 1 行以上を書いてください。",
            f'Table of the scenario: begin with the row "{written}", and write at least one row below it.',
        )
    )


def check_times(times: int) -> None:
    """Raise ConfigurationProblemError for what is not done at all."""
    if times < 1:
        raise ConfigurationProblemError(
            say(f"シナリオの {times} 回: 1 回以上を書いてください。", f"{times} times in the scenario: at least once.")
        )


def check_not_asked_for(screen: Screen, dialect: Dialect, heading: str) -> None:
    """Raise DeviationError where a value is still what the user types in a form, and is not shown."""
    field = dialect.known_as(FIELDS, heading)
    require(
        not field or not screen.can_fill(field),
        say(f"「{heading}」はまだ入力の欄である", f'"{heading}" is still a field to be filled in'),
    )


def values_of(screen: Screen, evidence: Recorder, heading: str, name: str) -> Sequence[str]:
    """What stands beside a heading; where it stands in another way, a WARNING, and all that the screen says.

    Raises DeviationError where the heading is not there.
    """
    try:
        return screen.values(name)
    except DeviationError:
        text = screen.text()
        if not has_any(text, screen.dialect.words(VALUES, name)):
            raise
    evidence.warning(
        say(
            f"「{heading}」の横や下に値が読み取れないので、画面の全体から探した",
            f'No value can be read beside or below "{heading}": it was looked for on the whole screen',
        )
    )
    return [text]


def check_value(evidence: Recorder, heading: str, shown: Sequence[str], wanted: str) -> None:
    """Raise DeviationError unless a value is the wanted one; with what does not belong to it beside it, a WARNING."""
    did = say(
        f"「{heading}」が「{shortened('、'.join(shown)) or '空'}」である（「{wanted}」のはず）",
        f'"{heading}" is "{shortened(", ".join(shown)) or "empty"}" ("{wanted}" is due)',
    )
    alike = _code if wanted.isascii() else _words  # a code is written as it is, words in any width and spacing
    read = set(map(alike, shown))
    if alike(wanted) in read:
        if len(read) > 1:  # of several rows it may be another one's
            evidence.warning(did)
        return
    word = re.compile(
        rf"(?<![\w.-]){re.escape(_code(wanted))}(?=(様|殿|さん|御中|です)?(?![\w.-]))"
    )  # emp1 is not emp1-2
    require(bool(wanted) and any(word.search(_code(one)) for one in shown), did)
    evidence.warning(did)


def check_serial(evidence: Recorder, heading: str, shown: Sequence[str], certificate: Certificate) -> None:
    """Raise DeviationError unless a value is the certificate's serial number, in hexadecimal digits or as a decimal.

    It may be both, and have a remark beside it; another number beside it is a WARNING.
    """
    did = say(
        f"「{heading}」が {shortened('、'.join(shown)) or '空'} である（証明書のシリアル番号は {certificate.serial}）",
        f'"{heading}" is {shortened(", ".join(shown)) or "empty"} (the serial number is {certificate.serial})',
    )
    mine = {certificate.serial, str(int(certificate.serial, 16))}
    numbers = [one for text in shown if (one := set(_numbers(text))) & mine]
    require(bool(numbers), did)
    if not any(one <= mine for one in numbers):
        evidence.warning(did)


def _numbers(text: str) -> Iterator[str]:
    """The numbers in a text, without what groups their digits."""
    for found in NUMBER.finditer(_code(text).lower()):
        yield re.sub(r"[\s:.,-]", "", found[1]).lstrip("0")


def _code(text: str) -> str:
    """A text as it is copied, without the colon or the brackets around it."""
    return AROUND.sub("", unicodedata.normalize("NFKC", narrow(text)))


def _words(text: str) -> str:
    """Words as a reader compares them, with what counts between numbers and before one: 1-23 is not 12-3."""
    whole = _code(text)
    return plain(HYPHEN.sub("|", whole)) or whole


def check_term(heading: str, shown: Sequence[str], certificate: Certificate) -> None:
    """Raise DeviationError unless a value is the day on which a certificate expires, or that moment."""
    ends = tokyo_date(certificate.not_after)
    require(
        any(says(one, certificate.not_after) for one in shown),
        say(
            f"「{heading}」が {'、'.join(shown) or '空'} である（証明書の有効期限は {ends}）",
            f'"{heading}" is {", ".join(shown) or "empty"} (the certificate expires on {ends})',
        ),
    )
