"""What every certificate store does, and the checks of an import, which are the same for all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho import results
from sekisho.certstore.roots import read_root
from sekisho.language import say
from sekisho.pki import pkcs12
from sekisho.pki.x509_parts import load

WITHIN = "kept"  # the password of a PKCS#12 file inside what is sealed as a whole


class UnknownCertificateError(Exception):
    """No personal certificate with this fingerprint is in the store."""


class NotExportableError(Exception):
    """The private key was imported as one that must not leave the store; the text is a Japanese sentence."""


class CertStore(ABC):
    """One user's certificates; a browser reads it afresh in every new window."""

    mode: Literal["native", "context"]

    def import_pkcs12(
        self, file: Path, password: str, *, exportable: bool = True, install_root: bool = True
    ) -> pkcs12.Identity:
        """Import a downloaded file as the import wizard does; raises `pkcs12.ImportRefusedError`, or OSError.

        Refused: a file that is no PKCS#12, a wrong password, a key that is not the certificate's or cannot sign, a
        serial number that its authority gave to another certificate too. Nothing is stored then. Of several
        certificates with their keys all are stored, and the first is given back. `exportable` is the wizard's box for
        keys that may leave the store again; without `install_root` the person said no to a root that the store did not
        know. NotApplicableError: a file that Windows takes, and the store of this machine does not.
        """
        data = file.read_bytes()
        found = pkcs12.identities(data, password)
        for identity in found:
            pkcs12.check(identity)
        self._refuse_serials_given_twice(one for identity in found for one in _certificates(identity))
        said = self._add(found, file, password, exportable=exportable, install_root=install_root)
        return replace(found[0], remarks=(*pkcs12.remarks(data), *said))

    def add_own(self, identity: pkcs12.Identity, *, exportable: bool = False) -> None:
        """Store a certificate with a key that was made on this PC, without any issuer's. Raises ImportRefusedError."""
        self._refuse_serials_given_twice([identity.der])
        self._keep(replace(identity, chain=()))
        if not exportable:
            self._lock_in(identity)

    def export_pkcs12(self, sha256: str, password: str) -> bytes:
        """A personal certificate with key and chain, as a file under a password of the person's choice.

        Raises `UnknownCertificateError`, or `NotExportableError` for one that was imported so.
        """
        identity = self.identity(sha256)
        if not self._exportable(identity):
            raise NotExportableError(
                say(
                    "秘密キーがエクスポート不可としてインポートされているため、エクスポートできません。",
                    "The private key was imported as not exportable, so it cannot be exported.",
                )
            )
        return self._export(identity, password)

    def keep(self) -> dict[str, Any]:
        """What is in the store, keys included, as JSON: a secret."""
        mine = [self.identity(one.sha256) for one in self.personal()]
        roots = [_text(one.public_bytes(Encoding.DER)) for one in self.trusted()]
        return {"mine": [self._kept(one) for one in mine], "roots": roots}

    def _kept(self, identity: pkcs12.Identity) -> dict[str, Any]:
        beside = [_text(one) for one in identity.beside]
        file = _text(identity.pkcs12(WITHIN))
        return {"pkcs12": file, "beside": beside, "exportable": self._exportable(identity)}

    def recall(self, kept: dict[str, Any]) -> None:
        """Have what another store of the same person had."""
        known = set(self.trusted())
        for one in kept["mine"]:
            identity = pkcs12.read(b64decode(one["pkcs12"]), WITHIN)
            self._keep(replace(identity, beside=tuple(map(b64decode, one["beside"]))))
            if not one["exportable"]:
                self._lock_in(identity)
        for root in (load(b64decode(one)) for one in kept["roots"]):
            if root not in known:
                self._trust(root)

    def knows_root(self, identity: pkcs12.Identity) -> bool:
        """Whether the root above an identity is here; before an import, the wizard asks about one that is not.

        Where the file has no root, there is nothing to ask about.
        """
        root = identity.root
        return root is None or pkcs12.fingerprint(root) in {authority.sha256 for authority in self.authorities()}

    def trust_root(self, file: Path) -> None:
        """Import a certificate file as the wizard does with the folder of trusted root authorities chosen.

        Windows opened from now on trust the root for TLS servers, until `clear`. Raises `pkcs12.ImportRefusedError`
        for a file (DER, PEM, base64 or PKCS#7) that holds no root certificate, or OSError.
        """
        root = read_root(file.read_bytes())
        self._refuse_serials_given_twice([root.public_bytes(Encoding.DER)])
        self._trust(root)

    def _refuse_serials_given_twice(self, certificates: Iterable[bytes]) -> None:
        known = {(one.issuer, one.serial): one for one in [*self.personal(), *self.authorities()]}
        for new in map(pkcs12.facts, certificates):
            old = known.setdefault((new.issuer, new.serial), new)
            if old.sha256 != new.sha256:
                raise pkcs12.SerialReusedError(
                    say(
                        f"認証局「{new.issuer_cn}」が、同じシリアル番号 {new.serial} を別々の証明書"
                        f"（「{old.subject_cn}」と「{new.subject_cn}」）に付けています（RFC 5280 4.1.2.2）。",
                        f'The authority "{new.issuer_cn}" has given one serial number, {new.serial}, to two '
                        f'certificates ("{old.subject_cn}" and "{new.subject_cn}") (RFC 5280 4.1.2.2).',
                    )
                )

    @abstractmethod
    def personal(self) -> list[results.Certificate]:
        """The user's own certificates (those with a private key), by date of issue."""

    @abstractmethod
    def authorities(self) -> list[results.Certificate]:
        """Every other certificate in the store: issuers that came with imports, trusted roots."""

    def trusted_roots(self) -> list[results.Certificate]:
        """What the reports show of the trusted roots."""
        return [pkcs12.facts(root) for root in self.trusted()]

    @abstractmethod
    def trusted(self) -> list[x509.Certificate]:
        """Those of the authorities that are trusted for TLS servers."""

    @abstractmethod
    def delete(self, sha256: str) -> None:
        """Delete one personal certificate with its key; raises `UnknownCertificateError`."""

    @abstractmethod
    def preinstall_root(self, pem: Path) -> None:
        """Trust the root certificate in a PEM file as if it had come with the PC: `clear` leaves it."""

    @abstractmethod
    def clear(self) -> None:
        """Delete everything but the preinstalled roots."""

    @abstractmethod
    def identity(self, sha256: str) -> pkcs12.Identity:
        """A personal certificate with its key; raises `UnknownCertificateError`."""

    @abstractmethod
    def _trust(self, root: x509.Certificate) -> None:
        """Trust a root until `clear`."""

    @abstractmethod
    def _keep(self, identity: pkcs12.Identity) -> None:
        """Store an identity, however it came to this PC."""

    @abstractmethod
    def _lock_in(self, identity: pkcs12.Identity) -> None:
        """Let a stored key not leave the store."""

    @abstractmethod
    def _exportable(self, identity: pkcs12.Identity) -> bool:
        """Whether a key may leave the store."""

    @abstractmethod
    def _export(self, identity: pkcs12.Identity, password: str) -> bytes:
        """An identity of this store as a PKCS#12 file."""

    @abstractmethod
    def _add(
        self,
        identities: Sequence[pkcs12.Identity],
        file: Path,
        password: str,
        *,
        exportable: bool,
        install_root: bool,
    ) -> list[str]:
        """Store checked identities that were read from this file; gives what its owner should know of it."""


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _certificates(identity: pkcs12.Identity) -> list[bytes]:
    """Everything that comes with an identity."""
    return [identity.der, *(one.public_bytes(Encoding.DER) for one in identity.chain), *identity.beside]
