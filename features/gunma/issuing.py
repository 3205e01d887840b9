"""証明書発行アプリ: set up, started, and what its user enters and sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import pytest
from pytest_bdd import given, parsers, then, when

from pages.dialect import plain
from pages.mails import URL
from pages.screen import Screen
from sekisho.browser.pc import Pc
from sekisho.certstore import CertStore
from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.native_ui import Surface, SurfaceAbsentError, SurfaceError
from sekisho.person.holdings import Holdings
from sekisho.person.one_time_passwords import Token
from sekisho.portal import Account
from sekisho.portal.view import Term
from sekisho.program import Program, Window
from sekisho.results import Certificate, Note
from sekisho.verdict import DeviationError, require
from steps.certificates import subject_parts
from steps.refusals import refusal, refuse
from steps.screens import look
from steps.wording import check

from .bank_screens import AcquirePage
from .issuing_screens import ONE_TIME, RESULT, authenticate, carry_out, set_up
from .reasons import check_reason

CONCEPT = "証明書発行アプリ"

FOLDER = "C:¥Program Files (x86)¥証明書発行¥"
ONE_TIME_MEANS: tuple[Term, ...] = (("fields", "one_time_password"), ("buttons", "carry_out"))
RESULT_MEANS: tuple[Term, ...] = (("values", "common_name"), ("values", "serial"))
WRONG_CODE = "one_time_password_refused"
REFUSALS = {
    "ログインIDまたはログインパスワードの誤り": "login_refused",
    "ワンタイムパスワードの誤り": WRONG_CODE,
    "すでに発行済み": "already_issued",
    "有効期限切れ": "expired",
    "失効している": "revoked",
    "更新できる期間ではない": "not_renewable",
}
# What the result shows of the certificate's subject.
PARTS = {"Organization": "O", "Organization Unit": "OU", "Common Name": "CN"}
# What asks for the one-time password: a bank may say only behind it what it refuses.
ASKS_NEXT = ONE_TIME, ONE_TIME_MEANS[0]
WENT_ON = RESULT, *RESULT_MEANS
TEN_MINUTES = 600


@pytest.fixture
def one_time_password(account: Account, masking: Masking) -> str:
    """What the user's token shows."""
    return masking.add(token(account).shown())


@pytest.fixture
def window(program: Program) -> Window:
    """The program's window, where the program was started without a page."""
    program.ensure_installed()
    return program.start()


@given("証明書発行アプリを入れたパソコンがある")
def _(program: Program) -> None:
    program.ensure_installed()


@when("証明書発行アプリをダウンロードしてセットアップする", target_fixture="folder")
def _(screen: Screen, program: Program, downloads: Path) -> str:
    folder = set_up(program, AcquirePage(screen).download(downloads).path)
    require(
        program.installed,
        say(
            "セットアップを終えたのに、アプリがインストールされていない",
            "The setup ended, but the program is not installed",
        ),
    )
    return folder


@when("証明書発行アプリの起動を押す", target_fixture="window")
def _(screen: Screen, program: Program, pc: Pc, evidence: Recorder) -> Window:
    address = called_address(AcquirePage(screen), pc)
    evidence.add(pc.dismiss_program_question())
    evidence.add(
        Note(
            title=say("画面がアプリを呼び出したアドレス", "Address with which the page called the program"),
            lines=[address],
        )
    )
    pc.hosts.check(say("アプリの接続する", "the program connects"), *addresses(address))
    return program.start(address)


@when("証明書発行アプリを起動する", target_fixture="window")
def _(program: Program) -> Window:
    return program.start()


@when(parsers.re("アプリで「証明書発行」を押す"))
def _(window: Window) -> None:
    window.press("issue")


@when("アプリの証明書一覧で自分の証明書を選び「証明書更新」を押す")
def _(window: Window, holdings: Holdings) -> None:
    window.choose_row(holdings.newest.subject_cn)
    window.press("renew")


@when("アプリにユーザーIDとログインパスワードを入力する")
def _(window: Window, account: Account) -> None:
    authenticate(window, account.login_password, login_id=account.user_id)


@when("アプリにログインパスワードを入力する")
def _(window: Window, account: Account) -> None:
    authenticate(window, account.login_password)


@when("アプリに誤ったログインパスワードを入力する")
def _(window: Window, account: Account) -> None:
    login_id = account.user_id if window.has("fields", "login_id") else ""
    authenticate(window, f"{account.login_password}x", login_id=login_id)


@when("アプリにワンタイムパスワードを入力する")
def _(window: Window, evidence: Recorder, one_time_password: str) -> None:
    look(window, evidence, [ONE_TIME], ONE_TIME_MEANS)
    carry_out(window, one_time_password)


@when("アプリに誤ったワンタイムパスワードを入力する")
def _(window: Window, one_time_password: str) -> None:
    carry_out(window, f"{(int(one_time_password) + 1) % 1_000_000:06d}")


@when("アプリに10分前のワンタイムパスワードを入力する")
def _(window: Window, account: Account, masking: Masking) -> None:
    carry_out(window, masking.add(token(account).shown(seconds_ago=TEN_MINUTES)))


@when("アプリで証明書を取得する", target_fixture="certificate")
def _(window: Window, account: Account, one_time_password: str, holdings: Holdings, evidence: Recorder) -> Certificate:
    window.press("issue")
    authenticate(window, account.login_password, login_id=account.user_id)
    return finish(window, one_time_password, holdings, evidence)


@when("アプリで証明書を更新する", target_fixture="certificate")
def _(window: Window, account: Account, one_time_password: str, holdings: Holdings, evidence: Recorder) -> Certificate:
    window.choose_row(holdings.newest.subject_cn)
    window.press("renew")
    authenticate(window, account.login_password)
    return finish(window, one_time_password, holdings, evidence)


@when("もう一人の利用者もアプリで証明書を取得する")
def _(program: Program, other: Account, masking: Masking, holdings: Holdings, evidence: Recorder) -> None:
    window = program.start()
    window.press("issue")
    authenticate(window, other.login_password, login_id=other.user_id)
    finish(window, masking.add(token(other).shown()), holdings, evidence, mine=False)


@when("アプリの結果の画面を閉じる")
def _(window: Window) -> None:
    window.press("close_program")
    window.wait_until_closed()


@then("セットアップの画面はインストール先を示した")
def _(folder: str, evidence: Recorder) -> None:
    check(
        evidence,
        FOLDER,
        [folder],
        say(
            f"インストール先が {folder or '示されない'} である",
            f"The program is installed in {folder or 'a folder that is not shown'}",
        ),
    )


@then("アプリの画面に「証明書発行」と「証明書更新」がある")
def _(window: Window) -> None:
    for name in ("issue", "renew"):
        window.wait_for(("buttons", name))


@then(parsers.parse("アプリの証明書一覧に証明書が{count:d}枚ある"))
def _(window: Window, count: int) -> None:
    lines = window.lines()
    require(
        len(lines) == count,
        say(
            f"アプリの証明書一覧に {len(lines)} 枚ある（{'、'.join(lines)}）",
            f"Certificates in the program's list: {len(lines)} ({', '.join(lines)})",
        ),
    )


@then("発行結果は、ストアに入った証明書の記載と同じである", target_fixture="certificate")
def _(window: Window, holdings: Holdings, evidence: Recorder) -> Certificate:
    look(window, evidence, [RESULT], RESULT_MEANS)
    new = holdings.notice()
    for heading, part in PARTS.items():
        shown, wanted = window.values(window.dialect.named("values", heading)), subject_parts(new, part)
        fits = sorted(map(plain, shown)) == sorted(map(plain, wanted))
        require(
            fits,
            say(
                f"発行結果の「{heading}」が {'、'.join(shown) or '空'} である"
                f"（証明書では {'、'.join(wanted) or '空'}）",
                f'"{heading}" of the result is {", ".join(shown) or "empty"} (the certificate has '
                f"{', '.join(wanted) or 'nothing'})",
            ),
        )
    serials = window.values("serial")
    require(
        [number(one) for one in serials] == [number(new.serial)],
        say(
            f"発行結果の「証明書シリアル番号」が {'、'.join(serials) or '空'} である（証明書では {new.serial}）",
            f'"証明書シリアル番号" of the result is {", ".join(serials) or "empty"} (the certificate has {new.serial})',
        ),
    )
    return new


@then("証明書は利用者のものである")
def _(certificate: Certificate, account: Account) -> None:
    name = certificate.subject_cn
    require(
        account.user_id in re.split(r"[^\w.@-]+", name),
        say(f"証明書の Common Name が {name} である", f"The Common Name of the certificate is {name}"),
    )


@then(parsers.parse("アプリに「{mistake}」と表示され、証明書は増えない"))
def _(
    request: pytest.FixtureRequest,
    window: Window,
    store: CertStore,
    holdings: Holdings,
    evidence: Recorder,
    mistake: str,
) -> None:
    seen = answer_to(mistake, window, evidence, lambda: request.getfixturevalue("one_time_password"))
    require(
        seen not in WENT_ON,
        say(
            f"「{mistake}」と表示されるはずが、拒まれずに先に進んだ",
            f'"{mistake}" should have been said, but the program went on',
        ),
    )
    held = len(store.personal())
    require(
        held == holdings.count,
        say(
            f"拒まれたのに、個人ストアに証明書が {held} 枚ある",
            f"It was refused, but certificates in the personal store: {held}",
        ),
    )


def answer_to(mistake: str, window: Window, evidence: Recorder, code: Callable[[], str]) -> Term:
    """What comes of a mistake: the refusal, maybe behind the one-time password, or what is `WENT_ON`.

    Raises DeviationError as `refusal`, and BlockedError where a one-time password was perhaps what was refused.
    """
    name = REFUSALS[mistake]
    asks_next = () if name == WRONG_CODE else ASKS_NEXT
    seen = refusal(window, evidence, name, *WENT_ON, *asks_next)
    if seen not in asks_next:
        return seen
    carry_out(window, code())
    refused = "messages", name
    came = window.look_for(refused, *WENT_ON)
    if came is None:
        check_reason(window, evidence, refused, besides=ONE_TIME_MEANS[0])
    return came or refuse(window, evidence, refused, *WENT_ON)


def called_address(page: AcquirePage, pc: Pc) -> str:
    """The address with which the page calls the program; a call that only the browser's question tells of is ours."""
    try:
        return page.start_program()
    except DeviationError as unseen:
        with suppress(SurfaceAbsentError):
            pc.dismiss_program_question()
            text = say(
                "画面がアプリを呼び出したのに、そのアドレスをブラウザーが伝えない",
                "The page called the program, but the browser does not tell with which address",
            )
            raise SurfaceError(Surface.PROTOCOL_DIALOG, text) from unseen
        raise


def addresses(call: str) -> list[str]:
    """The addresses that a page hands to the program with its call, written as they are or for an address."""
    return URL.findall(unquote(call))


def finish(
    window: Window, one_time_password: str, holdings: Holdings, evidence: Recorder, *, mine: bool = True
) -> Certificate:
    """From the one-time password to the new certificate in the store. Raises DeviationError on the way."""
    look(window, evidence, [ONE_TIME], ONE_TIME_MEANS)
    carry_out(window, one_time_password)
    look(window, evidence, [RESULT], RESULT_MEANS)
    return holdings.notice(mine=mine)


def token(account: Account) -> Token:
    """What a user's one-time passwords come from. Raises BlockedError where the target file does not say."""
    return Token(account.fact("otp_seed"))


def number(serial: str) -> str:
    """A serial number in hexadecimal digits as the records have it, however it is grouped."""
    return re.sub(r"^0x|[^0-9a-f]", "", serial.lower()).lstrip("0")
