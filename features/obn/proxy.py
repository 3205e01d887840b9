"""A proxy between the PC and the authority that asks for user name and password."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from pytest_bdd import given, parsers, then, when

from sekisho.evidence.masking import Masking
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.network.proxy import PasswordProxy, Scheme
from sekisho.portal import Portal
from sekisho.program import Program, Window
from sekisho.results import Note
from sekisho.verdict import require
from steps.refusals import refusal

from .client import opened_window

CONCEPT = "認証のあるプロキシ"

SCHEMES: dict[str, Scheme] = {"Basic": "Basic", "NTLM": "NTLM"}


@pytest.fixture
def started() -> Iterator[list[PasswordProxy]]:
    """What is ended with the scenario."""
    started: list[PasswordProxy] = []
    yield started
    for proxy in started:
        proxy.stop()


@given(parsers.parse("{scheme}認証のプロキシを経由するパソコンがある"), target_fixture="proxy")
def _(program: Program, masking: Masking, started: list[PasswordProxy], scheme: str) -> PasswordProxy:
    proxy = PasswordProxy.start(SCHEMES[scheme])
    started.append(proxy)
    masking.add(proxy.password)
    program.use_proxy(proxy.address)
    return proxy


@when("プロキシのユーザー名とパスワードを入力する")
def _(program: Program, evidence: Recorder, proxy: PasswordProxy) -> None:
    pass_through(opened_window(program, evidence, "proxy"), proxy.user, proxy.password)


@when("プロキシの誤ったパスワードを入力する", target_fixture="window")
def _(program: Program, evidence: Recorder, proxy: PasswordProxy) -> Window:
    window = opened_window(program, evidence, "proxy")
    pass_through(window, proxy.user, f"{proxy.password}x")
    return window


@when("プロキシの正しいパスワードを入力し直す")
def _(window: Window, proxy: PasswordProxy) -> None:
    pass_through(window, proxy.user, proxy.password)


@then("プロキシの認証に失敗したと表示される")
def _(window: Window, evidence: Recorder) -> None:
    require(
        not window.closed, say("プロキシの誤ったパスワードで先に進んだ", "A wrong password of the proxy went through")
    )
    refusal(window, evidence, "proxy_refused")


@then("認証局への接続はすべてプロキシを経由した")
def _(proxy: PasswordProxy, portal: Portal, evidence: Recorder) -> None:
    evidence.add(Note(title=say("プロキシを経由した接続", "Connections through the proxy"), lines=proxy.passed))
    wanted = urlsplit(portal.sites["agent"]).netloc
    require(
        wanted in proxy.passed,
        say(
            "認証局への接続がプロキシを経由していない", "The connection to the authority does not go through the proxy"
        ),
    )


def pass_through(window: Window, user: str, password: str) -> None:
    """Type user name and password into the proxy's question."""
    window.fill("proxy_user", user)
    window.fill("proxy_password", password)
    window.press("ok")
