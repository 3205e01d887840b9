"""The certificate store that the browser reads, as a program of the same user finds it: NSS, by its own tools."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse
from io import BufferedReader
from pathlib import Path
from types import MappingProxyType
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PublicFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

SECONDS = 20
# A line of `certutil -L`: the nickname, padding, and trust flags that begin with u where the key is here.
LISTED = re.compile(r"^(?P<name>.+?)\s+u[a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*\s*$")
# A line of `certutil -K`: number, key type, the key's identifier, nickname.
KEY = re.compile(r"^<\s*\d+>\s+\S+\s+(?P<id>[0-9a-f]{40})\b", re.MULTILINE)


class StoreError(Exception):
    """One of NSS's tools failed; the text has its own words."""


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
        self._folder, self._pin = f"sql:{folder}", pin

    def held(self) -> list[Held]:
        """The user's own certificates, by date of issue."""
        keys = KEY.findall(self._certutil("-K", accept=(0, 255)))  # it fails where there is no key
        found = [Held(one, key) for key in keys for one in self._of_key(key)]
        return sorted(found, key=lambda one: one.certificate.not_valid_before_utc)

    def certificates(self) -> list[Held]:
        """The same without the PIN: whose key is here, the list of certificates says to everyone."""
        listed = [match["name"] for match in map(LISTED.match, self._certutil("-L").splitlines()) if match]
        texts = [self._certutil("-L", "-a", "-n", name) for name in dict.fromkeys(listed)]
        found = [one for text in texts for one in x509.load_pem_x509_certificates(text.encode())]
        return sorted(map(_held, found), key=lambda one: one.certificate.not_valid_before_utc)

    def unlocked(self) -> bool:
        """Whether the keys can be used with the PIN that is known."""
        try:
            self._certutil("-K")
        except StoreError:
            return False
        return True

    def add(self, key: rsa.RSAPrivateKey, certificate: x509.Certificate, chain: Iterable[x509.Certificate]) -> None:
        """Take in a key with its certificate and those above it. No browser has to be restarted for it."""
        password = secrets.token_urlsafe(24)
        name = str(certificate.subject.rdns[-1].get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)
        lock = BestAvailableEncryption(password.encode())
        data = serialize_key_and_certificates(name.encode(), key, certificate, list(chain), lock)
        with tempfile.NamedTemporaryFile(suffix=".p12") as file:
            file.write(data)
            file.flush()
            self._run("pk12util", "-i", file.name, secret={"-w": password, "-k": self._pin})

    def delete(self, held: Held) -> None:
        """Delete one certificate and its key: its name is its key's, which leaves another of the same holder alone."""
        self._certutil("-D", "-n", held.name)
        self._certutil("-F", "-k", held.key_id)

    def send(self, held: Held, host: str, port: int, request: bytes, *, server: str = "") -> tuple[int, bytes]:
        """An HTTP request over TLS in which a certificate is presented; its key stays where it is. Raises StoreError.

        The server's certificate must chain to a root that the store trusts, and be that of `server`, where this is
        not the host. Gives the status and the body.
        """
        with ExitStack() as pipes:
            command = ["tstclnt", "-h", host, "-p", str(port), "-a", server or host, "-n", held.name]
            options, files = _secrets(pipes, {"-W": self._pin})
            command += ["-V", "tls1.2:", "-d", self._folder]
            process = subprocess.Popen(
                [*command, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=files,
            )
            with process:
                try:
                    return _exchange(process, request)
                finally:
                    process.kill()

    def _of_key(self, key: str) -> Sequence[x509.Certificate]:
        name = "pkcs11:id=" + re.sub("..", r"%\g<0>", key)
        return x509.load_pem_x509_certificates(self._certutil("-L", "-a", "-n", name).encode())[:1]

    def _certutil(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        return self._run("certutil", *arguments, secret={"-f": self._pin}, accept=accept)

    def _run(self, tool: str, *arguments: str, secret: Mapping[str, str], accept: tuple[int, ...] = (0,)) -> str:
        with ExitStack() as pipes:
            options, files = _secrets(pipes, secret)
            done = subprocess.run(
                [tool, *arguments, "-d", self._folder, *options],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
                pass_fds=files,
            )
        if done.returncode not in accept:
            raise StoreError(f"{tool}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout


def _held(certificate: x509.Certificate) -> Held:
    """A certificate with the identifier that NSS gives its key: SHA-1 of the RSA modulus or of the EC point."""
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        number = public.public_numbers().n
        value = number.to_bytes((number.bit_length() + 7) // 8, "big")
    else:
        assert isinstance(public, ec.EllipticCurvePublicKey)
        value = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Held(certificate, hashlib.sha1(value, usedforsecurity=False).hexdigest())


class _Socket:
    """A program's output in the place of the socket that HTTPResponse reads."""

    def __init__(self, output: BufferedReader) -> None:
        self._output = output

    def makefile(self, mode: str) -> BufferedReader:  # noqa: ARG002 - always for reading
        return self._output


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> tuple[int, bytes]:
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(request)
    process.stdin.flush()
    answer = HTTPResponse(cast("object", _Socket(cast("BufferedReader", process.stdout))))  # type: ignore[arg-type]
    try:
        answer.begin()
    except (OSError, ValueError) as problem:
        raise StoreError(process.stderr.read().decode(errors="replace").strip()) from problem
    return answer.status, answer.read()


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
