"""An NSS database, read and changed with NSS's own tools: certutil and pk12util."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from sekisho import pkcs12
from sekisho.remedies import install
from sekisho.verdict import EnvironmentProblemError

TOOL_SECONDS = 20
FILES = CERTIFICATES, KEYS = ("cert9.db", "key4.db")

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
    """One folder with a certificate and a key database, whose password (if it has one) protects the keys."""

    def __init__(self, folder: Path, pin: str = "") -> None:
        """Name a folder, and its password; `create` puts a database into it."""
        self.folder = folder
        self._pin = pin

    def create(self) -> None:
        """Make an empty database; raises `StoreToolError`."""
        self.folder.mkdir(parents=True, mode=0o700)
        self._certutil("-N", *(() if self._pin else ("--empty-password",)))

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
        self._pk12util("-i", str(file), password=password)

    def export_pkcs12(self, key: str, password: str) -> bytes:
        """The key of this identifier with its certificate and all issuers that are here, as a PKCS#12 file."""
        name = "pkcs11:id=" + re.sub("..", r"%\g<0>", key)
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            file = Path(folder) / "exported.p12"
            self._pk12util("-o", str(file), "-n", name, password=password)
            return file.read_bytes()

    def lock_in(self, key: str) -> None:
        """Mark a key as one that must not leave the database: what NSS calls CKA_EXTRACTABLE becomes false."""
        with self._keys() as keys:
            keys.execute("UPDATE nssPrivate SET a162 = x'00' WHERE a102 = ?", (bytes.fromhex(key),))
            keys.commit()

    def locked_in(self) -> set[str]:
        """Identifiers of the keys with that mark."""
        with self._keys() as keys:
            return {row[0].hex() for row in keys.execute("SELECT a102 FROM nssPrivate WHERE a162 = x'00'")}

    def restore(self, pristine: NssDatabase) -> None:
        """Become what another database is.

        Written through SQLite's own backup, in one transaction for each file, because a browser has them open.
        """
        for name in FILES:
            with pristine._open(name) as source, self._open(name) as live:
                source.backup(live)

    def _under(self, nickname: str) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self._certutil("-L", "-a", "-n", nickname).encode())

    def _certutil(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        secrets = {"-f": self._pin} if self._pin else {}
        return run_tool("certutil", *arguments, "-d", f"sql:{self.folder}", secrets=secrets, accept=accept)

    def _pk12util(self, *arguments: str, password: str) -> None:
        secrets = {"-w": password} | ({"-k": self._pin} if self._pin else {})
        run_tool("pk12util", *arguments, "-d", f"sql:{self.folder}", secrets=secrets)

    def _keys(self) -> closing[sqlite3.Connection]:
        return self._open(KEYS)

    def _open(self, name: str) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.folder / name, timeout=TOOL_SECONDS))


def run_tool(
    name: str, *arguments: str, secrets: Mapping[str, str] = MappingProxyType({}), accept: tuple[int, ...] = (0,)
) -> str:
    """Run one of NSS's tools; raises `StoreToolError` with the tool's own words.

    Each of the `secrets` is an option with what it reads from a file: a pipe, so that nobody else can.
    """
    with ExitStack() as pipes:
        files = {option: pipes.enter_context(_pipe(secret)) for option, secret in secrets.items()}
        options = [word for option, file in files.items() for word in (option, f"/dev/fd/{file}")]
        done = _run([name, *arguments, *options], tuple(files.values()))
    if done.returncode not in accept:
        raise StoreToolError(f"{name} {arguments[0]} が失敗しました: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def _run(command: list[str], files: tuple[int, ...]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TOOL_SECONDS,
            check=False,
            pass_fds=files,
        )
    except FileNotFoundError as problem:
        raise StoreToolError(
            f"{command[0]} がありません。「{install(['libnss3-tools'])}」で導入してください。"
        ) from problem
    except subprocess.TimeoutExpired as problem:
        raise StoreToolError(f"{command[0]} {command[1]} が {TOOL_SECONDS} 秒たっても終わりません。") from problem


@contextmanager
def _pipe(secret: str) -> Iterator[int]:
    """A file descriptor from which a line with a secret can be read, once."""
    reader, writer = os.pipe()
    try:
        with os.fdopen(writer, "w", encoding="utf-8") as file:
            file.write(f"{secret}\n")
        yield reader
    finally:
        os.close(reader)


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
