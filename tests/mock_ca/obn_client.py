"""MPKI クライアント as the agent hears it: JSON over TLS, with or without a certificate."""

from __future__ import annotations

import http.client
import json
import ssl
import tempfile
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from .obn_walks import Obn
from .visitor import Identity, identity

Answer = tuple[int, dict[str, Any]]


def ask(obn: Obn, what: str, body: bytes, holder: Identity | None = None) -> Answer:
    """One request: status and JSON."""
    context = ssl.create_default_context(cafile=obn.root)
    if holder:
        with tempfile.NamedTemporaryFile() as pem:
            pem.write(holder.pem())
            pem.flush()
            context.load_cert_chain(pem.name)
    parts = urlsplit(obn.sites["agent"])
    assert parts.hostname
    line = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=10, context=context)
    try:
        line.request("POST", f"{parts.path}/{what}", body, {"Content-Type": "application/json"})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


def notice(obn: Obn, serial: str) -> dict[str, Any]:
    """Whether the holder of a certificate is to be reminded."""
    return ask(obn, "notice", json.dumps({"serial": serial}).encode())[1]


def requested(bits: int = 2048) -> str:
    """A PKCS#10 request for a new key."""
    key = rsa.generate_private_key(65537, bits)
    made = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def renew(obn: Obn, account: dict[str, Any], pkcs10: str | None = None) -> Answer:
    """Renew an account's certificate."""
    body = json.dumps({"pkcs10": requested() if pkcs10 is None else pkcs10}).encode()
    return ask(obn, "renew", body, identity(account))


def take(obn: Obn, account: dict[str, Any], told: dict[str, Any]) -> Answer:
    """Say that the answer to a renewal has come to the PC."""
    return ask(obn, "taken", json.dumps({"request_id": told["request_id"]}).encode(), identity(account))


def serial_of(account: dict[str, Any]) -> str:
    """The serial number of an account's certificate."""
    return identity(account).serial
