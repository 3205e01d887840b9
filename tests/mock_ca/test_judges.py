"""What the authority issues, judged by programs that know nothing of it: openssl, NSS, curl and pkilint."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from .running import Running, fetch
from .visitor import CHROME, Identity, identity
from .walks import enrolled

LINTERS = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """One outside program."""
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=30, check=False)


class Papers:
    """A subscriber's certificate and everything needed to judge it, as files."""

    def __init__(self, mock: Running, folder: Path, account: dict[str, Any]) -> None:
        """Write them into a folder."""
        self.folder, self.repository = folder, mock.ready["repository"]
        self.identity: Identity = identity(account)
        self._write("leaf", self.identity.certificate)
        for one in self.identity.opened.additional_certs:
            root = one.certificate.issuer == one.certificate.subject
            self._write("root" if root else "issuing", one.certificate)
        (folder / "identity.pem").write_bytes(self.identity.pem())

    def _write(self, name: str, certificate: x509.Certificate) -> None:
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))

    def get(self, path: str) -> bytes:
        """Something that the repository publishes."""
        with urllib.request.urlopen(f"{self.repository}/{path}", timeout=10) as answer:
            return bytes(answer.read())

    @property
    def issuer(self) -> str:
        """The file of the subscriber's issuer."""
        return "issuing.pem" if (self.folder / "issuing.pem").exists() else "root.pem"

    def verify(self) -> subprocess.CompletedProcess[str]:
        """The chain, with the revocation list of each level, for TLS client authentication."""
        lists = b""
        for name in {"leaf.pem", self.issuer} - {"root.pem"}:
            (self.folder / "crl").write_bytes(self.get(f"crl/{self.named_in(name)}"))
            lists += run("openssl", "crl", "-inform", "DER", "-in", "crl", cwd=self.folder).stdout.encode()
        (self.folder / "crls.pem").write_bytes(lists)
        options = ["-x509_strict", "-crl_check_all", "-CRLfile", "crls.pem", "-purpose", "sslclient"]
        trust = ["-CAfile", "root.pem", "-untrusted", self.issuer]
        return run("openssl", "verify", *options, *trust, "leaf.pem", cwd=self.folder)

    def named_in(self, file: str) -> str:
        """The revocation list that a certificate names."""
        said = run("openssl", "x509", "-in", file, "-noout", "-ext", "crlDistributionPoints", cwd=self.folder).stdout
        return said.rpartition("/")[2].strip()

    def ocsp(self) -> str:
        """What the OCSP responder named in the certificate says."""
        url = run("openssl", "x509", "-in", "leaf.pem", "-noout", "-ocsp_uri", cwd=self.folder).stdout.strip()
        trust = ["-CAfile", "root.pem", "-verify_other", self.issuer]
        asked = ["-issuer", self.issuer, "-cert", "leaf.pem"]
        answer = run("openssl", "ocsp", "-url", url, *asked, *trust, cwd=self.folder)
        assert "Response verify OK" in answer.stderr, answer.stderr
        return answer.stdout


SYSTEMS = ["danshin", "kihonet", "obn", "nec"]


@pytest.fixture
def papers(request: pytest.FixtureRequest, mock: Running, tmp_path: Path) -> Papers:
    """Of a subscriber with a valid certificate, of danshin unless a test names another system."""
    return Papers(mock, tmp_path, mock.of(getattr(request, "param", "danshin")).account("active"))


@pytest.mark.parametrize("papers", SYSTEMS, indirect=True)
def test_openssl_verifies_the_chain_and_ocsp_says_good(papers: Papers) -> None:
    """Root, issuing CA where there is one, subscriber; each revocation list; purpose TLS client."""
    assert papers.verify().stdout.strip() == "leaf.pem: OK"
    assert "leaf.pem: good" in papers.ocsp()


@pytest.mark.parametrize("system", SYSTEMS)
def test_openssl_finds_a_revoked_certificate_revoked(mock: Running, tmp_path: Path, system: str) -> None:
    """In the list and by OCSP, from the moment of the reissue."""
    user = mock.of(system).account("active")
    papers = Papers(mock, tmp_path, user)
    mock.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    assert "certificate revoked" in papers.verify().stderr
    assert "leaf.pem: revoked" in papers.ocsp()


def test_a_certificate_of_another_root_does_not_verify(papers: Papers) -> None:
    """The same check fails with a root that did not sign."""
    trustme.CA().cert_pem.write_to_path(papers.folder / "root.pem")
    assert papers.verify().returncode != 0


def test_ocsp_answers_neither_for_unknown_certificates_nor_to_noise(papers: Papers) -> None:
    """Unauthorized for the issuing CA's own certificate, malformed request for noise."""
    certificates = ["-issuer", "root.pem", "-cert", "issuing.pem"]
    answer = run("openssl", "ocsp", "-url", f"{papers.repository}/ocsp/danshin", *certificates, cwd=papers.folder)
    assert "unauthorized" in answer.stdout + answer.stderr
    request = urllib.request.Request(f"{papers.repository}/ocsp/danshin", b"noise")
    with urllib.request.urlopen(request, timeout=10) as refused:
        assert refused.read() == bytes.fromhex("30030a0101")


KIHONET_CA = "Nippon Life Insurance Company Kihonet CA - G1"
NAMES = {
    "danshin": (
        "CN = Nissay Information Technology KDanshinnet CA",
        "C = JP, O = sampleCompany, OU = div1, OU = div1-1, OU = div1-1-1, CN = emp",
    ),
    "kihonet": (f"CN = {KIHONET_CA}", f"C = JP, O = Nippon Life Insurance Company, OU = {KIHONET_CA}, CN = K"),
    "obn": (
        "CN = Online Billing NW Common Root CA - G1",
        "C = JP, O = ReceiptOnline, OU = hokkaido, OU = medical, CN = 011",
    ),
    "nec": ("CN = NEC Certification Authority", "C = JP, O = NEC Corporation, OU = Digital ID, CN = NEC"),
}


@pytest.mark.parametrize(("papers", "names"), NAMES.items(), ids=NAMES, indirect=["papers"])
def test_a_certificate_says_what_the_manual_implies(papers: Papers, names: tuple[str, str]) -> None:
    """Its key's length, user id, issuer's name, TLS client authentication, and no more."""
    text = run("openssl", "x509", "-in", "leaf.pem", "-noout", "-text", "-nameopt", "oneline", cwd=papers.folder).stdout
    assert all(name in text for name in names)
    assert f"Public-Key: ({1024 if 'O = NEC' in text else 2048} bit)" in text
    assert "TLS Web Client Authentication\n" in text
    assert "Digital Signature, Key Encipherment\n" in text
    assert "CA:FALSE" in text


FILES = {
    "danshin": ("leaf", "issuing", "root"),
    "kihonet": ("leaf", "issuing"),
    "obn": ("leaf", "root"),
    "nec": ("leaf", "root"),
}
LINTED = [(system, name) for system, names in FILES.items() for name in names]


@pytest.mark.parametrize(("papers", "name"), LINTED, indirect=["papers"])
def test_pkilint_has_nothing_to_say_of_the_certificates(papers: Papers, name: str) -> None:
    """Against RFC 5280, from notices up."""
    said = run(LINTERS / "lint_pkix_cert", "lint", "-s", "NOTICE", f"{name}.pem", cwd=papers.folder)
    assert (said.returncode, said.stdout.strip(), said.stderr) == (0, "", "")


@pytest.mark.parametrize("system", SYSTEMS)
def test_pkilint_has_nothing_to_say_of_the_revocation_list(mock: Running, tmp_path: Path, system: str) -> None:
    """With an entry in it."""
    papers = Papers(mock, tmp_path, mock.of(system).account("revoked"))
    (papers.folder / "issuer.crl").write_bytes(papers.get(f"crl/{papers.named_in('leaf.pem')}"))
    options = ["-s", "NOTICE", "-t", "CRL", "-p", "PKIX"]
    said = run(LINTERS / "lint_crl", "lint", *options, "issuer.crl", cwd=papers.folder)
    assert (said.returncode, said.stdout.strip()) == (0, ""), said.stderr


@pytest.mark.parametrize(("suite", "named"), [("aes256", "AES-256-CBC"), ("3des", "pbeWithSHA1And3-KeyTripleDES-CBC")])
def test_openssl_opens_the_pkcs12(mock: Running, tmp_path: Path, suite: str, named: str) -> None:
    """Key, certificate and the chain to the root, in the chosen suite, with the user id as friendly name."""
    user = mock.account("invited", pkcs12=suite)
    (tmp_path / "key.p12").write_bytes(fetch(mock.logged_in(user), user["request_id"], "Himitsu #1"))
    opening = ["openssl", "pkcs12", "-in", "key.p12", "-info", "-nodes", "-passin"]
    opened = run(*opening, "pass:Himitsu #1", cwd=tmp_path)
    assert opened.stdout.count("BEGIN CERTIFICATE") == 3
    assert f"friendlyName: {user['user_id']}" in opened.stdout
    assert named in opened.stderr
    assert "invalid password" in run(*opening, "pass:Himitsu#1", cwd=tmp_path).stderr


@pytest.mark.skipif(shutil.which("pk12util") is None, reason="the NSS tools are not installed")
@pytest.mark.parametrize("suite", ["aes256", "3des"])
def test_nss_imports_the_pkcs12_and_accepts_the_chain(mock: Running, tmp_path: Path, suite: str) -> None:
    """pk12util takes it with the password only; certutil finds the certificate good for a TLS client."""
    user = mock.account("active", pkcs12=suite)
    given = user["identities"][0]
    (tmp_path / "key.p12").write_bytes(base64.b64decode(given["pkcs12_base64"]))
    run("certutil", "-N", "-d", "sql:.", "--empty-password", cwd=tmp_path)
    assert run("pk12util", "-i", "key.p12", "-d", "sql:.", "-W", "wrong", cwd=tmp_path).returncode != 0
    assert run("pk12util", "-i", "key.p12", "-d", "sql:.", "-W", given["password"], cwd=tmp_path).returncode == 0
    assert user["user_id"] in run("certutil", "-K", "-d", "sql:.", cwd=tmp_path).stdout
    names = run("certutil", "-L", "-d", "sql:.", cwd=tmp_path).stdout
    root = next(line.rsplit(None, 1)[0].strip() for line in names.splitlines() if "root" in line)
    run("certutil", "-M", "-n", root, "-t", "CT,,", "-d", "sql:.", cwd=tmp_path)
    verdict = run("certutil", "-V", "-n", user["user_id"], "-u", "C", "-d", "sql:.", cwd=tmp_path)
    assert "certificate is valid" in verdict.stdout


def curl(mock: Running, folder: Path, url: str, pem: bytes | None = None) -> tuple[int, str]:
    """Fetch with curl: its exit code, and status and page."""
    certificate: list[str] = []
    if pem:
        (folder / "client.pem").write_bytes(pem)
        certificate = ["--cert", "client.pem"]
    shown = ["-sS", "--cacert", mock.ready["server_root"], "-A", CHROME, "-w", "%{http_code}"]
    done = run("curl", *shown, *certificate, url, cwd=folder)
    return done.returncode, done.stdout


def foreign() -> bytes:
    """A key and certificate of an authority that nobody here knows."""
    made = trustme.CA().issue_cert(common_name="emp00001")
    return made.private_key_and_cert_chain_pem.bytes()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_meets_the_three_kinds_of_listener(mock: Running, tmp_path: Path) -> None:
    """None asks for nothing; optional answers forbidden itself; required ends the handshake."""
    good, revoked = (identity(mock.account(state)).pem() for state in ("active", "revoked"))
    asked = {"enrol": None, "renew": good, "service": good, "web": good}
    assert {site: curl(mock, tmp_path, mock.sites[site], pem)[1][-3:] for site, pem in asked.items()} == dict.fromkeys(
        asked, "200"
    )
    for pem in (None, revoked):
        code, page = curl(mock, tmp_path, mock.sites["service"], pem)
        assert (code, page[-3:], "forbidden" in page) == (0, "403", True)
    assert curl(mock, tmp_path, mock.sites["renew"])[0] != 0
    assert curl(mock, tmp_path, mock.sites["renew"], foreign())[0] != 0
    assert curl(mock, tmp_path, mock.sites["service"], foreign())[0] != 0
    assert curl(mock, tmp_path, mock.sites["renew"], revoked)[1][-3:] == "403"


def test_a_browser_that_does_not_trust_the_servers_root_refuses(mock: Running, tmp_path: Path) -> None:
    """The servers' certificates come from the mock's own root and no other."""
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    done = run("curl", "-sS", "--cacert", "other.pem", mock.sites["enrol"], cwd=tmp_path)
    assert done.returncode == 60


def test_an_issued_certificate_verifies_as_a_provisioned_one_does(mock: Running, papers: Papers) -> None:
    """Enrolment takes the same way through the authority."""
    made = enrolled(mock, mock.account("invited"))
    (papers.folder / "leaf.pem").write_bytes(made.certificate.public_bytes(Encoding.PEM))
    assert papers.verify().stdout.strip() == "leaf.pem: OK"
