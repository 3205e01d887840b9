"""The store of context mode: identities kept in memory and handed to Playwright when a window is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho import results
from sekisho.certstore.base import CertStore, UnknownCertificateError
from sekisho.certstore.roots import read_certificates
from sekisho.language import say
from sekisho.pki import pkcs12


class ContextStore(CertStore):
    """Works on every operating system, because no program but this one reads it; keys never reach the disk."""

    mode: Literal["native", "context"] = "context"

    def __init__(self) -> None:
        """Start empty."""
        self._identities: dict[str, pkcs12.Identity] = {}
        self._locked_in: set[str] = set()
        self._issuers: list[bytes] = []
        self._preinstalled: list[x509.Certificate] = []
        self._trusted: list[x509.Certificate] = []

    def personal(self) -> list[results.Certificate]:
        """The user's own certificates, by date of issue."""
        found = [pkcs12.facts(identity.der) for identity in self._identities.values()]
        return sorted(found, key=lambda certificate: certificate.not_before)

    def authorities(self) -> list[results.Certificate]:
        """Issuers that came with imports, and the trusted roots."""
        trusted = [one.public_bytes(Encoding.DER) for one in self.trusted()]
        return [pkcs12.facts(one) for one in dict.fromkeys([*self._issuers, *trusted])]

    def trusted(self) -> list[x509.Certificate]:
        """The preinstalled roots and those trusted since."""
        return list(dict.fromkeys([*self._preinstalled, *self._trusted]))

    def delete(self, sha256: str) -> None:
        """Forget one certificate and its key."""
        self.identity(sha256)
        del self._identities[sha256]
        self._locked_in.discard(sha256)

    def preinstall_root(self, pem: Path) -> None:
        """Remember a root that `clear` leaves."""
        self._preinstalled += read_certificates(pem.read_bytes())

    def clear(self) -> None:
        """Forget everything but the preinstalled roots."""
        for memory in (self._identities, self._locked_in, self._issuers, self._trusted):
            memory.clear()

    def identity(self, sha256: str) -> pkcs12.Identity:
        """A personal certificate with its key."""
        if sha256 not in self._identities:
            raise UnknownCertificateError(
                say(
                    f"証明書ストアに、フィンガープリント {sha256} の個人証明書はありません。",
                    f"There is no personal certificate with fingerprint {sha256} in the certificate store.",
                )
            )
        return self._identities[sha256]

    def _trust(self, root: x509.Certificate) -> None:
        self._trusted.append(root)

    def _keep(self, identity: pkcs12.Identity) -> None:
        self._identities[identity.sha256] = identity
        self._issuers += [*(one.public_bytes(Encoding.DER) for one in identity.chain), *identity.beside]

    def _lock_in(self, identity: pkcs12.Identity) -> None:
        self._locked_in.add(identity.sha256)

    def _exportable(self, identity: pkcs12.Identity) -> bool:
        return identity.sha256 not in self._locked_in

    def _export(self, identity: pkcs12.Identity, password: str) -> bytes:
        return identity.pkcs12(password)

    def _add(
        self,
        identities: Sequence[pkcs12.Identity],
        file: Path,  # noqa: ARG002 - read already
        password: str,  # noqa: ARG002
        *,
        exportable: bool,
        install_root: bool,
    ) -> list[str]:
        for identity in identities:
            self._keep(identity if install_root else identity.without_root())
            if not exportable:
                self._lock_in(identity)
        return []
