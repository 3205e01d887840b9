"""The store that Chromium itself reads on Linux: an NSS database below the private HOME of its process."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho import results
from sekisho.certstore.base import CertStore, UnknownCertificateError
from sekisho.certstore.nss import CERTIFICATES, Entry, FileRefusedError, NssDatabase, ToolFailedError
from sekisho.certstore.roots import read_certificates
from sekisho.language import say
from sekisho.pki import pkcs12
from sekisho.pki.chains import way_up
from sekisho.pki.x509_parts import NoCertificateError, load
from sekisho.verdict import NotApplicableError


class NativeStore(CertStore):
    """`HOME/.pki/nssdb`, changed with NSS's own tools while the browser runs; the browser sees it at once.

    At once means in the next fresh window: one that is open keeps the certificate chosen in it, and what it thinks of
    a server's root, as a person's browser does until it is closed.
    """

    mode: Literal["native", "context"] = "native"

    def __init__(self, home: Path, pin: str = "") -> None:
        """Make an empty database below `home`, and a pristine copy to return to; raises `StoreToolError`.

        With a `pin` the browser asks for it before it uses a key.
        """
        self.folder = home / ".pki" / "nssdb"
        self._live = NssDatabase(self.folder, pin)
        self._pristine = NssDatabase(home / ".pki" / "pristine", pin)
        self._imported: dict[str, pkcs12.Identity] = {}
        if not (self.folder / CERTIFICATES).exists():
            self._live.create()
        if not self._pristine.folder.exists():
            shutil.copytree(self.folder, self._pristine.folder)

    def personal(self) -> list[results.Certificate]:
        """The user's own certificates, by date of issue."""
        keys = self._live.key_ids()
        mine = [pkcs12.facts(one.der) for one in self._live.entries() if one.key in keys]
        return sorted(mine, key=lambda certificate: certificate.not_before)

    def authorities(self) -> list[results.Certificate]:
        """Certificates without a private key here."""
        return [pkcs12.facts(one.der) for one in self._authorities()]

    def trusted(self) -> list[x509.Certificate]:
        """The roots the browser trusts because this database says so."""
        return [load(one.der) for one in self._authorities() if one.trusted]

    def delete(self, sha256: str) -> None:
        """Delete one certificate, and its key unless another certificate is on it."""
        self._live.delete(self._mine(sha256))

    def preinstall_root(self, pem: Path) -> None:
        """Trust a root, now and after every `clear`."""
        for root in read_certificates(pem.read_bytes()):
            for database in (self._live, self._pristine):
                database.add(root.public_bytes(Encoding.DER), trusted=True)

    def clear(self) -> None:
        """Return to the pristine copy."""
        self._live.restore(self._pristine)

    def identity(self, sha256: str) -> pkcs12.Identity:
        """A personal certificate with its key, if the database still has it."""
        entry = self._mine(sha256)
        return self._imported.get(sha256) or self._put_there_by_a_program(entry)

    def _mine(self, sha256: str) -> Entry:
        keys = self._live.key_ids()
        found = next((one for one in self._live.entries() if one.sha256 == sha256 and one.key in keys), None)
        if found is None:
            raise UnknownCertificateError(
                say(
                    f"証明書ストアに、フィンガープリント {sha256} の個人証明書はありません。",
                    f"There is no personal certificate with fingerprint {sha256} in the certificate store.",
                )
            )
        return found

    def _trust(self, root: x509.Certificate) -> None:
        try:
            self._live.add(root.public_bytes(Encoding.DER), trusted=True)
        except ToolFailedError as refusal:
            self._live.prove()
            raise NotApplicableError(
                say(
                    f"Windows が開くこのルート証明書を、この機械の証明書ストア（NSS）は取り込めない（{refusal}）",
                    "Windows opens this root certificate, but the certificate store of this machine (NSS) cannot "
                    f"import it ({refusal})",
                )
            ) from refusal

    def _export(self, identity: pkcs12.Identity, password: str) -> bytes:
        exported = self._live.export_pkcs12(self._mine(identity.sha256).key, password)
        if identity.sha256 == pkcs12.read(exported, password).sha256:
            return exported
        return identity.pkcs12(password)  # pk12util takes the first of several certificates on one key

    def _exportable(self, identity: pkcs12.Identity) -> bool:
        """Whether the key has no mark against it: browsers heed that mark when they export, pk12util does not."""
        return self._mine(identity.sha256).key not in self._live.locked_in()

    def _add(
        self,
        identities: Sequence[pkcs12.Identity],
        file: Path,
        password: str,
        *,
        exportable: bool,
        install_root: bool,
    ) -> list[str]:
        said = []
        if install_root:
            said = self._take_in(identities, file, password)
        else:
            for identity in identities:
                self._keep(identity.without_root())
        for identity in identities:
            if not exportable:
                self._lock_in(identity)
            self._imported[identity.sha256] = identity
        return said

    def _take_in(self, identities: Sequence[pkcs12.Identity], file: Path, password: str) -> list[str]:
        """The file itself, or, where NSS does not take it, what it holds: Windows and OpenSSL read it."""
        try:
            self._live.import_pkcs12(file, password)
        except FileRefusedError as refusal:
            self._take_in_what_it_holds(identities, refusal)
            if not pkcs12.about_mac(file.read_bytes()):
                return [
                    say(
                        f"Windows と OpenSSL が読むファイルを、NSS（Linux の Chromium）は取り込めない（{refusal}）",
                        f"Windows and OpenSSL read the file, but NSS (Chromium on Linux) cannot import it ({refusal})",
                    )
                ]
        return []

    def _take_in_what_it_holds(self, identities: Sequence[pkcs12.Identity], refusal: FileRefusedError) -> None:
        try:
            for identity in identities:
                self._keep(identity)
        except (FileRefusedError, ValueError, pkcs12.ImportRefusedError):
            self._live.prove()
            raise NotApplicableError(
                say(
                    "Windows と OpenSSL が読むこのファイルを、この機械の証明書ストア（NSS）は取り込めない"
                    f"（{refusal}）",
                    "Windows and OpenSSL read this file, but the certificate store of this machine (NSS) cannot "
                    f"import it ({refusal})",
                )
            ) from refusal

    def _put_there_by_a_program(self, entry: Entry) -> pkcs12.Identity:
        password = secrets.token_urlsafe(24)
        exported = pkcs12.read(self._live.export_pkcs12(entry.key, password), password)
        if exported.der == entry.der:
            return exported
        own = replace(exported, der=entry.der)
        return replace(own, chain=way_up(own.certificate, self._readable_authorities()))

    def _lock_in(self, identity: pkcs12.Identity) -> None:
        self._live.lock_in(self._mine(identity.sha256).key)

    def _keep(self, identity: pkcs12.Identity) -> None:
        password = secrets.token_urlsafe(24)
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".p12") as file:
            file.write(identity.pkcs12(password, name=identity.sha256))
            file.flush()
            self._live.import_pkcs12(Path(file.name), password)
        for one in identity.beside:
            self._live.add(one, trusted=False)
        self._imported[identity.sha256] = identity

    def _authorities(self) -> list[Entry]:
        keys = self._live.key_ids()
        return [one for one in self._live.entries() if one.key not in keys]

    def _readable_authorities(self) -> Iterator[x509.Certificate]:
        for one in self._authorities():
            with suppress(NoCertificateError):
                yield load(one.der)
