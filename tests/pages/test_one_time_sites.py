"""Sites behind a one-time address, as others than the mock build them."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from features.nec.addresses import one_time, secrets_in
from features.nec.legacy import states
from features.nec.legacy_screens import LegacySite
from features.nec.ownkeys import confirmation
from pages import hand
from pages.dialect import load
from pages.mails import Mails
from pages.screen import Screen
from sekisho.certenroll import User
from sekisho.certenroll.prompts import ROOT_LACKING
from sekisho.evidence.masking import Masking
from sekisho.results import Mail

HERE = "https://ra.test/"
SITE, LINKED = f"{HERE}check/", f"{HERE}check/of/this/user"
TOKEN = "6fb7ef51b15994bdc25897a6"
NAME = "証明書確認ページを開く"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (f"<a href=/check/of/this/user>{NAME}</a>", LINKED),
        (f"<a href=/check/of/this/user><img alt={NAME} width=9 height=9></a>", LINKED),
        (f"<a href=\"javascript:__doPostBack('lnk','')\">{NAME}</a>", SITE),
        (f"<a href=# onclick=\"open('/check/')\">{NAME}</a>", SITE),
        (f"<input type=button value={NAME}>", SITE),
    ],
)
def test_what_leads_to_a_script_leads_to_the_site(page: Page, link: str, address: str) -> None:
    """There is no address in it to go to with a certificate."""
    page.route(HERE, lambda route: route.fulfill(body=f"<meta charset=utf-8>{link}", content_type="text/html"))
    page.goto(HERE)
    portal: Any = SimpleNamespace(sites={"confirm": SITE})
    assert confirmation(Screen(lambda: page, load("nec"), 20), portal) == address


@pytest.mark.parametrize(
    ("rest", "secrets"),
    [
        (f"ra/2026112700001/{TOKEN}", ["2026112700001", TOKEN]),
        (f"ra/{TOKEN}/", [TOKEN]),
        ("ra/2026112700001/OlRgiZfCWqdgAdYfnfmbwYAX", ["2026112700001", "OlRgiZfCWqdgAdYfnfmbwYAX"]),
        (f"webra/Default.aspx?otu={TOKEN}&lang=ja", [TOKEN]),
        ("ra/AbCdEfGhIjKl", ["AbCdEfGhIjKl"]),
        ("ra/?id=7", []),
    ],
)
def test_the_secret_of_an_address_is_known_wherever_it_stands(rest: str, secrets: list[str]) -> None:
    """In the path or behind it; the pages' names are none."""
    assert secrets_in(HERE + rest) == secrets


@pytest.mark.parametrize("shown", ["1024 bit", "1024bits", "1024 ビット（固定）", "１０２４"])
def test_a_value_is_shown_with_a_remark_or_beside_an_explanation(shown: str) -> None:
    """CSP：暗号サービスプロバイダの略 is no other value."""
    assert states(["鍵の長さのこと", shown], "1024 bit")
    assert not states(["2048 bit", "10240 bit"], "1024 bit")


LAYER = """<button onclick="layer.hidden = false">クライアント証明書のインストール</button><p id=note>
<div id=layer hidden style="position: fixed; inset: 0; background: white">ルートCA証明書がインストールされていません。
<button onclick="layer.hidden = true; note.textContent = 'インストールを続けます。'">OK</button>
<button onclick="layer.hidden = true; note.textContent = 'インストールを中止しました。'">キャンセル</button></div>"""


@pytest.mark.parametrize(("pressed", "said"), [("OK", "続けます"), ("キャンセル", "中止しました")])
def test_a_warning_in_a_layer_is_answered_as_one_in_a_box(page: Page, pressed: str, said: str) -> None:
    """By the scenario's user, who has read it."""
    page.set_content(LAYER)
    user = User(lambda _: None)
    user.decide(ROOT_LACKING, pressed)
    control: Any = SimpleNamespace(
        lacks_root=True, computer=SimpleNamespace(user=user, installed={}), check=lambda: None
    )
    LegacySite(Screen(lambda: page, load("nec"), 20), cast("Any", None), control).install()
    assert said in page.inner_text("#note")
    assert "ルートCA証明書" in user.read[0].text


def test_a_button_that_has_just_gone_cannot_be_pressed(page: Page) -> None:
    """It is not waited for: a page may hide what it shows for a moment."""
    page.set_content("<p>x")
    assert not hand.pressable(page.locator("button"))


@pytest.mark.parametrize("other", [f"{HERE}help/environment.html", f"{HERE}faq2026/"])
def test_the_one_time_address_is_the_one_with_the_secret(other: str) -> None:
    """Whatever else of the portal a mail leads to, before it or behind it."""
    for lines in ([other, HERE + TOKEN], [HERE + TOKEN, other]):
        mail = Mail(sender="", recipient="", subject="", date=datetime(2026, 1, 1, tzinfo=UTC), body="\n".join(lines))
        mails = Mails(cast("Any", None), load("nec"), "", cast("Any", None))
        assert one_time(mails, mail, Masking()) == HERE + TOKEN
