"""The certificate store that the browser reads, as a program of the same user finds it: NSS, by its own tools."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from io import BufferedReader
from pathlib import Path
from types import MappingProxyType
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

SECONDS = 20
# Certificates are found by what they are, in the tables in which NSS keeps PKCS#11 objects: its tools name them by
# nicknames, which several may share. A column is an attribute's number: class (a0; 1 is a certificate, 2 a public key,
# 3 a private one), value (a11), the key's identifier (a102).
CERTIFICATES, KEYS = "cert9.db", "key4.db"
CERTIFICATES_THERE = "SELECT a11, a102 FROM nssPublic WHERE a0 = x'00000001'"
KEYS_THERE = "SELECT a102 FROM nssPrivate WHERE a0 = x'00000003'"
NSS_ERROR = re.compile(r"\b(?:SEC|SSL|MOZILLA_PKIX)_ERROR_|\bPR_[A-Z_]+_ERROR\b")
SERVER_GONE = "from server 0 bytes"  # as tstclnt -v says it
SAME_SERIAL = "SEC_ERROR_REUSED_ISSUER_AND_SERIAL"


class StoreError(Exception):
    """One of NSS's tools failed; the text has its own words."""


class SerialReusedError(StoreError):
    """The store has another certificate of the same authority and serial number."""


@dataclass(frozen=True)
class Held:
    """A certificate whose private key is in the store."""

    certificate: x509.Certificate
    key_id: str

    @property
    def name(self) -> str:
        """What NSS's tools call it: its key, because an old certificate and its successor share their nickname."""
        return "pkcs11:id=" + re.sub("..", r"%\g<0>", self.key_id)


class Store:
    """One folder with NSS's databases; `pin` protects the keys in it, if there is one."""

    def __init__(self, folder: Path, pin: str = "") -> None:
        """Name the folder."""
        self._folder, self._pin = folder, pin

    def held(self) -> list[Held]:
        """The user's own certificates, by date of issue. Whose key is here can be seen without the PIN."""
        keys = {key for (key,) in self._rows(KEYS, KEYS_THERE)}
        rows = dict.fromkeys(self._rows(CERTIFICATES, CERTIFICATES_THERE))
        found = [Held(x509.load_der_x509_certificate(der), key.hex()) for der, key in rows if key in keys]
        return sorted(found, key=lambda one: one.certificate.not_valid_before_utc)

    def unlocked(self) -> bool:
        """Whether the keys can be used with the PIN that is known."""
        try:
            self._run("certutil", "-K", secret={"-f": self._pin})
        except StoreError:
            return False
        return True

    def add(self, key: rsa.RSAPrivateKey, certificate: x509.Certificate, chain: Iterable[x509.Certificate]) -> None:
        """Take in a key with its certificate and those above it. No browser has to be restarted. Raises StoreError."""
        password = secrets.token_urlsafe(24)
        name = str(certificate.subject.rdns[-1].get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)
        lock = BestAvailableEncryption(password.encode())
        try:
            data = serialize_key_and_certificates(name.encode(), key, certificate, list(chain), lock)
        except ValueError as problem:  # a certificate of another key
            raise StoreError(str(problem)) from problem
        with tempfile.NamedTemporaryFile(suffix=".p12") as file:
            file.write(data)
            file.flush()
            self._run("pk12util", "-i", file.name, secret={"-w": password, "-k": self._pin})

    def delete(self, held: Held) -> None:
        """Delete one certificate, and its key where no other certificate needs it."""
        der, key = held.certificate.public_bytes(Encoding.DER), bytes.fromhex(held.key_id)
        with self._open(CERTIFICATES) as database, database:
            database.execute("DELETE FROM nssPublic WHERE a0 = x'00000001' AND a11 = ?", (der,))
        if not any(one.key_id == held.key_id for one in self.held()):
            with self._open(CERTIFICATES) as database, database:
                database.execute("DELETE FROM nssPublic WHERE a0 = x'00000002' AND a102 = ?", (key,))
            with self._open(KEYS) as database, database:
                database.execute("DELETE FROM nssPrivate WHERE a102 = ?", (key,))

    def send(self, held: Held, host: str, port: int, request: bytes, *, server: str = "") -> tuple[int, bytes]:
        """An HTTP request over TLS in which a certificate is presented; its key stays where it is. Raises StoreError.

        The server's certificate must chain to a root that the store trusts, and be that of `server`, where this is
        not the host. Gives the status and the body.
        """
        with ExitStack() as pipes:
            address = _answering(host, port)
            command = [*_ending_with_us(), "tstclnt", "-h", address, "-p", str(port), "-a", server or host]
            options, files = _secrets(pipes, {"-W": self._pin})
            command += ["-n", held.name, "-V", "tls1.2:", "-v", "-d", f"sql:{self._folder}"]
            process = subprocess.Popen(
                [*command, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=files,
            )
            with process:
                return _exchange(process, request)

    def _rows(self, name: str, query: str) -> list[tuple[bytes, ...]]:
        with self._open(name) as database:
            return list(database.execute(query))

    def _open(self, name: str) -> closing[sqlite3.Connection]:
        """One of NSS's two databases, which is there already."""
        return closing(sqlite3.connect(f"{(self._folder / name).as_uri()}?mode=rw", timeout=SECONDS, uri=True))

    def _run(self, tool: str, *arguments: str, secret: Mapping[str, str]) -> str:
        with ExitStack() as pipes:
            options, files = _secrets(pipes, secret)
            done = subprocess.run(
                [tool, *arguments, "-d", f"sql:{self._folder}", *options],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
                pass_fds=files,
            )
        if done.returncode:
            said = done.stderr.strip() or done.stdout.strip()
            raise (SerialReusedError if SAME_SERIAL in said else StoreError)(f"{tool}: {said}")
        return done.stdout


class _Socket:
    """A program's output in the place of the socket that HTTPResponse reads."""

    def __init__(self, output: BufferedReader) -> None:
        self._output = output

    def makefile(self, mode: str) -> BufferedReader:  # noqa: ARG002 - always for reading
        return self._output


def _answering(host: str, port: int) -> str:
    """The first address of a host at which somebody answers, as browsers look for it.

    `tstclnt` tries only one: of localhost ::1.
    """
    *places, last = [str(place[0]) for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for place in places:
        with suppress(OSError), socket.create_connection((place, port), SECONDS):
            return place
    return last


def _ending_with_us() -> list[str]:
    """What a command begins with that is not to outlive this program, however the program ends."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []


class _Sayings(threading.Thread):
    """What tstclnt says. It would wait on for its own input when the server has gone: then it is ended here."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._process, self._lines = process, list[str]()
        self._patience = threading.Timer(SECONDS, process.kill)
        self._patience.daemon = True
        self._patience.start()
        self.start()

    def run(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            self._lines.append(line.decode(errors="replace").strip())
            if self._lines[-1].endswith(SERVER_GONE):
                self._process.kill()
        self._patience.cancel()

    @property
    def error(self) -> str:
        """The line that names an error of NSS's; where none does, that there was no answer."""
        self.join()
        return next((one for one in reversed(self._lines) if NSS_ERROR.search(one)), "応答が届きません")


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> tuple[int, bytes]:
    assert process.stdin
    assert process.stdout
    said = _Sayings(process)
    try:
        process.stdin.write(request)
        process.stdin.flush()
        answer = HTTPResponse(cast("object", _Socket(cast("BufferedReader", process.stdout))))  # type: ignore[arg-type]
        answer.begin()
        return answer.status, answer.read()
    except (OSError, ValueError, HTTPException) as problem:
        raise StoreError(said.error) from problem
    finally:
        process.kill()
        with suppress(OSError):  # it holds what the program did not take any more
            process.stdin.close()
        said.join()


def _secrets(pipes: ExitStack, wanted: Mapping[str, str] = MappingProxyType({})) -> tuple[list[str], tuple[int, ...]]:
    """The options that name a pipe for each secret there is, and the pipes."""
    files = {option: pipes.enter_context(_pipe(secret)) for option, secret in wanted.items() if secret}
    return [word for option, file in files.items() for word in (option, f"/dev/fd/{file}")], tuple(files.values())


@contextmanager
def _pipe(secret: str) -> Iterator[int]:
    """A file descriptor from which a line can be read, once."""
    reader, writer = os.pipe()
    try:
        with os.fdopen(writer, "w", encoding="utf-8") as file:
            file.write(f"{secret}\n")
        yield reader
    finally:
        os.close(reader)
