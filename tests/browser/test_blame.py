"""Who is to blame where the browser shows no dialog: its own failures are never the portal's."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sekisho.browser.blame import Blame, agree
from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.native_ui import CertificateManager, Surface, SurfaceAbsentError, SurfaceError
from sekisho.network.certificate_request import Demand, demand_of
from sekisho.pki.pkcs12 import facts
from sekisho.results import Certificate
from sekisho.verdict import DeviationError

from .conftest import Imports, World
from .servers import serve, silent

FORBIDDEN = DeviationError("有効な証明書を選んだのに forbidden と表示された")
Judge = Callable[[str, Certificate], Exception]


@pytest.fixture
def judge(pc: Pc) -> Judge:
    """What a deviation is, after a visit on which a browser showed no dialog, though a certificate was wanted."""
    pc.working.discard(Surface.CERTIFICATE_DIALOG)

    def do(url: str, wanted: Certificate) -> Exception:
        blame, window = Blame(pc), pc.window()
        blame.note(pc, window, url, Visit(window.new_page(), None, None, 200), wanted)
        return blame.of_deviation(FORBIDDEN)

    return do


@pytest.fixture
def who(pc: Pc, world: World, import_into: Imports) -> Certificate:
    """A certificate of an issuer whom the servers accept."""
    return facts(import_into(pc, world.issuer.issue("emp00001")).certificate)


def test_a_browser_that_does_not_ask_is_to_blame(world: World, judge: Judge, who: Certificate) -> None:
    """The server demands a certificate and one is there: as with a headless shell."""
    for server in (world.optional, world.required):
        judged = judge(server.url, who)
        assert isinstance(judged, SurfaceError)
        assert judged.surface is Surface.CERTIFICATE_DIALOG
        assert "forbidden" in str(judged)


def test_a_portal_that_does_not_ask_is_to_blame(world: World, judge: Judge, who: Certificate) -> None:
    """Its handshake says so."""
    assert judge(world.plain.url, who) is FORBIDDEN


def test_a_portal_that_names_other_authorities_is_to_blame(
    pc: Pc, world: World, judge: Judge, import_into: Imports, naming_server: str
) -> None:
    """No browser would offer the certificate."""
    own, foreign = (facts(import_into(pc, one.issue("emp00001")).certificate) for one in (world.issuer, world.foreign))
    assert judge(naming_server, foreign) is FORBIDDEN
    assert isinstance(judge(naming_server, own), SurfaceError)


def test_a_browser_whose_dialog_was_seen_is_not_to_blame(pc: Pc, world: World, judge: Judge, who: Certificate) -> None:
    """It works, so where it does not show there is nothing to choose."""
    assert pc.visit(world.optional.url, choose=who).dialog
    assert judge(world.optional.url, who) is FORBIDDEN


def test_a_server_that_says_nothing_explains_nothing(judge: Judge, who: Certificate) -> None:
    """In doubt it is not the portal."""
    with silent() as listener:
        port = listener.getsockname()[1]
    assert isinstance(judge(f"https://127.0.0.1:{port}/", who), SurfaceError)


def test_a_surface_that_stays_away_is_the_portals_only_where_it_is_known_to_work(pc: Pc) -> None:
    """As the question whether a program may be opened."""
    absent = SurfaceAbsentError(Surface.PROTOCOL_DIALOG, "プログラムを開いてよいかを、ブラウザーが尋ねない")
    pc.working.discard(Surface.PROTOCOL_DIALOG)
    assert Blame(pc).of_absence(absent) is absent
    pc.working.add(Surface.PROTOCOL_DIALOG)
    assert isinstance(Blame(pc).of_absence(absent), DeviationError)
    pc.working.discard(Surface.PROTOCOL_DIALOG)


def test_the_demand_of_a_handshake_is_read(world: World, naming_server: str) -> None:
    """Whether, and from whom; in TLS 1.2 as well."""
    assert demand_of(world.plain.url) == Demand(asked=False)
    assert demand_of(world.required.url) == Demand(asked=True)
    named = demand_of(naming_server)
    assert named is not None
    assert world.issuer.cert.subject.public_bytes() in named.issuers
    assert demand_of("https://127.0.0.1:1/") is None


def test_a_silent_server_is_not_waited_for_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is its silence taken for an answer."""
    monkeypatch.setattr("sekisho.network.certificate_request.ANSWER_SECONDS", 1)
    with silent() as listener:
        assert demand_of(f"https://127.0.0.1:{listener.getsockname()[1]}/") is None


def test_old_tls_is_asked_too(world: World) -> None:
    """Where there is no TLS 1.3."""
    server = serve(world.server_ca, ssl.CERT_OPTIONAL, world.issuer.cert)
    server.tls.maximum_version = ssl.TLSVersion.TLSv1_2
    assert demand_of(server.url) == Demand(asked=True)
    server.shutdown()


def test_a_list_that_shows_else_than_the_store_is_no_deviation(pc: Pc, world: World, import_into: Imports) -> None:
    """It is read wrongly, or shown so; expired certificates may be left out."""
    who = facts(import_into(pc, world.issuer.issue("emp00001")).certificate)
    manager = CertificateManager.open(pc, walk=False)
    over = who.model_copy(update={"sha256": "a" * 64, "not_after": datetime(2020, 1, 1, tzinfo=UTC)})
    agree(manager, [who, over])
    with pytest.raises(SurfaceError, match="ストアにある"):
        agree(manager, [who, who.model_copy(update={"sha256": "b" * 64})])
    with pytest.raises(SurfaceError, match="ストアにある"):
        agree(manager, [])
