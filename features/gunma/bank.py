"""法人向けインターネットバンキング: its users, its door, and what it tells those who are logged in."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pytest_bdd import given, parsers, then, when

from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.person.reachability import turned_down
from sekisho.portal import Account, Portal
from sekisho.portal.view import Term
from sekisho.verdict import BlockedError, require
from steps.premises import alive
from steps.refusals import own_words, refuse, remark
from steps.screens import arrive, headline
from steps.times import says, tokyo_date
from steps.words import Signs

from .bank_screens import HOME, LOGIN_FORM, LOGIN_ID, NO_CERTIFICATE, AcquirePage, Door
from .reasons import check_reason, fields, lacks_words

CONCEPT = "法人インターネットバンキング"

ROLES = {"マスターユーザ": "master", "管理者ユーザ": "manager", "一般ユーザ": "general"}
WINDOWS, MAC = "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
USER_AGENTS = {
    "Windows の Edge": f"Mozilla/5.0 ({WINDOWS}) {WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Windows の Chrome": f"Mozilla/5.0 ({WINDOWS}) {WEBKIT} Chrome/140.0.0.0 Safari/537.36",
    "Windows の Firefox": f"Mozilla/5.0 ({WINDOWS}; rv:140.0) Gecko/20100101 Firefox/140.0",
    "macOS の Chrome": f"Mozilla/5.0 ({MAC}) {WEBKIT} Chrome/140.0.0.0 Safari/537.36",
    "macOS の Safari": f"Mozilla/5.0 ({MAC}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
}
PUT_OUT = ("messages", "put_out")
EXPIRES_SOON = "expires_soon"
DOOR = ("buttons", "certificate_login")
FORM = (("fields", "login_password"),)  # the certificate says whose it is: not every bank asks for the ID too
MENU = ("menu", "admin")  # what only they have who are logged in
SCREENS = {
    "証明書取得認証": Signs((("screens", "acquire"),), (("buttons", "download_program"),)),
    "トップページ": Signs((HOME,), (MENU,)),
}


@pytest.fixture
def screens() -> Mapping[str, Signs]:
    """What this manual's scenarios call the screens."""
    return SCREENS


@pytest.fixture
def door(screen: Screen) -> Door:
    """The bank's log-in."""
    return Door(screen)


@given(
    parsers.re("有効な証明書を取り込んだ(?P<role>マスターユーザ|管理者ユーザ|一般ユーザ)がいる"),
    target_fixture="account",
)
def _(portal: Portal, holdings: Holdings, role: str) -> Account:
    return holdings.of(alive(portal.account("active", role=ROLES[role])))


@given("同じパソコンにマスターユーザの更新できる証明書がある", target_fixture="other")
def _(portal: Portal, holdings: Holdings) -> Account:
    return holdings.of(alive(portal.account("renewable", role="master")), mine=False)


@given("そのマスターユーザと同じ企業に、更新できる証明書を取り込んだ一般ユーザがいる", target_fixture="account")
def _(portal: Portal, holdings: Holdings, other: Account) -> Account:
    return holdings.of(alive(portal.account("renewable", role="general", company=other.user_id)))


@when(parsers.parse("インターネットバンキングを「{browser}」で開く"))
def _(browsing: Browsing, portal: Portal, browser: str) -> None:
    browsing.open(portal.sites["bank"], user_agent=USER_AGENTS[browser])


@when("電子証明書ログインを押す", target_fixture="admitted")
def _(request: pytest.FixtureRequest, door: Door, screen: Screen, evidence: Recorder) -> bool:
    return admits(door, screen, evidence) and logs_in(request, door, screen, evidence)


@when("電子証明書ログインでログインする")
def _(door: Door, screen: Screen, evidence: Recorder, account: Account) -> None:
    require(
        admits(door, screen, evidence),
        say(
            "有効な証明書を選んだのに、ログインの画面が出ない",
            "A valid certificate was chosen, but the login page does not come",
        ),
    )
    door.log_in_with_certificate(account.user_id, account.login_password)
    check_way(screen)


@when("もう一人の利用者のユーザーIDで電子証明書ログインをする", target_fixture="mistake")
def _(door: Door, screen: Screen, evidence: Recorder, other: Account) -> str:
    require(
        admits(door, screen, evidence),
        say(
            "有効な証明書を選んだのに、ログインの画面が出ない",
            "A valid certificate was chosen, but the login page does not come",
        ),
    )
    mistake = "not_the_owner" if door.asks_for_id else "login_refused"  # of whom the certificate names
    door.log_in_with_certificate(other.user_id, other.login_password)
    return mistake


@when("IDとパスワードだけでログインする")
def _(door: Door, account: Account) -> None:
    door.log_in(account.user_id, account.login_password)


@when("電子証明書取得を開く")
def _(door: Door, screen: Screen, evidence: Recorder) -> None:
    screen.settle()  # cautions may come late
    door.remember()
    AcquirePage(screen).open()
    arrive(screen, evidence, "証明書取得認証", SCREENS)


@when("ブラウザの操作を続ける")
def _(screen: Screen) -> None:
    inside = screen.wait_for(("menu", "home"), ("buttons", "interrupt")) == ("menu", "home")
    screen.press(*(("home", "menu") if inside else ("interrupt",)))


@then("証明書取得認証の画面に「ログインID取得」がある")
def _(screen: Screen) -> None:
    screen.wait_for(("buttons", "login_id"))


@then("ログインの画面が出る")
def _(screen: Screen) -> None:
    screen.wait_for(("buttons", "certificate_login"))


@then("電子証明書が使えないと表示され、ログインできない")
def _(admitted: bool) -> None:  # noqa: FBT001 - a fixture
    require(not admitted, say("電子証明書ログインでログインできた", "The certificate login logged the user in"))


@then("電子証明書が必要と表示され、ログインしていない")
def _(screen: Screen, evidence: Recorder) -> None:
    seen = answer(screen, evidence, ("messages", "certificate_needed"))
    require(
        seen not in {HOME, MENU},
        say(
            "証明書なしで、IDとパスワードだけでログインできた",
            "ID and password alone logged the user in, without a certificate",
        ),
    )


@then("その証明書の利用者ではないと表示され、ログインしていない")
def _(screen: Screen, evidence: Recorder, mistake: str) -> None:
    seen = answer(screen, evidence, ("messages", mistake))
    require(
        seen not in {HOME, MENU},
        say("他の利用者の証明書でログインできた", "The certificate of another subscriber logged the user in"),
    )


@then("エラーになり、操作を続けられない")
def _(door: Door, screen: Screen, evidence: Recorder) -> None:
    if screen.look_for(PUT_OUT) is None:
        said = own_words(door.beyond(screen), evidence, PUT_OUT)
        require(
            not went_on(screen, said),
            say(
                "アプリで取得したのに、エラーにならずに操作を続けられた",
                "The program fetched a certificate, but the user could go on without an error",
            ),
        )
        if not said:
            raise screen.missing(PUT_OUT, HOME, MENU, DOOR)
        remark(screen, evidence, PUT_OUT, said)


@then("トップページに、証明書の有効期限の案内がある")
def _(screen: Screen, evidence: Recorder, holdings: Holdings) -> None:
    arrive(screen, evidence, "トップページ", SCREENS)
    ends, there = holdings.newest.not_after, says(screen.text(), holdings.newest.not_after)
    if not screen.reads(EXPIRES_SOON):
        key = screen.dialect.key(("messages", EXPIRES_SOON))
        require(
            there,
            say(
                f"トップページに有効期限の案内が無い。{key}",
                f"The top page has no notice of the expiry. {key}",
            ),
        )
        evidence.warning(
            say(
                f"トップページに証明書の有効期限はあるが、知っている言葉の案内ではない。{key}",
                f"The top page has the expiry of the certificate, but no notice in known words. {key}",
            )
        )
    day = tokyo_date(ends)
    require(
        there,
        say(
            f"トップページの案内に有効期限（{day}）が無い",
            f"The notice on the top page does not have the expiry ({day})",
        ),
    )


@then("トップページに、証明書の有効期限の案内は無い")
def _(screen: Screen, evidence: Recorder, holdings: Holdings) -> None:
    arrive(screen, evidence, "トップページ", SCREENS)
    announced = screen.reads(EXPIRES_SOON) or says(screen.text(), holdings.newest.not_after)
    require(not announced, say("トップページに有効期限の案内が出た", "The top page has a notice of the expiry"))


def admits(door: Door, screen: Screen, evidence: Recorder) -> bool:
    """Press 電子証明書ログイン: whether a form to log in comes. Raises DeviationError where it is no refusal either."""
    seen = door.present()
    if seen is None and turned_down(screen.page):
        evidence.warning(
            say(
                "ポータルは TLS の接続を断り、ブラウザーのエラー画面だけが出た。手順書は、断り方を定めていない",
                "The portal refused the TLS connection, and only the browser's own error page came. The manual does "
                "not prescribe how it is refused",
            )
        )
        return False
    if seen is None and all(screen.has_in_front(*one) for one in FORM) and not screen.has_in_front(*DOOR):
        remark(screen, evidence, LOGIN_FORM, headline(screen, LOGIN_FORM))
        return True
    if seen is None and not screen.has_in_front(*DOOR) and fields(screen.page):
        check_reason(screen, evidence, NO_CERTIFICATE)
    return (seen or refuse(screen, evidence, NO_CERTIFICATE, LOGIN_FORM)) == LOGIN_FORM


def check_way(screen: Screen) -> None:
    """Raise BlockedError where the bank asks for a one-time password at its log-in too, which nobody enters there."""
    asked = "fields", "one_time_password"
    if screen.look_for(HOME, MENU, asked) == asked:
        raise BlockedError(
            say(
                "ログインでもワンタイムパスワードを求める設定の利用者では、試験を続けられない",
                "A user who is asked for a one-time password at the log-in too cannot go on in a test",
            )
        )


def went_on(screen: Screen, said: str) -> bool:
    """Whether the screen is at the top page or the door, or has its menu, and says no error; a frame keeps its menu."""
    return screen.has_in_front(*HOME) or (not said and any(screen.has_in_front(*one) for one in (MENU, DOOR)))


def logs_in(request: pytest.FixtureRequest, door: Door, screen: Screen, evidence: Recorder) -> bool:
    """Whether the form lets in whoever it was shown to: a bank may look at the certificate when it has the password."""
    told: Account = request.getfixturevalue("account" if "account" in request.fixturenames else "other")
    door.log_in_with_certificate(told.user_id, told.login_password)
    return answer(screen, evidence, NO_CERTIFICATE) in {HOME, MENU}


def answer(screen: Screen, evidence: Recorder, wanted: Term) -> Term:
    """What comes of a log-in: the refusal, or what only they see who are logged in.

    Raises DeviationError as `refuse`, and BlockedError where the bank asks for more or refuses for another reason.
    """
    seen = screen.look_for(wanted, HOME, MENU)
    if seen is None:
        check_way(screen)
        if not is_at_door(screen):
            check_reason(screen, evidence, wanted)
        elif not screen.has_in_front(*LOGIN_ID) and lacks_words(screen.page):
            check_reason(screen, evidence, wanted, key=LOGIN_ID)
    return seen or refuse(screen, evidence, wanted, HOME, MENU)


def is_at_door(screen: Screen) -> bool:
    """Whether who tried to log in is still where that is done."""
    return screen.has_in_front(*DOOR) or all(screen.has_in_front(*one) for one in (*FORM, ("buttons", "login")))
