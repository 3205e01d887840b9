"""An NSS database, read and changed with NSS's own tools: certutil and pk12util."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from sekisho.language import say
from sekisho.machine.remedies import install
from sekisho.pki import pkcs12
from sekisho.verdict import EnvironmentProblemError

TOOL_SECONDS = 20
FILES = CERTIFICATES, KEYS = ("cert9.db", "key4.db")

# Certificates are found by what they are, in the tables in which NSS keeps PKCS#11 objects: a nickname may end with
# spaces, be missing, or be that of several. A column is an attribute's number: class (a0; 1 is a certificate, 2 a
# public key, 3 a private one), value (a11), issuer (a81), serial number (a82), the key's identifier (a102).
CERTIFICATES_THERE = "SELECT a11, a102, a81, a82 FROM nssPublic WHERE a0 = x'00000001'"
KEYS_THERE = "SELECT a102 FROM nssPrivate WHERE a0 = x'00000003'"
# That a root is trusted for servers, as NSS has always kept it, and as PKCS#11 3.2 has it.
TRUSTED_THERE = {
    "ace536358": "SELECT a81, a82 FROM nssPublic WHERE a0 = x'ce534353' AND ace536358 = x'ce534352'",
    "a62c": "SELECT a81, a82 FROM nssPublic WHERE a0 = x'0000000b' AND a62c = x'00000002'",
}
TRUSTED = "C,,"
NO_TRUST = ",,"


class StoreToolError(EnvironmentProblemError):
    """certutil or pk12util is missing or failed; the text has its own words."""


class ToolFailedError(StoreToolError):
    """The tool was there, and failed or did not end in time."""


class FileRefusedError(StoreToolError):
    """pk12util did not take a file in, which may be the file's fault."""


@dataclass(frozen=True)
class Entry:
    """One certificate of a database."""

    der: bytes
    key: str
    """The identifier of its key, hex; NSS makes it from the public key."""
    trusted: bool
    """Whether it is a root trusted for TLS servers."""

    @property
    def sha256(self) -> str:
        """Fingerprint, lower-case hex."""
        return pkcs12.fingerprint(self.der)


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
        with self._open(CERTIFICATES) as database:
            there = {row[1] for row in database.execute("PRAGMA table_info(nssPublic)")}
            trusted = [
                named for column, rows in TRUSTED_THERE.items() if column in there for named in database.execute(rows)
            ]
            rows = database.execute(CERTIFICATES_THERE)
            found = [Entry(der, key.hex(), tuple(named) in trusted) for der, key, *named in rows]
        return list(dict.fromkeys(found))

    def key_ids(self) -> set[str]:
        """Identifiers of the private keys."""
        with self._keys() as keys:
            return {row[0].hex() for row in keys.execute(KEYS_THERE)}

    def delete(self, entry: Entry) -> None:
        """Delete a certificate, and its key where no other certificate needs it."""
        shared = any(one.key == entry.key and one.der != entry.der for one in self.entries())
        key = bytes.fromhex(entry.key)
        with self._open(CERTIFICATES) as database, database:
            database.execute("DELETE FROM nssPublic WHERE a0 = x'00000001' AND a11 = ?", (entry.der,))
            if not shared:
                database.execute("DELETE FROM nssPublic WHERE a0 = x'00000002' AND a102 = ?", (key,))
        if not shared:
            with self._keys() as keys, keys:
                keys.execute("DELETE FROM nssPrivate WHERE a102 = ?", (key,))

    def add(self, certificate: bytes, *, trusted: bool) -> None:
        """Add an authority's certificate (DER), or change whether one that is there is trusted."""
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".cer") as file:
            file.write(certificate)
            file.flush()
            nickname = pkcs12.fingerprint(certificate)
            self._certutil("-A", "-n", nickname, "-t", TRUSTED if trusted else NO_TRUST, "-i", file.name)

    def import_pkcs12(self, file: Path, password: str) -> None:
        """Take in everything a PKCS#12 file holds. Raises `FileRefusedError` where NSS does not."""
        try:
            self._pk12util("-i", str(file), password=password)
        except ToolFailedError as problem:
            raise FileRefusedError(str(problem)) from problem

    def prove(self) -> None:
        """Raise `StoreToolError` unless a database beside this one takes in a file that is certainly in order."""
        made = trustme.CA().issue_cert("sekisho.example")
        key = serialization.load_pem_private_key(made.private_key_pem.bytes(), None)
        certificate = x509.load_pem_x509_certificate(made.cert_chain_pems[0].bytes())
        password = secrets.token_urlsafe(24)
        lock = serialization.BestAvailableEncryption(password.encode())
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as folder:
            file, beside = Path(folder) / "good.p12", NssDatabase(Path(folder) / "nssdb")
            beside.create()
            file.write_bytes(serialize_key_and_certificates(b"sekisho", key, certificate, None, lock))  # type: ignore[arg-type]
            beside.import_pkcs12(file, password)

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

    def _certutil(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        pin = {"-f": self._pin} if self._pin else {}
        return run_tool("certutil", *arguments, "-d", f"sql:{self.folder}", given=pin, accept=accept)

    def _pk12util(self, *arguments: str, password: str) -> None:
        given = {"-w": password} | ({"-k": self._pin} if self._pin else {})
        run_tool("pk12util", *arguments, "-d", f"sql:{self.folder}", given=given)

    def _keys(self) -> closing[sqlite3.Connection]:
        return self._open(KEYS)

    def _open(self, name: str) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(self.folder / name, timeout=TOOL_SECONDS))


def run_tool(
    name: str,
    *arguments: str,
    given: Mapping[str, str] = MappingProxyType({}),
    accept: tuple[int, ...] = (0,),
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run one of NSS's tools; raises `StoreToolError` with the tool's own words.

    Each of the secrets `given` is an option with what it reads from a file: one in memory, so that nobody else can.
    """
    with ExitStack() as memory:
        files = {option: memory.enter_context(_kept_in_memory(secret)) for option, secret in given.items()}
        options = [word for option, file in files.items() for word in (option, f"/dev/fd/{file}")]
        done = _run([name, *arguments, *options], tuple(files.values()), environment)
    if done.returncode not in accept:
        raise ToolFailedError(
            say(
                f"{name} {arguments[0]} が失敗しました: {done.stderr.strip() or done.stdout.strip()}",
                f"{name} {arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}",
            )
        )
    return done.stdout


def _run(
    command: list[str], files: tuple[int, ...], environment: Mapping[str, str] | None
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",  # it repeats a stranger's nickname
            timeout=TOOL_SECONDS,
            check=False,
            pass_fds=files,
            env=environment,
        )
    except FileNotFoundError as problem:
        raise StoreToolError(
            say(
                f"{command[0]} がありません。「{install(['libnss3-tools'])}」で導入してください。",
                f'{command[0]} is missing. Install it by "{install(["libnss3-tools"])}".',
            )
        ) from problem
    except subprocess.TimeoutExpired as problem:
        raise ToolFailedError(
            say(
                f"{command[0]} {command[1]} が {TOOL_SECONDS} 秒たっても終わりません。",
                f"{command[0]} {command[1]} has not ended after {TOOL_SECONDS} s.",
            )
        ) from problem


@contextmanager
def _kept_in_memory(secret: str) -> Iterator[int]:
    """A file descriptor from which a line with a secret can be read, as often as a tool wants: pk12util tries twice."""
    memory = os.memfd_create("secret")
    try:
        os.write(memory, f"{secret}\n".encode())
        yield memory
    finally:
        os.close(memory)
