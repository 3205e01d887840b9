"""What the self-signed authority of obn issues, judged by programs that know nothing of it."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from .obn_walks import Obn, downloaded, revoked
from .visitor import CHROME, Identity, identity

LINTERS = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """One outside program."""
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=30, check=False)


class Papers:
    """A certificate, its issuer and revocation list, as files."""

    def __init__(self, obn: Obn, folder: Path, holder: Identity) -> None:
        """Write them."""
        self.folder, self._list = folder, f"{obn.mock.ready['repository']}/crl/obn.crl"
        (above,) = holder.opened.additional_certs
        self._write("leaf", holder.certificate)
        self._write("root", above.certificate)

    def _write(self, name: str, certificate: x509.Certificate) -> None:
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))

    def verify(self) -> str:
        """The subscriber directly below the root, with the revocation list, for TLS client authentication."""
        with urllib.request.urlopen(self._list, timeout=10) as answer:
            (self.folder / "list.der").write_bytes(answer.read())
        run("openssl", "crl", "-inform", "DER", "-in", "list.der", "-out", "list.pem", cwd=self.folder)
        options = ["-x509_strict", "-crl_check", "-CRLfile", "list.pem", "-purpose", "sslclient"]
        done = run("openssl", "verify", *options, "-CAfile", "root.pem", "leaf.pem", cwd=self.folder)
        return done.stdout + done.stderr

    def ocsp(self) -> str:
        """What the responder says that is named in the certificate."""
        url = run("openssl", "x509", "-in", "leaf.pem", "-noout", "-ocsp_uri", cwd=self.folder).stdout.strip()
        files = ["-issuer", "root.pem", "-cert", "leaf.pem", "-CAfile", "root.pem"]
        answer = run("openssl", "ocsp", "-url", url, *files, cwd=self.folder)
        assert "Response verify OK" in answer.stderr, answer.stderr
        return answer.stdout


def test_openssl_verifies_a_certificate_directly_below_the_root(obn: Obn, tmp_path: Path) -> None:
    """A downloaded one; no other root does."""
    papers = Papers(obn, tmp_path, downloaded(obn, obn.account("invited")))
    assert papers.verify().strip() == "leaf.pem: OK"
    assert "leaf.pem: good" in papers.ocsp()
    trustme.CA().cert_pem.write_to_path(tmp_path / "root.pem")
    assert "OK" not in papers.verify()


def test_openssl_finds_a_certificate_revoked_when_the_application_was_carried_out(obn: Obn, tmp_path: Path) -> None:
    """In the list and by OCSP, and not before."""
    user = obn.account("active")
    papers = Papers(obn, tmp_path, identity(user))
    revoked(obn, user)
    obn.mock.pass_time(days=2)
    assert papers.verify().strip() == "leaf.pem: OK"
    obn.mock.pass_time(days=1)
    assert "certificate revoked" in papers.verify()
    assert "leaf.pem: revoked" in papers.ocsp()


def test_a_certificate_says_what_the_manual_shows(obn: Obn, tmp_path: Path) -> None:
    """Subject, issuer, key and purpose; the root has no root above it."""
    user = obn.account("invited")
    Papers(obn, tmp_path, downloaded(obn, user))
    text = run("openssl", "x509", "-in", "leaf.pem", "-noout", "-text", "-nameopt", "oneline", cwd=tmp_path).stdout
    assert "Issuer: C = JP, O = sekisho mock CA, CN = Online Billing NW Common Root CA - G1" in text
    assert f"C = JP, O = ReceiptOnline, OU = hokkaido, OU = medical, CN = {user['user_id']}" in text
    assert "Public-Key: (2048 bit)" in text
    assert "TLS Web Client Authentication\n" in text
    names = run("openssl", "x509", "-in", "root.pem", "-noout", "-subject", "-issuer", cwd=tmp_path).stdout
    assert len({line.partition("=")[2] for line in names.splitlines()}) == 1


@pytest.mark.parametrize("name", ["leaf", "root"])
def test_pkilint_has_nothing_to_say_of_the_certificates(obn: Obn, tmp_path: Path, name: str) -> None:
    """Against RFC 5280, from notices up."""
    Papers(obn, tmp_path, identity(obn.account("active")))
    said = run(LINTERS / "lint_pkix_cert", "lint", "-s", "NOTICE", f"{name}.pem", cwd=tmp_path)
    assert (said.returncode, said.stdout.strip(), said.stderr) == (0, "", "")


def test_pkilint_has_nothing_to_say_of_the_revocation_list(obn: Obn, tmp_path: Path) -> None:
    """With an entry in it."""
    Papers(obn, tmp_path, identity(obn.account("revoked"))).verify()
    options = ["-s", "NOTICE", "-t", "CRL", "-p", "PKIX"]
    said = run(LINTERS / "lint_crl", "lint", *options, "list.der", cwd=tmp_path)
    assert (said.returncode, said.stdout.strip()) == (0, ""), said.stderr


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_trusts_the_sites_with_the_downloaded_root_only(obn: Obn, tmp_path: Path) -> None:
    """And enters renewal and revocation with a certificate only."""
    root = obn.visitor().get(f"{obn.sites['root']}/SCRoot2ca.cer").body
    (tmp_path / "root.pem").write_text(ssl.DER_cert_to_PEM_cert(root))
    (tmp_path / "client.pem").write_bytes(identity(obn.account("active")).pem())
    shown = ["curl", "-sS", "-A", CHROME, "-o", "page", "-w", "%{http_code}", "--cacert"]
    for site in ("renew", "revoke"):
        assert run(*shown, "root.pem", "--cert", "client.pem", obn.sites[site], cwd=tmp_path).stdout == "200"
        assert run(*shown, "root.pem", obn.sites[site], cwd=tmp_path).returncode != 0
        foreign = run(*shown, obn.mock.ready["server_root"], obn.sites[site], cwd=tmp_path)
        assert foreign.returncode == 60
