"""An NSS database, read and changed with NSS's own tools: certutil and pk12util."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from sekisho import pkcs12
from sekisho.verdict import EnvironmentProblemError

TOOL_SECONDS = 20

# A line of `certutil -L`: the nickname, padding, and the trust flags for TLS, mail and code.
LISTED = re.compile(r"^(?P<nickname>.+?)\s+(?P<trust>[a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*)\s*$")
# A line of `certutil -K`: number, key type, the key's identifier, nickname.
KEY = re.compile(r"^<\s*\d+>\s+\S+\s+(?P<id>[0-9a-f]{40})\b")
TRUSTED = "C,,"
NO_TRUST = ",,"


class StoreToolError(EnvironmentProblemError):
    """certutil or pk12util is missing or failed; the text has its own words."""


@dataclass(frozen=True)
class Entry:
    """One certificate of a database."""

    certificate: x509.Certificate
    trusted: bool
    """Whether it is a root trusted for TLS servers."""


class NssDatabase:
    """One folder with a certificate and a key database."""

    def __init__(self, folder: Path) -> None:
        """Name a folder; `create` puts a database into it."""
        self.folder = folder

    def create(self) -> None:
        """Make an empty database; raises `StoreToolError`."""
        self.folder.mkdir(parents=True, mode=0o700)
        self._certutil("-N", "--empty-password")

    def entries(self) -> list[Entry]:
        """Every certificate."""
        listed = [match for match in map(LISTED.match, self._certutil("-L").splitlines()) if match]
        trusts = {match["nickname"]: match["trust"] for match in listed}
        found = [
            Entry(cert, "C" in trust.partition(",")[0]) for name, trust in trusts.items() for cert in self._under(name)
        ]
        return list(dict.fromkeys(found))

    def key_ids(self) -> set[str]:
        """Identifiers of the private keys; certutil -K fails where there are none."""
        listed = self._certutil("-K", accept=(0, 255))
        return {match["id"] for match in map(KEY.match, listed.splitlines()) if match}

    def add(self, certificate: x509.Certificate, *, trusted: bool) -> None:
        """Add an authority's certificate, or change whether one that is there is trusted."""
        nickname = f"{pkcs12.display_name(certificate.subject)} {pkcs12.fingerprint(certificate)[:8]}"
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".cer") as file:
            file.write(certificate.public_bytes(serialization.Encoding.DER))
            file.flush()
            self._certutil("-A", "-n", nickname, "-t", TRUSTED if trusted else NO_TRUST, "-i", file.name)

    def import_pkcs12(self, file: Path, password: str) -> None:
        """Take in everything a PKCS#12 file holds."""
        run_tool("pk12util", "-d", f"sql:{self.folder}", "-i", str(file), "-w", "/dev/stdin", secret=password)

    def _under(self, nickname: str) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self._certutil("-L", "-a", "-n", nickname).encode())

    def _certutil(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        return run_tool("certutil", *arguments, "-d", f"sql:{self.folder}", accept=accept)


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


def key_id(cert: x509.Certificate) -> str:
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
