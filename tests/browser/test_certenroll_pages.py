"""What pages for Internet Explorer ask of the control's element and objects before they use them."""

from __future__ import annotations

import pytest

from sekisho.browser.pc import Pc
from sekisho.certenroll import InternetOptions, encoding, names
from sekisho.certenroll.errors import GapError
from sekisho.verdict import NotApplicableError

from .conftest import World
from .legacy import TRY, Legacy

ELEMENT = '<object id=o classid="clsid:884E2049-217D-11DA-B2A4-000E7BBB2B09">{}</object>'
ASKED = "h => { document.body.innerHTML = h; return [typeof o.CreateObject, o.object == null, o.readyState] }"
MADE = """() => { var o = document.createElement("object"); o.classid = "clsid:884e2049-217d-11da-b2a4-000e7bbb2b09";
  document.body.appendChild(o); return o.CreateObject("X509Enrollment.CX509PrivateKey").Length }"""


@pytest.mark.parametrize(
    ("text", "flags", "read"),
    [
        ("cn=taro, ou=B 1,O=Example,C=JP", 0, "CN=taro,OU=B 1,O=Example,C=JP"),
        ('CN=taro,O="Example, Ltd."', 0, "CN=taro,O=Example\\, Ltd."),
        ('CN="the ""first"""', 0, 'CN=the \\"first\\"'),
        ("C=JP;O=Example, Ltd.;CN=taro", 0x41000000, "CN=taro,O=Example\\, Ltd.,C=JP"),
        ("CN=taro,E=taro@example.test,S=Tokyo", 0, "CN=taro,1.2.840.113549.1.9.1=taro@example.test,ST=Tokyo"),
        ("OID.2.5.4.3=taro", 0, "CN=taro"),
    ],
)
def test_names_are_written_as_windows_reads_them(text: str, flags: int, read: str) -> None:
    """Keys in any case, those that only Windows has, quotes, and either separator."""
    assert names.read(text, flags).rfc4514_string() == read


@pytest.mark.parametrize("text", ["nonsense", "X=1", 'CN="taro'])
def test_what_is_no_name_is_refused(text: str) -> None:
    """As the control does."""
    with pytest.raises(ValueError, match=r"."):
        names.read(text, 0)


def test_requests_are_written_in_one_line_where_a_page_wants_it() -> None:
    """The flags beside the way of writing; ways that nobody has built are a gap."""
    assert encoding.write(bytes(60), encoding.BASE64 | encoding.NO_CRLF) == "A" * 80
    assert encoding.write(b"\r\n", encoding.BINARY | encoding.NO_CRLF) == "\r\n"
    assert encoding.read(encoding.write(b"ab", encoding.HEX), encoding.HEX_ANY) == b"ab"
    with pytest.raises(GapError):
        encoding.write(b"", 11)


def test_an_element_is_asked_whether_its_control_runs(cpc: Pc, world: World) -> None:
    """Without throwing, as pages do that tell the user what to allow."""
    legacy = Legacy(cpc, world.plain.url, InternetOptions())
    legacy.user.decide("通知バー", "閉じる")
    assert legacy.run(ASKED, ELEMENT.format("")) == ["undefined", True, 4]
    legacy.user.follow_manual("通知バー")
    assert legacy.run(ASKED, ELEMENT.format("")) == ["function", False, 4]


def test_what_stands_in_the_element_is_for_others(quick: Legacy) -> None:
    """Who has the control does not see it."""
    page, html = quick.page(), f"<meta charset=utf-8>{ELEMENT.format('アドオンを有効にしてください')}"
    page.route("**/old", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{quick.url.rstrip('/')}/old")
    assert page.inner_text("body") == ""


def test_a_script_makes_the_element(quick: Legacy) -> None:
    """The class is a property there."""
    assert quick.run(MADE) == 2048


def test_providers_say_what_they_are(quick: Legacy) -> None:
    """Pages leave out those of smart cards."""
    code = """l = make("CCspInformations"); l.AddAvailableCsps(); var found = 0;
        for (var i = 0; i < l.Count; i++) if (l.ItemByIndex(i).IsSmartCard) found++; found"""
    assert quick.run(TRY, code) == 2


@pytest.mark.parametrize(
    "code",
    [
        'make("CX509Enrollment").InstallResponse2()',
        'make("CX509PrivateKey").Pin = "1"',
        'make("CCspInformation").CspAlgorithms',
    ],
)
def test_a_documented_member_that_is_not_built_is_named(quick: Legacy, code: str) -> None:
    """The page is right to use it."""
    with pytest.raises(NotApplicableError, match=r"InstallResponse2|Pin|CspAlgorithms"):
        quick.run(TRY, code)
