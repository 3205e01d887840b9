"""How a server's certificate is judged where no browser does it: as a browser would, and alike with every Python."""

from __future__ import annotations

import ssl
from pathlib import Path


def judging(root: Path | str | None = None, *, pem: str = "") -> ssl.SSLContext:
    """For a client that trusts the roots in a PEM file or text alone, without one those of the operating system.

    From Python 3.13 on the default is RFC 5280 to the letter, which no browser asks for: certificates of old private
    authorities without an authority key identifier would be refused. Raises OSError, among them ssl.SSLError: no PEM.
    """
    context = ssl.create_default_context(cafile=root, cadata=pem or None)
    context.verify_flags &= ~(ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN)
    return context
