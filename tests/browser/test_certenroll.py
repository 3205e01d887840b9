"""Pages written for Internet Explorer, run with the control: what they get from it, and what it does on the PC."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from playwright.sync_api import Error as BrowserError

from sekisho.certenroll import Control
from sekisho.certstore import NotExportableError
from sekisho.network.hosts import ElsewhereError, Hosts
from sekisho.pki.pkcs12 import facts
from sekisho.verdict import DeviationError, NotApplicableError

from .authority import Signer, root
from .conftest import World
from .legacy import (
    ASK,
    BAD_ASN1,
    BLANK,
    CANNOT_CREATE,
    DENIED,
    INSTALL,
    MEMBER,
    MISMATCH,
    NO_INTERFACE,
    NOT_FOUND,
    PUBLISHED,
    TRY,
    UNTRUSTED,
    Legacy,
    answer,
    packed,
    trusted,
)

MISTAKES = {
    'new ActiveXObject("X509Enrollment.CX509Enrollment")': CANNOT_CREATE,
    'new ActiveXObject("WScript.Shell")': CANNOT_CREATE,
    'make("CNoSuchThing")': NO_INTERFACE,
    'make("CX509PrivateKey").Colour': MEMBER,
    'make("CX509PrivateKey").Colour = 1': MEMBER,
    'make("CX509PrivateKey").Explode()': MEMBER,
    'k = make("CX509PrivateKey"); k.Length = "long"; k.Close()': MISMATCH,
    'make("CX509CertificateRequestPkcs10").InitializeFromPrivateKey(1, 2, "")': MISMATCH,
    'make("CX509CertificateRequestPkcs10").InitializeFromPrivateKey()': MISMATCH,
    'make("CX509CertificateRequestPkcs10").InitializeFromPrivateKey(2, make("CX509PrivateKey"), "")': DENIED,
    'make("CX509Enrollment").CreateRequest(1)': BLANK,
    'make("CX509Enrollment").InstallResponse(0, "", 1, "")': BLANK,
    'e = make("CX509Enrollment"); e.Initialize(1); e.Initialize(1)': 0x800704DF,
    'make("CX500DistinguishedName").Encode("nonsense", 0)': 0x80092023,
    'make("CObjectId").InitializeFromValue("one.two")': 0x80070057,
    'make("CCspInformation").InitializeFromName("No Such Provider")': 0x80090019,
    'make("CCspInformation").Name': BLANK,
    'make("CCspInformations").ItemByIndex(0)': 0x80070057,
    'k = make("CX509PrivateKey"); k.ProviderName = "x"; k.Create()': 0x80090019,
    'k = make("CX509PrivateKey"); k.Length = 1025; k.Create()': 0x80090004,
    'k = make("CX509PrivateKey"); k.MachineContext = true; k.Create()': DENIED,
}


def test_a_published_page_makes_its_request(quick: Legacy) -> None:
    """Written with the documentation in hand, by others than us: names, usage, length and signature arrive."""
    text = quick.run(PUBLISHED)
    assert text.startswith("-----BEGIN NEW CERTIFICATE REQUEST-----\r\n")
    asked = x509.load_pem_x509_csr(text.encode())
    assert asked.is_signature_valid
    assert asked.subject.rfc4514_string() == "CN=taro,O=Example,C=JP"
    key = asked.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 1024
    usage = asked.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert quick.computer.waiting[0].provider == "Microsoft Enhanced Cryptographic Provider v1.0"
    assert quick.titles == ["Web アクセスの確認"]


def test_a_page_of_another_place_has_no_control(quick: Legacy) -> None:
    """No key is made for it and nobody is asked; the scenario hears where it was."""
    quick.control = Control(quick.computer, quick.options, Hosts(["https://portal.test/"]))
    with pytest.raises(BrowserError):
        quick.page().evaluate(PUBLISHED)
    with pytest.raises(ElsewhereError, match=r"証明書を作り、取り込むところ（https://127\.0\.0\.1"):
        quick.control.check()
    assert quick.computer.waiting == []
    assert quick.titles == []


def test_an_installed_certificate_is_the_browsers_own(legacy: Legacy, world: World, tmp_path: Path) -> None:
    """It opens a server that wants it, in the browser that runs; its key cannot be exported."""
    text = legacy.run(ASK, {"Length": 2048})
    own = answer(text, world.issuer)
    trusted(legacy, Signer(world.issuer.key, world.issuer.above[0]), tmp_path)
    assert legacy.run(INSTALL, [0, packed(own, world.issuer.cert, *world.issuer.above), 1]) == 0
    (mine,) = legacy.pc.store.personal()
    assert mine == facts(own)
    visit = legacy.pc.visit(world.required.url, choose=mine)
    assert visit.page.inner_text("h1") == "cn=taro"
    with pytest.raises(NotExportableError):
        legacy.pc.store.export_pkcs12(mine.sha256, "Himitsu-1")


def test_a_short_key_cannot_be_presented_in_context_mode(quick: Legacy, world: World) -> None:
    """Playwright's TLS library refuses it: nothing is said about the portal."""
    authority = root("Authority")
    response = packed(answer(quick.run(ASK, {"Length": 1024}), authority), authority.cert)
    assert quick.run(INSTALL, [4, response, 1]) == 0
    with pytest.raises(NotApplicableError, match="1024 ビット"):
        quick.pc.visit(world.required.url, choose=quick.pc.store.personal()[0])


def test_pages_find_what_else_internet_explorer_has(quick: Legacy) -> None:
    """Its own name for the object that asks a server, and the number by which pages know it."""
    assert quick.run("() => new ActiveXObject('Msxml2.XMLHTTP.6.0') instanceof XMLHttpRequest") is True
    assert quick.run("() => document.documentMode") == 11


def test_what_no_other_browser_has_is_told_where_nothing_comes_of_it(quick: Legacy) -> None:
    """The page is not blamed for it; whoever does not use it is not excused."""
    quick.run("() => alert('no such thing')")
    quick.control.check_came()
    quick.run("() => showModalDialog('ask.htm')")
    with pytest.raises(NotApplicableError, match="showModalDialog"):
        quick.control.check_came()


def test_a_script_in_visual_basic_is_noticed(quick: Legacy) -> None:
    """No browser but the old one carries it out."""
    page, old = quick.page(), "<script language=VBScript></script>"
    page.route("**/old", lambda route: route.fulfill(body=old, content_type="text/html"))
    page.goto(f"{quick.url.rstrip('/')}/old")
    with pytest.raises(NotApplicableError, match="VBScript"):
        quick.control.check_came()


def test_an_exportable_key_may_leave(quick: Legacy) -> None:
    """Only where the page asked for it."""
    authority = root("Untrusted")
    text = quick.run(ASK, {"ExportPolicy": 1})
    assert quick.run(INSTALL, [4, packed(answer(text, authority)), 6]) != 0
    assert quick.run(INSTALL, [4, packed(answer(text, authority), authority.cert), 6]) == 0
    (mine,) = quick.pc.store.personal()
    assert quick.pc.store.export_pkcs12(mine.sha256, "Himitsu-1")


def test_an_untrusted_root_is_an_error_unless_the_page_allows_it(quick: Legacy, tmp_path: Path) -> None:
    """Which it may; or the user trusts the root, and then nothing is wrong. More a page may not allow."""
    authority = root("Untrusted")
    response = packed(answer(quick.run(ASK, {}), authority), authority.cert)
    assert [quick.run(INSTALL, [flags, response, 1]) for flags in (0, 1, 2, 6)] == [UNTRUSTED, DENIED, DENIED, DENIED]
    assert quick.pc.store.personal() == []
    trusted(quick, authority, tmp_path)
    assert quick.run(INSTALL, [0, response, 1]) == 0
    assert quick.run(INSTALL, [0, response, 1]) == NOT_FOUND


def test_a_foreign_response_is_not_installed(quick: Legacy, tmp_path: Path) -> None:
    """Another key's, one signed by an impostor of the root, and noise."""
    authority, impostor = root("Authority"), root("Authority")
    trusted(quick, authority, tmp_path)
    text = quick.run(ASK, {})
    assert quick.run(INSTALL, [0, packed(authority.issue("someone").cert), 1]) == NOT_FOUND
    assert quick.run(INSTALL, [0, packed(answer(text, impostor)), 1]) == 0x80096004
    assert quick.run(INSTALL, [0, "AAAA", 1]) == BAD_ASN1
    assert quick.run(INSTALL, [0, "*", 1]) == BAD_ASN1
    assert quick.pc.store.personal() == []


def test_a_serial_number_given_twice_is_the_portals_fault(quick: Legacy, tmp_path: Path) -> None:
    """No store takes the second certificate: what the page is told fails, and the step says why."""
    authority = root("Authority")
    trusted(quick, authority, tmp_path)
    for told in (0, None):
        response = packed(answer(quick.run(ASK, {}), authority, serial=7))
        if told is None:
            with pytest.raises(DeviationError, match=r"証明書ストアが受け付けない: .*同じシリアル番号 7 "):
                quick.run(INSTALL, [0, response, 1])
        else:
            assert quick.run(INSTALL, [0, response, 1]) == told
    assert len(quick.pc.store.personal()) == 1


def test_mistakes_fail_as_with_the_control(quick: Legacy) -> None:
    """Each with its number, which pages look at."""
    page = quick.page()
    got = {code: page.evaluate(TRY, code) for code in MISTAKES}
    quick.control.check()
    assert got == MISTAKES


def test_members_are_found_whatever_their_case(quick: Legacy) -> None:
    """As IDispatch finds them; numbers may be written as strings."""
    code = 'k = make("cx509privatekey"); k.LENGTH = "1024"; k.keyspec = 1; [k.length, k.KeySpec]'
    assert quick.run(TRY, code) == [1024, 1]


def test_providers_can_be_listed(quick: Legacy) -> None:
    """Those of Windows 7, by number and by name."""
    code = """l = make("CCspInformations"); l.AddAvailableCsps();
        [l.Count, l.ItemByIndex(0).Type, l.ItemByName("Microsoft Strong Cryptographic Provider").LegacyCsp]"""
    assert quick.run(TRY, code) == [12, 1, True]


@pytest.mark.parametrize(
    "code",
    [
        'make("CX509CertificateRequestCmc")',
        'make("CX509CertificateRequestPkcs10").InitializeFromPrivateKey(1, make("CX509PrivateKey"), "User")',
        'k = make("CX509PrivateKey"); k.ProviderName = "Microsoft Base Smart Card Crypto Provider"; k.Create()',
    ],
)
def test_what_is_not_built_says_nothing_about_the_page(quick: Legacy, code: str) -> None:
    """It is named, and the scenario is NOT APPLICABLE."""
    with pytest.raises(NotApplicableError, match="ここに無いもの"):
        quick.run(TRY, code)


def test_another_element_has_no_members(quick: Legacy) -> None:
    """Only that of the control's class."""
    script = "h => { document.body.innerHTML = h; return typeof o.CreateObject }"
    assert quick.run(script, '<object id=o classid="clsid:0"></object>') == "undefined"
