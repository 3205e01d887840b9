"""A proxy between the PC and the authority that asks for user name and password."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from pytest_bdd import given, then, when

from sekisho.evidence import Recorder
from sekisho.masking import Masking
from sekisho.portal import Portal
from sekisho.program import Program, Window
from sekisho.proxy import PasswordProxy
from sekisho.results import Note
from sekisho.verdict import NotApplicableError, require

NO_NTLM = "NTLM 認証のプロキシ（Windows ドメイン）は用意できないため、NTLM 認証は確かめていない"


@pytest.fixture
def proxy(masking: Masking) -> Iterator[PasswordProxy]:
    """The proxy, for as long as the scenario lasts."""
    proxy = PasswordProxy.start()
    masking.add(proxy.password)
    yield proxy
    proxy.stop()


@given("Basic認証のプロキシを経由するパソコンがある")
def _(program: Program, proxy: PasswordProxy) -> None:
    program.use_proxy(proxy.address)


@when("プロキシのユーザー名とパスワードを入力する")
def _(program: Program, proxy: PasswordProxy) -> None:
    pass_through(program.wait_for_window("proxy"), proxy.user, proxy.password)


@when("プロキシの誤ったパスワードを入力する", target_fixture="window")
def _(program: Program, proxy: PasswordProxy) -> Window:
    window = program.wait_for_window("proxy")
    pass_through(window, proxy.user, f"{proxy.password}x")
    return window


@when("プロキシの正しいパスワードを入力し直す")
def _(window: Window, proxy: PasswordProxy) -> None:
    pass_through(window, proxy.user, proxy.password)


@then("プロキシの認証に失敗したと表示される")
def _(window: Window) -> None:
    require(not window.closed, "プロキシの誤ったパスワードで先に進んだ")
    words = window.complaint
    require("プロキシ" in words and "パスワード" in words, f"表示されたのは「{words}」である")


@then("認証局への接続はすべてプロキシを経由した")
def _(proxy: PasswordProxy, portal: Portal, evidence: Recorder) -> None:
    evidence.add(Note(title="プロキシを経由した接続", lines=proxy.passed))
    wanted = urlsplit(portal.sites["agent"]).netloc
    require(wanted in proxy.passed, "認証局への接続がプロキシを経由していない")


@then("NTLM認証のプロキシも経由できる")
def _() -> None:
    raise NotApplicableError(NO_NTLM)


def pass_through(window: Window, user: str, password: str) -> None:
    """Type user name and password into the proxy's question."""
    window.fill("proxy_user", user)
    window.fill("proxy_password", password)
    window.press("ok")
