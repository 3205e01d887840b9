"""What of the user's PC the control works with: the store, the person, and keys that await their certificate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.certenroll.errors import NOT_FOUND, ComError
from sekisho.certenroll.user import User
from sekisho.certstore import CertStore
from sekisho.pki.certificate_path import PathStatus, path_status
from sekisho.pki.pkcs12 import Identity, fingerprint


class Protection(StrEnum):
    """How Windows guards a key: not at all, by a mere announcement, or by a password (PIN)."""

    NONE = "なし"
    MEDIUM = "中"
    HIGH = "高"


@dataclass(frozen=True)
class MadeKey:
    """A key that was made on this PC, and how."""

    key: rsa.RSAPrivateKey = field(repr=False)
    provider: str
    protection: Protection
    exportable: bool


@dataclass
class Computer:
    """One user's account. `waiting` is what Windows calls the store of certificate requests; `made` forgets no key."""

    store: CertStore
    user: User
    waiting: list[MadeKey] = field(default_factory=list)
    made: list[MadeKey] = field(default_factory=list)
    installed: dict[str, MadeKey] = field(default_factory=dict)

    def keep(self, made: MadeKey) -> None:
        """A key that now waits for its certificate."""
        self.made.append(made)
        self.waiting.append(made)

    def path(self, certificate: x509.Certificate, *others: x509.Certificate) -> PathStatus:
        """Whether a certificate leads up to a root that is trusted here."""
        return path_status(certificate, others, self.store.trusted(), datetime.now(UTC))

    def install(self, certificate: x509.Certificate, name: str = "") -> None:
        """Put a certificate together with the key that waits for it. Raises ComError where there is none."""
        waiting = (one for one in self.waiting if one.key.public_key() == certificate.public_key())
        made = next(waiting, None)
        if made is None:
            raise ComError(NOT_FOUND)
        identity = Identity(made.key, certificate.public_bytes(Encoding.DER), (), name)
        self.store.add_own(identity, exportable=made.exportable)
        self.waiting.remove(made)
        self.installed[fingerprint(certificate)] = made
