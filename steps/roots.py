"""The servers' root certificate: the browser's warning without it, fetching it, trusting it, and seeing it listed."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme
from pytest_bdd import given, parsers, then, when

from pages.downloads import Download, download_or_refusal, fetch
from pages.screen import Screen
from sekisho.browser.certificate_lists import Listing
from sekisho.browser.visit import Visit
from sekisho.certstore import CertStore, read_root
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.native_ui import warning_page
from sekisho.person.browsing import Browsing
from sekisho.person.certificate_lists import CertificateLists
from sekisho.pki.pkcs12 import ImportRefusedError, facts
from sekisho.portal import Portal
from sekisho.results import Certificate, Note
from sekisho.verdict import DeviationError, NotApplicableError, require

CONCEPT = "ルート証明書"

UNTRUSTED = "ERR_CERT_AUTHORITY_INVALID"


@given("ルート証明書を信頼しているパソコンがある")
def _(store: CertStore, portal: Portal) -> None:
    trust(store, portal)


@given("ルート証明書を取り込んでいないパソコンがある")
def _(store: CertStore, portal: Portal) -> None:
    if portal.trust_root is None:
        raise NotApplicableError(
            say(
                "このポータルのルート証明書は、ブラウザが初めから信頼している",
                "The browser trusts this portal's root certificate from the start",
            )
        )
    root = facts(read_root(portal.trust_root.read_bytes()))
    known = [one.sha256 for one in store.trusted_roots()]
    if root.sha256 in known:
        raise NotApplicableError(
            say(
                "このパソコンは、ポータルのルート証明書を初めから信頼している",
                "This PC trusts the portal's root certificate from the start",
            )
        )


@pytest.fixture
def handed_out() -> Download | None:
    """The file with which a site answered at once, without a page to press anything on."""
    return None


@when("ルート証明書のサイトを警告を承知して開く", target_fixture="handed_out")
def _(browsing: Browsing, portal: Portal, screen: Screen, downloads: Path, evidence: Recorder) -> Download | None:
    visit = browsing.visit(portal.sites["root"])
    require(
        visit.refused == UNTRUSTED,
        say(
            f"警告が出なかった（{visit.refused or 'そのまま開いた'}）",
            f"There was no warning ({visit.refused or 'it simply opened'})",
        ),
    )
    evidence.add(
        Note(
            title=say("ブラウザの警告", "Warning of the browser"),
            lines=browsing.pc.warning_words(visit.page).splitlines(),
        )
    )
    return go_past_warning(screen, downloads)


@when("ルート証明書を保存する", target_fixture="download")
def _(screen: Screen, downloads: Path, handed_out: Download | None) -> Download:
    return handed_out or fetch(screen, lambda: screen.press("download_root"), downloads)


def go_past_warning(screen: Screen, folder: Path) -> Download | None:
    """Go on in spite of the browser's warning, to a page or to the file itself, as the manual's picture shows it."""
    return download_or_refusal(screen, lambda: warning_page.proceed(screen.page), folder)


@when("保存したルート証明書を「信頼されたルート証明機関」に取り込む")
def _(store: CertStore, download: Download) -> None:
    try:
        store.trust_root(download.path)
    except ImportRefusedError as error:
        raise DeviationError(
            say(
                f"ファイル {download.name} を取り込めない: {error}",
                f"The file {download.name} cannot be imported: {error}",
            )
        ) from error


@when("別の認証局のルート証明書を「信頼されたルート証明機関」に取り込む")
def _(store: CertStore, downloads: Path) -> None:
    path = downloads / "another.pem"
    trustme.CA(organization_name="Some Other CA").cert_pem.write_to_path(path)
    store.trust_root(path)


@when("ブラウザの設定から信頼されたルート証明書の一覧を開く", target_fixture="roots")
def _(certificate_lists: CertificateLists) -> Listing:
    return certificate_lists.roots()


@pytest.fixture
def saved_root(download: Download, evidence: Recorder) -> Certificate:
    """The certificate in the file that the portal offered."""
    try:
        found = facts(read_root(download.data), say("保存したルート証明書", "Root certificate that was saved"))
    except ImportRefusedError as error:
        raise DeviationError(say(f"ファイル {download.name}: {error}", f"File {download.name}: {error}")) from error
    evidence.add(found)
    return found


@then(parsers.parse("「{error}」の警告が出る"))
def _(visit: Visit, error: str) -> None:
    require(
        visit.refused == error,
        say(
            f"警告が出ず、{visit.refused or '画面が開いた'}",
            f"There was no warning, but {visit.refused or 'a page opened'}",
        ),
    )


@then("警告は出ず、リクエストIDの入力の画面になる")
def _(visit: Visit, screen: Screen) -> None:
    require(
        visit.refused is None,
        say(f"ブラウザが接続を拒んだ（{visit.refused}）", f"The browser refused to connect ({visit.refused})"),
    )
    screen.wait_for(("fields", "reference_id"))


@then(parsers.parse("保存した証明書の発行先と発行者は「{name}」である"))
def _(saved_root: Certificate, name: str) -> None:
    shown = {saved_root.subject_cn, saved_root.issuer_cn}
    require(
        shown == {name},
        say(
            f"発行先が「{saved_root.subject_cn}」、発行者が「{saved_root.issuer_cn}」である",
            f'The subject is "{saved_root.subject_cn}", the issuer is "{saved_root.issuer_cn}"',
        ),
    )


@then("途中で切れたルート証明書は取り込めない")
def _(store: CertStore, download: Download, evidence: Recorder) -> None:
    cut = download.path.with_name("cut.cer")
    cut.write_bytes(download.data[: len(download.data) // 2])
    try:
        store.trust_root(cut)
    except ImportRefusedError as refusal:
        evidence.add(Note(title=say("取り込みが拒まれた", "Import refused"), lines=[str(refusal)]))
    else:
        raise DeviationError(
            say("途中で切れたルート証明書が取り込めてしまった", "A root certificate that was cut off could be imported")
        )


@then(parsers.parse("一覧に「{name}」がある"))
def _(roots: Listing, name: str) -> None:
    listed = [row.name for row in roots.rows()]
    require(
        any(name in one for one in listed),
        say(f"一覧にあるのは {'、'.join(listed) or 'なし'} である", f"The list has {', '.join(listed) or 'nothing'}"),
    )


@then(parsers.parse("一覧に「{name}」は無い"))
def _(roots: Listing, name: str) -> None:
    listed = [row.name for row in roots.rows()]
    require(
        not any(name in one for one in listed),
        say(f"取り込む前の一覧に「{name}」がある", f'"{name}" is in the list before the import'),
    )


def trust(store: CertStore, portal: Portal) -> None:
    """Trust the portal's root on a PC, where the browser does not know it from the start."""
    if portal.trust_root:
        store.trust_root(portal.trust_root)
