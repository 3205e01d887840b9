"""Any form of any portal: what is typed, chosen, ticked and pressed in it, and what the screen then shows.

Words in a scenario are the manual's own; dialect.toml has them under [fields], [options], [boxes], [buttons], [menu],
[values] and [messages], and a target file may have others in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, has_any
from pages.downloads import Download, fetch
from pages.labelled import beside, copied
from pages.mails import Mails, mentions
from pages.refusing import fails
from pages.screen import Screen
from sekisho.browser.visit import Visit
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal.view import Term
from sekisho.results import Mail
from sekisho.verdict import ConfigurationProblemError, DeviationError, require
from sekisho.visible import shortened
from steps.client_authentication import Presenting
from steps.entries import Entry, Notes, note_down
from steps.expected import Expected, check_headings, check_value
from steps.mail import read
from steps.refusals import refusal

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
    "ファイルの名前は「証明書_」と利用者の「会社コード」に「.zip」を付けたものである",
    "欄「確認番号」に控えた「シリアル番号」の下4桁を入力する",
    "画面に利用者の「氏名」が出ている",
    "欄「確認番号」がある",
    "欄「却下理由」は無い",
    "ボタン「次へ」がある",
    "ボタン「承認」は無い",
)
FIELDS = "fields"
VALUES = "values"


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
    note_down(notes, entry, evidence, label, copied(next(iter(beside(screen, section, name)), "")))


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
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect, expected: Expected) -> None:
    check_headings(datatable, "項目", "内容")
    for heading, content in datatable[1:]:
        check_not_asked_for(screen, dialect, heading)
        section, name = dialect.term(heading, VALUES, "secrets")
        expected.check(heading, values_of(screen, expected.evidence, heading, section, name), content)


@then(parsers.parse("画面に{text}が出ている"))
def _(screen: Screen, entry: Entry, text: str) -> None:
    wanted = entry.phrase(text)
    screen.settle()  # what stood on the screen before may have the words, too
    require(
        screen.until(lambda: mentions(screen.text(), wanted)),
        say(
            f"画面に {wanted} が出ていない。表示されたのは: {shortened(screen.text())}（{screen.page.url}）",
            f"The screen does not show {wanted}. Shown: {shortened(screen.text())} ({screen.page.url})",
        ),
    )


@then(parsers.parse("欄「{field}」がある"))
def _(screen: Screen, dialect: Dialect, field: str) -> None:
    screen.settle()
    screen.wait_for((FIELDS, dialect.named(FIELDS, field)))


@then(parsers.parse("欄「{field}」は無い"))
def _(screen: Screen, dialect: Dialect, field: str) -> None:
    check_lacking(screen, (FIELDS, dialect.named(FIELDS, field)), field)


@then(parsers.parse("ボタン「{button}」がある"))
def _(screen: Screen, dialect: Dialect, button: str) -> None:
    screen.settle()
    screen.wait_for(dialect.term(button, "buttons", "menu"))


@then(parsers.parse("ボタン「{button}」は無い"))
def _(screen: Screen, dialect: Dialect, button: str) -> None:
    check_lacking(screen, dialect.term(button, "buttons", "menu"), button)


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


def check_lacking(screen: Screen, term: Term, called: str) -> None:
    """Raise DeviationError where something shows when the screen has come to rest, or the screen fails or is blank."""
    there = screen.stays(*term)
    require(not there, say(f"「{called}」がある（{screen.page.url}）", f'There is "{called}" ({screen.page.url})'))
    shown = shortened(screen.text())
    require(
        shown and not fails(screen),
        say(
            f"「{called}」の無いことを確かめる画面が出ていない: {shown or '（白紙）'}（{screen.page.url}）",
            f'There is no screen that could lack "{called}": {shown or "(blank page)"} ({screen.page.url})',
        ),
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


def values_of(screen: Screen, evidence: Recorder, heading: str, section: str, name: str) -> Sequence[str]:
    """What stands beside a heading; where it stands in another way, a WARNING, and all that the screen says.

    Raises DeviationError where the heading is not there.
    """
    try:
        return screen.values(name, section)
    except DeviationError:
        text = screen.text()
        if not has_any(text, screen.dialect.words(section, name)):
            raise
    evidence.warning(
        say(
            f"「{heading}」の横や下に値が読み取れないので、画面の全体から探した",
            f'No value can be read beside or below "{heading}": it was looked for on the whole screen',
        )
    )
    return [text]
