"""Each fault with a real browser and a real certificate: what the portal saw, and what the person sees."""

from __future__ import annotations

import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from cryptography.x509 import Certificate
from playwright.sync_api import Page

from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.network.faults import Fault, Wire
from sekisho.network.hosts import Hosts
from sekisho.person.connection import Line
from sekisho.pki.pkcs12 import facts, read
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

from .authority import PASSWORD
from .conftest import Imports, World
from .servers import Server, serve


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A wire without faults."""
    wire = Wire.start()
    yield wire
    wire.stop()


@pytest.fixture
def portal(world: World) -> Iterator[Server]:
    """A portal that requires a certificate, and knows only the root authority: the chain must arrive too."""
    server = serve(world.server_ca, ssl.CERT_REQUIRED, world.issuer.above[-1])
    yield server
    server.shutdown()


@pytest.fixture(params=["native", "context"])
def any_pc(request: pytest.FixtureRequest) -> Pc:
    """A PC in either mode."""
    pc: Pc = request.getfixturevalue("pc" if request.param == "native" else "cpc")
    return pc


@pytest.fixture
def visit(any_pc: Pc, wire: Wire, portal: Server, world: World, import_into: Imports) -> Visit:
    """A visit through the wire with the certificate."""
    who = import_into(any_pc, world.issuer.issue("emp00001"))
    any_pc.store.trust_root(wire.ca_pem)
    wire.present(urlsplit(portal.url).netloc, who)
    chosen = facts(who.certificate)
    window = any_pc.window(proxy=wire.proxy, present=chosen, origins=[portal.url])
    return any_pc.visit(portal.url, choose=chosen, window=window)


@pytest.fixture
def page(visit: Visit) -> Page:
    """The portal's page, which came through the wire whole."""
    assert visit.page.inner_text("h1") == "cn=emp00001"
    return visit.page


def submit(page: Page) -> None:
    """Press the form's button and wait until the browser has got something, or given up."""
    with page.expect_event("requestfinished", lambda one: one.method == "POST", timeout=8000):
        page.click("text=Submit")


def submit_in_vain(page: Page) -> str:
    """Press the form's button and wait for the browser's own error; its name."""
    with page.expect_event("requestfailed", lambda one: one.method == "POST", timeout=8000) as failed:
        page.click("text=Submit")
    page.wait_for_url("chrome-error://**")
    return str(failed.value.failure)


def test_without_a_fault_the_certificate_arrives(visit: Visit, any_pc: Pc, wire: Wire) -> None:
    """The proxy asks the browser, whose dialog shows as without it, and presents the chosen certificate."""
    assert visit.page.inner_text("h1") == "cn=emp00001"
    assert (visit.dialog is not None) == (any_pc.mode == "native")
    assert str(wire.exchanges[0]).startswith("GET https://127.0.0.1:")


def test_a_line_presents_the_certificate_where_a_site_leads_to(
    cpc: Pc, world: World, portal: Server, import_into: Imports
) -> None:
    """The data of a page may come from another server, which asks for it, too."""
    who = import_into(cpc, world.issuer.issue("emp00001"))
    chosen, options = facts(who.certificate), dict[str, Any]()
    cpc.hosts = Hosts([portal.url], further=[world.optional.url, world.plain.url])
    evidence: Any = Mock()
    line = Line(options, evidence, cpc)
    try:
        line.lay(Fault.parse("lose-reply answer"), portal.url, who)
        window = cpc.window(**options, present=chosen, origins=[portal.url, world.optional.url])
        visit = cpc.visit(portal.url, choose=chosen, window=window)
        visit.page.goto(world.optional.url)
        assert visit.page.inner_text("h1") == "cn=emp00001"
    finally:
        line.stop()


def test_a_lost_reply_was_answered_by_the_portal(page: Page, wire: Wire, portal: Server) -> None:
    """The portal has the request, exactly once; the browser has an error; the next request goes through."""
    wire.arm(Fault.parse("lose-reply answer"))
    assert "ERR_" in submit_in_vain(page)
    assert portal.asked.count("POST /submit") == 1
    assert wire.wait_for_fault().status is None
    page.goto(portal.url)
    submit(page)
    assert page.inner_text("h1") == "accepted"
    assert portal.asked.count("POST /submit") == 2


@pytest.mark.parametrize(("aim", "path"), [("answer", "download"), ("file", "key")])
def test_a_cut_download_fails_in_the_browser(page: Page, wire: Wire, portal: Server, aim: str, path: str) -> None:
    """The file ends after n bytes; a second download is whole."""
    wire.arm(Fault.parse(f"cut-body {aim} after=1000"))
    with page.expect_download() as cut:
        follow(page, portal, path)
    assert cut.value.failure() is not None
    assert str(wire.wait_for_fault().fault) == f"cut-body {aim} after=1000"
    with page.expect_download() as whole:
        follow(page, portal, path)
    assert whole.value.failure() is None
    assert whole.value.path().stat().st_size == {"download": 100_000, "key": 100_007}[path]


def test_a_fault_for_a_file_waits_for_one_that_is_a_pkcs12_file(page: Page, wire: Wire, portal: Server) -> None:
    """Whatever it is called, and whatever comes before it: a portal may show a page first, or hand out a manual."""
    wire.arm(Fault.parse("cut-body file after=1000"))
    submit(page)
    page.goto(portal.url)
    with page.expect_download() as another:
        follow(page, portal, "download")
    assert another.value.failure() is None
    assert not wire.happened
    with page.expect_download() as cut:
        follow(page, portal, "key")
    assert cut.value.failure() is not None
    assert wire.wait_for_fault().url.endswith("/key")


def test_a_fault_is_not_for_what_comes_by_itself(page: Page, wire: Wire, portal: Server) -> None:
    """A page's pictures, and what its script has asked for before, are not caused by a press."""
    poll = "() => fetch('/poll').then(answer => answer.ok)"
    assert page.evaluate(poll)
    wire.arm(Fault.parse("status answer code=500"))
    assert page.evaluate(poll)
    page.evaluate("() => new Promise(done => { const one = new Image(); one.onerror = done; one.src = '/picture' })")
    assert not wire.happened
    submit(page)
    assert page.inner_text("h1") == "500"
    assert "POST /submit" not in portal.asked


def test_what_a_script_asks_for_at_a_press_is_an_answer(page: Page, wire: Wire, portal: Server) -> None:
    """Newer portals apply without a form."""
    wire.arm(Fault.parse("lose-reply answer"))
    assert page.evaluate("() => fetch('/apply', {method: 'POST'}).then(() => 'answered', () => 'lost')") == "lost"
    assert portal.asked.count("POST /apply") == 1


def follow(page: Page, portal: Server, path: str) -> None:
    """Open a link, as a press does."""
    page.evaluate("address => { location.href = address }", f"{portal.url}{path}")


def test_a_status_comes_from_the_wire_alone(page: Page, wire: Wire, portal: Server) -> None:
    """The portal never saw the request."""
    wire.arm(Fault.parse("status answer code=503"))
    submit(page)
    assert page.inner_text("h1") == "503"
    assert "POST /submit" not in portal.asked
    assert wire.wait_for_fault().status == 503


def test_a_refused_connection_is_an_error_of_the_browser(page: Page, wire: Wire, portal: Server) -> None:
    """The portal never saw the request."""
    wire.arm(Fault.parse("refuse answer"))
    assert "ERR_" in submit_in_vain(page)
    assert "POST /submit" not in portal.asked


def test_a_delay_is_as_long_as_it_says(page: Page, wire: Wire) -> None:
    """The answer comes, later."""
    wire.arm(Fault.parse("delay answer seconds=0.7"))
    started = time.monotonic()
    submit(page)
    assert 0.7 <= time.monotonic() - started < 15


def test_a_fault_happens_once(page: Page, wire: Wire, portal: Server) -> None:
    """In the first answer from its arming on; what passed is told without its query, which may hold secrets."""
    page.goto(f"{portal.url}page1?secret=1")
    wire.arm(Fault.parse("status answer code=500"))
    codes = []
    for path in ("page2", "page3"):
        response = page.goto(f"{portal.url}{path}?secret=1")
        assert response
        codes.append(response.status)
    assert codes == [500, 200]
    assert not any("secret" in str(exchange) for exchange in wire.exchanges)


def test_a_browser_that_presents_nothing_shows_the_portal_nothing(
    pc: Pc, wire: Wire, world: World, import_into: Imports
) -> None:
    """Cancel means cancel through the wire too."""
    who = import_into(pc, world.issuer.issue("emp00001"))
    pc.store.trust_root(wire.ca_pem)
    wire.present(urlsplit(world.optional.url).netloc, who)
    visit = pc.visit(world.optional.url, choose="cancel", window=pc.window(proxy=wire.proxy))
    assert visit.dialog is not None
    assert visit.page.inner_text("h1") == "cn=none"


def test_a_site_that_asks_nobody_shows_no_dialog(pc: Pc, wire: Wire, world: World, import_into: Imports) -> None:
    """The proxy asks only where it was told to."""
    import_into(pc, world.issuer.issue("emp00001"))
    pc.store.trust_root(wire.ca_pem)
    assert pc.visit(world.plain.url, window=pc.window(proxy=wire.proxy)).dialog is None


def test_a_certificate_is_asked_for_by_its_issuers_in_every_connection(
    wire: Wire, portal: Server, world: World
) -> None:
    """A stranger's client sees the names; no connection resumes an earlier one, in which none would be asked for."""
    wire.present(urlsplit(portal.url).netloc, read(world.issuer.issue("emp00001").p12(), PASSWORD))
    through = ["-proxy", f"127.0.0.1:{urlsplit(wire.proxy_url).port}", "-connect", urlsplit(portal.url).netloc]
    command = ["openssl", "s_client", *through, "-reconnect", "-tls1_2", "-nameopt", "RFC2253"]
    said = subprocess.run(command, input=b"", capture_output=True, timeout=20, check=False).stdout.decode()
    asked = said.partition("Acceptable client certificate CA names\n")[2].splitlines()[:2]
    assert asked == ["CN=Test Issuing CA,C=JP", "CN=Test Root,C=JP"]
    assert said.count("New, TLSv1.2") == 6
    assert "Reused" not in said


def test_what_goes_wrong_inside_the_wire_is_told(wire: Wire, world: World) -> None:
    """It is a problem of this machine, and not a fault that a scenario asked for."""
    broken = replace(read(world.issuer.issue("emp00001").p12(), PASSWORD), chain=cast("tuple[Certificate]", ("none",)))
    wire.present(urlsplit(world.plain.url).netloc, broken)
    through = ["-proxy", f"127.0.0.1:{urlsplit(wire.proxy_url).port}", "-connect", urlsplit(world.plain.url).netloc]
    subprocess.run(["openssl", "s_client", *through], input=b"", capture_output=True, timeout=20, check=False)
    with pytest.raises(EnvironmentProblemError, match="プロキシの中で"):
        wire.wait_for_fault()
    with pytest.raises(EnvironmentProblemError, match="プロキシの中で"):
        _ = wire.exchanges


def test_a_fault_that_does_not_happen_is_told(wire: Wire) -> None:
    """A scenario about a fault must not pass without it."""
    wire.arm(Fault.parse("refuse answer"))
    with pytest.raises(EnvironmentProblemError, match="「refuse answer」が"):
        wire.wait_for_fault(0.1)


def test_wires_come_and_go(wire: Wire) -> None:
    """A stopped wire leaves its port closed, and its successor has the same authority."""
    wire.stop()
    again = Wire.start()
    assert again.ca_pem == wire.ca_pem
    again.stop()
    again.stop()


@pytest.mark.parametrize(
    "line",
    [
        "lose-reply answer",
        "lose-reply file",
        "cut-body file after=1000",
        "status answer code=503",
        "delay file seconds=0.5",
    ],
)
def test_a_fault_is_one_line_that_can_be_repeated(line: str) -> None:
    """What is printed is what is read."""
    assert str(Fault.parse(line)) == line


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("", "種類「」"),
        ("explode answer", "explode"),
        ("lose-reply", "answer、file のどれか"),
        ("lose-reply POST", "POST"),
        ("refuse file", "answer のどれか"),
        ("refuse answer after=3", "after=3"),
        ("cut-body answer after=many", "after=many"),
        ("cut-body answer nth=2", "nth=2"),
        ("status answer code=99", "code=99"),
        ("delay answer seconds=nan", "seconds=nan"),
    ],
)
def test_a_wrong_fault_is_refused_with_the_word_that_is_wrong(line: str, named: str) -> None:
    """Before anything starts."""
    with pytest.raises(ConfigurationProblemError, match=named):
        Fault.parse(line)
