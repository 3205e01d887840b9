"""A PC with the Certificate Enrollment control, and scripts such as pages for Internet Explorer have."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import serialize_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from playwright.sync_api import Page

from sekisho.browser.pc import Pc
from sekisho.certenroll import Computer, Control, InternetOptions, User
from sekisho.certenroll.wizard import import_root
from sekisho.results import Dialog

from .authority import Signer

# As the control's makers and others published it: a class factory in an element, providers, a usage in the request.
PUBLISHED = """() => {
  document.body.innerHTML = '<object id="objFactory" classid="clsid:884e2049-217d-11da-b2a4-000e7bbb2b09"></object>';
  var csp = objFactory.CreateObject("X509Enrollment.CCspInformation");
  var csps = objFactory.CreateObject("X509Enrollment.CCspInformations");
  var key = objFactory.CreateObject("X509Enrollment.CX509PrivateKey");
  var request = objFactory.CreateObject("X509Enrollment.CX509CertificateRequestPkcs10");
  var ids = objFactory.CreateObject("X509Enrollment.CObjectIds");
  var id = objFactory.CreateObject("X509Enrollment.CObjectId");
  var usage = objFactory.CreateObject("X509Enrollment.CX509ExtensionEnhancedKeyUsage");
  var name = objFactory.CreateObject("X509Enrollment.CX500DistinguishedName");
  var enroll = objFactory.CreateObject("X509Enrollment.CX509Enrollment");
  csp.InitializeFromName("Microsoft Enhanced Cryptographic Provider v1.0");
  csps.Add(csp);
  key.Length = 1024;
  key.KeySpec = 1;
  key.CspInformations = csps;
  request.InitializeFromPrivateKey(1, key, "");
  id.InitializeFromValue("1.3.6.1.5.5.7.3.2");
  ids.Add(id);
  usage.InitializeEncode(ids);
  request.X509Extensions.Add(usage);
  name.Encode("CN=taro, O=Example, C=JP", 0);
  request.Subject = name;
  enroll.InitializeFromRequest(request);
  return enroll.CreateRequest(3);
}"""
ASK = """(settings) => {
  var factory = new ActiveXObject("X509Enrollment.CX509EnrollmentWebClassFactory");
  var make = (name) => factory.CreateObject("X509Enrollment." + name);
  var key = make("CX509PrivateKey"), request = make("CX509CertificateRequestPkcs10"), enroll = make("CX509Enrollment");
  for (var name in settings) key[name] = settings[name];
  try {
    request.InitializeFromPrivateKey(1, key, "");
    enroll.InitializeFromRequest(request);
    return enroll.CreateRequest(1);
  } catch (e) {
    return e.number >>> 0;
  }
}"""
INSTALL = """([restrictions, response, encoding]) => {
  try {
    var factory = new ActiveXObject("X509Enrollment.CX509EnrollmentWebClassFactory");
    var enroll = factory.CreateObject("X509Enrollment.CX509Enrollment");
    enroll.Initialize(1);
    enroll.InstallResponse(restrictions, response, encoding, "");
    return 0;
  } catch (e) {
    return e.number >>> 0;
  }
}"""
TRY = """(code) => {
  try {
    var factory = new ActiveXObject("X509Enrollment.CX509EnrollmentWebClassFactory");
    var make = (name) => factory.CreateObject("X509Enrollment." + name);
    return eval(code);
  } catch (e) {
    return e.number >>> 0;
  }
}"""
BLANK, MEMBER, MISMATCH, NO_INTERFACE, CANNOT_CREATE = 0x80040007, 0x800A01B6, 0x800A000D, 0x80004002, 0x800A01AD
CANCELLED, DENIED, NOT_FOUND, UNTRUSTED, BAD_ASN1 = 0x800704C7, 0x80070005, 0x80092004, 0x800B0109, 0x8009310B


class Legacy:
    """One PC with the control, and a page on it."""

    def __init__(self, pc: Pc, url: str, options: InternetOptions | None = None) -> None:
        """Open a page."""
        self.pc, self.url = pc, url
        pc.guard.answers = False  # the control's user answers
        self.recorded: list[Dialog] = []
        self.user = User(self.recorded.append, "Pin12")
        self.computer = Computer(pc.store, self.user)
        self.options = options or InternetOptions(addon_allowed=True, protected_mode=False)
        self.control = Control(self.computer, self.options)

    def page(self) -> Page:
        """A page in a new window."""
        window = self.pc.window()
        self.control.attach(window)
        page = window.new_page()
        page.goto(self.url)
        return page

    def run(self, script: str, argument: object = None) -> Any:  # noqa: ANN401 - whatever the script returns
        """What a script returns on a page of its own."""
        found = self.page().evaluate(script, argument)
        self.control.check()
        return found

    @property
    def titles(self) -> list[str]:
        """The dialogs so far."""
        return [one.title for one in self.recorded]


def answer(text: str, signer: Signer, name: str = "taro", serial: int | None = None) -> x509.Certificate:
    """The certificate for a request in base64."""
    asked = x509.load_der_x509_csr(base64.b64decode(text))
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(signer.cert.subject)
        .public_key(asked.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=1))
        .not_valid_after(now + dt.timedelta(days=700))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(signer.key, hashes.SHA256())
    )


def packed(*certificates: x509.Certificate) -> str:
    """A response: PKCS#7 in base64."""
    return base64.b64encode(serialize_certificates(list(certificates), Encoding.DER)).decode()


def trusted(legacy: Legacy, signer: Signer, folder: Path) -> None:
    """Trust a root through the wizard."""
    file = folder / "root.cer"
    file.write_bytes(signer.cert.public_bytes(Encoding.DER))
    assert import_root(legacy.computer, file)
