"""MPKI クライアント: what Windows asks before the program may use a private key that has a password."""

from __future__ import annotations

from pytest_bdd import then, when

from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.portal import Account
from sekisho.program import Program, Window
from sekisho.verdict import require
from steps.refusals import refusal

from .client import QUESTION, close, opened_window, unchanged

CONCEPT = "MPKI クライアントと秘密キーのパスワード"


@when("秘密キーのパスワードを入力して「許可」を押す")
def _(program: Program, evidence: Recorder, key_pin: str) -> None:
    allow_rightly(opened_window(program, evidence, "key_password"), key_pin)


@when("誤った秘密キーのパスワードを入力して「許可」を押す", target_fixture="window")
def _(program: Program, evidence: Recorder, key_pin: str) -> Window:
    window = opened_window(program, evidence, "key_password")
    allow(window, key_pin.swapcase())
    return window


@when("正しい秘密キーのパスワードを入力し直して「許可」を押す")
def _(window: Window, key_pin: str) -> None:
    allow_rightly(window, key_pin)


@when("秘密キーの使用を「許可しない」と答える")
def _(program: Program, evidence: Recorder) -> None:
    close(opened_window(program, evidence, "key_password"), "refuse")


@then("秘密キーのパスワードが正しくないと表示される")
def _(window: Window, evidence: Recorder) -> None:
    require(
        not window.closed,
        say("誤った秘密キーのパスワードで画面が閉じた", "A wrong password of the private key closed the window"),
    )
    refusal(window, evidence, "key_password_wrong")


@then("アクセスが許可されなかったと表示され、証明書は更新されない")
def _(program: Program, browsing: Browsing, account: Account, evidence: Recorder) -> None:
    refusal(opened_window(program, evidence, "program"), evidence, "key_access_refused", *QUESTION)
    unchanged(browsing, account, 1)


def allow(window: Window, pin: str) -> None:
    """Let the program use the private key."""
    window.fill("private_key_password", pin)
    window.press("allow")


def allow_rightly(window: Window, pin: str) -> None:
    """Let the program use the private key. Raises DeviationError when it does not take the right password."""
    allow(window, pin)
    require(
        window.closed,
        say(
            f"正しい秘密キーのパスワードが受け付けられない。表示されたのは「{window.complaint}」である",
            f'The right password of the private key is not accepted. Shown: "{window.complaint}"',
        ),
    )
