"""The store of context mode: identities kept in memory and handed to Playwright when a window is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from cryptography import x509

from sekisho import pkcs12, results
from sekisho.certstore.base import CertStore, UnknownCertificateError


class ContextStore(CertStore):
    """Works on every operating system, because no program but this one reads it; keys never reach the disk."""

    mode: Literal["native", "context"] = "context"

    def __init__(self) -> None:
        """Start empty."""
        self._identities: dict[str, pkcs12.Identity] = {}
        self._preinstalled: list[x509.Certificate] = []
        self._trusted: list[x509.Certificate] = []

    def personal(self) -> list[results.Certificate]:
        """The user's own certificates, by date of issue."""
        found = [pkcs12.facts(identity.certificate) for identity in self._identities.values()]
        return sorted(found, key=lambda certificate: certificate.not_before)

    def authorities(self) -> list[results.Certificate]:
        """Issuers that came with imports, and the trusted roots."""
        issuers = [issuer for identity in self._identities.values() for issuer in identity.chain]
        return [pkcs12.facts(certificate) for certificate in dict.fromkeys([*issuers, *self._roots()])]

    def trusted_roots(self) -> list[results.Certificate]:
        """The preinstalled roots and those trusted since."""
        return [pkcs12.facts(root) for root in self._roots()]

    def delete(self, sha256: str) -> None:
        """Forget one certificate and its key."""
        self.identity(sha256)
        del self._identities[sha256]

    def preinstall_root(self, pem: Path) -> None:
        """Remember a root that `clear` leaves."""
        self._preinstalled += x509.load_pem_x509_certificates(pem.read_bytes())

    def clear(self) -> None:
        """Forget every identity, and every root but the preinstalled ones."""
        self._identities.clear()
        self._trusted.clear()

    def identity(self, sha256: str) -> pkcs12.Identity:
        """A personal certificate with its key."""
        if sha256 not in self._identities:
            raise UnknownCertificateError(f"証明書ストアに、フィンガープリント {sha256} の個人証明書はありません。")
        return self._identities[sha256]

    def _roots(self) -> list[x509.Certificate]:
        return list(dict.fromkeys([*self._preinstalled, *self._trusted]))

    def _trust(self, root: x509.Certificate) -> None:
        self._trusted.append(root)

    def _add(self, identity: pkcs12.Identity, file: Path, password: str) -> None:  # noqa: ARG002 - read already
        self._identities[identity.sha256] = identity
