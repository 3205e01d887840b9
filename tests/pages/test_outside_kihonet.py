"""Screens of a portal of frames and tokens that keeps kihonet's manual, which leaves much of them open."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from pages.dialect import load
from pages.keys import KeyPage
from pages.mails import looks_like_id
from pages.renewal import RenewalList
from pages.screen import Screen
from sekisho.browser.visit import Visit
from sekisho.portal.view import Term
from sekisho.verdict import BlockedError, DeviationError, NotApplicableError
from steps import exploring, keys, renewal, services, tabs
from steps.outcomes import Outcome
from steps.screens import arrive
from steps.words import KEY_FORM
from tests.harness.noting import Noted

LIST = (
    "<h3>更新後証明書の取得</h3><table><tr><th>No.<th>リクエスト ID<th>お申込日時<th>&nbsp;"
    "<tr><td>1<td>202611280000024<td>2026/11/28<td><a href='#'><img alt='Download Key' width=9 height=9></a></table>"
)
DETAILS = "<table><tr><td>リクエスト ID<td>202611280000024<tr><td>証明書ステータス<td>鍵生成中</table>"
KEY = (
    "<form>パスワード <input type=password><br>パスワードの確認 <input type=password>"
    "<button type=button onclick='answer()'>取得</button></form>"
)
TWICE = "二重に送信されたか、画面の遷移が正しくありません。"


@pytest.fixture
def screen(page: Page) -> Screen:
    """A screen of kihonet."""
    return Screen(lambda: page, load("kihonet"), 5)


def noted(*ids: str) -> Any:  # noqa: ANN401 - in place of a scenario's record
    """A record that knows what is not applicable too."""

    class Record(Noted):
        def not_applicable(self, reason: str) -> None:
            self.warnings.append(f"N/A: {reason}")

    return Record(*ids)


def answer(page: Page, screen: Screen, shown: str) -> None:
    """Press 取得 on the key page, which the portal answers with a page."""
    page.set_content(f"{KEY}<script>function answer() {{ document.body.innerHTML = {shown!r} }}</script>")
    screen.press("submit")


def test_a_list_whose_buttons_stand_below_no_heading_is_the_list(page: Page, screen: Screen) -> None:
    """The manual names neither its title nor its columns; a waiting page with a request ID is none."""
    page.set_content(LIST)
    record = noted("KIHO-RENEW-06")
    arrive(screen, record, "更新後証明書の取得")
    assert 'renewal_list = ["更新後証明書の取得"]' in record.warnings[0]
    assert [row["request_id"] for row in RenewalList(screen).rows()] == ["202611280000024"]
    assert not RenewalList(screen).unread
    page.set_content(DETAILS)
    assert not RenewalList(screen).rows()
    with pytest.raises(DeviationError):
        arrive(screen, noted("KIHO-RENEW-06"), "更新後証明書の取得")


def test_a_refusal_that_no_list_of_words_knows_is_a_warning_where_the_form_is_gone(page: Page, screen: Screen) -> None:
    """Whoever is still before the form, or sees a crash, was not told what is wrong."""
    record = noted("KIHO-ISSUE-04")
    answer(page, screen, "<p>パスワードは左右おなじにそろえましょう</p>")
    keys.refused(screen, record, "mismatch")
    assert 'mismatch = ["パスワードは左右おなじにそろえましょう"]' in record.warnings[0]
    for shown in (f"<p>ご案内のメールをお手元に</p>{KEY}", "<p>システムエラー</p>", "", "<p>当日中に完了</p>"):
        answer(page, screen, shown)
        with pytest.raises(DeviationError):
            keys.refused(screen, noted("KIHO-ISSUE-04"), "mismatch")


def test_a_double_press_may_be_refused_with_a_reason(page: Page, screen: Screen) -> None:
    """As forms with a token do; a page that says nothing is no reason."""
    record = noted("KIHO-RULE-01")
    answer(page, screen, f"<p>{TWICE}</p>")
    keys.check_hasty(screen, record)
    assert TWICE in record.warnings[0]
    answer(page, screen, "")
    with pytest.raises(DeviationError):
        keys.check_hasty(screen, record)


def test_a_list_that_the_manual_does_not_have_need_not_be_there(page: Page, screen: Screen) -> None:
    """Where it is, it is looked at."""
    page.set_content("<a href='#'>鍵の取得</a>")
    record = noted("KIHO-RULE-01")
    keys.look_up(screen, record, "1")
    assert "[dialect.menu] requests" in record.warnings[0]
    rows = "".join(f"<tr><td>{number}<td>発行済" for number in (1, 2))
    page.set_content(
        f"<a href='#'>申請情報一覧</a><h1>申請情報一覧</h1><table><tr><th>リクエスト ID<th>ステータス{rows}</table>"
    )
    with pytest.raises(DeviationError, match="1、2"):
        keys.look_up(screen, record, "1")


def test_a_waiting_page_that_was_reloaded_need_not_go_on(page: Page, screen: Screen) -> None:
    """Frames begin anew, and a form that was sent is not taken twice: what counts is what is listed then."""
    record = noted("KIHO-RENEW-05")
    page.set_content("<h3>トップ</h3><p>左のメニューからお手続きを選択してください。</p>")
    renewal.look_at_reloaded(screen, record)
    assert "再読み込み" in record.warnings[0]
    page.set_content(KEY)
    renewal.look_at_reloaded(screen, noted())


def test_a_server_that_requires_a_certificate_keeps_out_without_a_page(page: Page, screen: Screen) -> None:
    """Where no row says that 「forbidden」 is shown."""
    visit, record = Visit(page, None, "ERR_BAD_SSL_CLIENT_AUTH_CERT"), noted("KIHO-RULE-06")
    services.check_shut(screen, record, visit)
    assert "ERR_BAD_SSL_CLIENT_AUTH_CERT" in record.warnings[0]
    with pytest.raises(DeviationError):
        services.check_shut(screen, noted("DAN-FAQ-05"), visit)


def renewal_site(page: Page, listed: str) -> None:
    """A renewal site whose menu leads to a list."""
    opened = f"document.querySelector('div').innerHTML = {listed!r}"
    page.set_content(
        f"<a href='#' id=a>更新後証明書の取得</a><div></div><script>a.onclick = () => {{ {opened} }}</script>"
    )


def test_a_request_id_may_be_shown_in_groups(page: Page, screen: Screen) -> None:
    """The field puts a gap behind every four digits, as a person would."""
    field = "<label>リクエスト ID <input readonly value=`2026 1128 0000 024`></label>".replace("`", "&quot;")
    page.set_content(LIST.replace("<a href='#'>", f"<a href=# onclick=\"document.body.innerHTML='{field}'\">"))
    record = noted("KIHO-RENEW-06")
    exploring.compare_with_key_page(screen, record)
    assert not record.warnings
    assert looks_like_id(KeyPage(screen).request_id)


def test_what_was_fetched_need_not_stay_in_the_list(page: Page, screen: Screen) -> None:
    """Nor need the site let in whoever has the new certificate already; two of it are one too many."""
    record = noted("KIHO-RULE-01")
    page.set_content("<p>お使いの証明書ではご利用いただけません</p>")
    exploring.count_left(screen, record)
    renewal_site(page, "<p>該当するデータはありません</p>")
    exploring.count_left(screen, record)
    exploring.compare_with_key_page(screen, record)
    assert len(record.warnings) == 3
    renewal_site(page, LIST)
    exploring.count_left(screen, record)
    assert len(record.warnings) == 3
    page.set_content(LIST.replace("<a href='#'>", "<button disabled>"))
    exploring.compare_with_key_page(screen, record)
    assert "入口が無い" in record.warnings.pop()
    renewal_site(page, LIST.replace("</table>", "<tr><td>2<td>202611280000025<td>2026/11/28<td></table>"))
    with pytest.raises(DeviationError, match="2 件"):
        exploring.count_left(screen, record)


@pytest.mark.parametrize(
    ("shows", "stops"),
    [
        ("<p>お使いの証明書ではご利用いただけません</p>", True),
        ("<a href='#'>更新後証明書の取得</a>", False),
        (LIST, False),
        ("<p>システムエラーが発生しました</p>", False),
        ("", False),
        ("<h1>Not Found</h1>", False),
        ("<h1>エラー</h1>", False),
        ("<p>セッションが切れました。ログインし直してください。</p>", False),
        ("<a href='#'>証明書更新申請</a><p>お使いの証明書ではご利用いただけません</p>", False),
    ],
)
def test_who_is_kept_out_once_the_key_was_handed_out_has_no_way_in_the_manual(
    page: Page, screen: Screen, shows: str, *, stops: bool
) -> None:
    """A crash is none of that, nor a blank page or a session that was lost, and whoever gets in goes on."""
    page.set_content(shows)
    with pytest.raises(NotApplicableError, match="手順書は定めていない") if stops else nullcontext():
        exploring.stop_where_shut(screen)


def test_a_list_without_an_entry_may_say_so_instead(page: Page, screen: Screen) -> None:
    """Opened again, it has none; a menu of which nothing comes is no list."""
    renewal_site(page, "<p>該当するデータはありません</p>")
    renewals = RenewalList(screen)
    renewals.open()
    assert not renewals.rows()
    renewal_site(page, "")
    with pytest.raises(DeviationError):
        renewals.open()


@pytest.mark.parametrize(("seen", "asks"), [(("screens", "session_invalid"), True), (KEY_FORM[0], False)])
def test_who_was_refused_in_every_tab_applies_anew(seen: Term, *, asks: bool) -> None:
    """A token that another tab has taken refuses them all, and nothing was applied for."""
    outcomes: dict[str, Outcome] = {"タブ1": ("screens", "login"), "タブ2": seen}
    assert tabs.all_refused(outcomes) is asks


@pytest.mark.parametrize("lacking", ["", "service_user_id"])
def test_a_service_that_lets_in_by_the_certificate_alone_is_open(page: Page, lacking: str) -> None:
    """Also where its manual knows no log-in, and what stands behind the door sounds like a refusal."""
    whole = load("kihonet")
    fields = {name: words for name, words in whole.sections["fields"].items() if name != lacking}
    screen = Screen(lambda: page, replace(whole, sections={**whole.sections, "fields": fields}), 10)
    page.set_content("<h1>企保ネット メニュー</h1><p>対象の注文書はありません。</p>")
    with pytest.raises(DeviationError, match="有効な証明書が無いのに"):
        services.check_shut(screen, noted("KIHO-RULE-06"), Visit(page, None, None))
    page.set_content("<p>forbidden</p>")
    services.check_shut(screen, noted("KIHO-RULE-06"), Visit(page, None, None))


SHUT = "<p>お使いの証明書ではご利用いただけません。</p><a href=/>企保ネット メニュー</a>"


@pytest.mark.parametrize("lacking", ["", "service_user_id"])
def test_a_page_that_refuses_may_name_the_service(page: Page, lacking: str) -> None:
    """In a link, a head or a foot: it is no door that is open, and nobody is let in."""
    whole = load("kihonet")
    fields = {name: words for name, words in whole.sections["fields"].items() if name != lacking}
    screen = Screen(lambda: page, replace(whole, sections={**whole.sections, "fields": fields}), 10)
    page.set_content(SHUT)
    record = noted("KIHO-RULE-06")
    services.check_shut(screen, record, Visit(page, None, None))
    assert "お使いの証明書ではご利用いただけません" in record.warnings[0]
    with pytest.raises(DeviationError, match="有効な証明書を選んだのに"):
        services.log_in(screen, noted("KIHO-ISSUE-12"), "emp", "pw", "service")


def test_a_service_may_let_in_without_its_log_in(page: Page, screen: Screen) -> None:
    """A WARNING where a certificate is valid: the manual shows a log-in."""
    page.set_content("<h1>企保ネット メニュー</h1><p>ようこそ</p>")
    record = noted("KIHO-ISSUE-12")
    services.log_in(screen, record, "emp", "pw", "service")
    assert "証明書だけで入れた" in record.warnings[0]


def test_a_refused_handshake_is_what_the_manual_forbids_whatever_the_target_file_has_learnt(page: Page) -> None:
    """A row prints forbidden, and no page came."""
    screen = Screen(lambda: page, load("danshin", {"messages": {"forbidden": ["アクセスできません"]}}), 5)
    with pytest.raises(DeviationError, match="forbidden の画面が無く"):
        services.check_shut(screen, noted("DAN-FAQ-05"), Visit(page, None, "ERR_BAD_SSL_CLIENT_AUTH_CERT"))


@pytest.mark.parametrize(
    "notice",
    [
        "証明書の有効期限がまもなく切れます。更新してください。",
        "前回のログインから30日が過ぎています。",
        "対象の注文書はありません。",
        "パスワードの有効期限が過ぎています。変更してください。",
        "毎週日曜日はシステムメンテナンスのためご利用いただけません。",
        "証明書の有効期限が切れる前に更新手続きをお願いします。",
        "本サイトへの不正アクセスは法律により禁止されています。",
        "未登録の端末からのアクセスはできません。",
        "60分操作がないと再度ログインが必要です（タイムアウト）。",
        "Unauthorized access is denied.",
        "ただいまお電話が混み合っています。",
        "照会の機能はメンテナンス中です。",
    ],
)
def test_a_service_that_announces_things_is_open(page: Page, screen: Screen, notice: str) -> None:
    """What must be done soon, what there is not, and what holds for others keeps nobody out."""
    menu = "<ul><li><a href=/a>契約の照会</a><li><a href=/b>請求の入力</a></ul><iframe hidden></iframe>"
    page.set_content(f"<h1>企保ネット メニュー</h1>{menu}<p>{notice}</p>")
    record = noted("KIHO-ISSUE-12")
    services.log_in(screen, record, "emp", "pw", "service")
    assert ("分からない" in record.warnings[-1]) is ("メンテナンス中" in notice)
    with pytest.raises(DeviationError, match="有効な証明書が無いのにサービスの画面"):
        services.check_shut(screen, noted("KIHO-RULE-06"), Visit(page, None, None))


@pytest.mark.parametrize(
    "notice",
    [
        "ただいま混み合っています。しばらくしてからもう一度お試しください。",
        "システムメンテナンス中です。",
        "ただいまメンテナンスのためご利用になれません。",
        "ただいまの時間はサービスを停止しております。",
        "アクセスが集中しております",
        "The system is under maintenance.",
    ],
)
@pytest.mark.parametrize("name", ["<h1>企保ネット メニュー</h1>", "<div>企保ネット メニュー</div>", "<h1>503</h1>"])
def test_a_service_that_is_closed_for_now_is_undecided(page: Page, screen: Screen, name: str, notice: str) -> None:
    """It lets nobody in, and refuses nobody, under its name or not."""
    page.set_content(f"{name}<p>{notice}</p><a href=/>トップへ戻る</a>")
    with pytest.raises(BlockedError, match="いまは使えない"):
        services.log_in(screen, noted("KIHO-ISSUE-12"), "emp", "pw", "service")
    with pytest.raises(BlockedError, match="いまは使えない"):
        services.check_shut(screen, noted("KIHO-RULE-06"), Visit(page, None, None))


@pytest.mark.parametrize(
    "refusal",
    [
        "電子証明書を確認できません。",
        "この証明書は失効しています。",
        "有効な証明書を選択してください。",
        "アクセスは許可されていません。",
        "ご利用になれません。",
    ],
)
def test_a_page_that_refuses_below_the_services_name_is_shut_or_undecided(
    page: Page, screen: Screen, refusal: str
) -> None:
    """In whatever words; where the name is its heading, a person must tell."""
    page.set_content(f"<div>企保ネット メニュー</div><p>{refusal}</p>")
    services.check_shut(screen, noted("KIHO-RULE-06"), Visit(page, None, None))
    page.set_content(f"<h1>企保ネット メニュー</h1><p>{refusal}</p>")
    with pytest.raises(BlockedError, match=r"\[dialect.messages\] forbidden.*\[dialect.services\] service"):
        services.check_shut(screen, noted("KIHO-RULE-06"), Visit(page, None, None))


@pytest.mark.parametrize(
    "refusal",
    [
        "有効な証明書がありません。",
        "認証に失敗しました。",
        "アクセス権限がありません。",
        "アクセスは許可されていません。",
        "Access is not allowed.",
    ],
)
def test_a_refusal_of_this_user_above_a_menu_is_undecided(page: Page, screen: Screen, refusal: str) -> None:
    """Links to where a certificate is got are no service: a valid one would pass that is kept out."""
    links = "<ul><li><a href=/a>証明書の申請</a><li><a href=/b>証明書の更新</a></ul>"
    page.set_content(f"<h1>企保ネット メニュー</h1><p>{refusal}</p>{links}")
    with pytest.raises(BlockedError, match=r"\[dialect.messages\] forbidden"):
        services.log_in(screen, noted("KIHO-ISSUE-12"), "emp", "pw", "service")
    with pytest.raises(BlockedError, match=r"\[dialect.messages\] forbidden"):
        services.check_shut(screen, noted("KIHO-RULE-06"), Visit(page, None, None))
