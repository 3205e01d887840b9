"""A private key under a password of its own: the browser asks for it before it uses the key."""

from __future__ import annotations

from pathlib import Path

from pytest_bdd import given, then, when

from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.native_ui import Surface, SurfaceError
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from steps.picker import shown
from steps.roots import trust

CONCEPT = "秘密キーのパスワード"


@given("秘密キーのパスワードを付けて証明書を取り込んだ利用者がいる", target_fixture="account")
def _(pinned_pc: Pc, browsing: Browsing, portal: Portal, tmp_path: Path, evidence: Recorder) -> Account:
    browsing.move_to(pinned_pc)
    trust(pinned_pc.store, portal)
    return Holdings(pinned_pc.store, tmp_path, evidence).of(portal.account("renewable"))


@when("更新サイトを開き、証明書を選び、秘密キーのパスワードを入力する", target_fixture="visit")
def _(browsing: Browsing, portal: Portal, key_pin: str) -> Visit:
    return open_with(browsing, portal, key_pin)


@when("更新サイトを開き、証明書を選び、誤った秘密キーのパスワードを入力する", target_fixture="visit")
def _(browsing: Browsing, portal: Portal, key_pin: str) -> Visit:
    return open_with(browsing, portal, key_pin.swapcase())


@then("秘密キーのパスワードが求められた")
def _(visit: Visit) -> None:
    shown(visit)
    if not visit.prompts:  # the browser asks before it signs: no server can keep it from doing so
        raise SurfaceError(
            Surface.PIN_PROMPT,
            say("秘密キーのパスワードが求められなかった", "the password of the private key was not asked for"),
        )


def open_with(browsing: Browsing, portal: Portal, pin: str) -> Visit:
    """Open the renewal site with this PC's newest certificate, typing a PIN where the browser asks for it."""
    return browsing.visit(portal.sites["renew"], browsing.pc.store.personal()[-1], pin=pin)
