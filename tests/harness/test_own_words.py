"""Words of a portal's or a program's own: a WARNING, or a deviation that names the dialect's key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from features.nec.legacy import arrived, check_refused
from features.obn.client import opened_window, respond
from features.obn.client_setup import refused, went
from pages.dialect import Dialect, load
from pages.letters import beside
from pages.mails import Mails
from sekisho.mail.letters import Letter
from sekisho.portal.view import Term
from sekisho.results import Mail
from sekisho.verdict import ConfigurationProblemError, DeviationError
from steps.cells import check_shape, check_words
from steps.mail import check_contents, check_term
from steps.refusals import refusal
from steps.screens import reach
from steps.times import days, says
from steps.wording import check
from steps.words import MISTAKES, SCREENS, one_of
from tests.harness.noting import Noted

ENDS = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)  # the end of the day in Tokyo


class Window:
    """A window of a program, with these controls and this text."""

    def __init__(self, manual: str, text: str, *terms: Term, title: str = "") -> None:
        """As the program shows it."""
        self.dialect, self.shown, self.title = load(manual), terms, title
        self.news, self.status, self.pressed = text.splitlines(), None, list[str]()
        self.stood = True

    def text(self) -> str:
        """All of it."""
        return " ".join(self.news)

    def has(self, section: str, name: str) -> bool:
        """Whether it shows something."""
        says = section == "messages" and any(word in self.text() for word in self.dialect.words(section, name))
        return says or (section, name) in self.shown

    has_in_front = has

    def headings(self) -> list[str]:
        """It has none."""
        return []

    labels = headings

    def look_for(self, *terms: Term) -> Term | None:
        """It has come to rest."""
        return next((one for one in terms if self.has(*one)), None)

    def missing(self, *terms: Term, instead: Sequence[Term] = ()) -> DeviationError:  # noqa: ARG002 - not told
        """What that means."""
        return DeviationError(f"「{self.text()}」{self.dialect.key(*terms)}")

    def press(self, button: str) -> None:
        """Note it."""
        self.pressed.append(button)

    def wait_until_closed(self) -> None:
        """It is closed at once."""


class Program:
    """A program that opens one window."""

    installed = False

    def __init__(self, window: Window) -> None:
        """This one."""
        self.window = window

    def wait_for_window(self, _: str) -> Window:
        """Whatever it is called."""
        return self.window


YES_NO: tuple[Term, ...] = (("buttons", "yes"), ("buttons", "no"))
OK: Term = ("buttons", "ok")


def answered(window: Window, number: str, answer: str) -> Noted:
    """What is noted when a message is answered."""
    noted = Noted("OBN-CLIENT-RENEW-03")
    program, evidence = cast("Any", (Program(window), noted))
    respond(program, evidence, number, answer)
    assert window.pressed
    return noted


def test_a_question_in_other_words_is_answered_and_a_warning() -> None:
    """It has the buttons of a question."""
    noted = answered(Window("obn", "証明書を更新してよいですか", *YES_NO, title=PROGRAM), "1003", "はい")
    assert '[dialect.messages] confirm_renewal = ["証明書を更新してよいですか"]' in noted.warnings[0]


def test_a_window_with_another_title_is_a_warning() -> None:
    """What is in it decides."""
    noted: Any = Noted()
    program: Any = Program(Window("obn", "", title="証明書マネージャー"))
    opened_window(program, noted, "program")
    assert "「証明書マネージャー」という画面が開いた" in noted.warnings[0]
    assert "[dialect.windows] program" in noted.warnings[0]


@pytest.mark.parametrize(
    ("text", "terms"), [("更新できません", (OK,)), ("エラーが発生しました。", (OK,)), ("", YES_NO)]
)
def test_a_refusal_is_no_message_of_success(text: str, terms: tuple[Term, ...]) -> None:
    """Nor is a question."""
    with pytest.raises(DeviationError, match=r"\[dialect.messages\] renewed"):
        answered(Window("obn", text, *terms, title=PROGRAM), "1004", "OK")


def test_news_of_success_in_other_words_is_a_warning() -> None:
    """With the one button that it needs."""
    assert answered(Window("obn", "更新しました", OK, title=PROGRAM), "1004", "OK").warnings


def test_a_page_of_a_wizard_under_another_title_is_a_warning() -> None:
    """Where its button is there; without the button it is another page."""
    noted: Any = Noted("OBN-CLIENT-INSTALL-04")
    page: Any = Window("obn", "MPKI のセットアップへようこそ", ("buttons", "setup_next"))
    went(page, noted, "setup_welcome", "setup_next")
    assert "[dialect.screens] setup_welcome" in noted.warnings[0]
    with pytest.raises(DeviationError, match=r"\[dialect.screens\] setup_welcome"):
        went(Window("obn", "終わりました"), noted, "setup_welcome", "setup_next")  # type: ignore[arg-type]


def test_a_program_that_refuses_in_its_own_words_is_a_warning() -> None:
    """One that says nothing of the kind deviates, and the key is named."""
    noted: Any = Noted("OBN-RULE-06")
    window: Any = Window("obn", "この Windows ではお使いになれません")
    program: Any = Program(window)
    refused(window, program, noted, "setup_windows")
    assert noted.warnings
    silent: Any = Window("obn", "エラーが発生しました")
    with pytest.raises(DeviationError, match=r"\[dialect.messages\] setup_windows"):
        refused(silent, program, noted, "setup_windows")


def test_the_issuing_programs_refusal_may_have_other_words() -> None:
    """As a portal's."""
    noted: Any = Noted("GUN-ISSUE-05")
    window: Any = Window("gunma", "ID またはパスワードが違います")
    assert refusal(window, noted, "login_refused", ("screens", "result")) == ("messages", "login_refused")
    assert noted.warnings


def test_a_page_of_success_teaches_its_sentence_and_not_its_title() -> None:
    """The page of a refusal may well have the same title."""
    noted: Any = Noted("NEC-ISSUE-31")
    page: Any = Window("nec", "証明書確認ページ\n証明書を使う準備が整いました。")
    reach(page, noted, ("messages", "usable"))
    assert 'usable = ["証明書を使う準備が整いました。"]' in noted.warnings[0]


def test_below_a_title_that_refuses_the_sentence_is_told() -> None:
    """Though only the title reads like a refusal: whoever learns that one takes every error for this one."""
    noted: Any = Noted("GUN-RULE-07")
    page: Any = Window("gunma", "お取扱いできません\tBZER001\nお客さまは電子証明書方式です。\n閉じる")
    refusal(page, noted, "certificate_needed", ("screens", "home"))
    assert 'certificate_needed = ["お客さまは電子証明書方式です。"]' in noted.warnings[0]


def test_a_page_of_refusal_teaches_its_sentence_too() -> None:
    """Whatever HTTP status it came with."""
    noted: Any = Noted("NEC-ISSUE-31")
    page: Any = Window("nec", "証明書確認ページ\n証明書が見つかりませんでした")
    page.status = 403
    refusal(page, noted, "unusable", ("messages", "usable"))
    assert 'unusable = ["証明書が見つかりませんでした"]' in noted.warnings[0]


class Site:
    """The site behind a one-time address, at rest without anything that the dialect knows."""

    def __init__(self, *lines: str) -> None:
        """With these lines."""
        self.screen = Window("nec", "\n".join(lines))


def test_a_wrong_password_may_be_refused_in_other_words() -> None:
    """On the site behind a one-time address too."""
    noted: Any = Noted("NEC-ISSUE-01")
    site: Any = Site("パスワードが正しくありません")
    check_refused(site, None, noted, ("messages", "password_wrong"))
    assert "[dialect.messages] password_wrong" in noted.warnings[0]


def test_a_step_without_its_control_deviates_and_names_the_key() -> None:
    """No other words can stand for a button."""
    site: Any = Site("お待たせしました")
    with pytest.raises(DeviationError, match=r"\[dialect.buttons\] install_client"):
        arrived(site, None, ("buttons", "install_client"), "証明書が発行されない")


def test_words_that_a_row_prints_must_be_there_and_no_others() -> None:
    """NEC's title of a renewal is in its row, that of an issue is not."""
    noted: Any = Noted("NEC-ISSUE-01")
    check(noted, "証明書発行サイト", ["電子証明書の発行"], "題が違う")
    assert "題が違う" in noted.warnings[0]
    noted.ids = ("NEC-RENEW-01",)
    with pytest.raises(DeviationError, match="題が違う"):
        check(noted, "証明書更新サイト", ["電子証明書の更新"], "題が違う")


@pytest.mark.parametrize(
    ("content", "value", "warned"),
    [
        ("15桁の数字", "123456789012345", False),
        ("15桁の数字", "REQ-0042", True),
        ("日時", "令和9年3月31日 23時59分", False),
    ],
)
def test_a_value_of_another_shape_than_the_manuals_example(content: str, value: str, *, warned: bool) -> None:
    """Is a warning; a date is one in every way of writing it."""
    noted: Any = Noted()
    check_shape(noted, content, value, "欄が違う")
    assert bool(noted.warnings) == warned
    with pytest.raises(DeviationError):
        check_shape(noted, content, "なし", "欄が違う")


def test_a_status_in_other_words_is_a_warning_where_no_row_prints_it() -> None:
    """An empty one deviates."""
    noted: Any = Noted("DAN-RESUME-03A")
    check_words(noted, "発行済み", "取得待ち", "欄が違う")
    assert noted.warnings
    with pytest.raises(DeviationError):
        check_words(noted, "発行済み", "", "欄が違う")


WAYS = ["2027/03/31", "2027.3.31 23:59:59", "2027年03月31日 23時59分", "令和9年3月31日", "２０２７－０３－３１"]


@pytest.mark.parametrize("written", WAYS)
def test_a_date_may_be_written_in_any_way(written: str) -> None:
    """Western or Japanese years, full or half width, with a time of day or without."""
    assert says(f"有効期限: {written} まで", ENDS)
    assert not says(written, datetime(2027, 3, 30, 14, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize("text", ["2027年2月31日", "120270331", "令和の時代", "1/2", ""])
def test_what_is_no_date_says_none(text: str) -> None:
    """However much it looks like one."""
    assert days(text) == []


def test_another_time_of_day_is_another_moment() -> None:
    """Where the text says one."""
    assert not says("2027/03/31 12:00", ENDS)


def mail(*lines: str, subject: str = "更新のご案内") -> Mail:
    """A mail with these lines."""
    return Mail(sender="x@portal.example", recipient="a@b.example", subject=subject, date=ENDS, body="\n".join(lines))


def test_a_label_that_a_mail_lacks_is_named_with_its_key() -> None:
    """For IDs and for dates; the right date behind another label is a warning."""
    dialect, holder, noted = load("danshin"), ANYONE, cast("Any", Noted())
    with pytest.raises(DeviationError, match=r"\[dialect.mail\] request_id"):
        check_contents(mail("番号：4711"), USER, dialect, ["リクエストID"], [])
    with pytest.raises(DeviationError, match=r"\[dialect.mail\] validity"):
        check_term(mail("満了日：2027/03/30"), dialect, holder, noted)
    assert not noted.warnings
    check_term(mail("満了日：2027/03/31"), dialect, holder, noted)
    assert "[dialect.mail] validity" in noted.warnings[0]


class NoMail:
    """A mailbox in which nothing arrives."""

    def wait_for(self, *_: object, **__: object) -> list[Mail]:
        """Nothing."""
        return []

    unread = to = wait_for


def test_a_mail_that_does_not_arrive_is_named_with_its_key() -> None:
    """Its subject may be the portal's own."""
    mailbox: Any = NoMail()
    account: Any = type("Account", (), {"user_id": "emp1", "facts": {}, "login_password": "", "name": ""})
    with pytest.raises(DeviationError, match=r"\[dialect.mail\] guide"):
        Mails(mailbox, load("danshin"), "a@b.example", account).newest("guide")


def test_a_heading_that_a_letter_lacks_is_named_with_its_key() -> None:
    """The printed notice's too."""
    letter = Letter("通知書", (("申請番号", "123456789012345"),))
    with pytest.raises(DeviationError, match=r"\[dialect.letter\] request_id"):
        beside(letter, load("obn"), "request_id")


def test_a_scenario_speaks_in_the_manuals_words_whatever_the_portal_calls_things() -> None:
    """A heading in a table leads to the portal's own by its name."""
    dialect: Dialect = load("obn", {"values": {"common_name": ["名義"]}})
    assert dialect.named("values", "Common Name") == "common_name"
    assert dialect.named("values", "名義") == "common_name"


PROGRAM = load("obn").words("windows", "program")[0]
USER: Any = type("Account", (), {"user_id": "emp1", "login_password": "secret"})
ANYONE: Any = type("Holdings", (), {"newest": type("Certificate", (), {"not_after": ENDS})})


def test_a_manuals_own_words_are_its_own() -> None:
    """Of the screens and mistakes that all have, none is one manual's alone; what nobody has is named."""
    assert not {"トップページ", "証明書取得認証"} & SCREENS.keys()
    assert "半角数字4桁でない" not in MISTAKES
    with pytest.raises(ConfigurationProblemError, match="画面「トップページ」: 使えるのは ユーザ認証、トップ、"):
        one_of(SCREENS, "トップページ", "画面")
