"""Context mode: Playwright presents the certificate, by a proxy of its own that ends TLS."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import Page

from sekisho import results
from sekisho.certstore import CertStore
from sekisho.language import say
from sekisho.verdict import NotApplicableError

SHORTEST_RSA = 2048  # what OpenSSL accepts at Node's security level
# Playwright's proxy for client certificates answers so where the portal refused the handshake.
PROXY_REFUSAL = "Playwright client-certificate error: "
PROXY_REASONS = (
    ("alert|certificate|CERT", "ERR_BAD_SSL_CLIENT_AUTH_CERT"),
    ("ECONNREFUSED", "ERR_CONNECTION_REFUSED"),
    ("ECONNRESET|EPIPE", "ERR_CONNECTION_RESET"),
    ("hang up|disconnected", "ERR_CONNECTION_CLOSED"),
)


def client_certificates(store: CertStore, present: results.Certificate, urls: Sequence[str]) -> list[dict[str, Any]]:
    """What Playwright presents to each origin, handed over in memory.

    Raises NotApplicableError for a key that is too short for its TLS library.
    """
    identity = store.identity(present.sha256)
    if isinstance(identity.key, rsa.RSAPrivateKey) and identity.key.key_size < SHORTEST_RSA:
        raise NotApplicableError(
            say(
                f"Playwright では、{identity.key.key_size} ビットの RSA 鍵の証明書をポータルに提示できない",
                f"Playwright cannot present the certificate of an RSA key of {identity.key.key_size} bits to a portal",
            )
        )
    password = secrets.token_urlsafe(24)
    pfx = identity.pkcs12(password)
    origins = dict.fromkeys(f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, urls))
    return [{"origin": origin, "pfx": pfx, "passphrase": password} for origin in origins]


def proxy_refusal(page: Page) -> str | None:
    """The net error that the browser itself would show, where Playwright's proxy shows a page in its place."""
    _, is_proxy, reason = page.inner_text("body").partition(PROXY_REFUSAL)
    if not is_proxy:
        return None
    return next((error for words, error in PROXY_REASONS if re.search(words, reason)), "ERR_SSL_PROTOCOL_ERROR")
