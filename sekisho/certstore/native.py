"""The store that Chromium itself reads on Linux: an NSS database below the private HOME of its process."""

from __future__ import annotations

import re
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from sekisho import pkcs12, results
from sekisho.certstore.base import CertStore, UnknownCertificateError
from sekisho.verdict import EnvironmentProblemError

DATABASES = ("cert9.db", "key4.db")
TOOL_SECONDS = 20

# A line of `certutil -L`: the nickname, padding, and the trust flags for TLS, mail and code.
LISTED = re.compile(r"^(?P<nickname>.+?)\s+(?P<trust>[a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*)\s*$")
# A line of `certutil -K`: number, key type, the key's identifier, nickname.
KEY = re.compile(r"^<\s*\d+>\s+\S+\s+(?P<id>[0-9a-f]{40})\b")


class StoreToolError(EnvironmentProblemError):
    """certutil or pk12util is missing or failed; the text has its own words."""


class NativeStore(CertStore):
    """`HOME/.pki/nssdb`, changed with NSS's own tools while the browser runs; the browser sees it at once."""

    mode: Literal["native", "context"] = "native"

    def __init__(self, home: Path) -> None:
        """Make an empty database below `home`, and a pristine copy to return to; raises `StoreToolError`."""
        self.folder = home / ".pki" / "nssdb"
        self._pristine = home / ".pki" / "pristine"
        self._imported: dict[str, pkcs12.Identity] = {}
        if not (self.folder / DATABASES[0]).exists():
            self.folder.mkdir(parents=True, mode=0o700)
            run_tool("certutil", "-N", "-d", f"sql:{self.folder}", "--empty-password")
        if not self._pristine.exists():
            shutil.copytree(self.folder, self._pristine)

    def personal(self) -> list[results.Certificate]:
        """The user's own certificates, by date of issue."""
        keys = self._key_ids()
        mine = [pkcs12.facts(cert) for cert in self._certificates() if _key_id(cert) in keys]
        return sorted(mine, key=lambda certificate: certificate.not_before)

    def authorities(self) -> list[results.Certificate]:
        """Certificates without a private key here."""
        keys = self._key_ids()
        return [pkcs12.facts(cert) for cert in self._certificates() if _key_id(cert) not in keys]

    def delete(self, sha256: str) -> None:
        """Delete one certificate and its key: the database is emptied, and all others come back.

        certutil deletes by nickname, and NSS gives the old and the renewed certificate of a user the same one.
        """
        kept = [self.identity(other.sha256) for other in self.personal() if other.sha256 != sha256]
        self.identity(sha256)
        self.clear()
        for identity in kept:
            self._import(identity)

    def trust_root(self, pem: Path) -> None:
        """Trust a server root, now and after every `clear`."""
        root = x509.load_pem_x509_certificate(pem.read_bytes())
        nickname = f"{pkcs12.common_name(root.subject)} {pkcs12.fingerprint(root)[:8]}"
        for folder in (self.folder, self._pristine):
            run_tool("certutil", "-A", "-d", f"sql:{folder}", "-n", nickname, "-t", "C,,", "-i", str(pem))

    def clear(self) -> None:
        """Return to the pristine copy.

        Written through SQLite's own backup, in one transaction for each file, because a browser has them open.
        """
        for name in DATABASES:
            with (
                closing(sqlite3.connect(self._pristine / name)) as pristine,
                closing(sqlite3.connect(self.folder / name, timeout=TOOL_SECONDS)) as live,
            ):
                pristine.backup(live)

    def identity(self, sha256: str) -> pkcs12.Identity:
        """A personal certificate with its key, if the database still has it."""
        known = self._imported.get(sha256)
        if known is None or sha256 not in {certificate.sha256 for certificate in self.personal()}:
            raise UnknownCertificateError(f"証明書ストアに、フィンガープリント {sha256} の個人証明書はありません。")
        return known

    def _add(self, identity: pkcs12.Identity, file: Path, password: str) -> None:
        run_tool("pk12util", "-d", f"sql:{self.folder}", "-i", str(file), "-w", "/dev/stdin", secret=password)
        self._imported[identity.sha256] = identity

    def _import(self, identity: pkcs12.Identity) -> None:
        password = secrets.token_urlsafe(24)
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".p12") as file:
            file.write(identity.pkcs12(password))
            file.flush()
            self._add(identity, Path(file.name), password)

    def _certificates(self) -> list[x509.Certificate]:
        listed = (LISTED.match(line) for line in self._certutil("-L").splitlines())
        nicknames = dict.fromkeys(match["nickname"] for match in listed if match)
        found = [cert for nickname in nicknames for cert in self._under(nickname)]
        return list(dict.fromkeys(found))

    def _under(self, nickname: str) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self._certutil("-L", "-a", "-n", nickname).encode())

    def _key_ids(self) -> set[str]:
        """Identifiers of the private keys; certutil -K fails where there are none."""
        listed = self._certutil("-K", empty_is_failure=True)
        return {match["id"] for match in map(KEY.match, listed.splitlines()) if match}

    def _certutil(self, *arguments: str, empty_is_failure: bool = False) -> str:
        return run_tool(
            "certutil", *arguments, "-d", f"sql:{self.folder}", accept=(0, 255) if empty_is_failure else (0,)
        )


def run_tool(name: str, *arguments: str, secret: str | None = None, accept: tuple[int, ...] = (0,)) -> str:
    """Run one of NSS's tools, a secret on its standard input; raises `StoreToolError` with the tool's own words."""
    try:
        done = subprocess.run(
            [name, *arguments],
            input=None if secret is None else f"{secret}\n",
            stdin=subprocess.DEVNULL if secret is None else None,
            capture_output=True,
            text=True,
            timeout=TOOL_SECONDS,
            check=False,
        )
    except FileNotFoundError as problem:
        raise StoreToolError(
            f"{name} がありません。「sudo apt-get install libnss3-tools」で導入してください。"
        ) from problem
    except subprocess.TimeoutExpired as problem:
        raise StoreToolError(f"{name} {arguments[0]} が {TOOL_SECONDS} 秒たっても終わりません。") from problem
    if done.returncode not in accept:
        raise StoreToolError(f"{name} {arguments[0]} が失敗しました: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _key_id(cert: x509.Certificate) -> str:
    """The identifier NSS gives a key pair: SHA-1 of the RSA modulus or of the EC point, hex."""
    public = cert.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        number = public.public_numbers().n
        value = number.to_bytes((number.bit_length() + 7) // 8, "big")
    elif isinstance(public, ec.EllipticCurvePublicKey):
        value = public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    else:
        return ""
    digest = hashes.Hash(hashes.SHA1())  # noqa: S303 - NSS's choice: a name for a key, no protection
    digest.update(value)
    return digest.finalize().hex()
