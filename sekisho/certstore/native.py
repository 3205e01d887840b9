"""The store that Chromium itself reads on Linux: an NSS database below the private HOME of its process."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

from cryptography import x509

from sekisho import pkcs12, results
from sekisho.certstore.base import CertStore, UnknownCertificateError
from sekisho.certstore.nss import CERTIFICATES, Entry, NssDatabase, key_id


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
        mine = [pkcs12.facts(one.certificate) for one in self._live.entries() if key_id(one.certificate) in keys]
        return sorted(mine, key=lambda certificate: certificate.not_before)

    def authorities(self) -> list[results.Certificate]:
        """Certificates without a private key here."""
        return [pkcs12.facts(one.certificate) for one in self._authorities()]

    def trusted(self) -> list[x509.Certificate]:
        """The roots the browser trusts because this database says so."""
        return [one.certificate for one in self._authorities() if one.trusted]

    def delete(self, sha256: str) -> None:
        """Delete one certificate and its key: the database is emptied, and everything else comes back.

        certutil deletes by nickname, and NSS gives the old and the renewed certificate of a user the same one.
        """
        kept = [self.identity(other.sha256) for other in self.personal() if other.sha256 != sha256]
        self.identity(sha256)
        locked, authorities = self._live.locked_in(), self._authorities()
        self.clear()
        for identity in kept:
            self._keep(replace(identity, chain=()))
        for key in locked:
            self._live.lock_in(key)
        present = self._authorities()
        for one in authorities:
            if one not in present:
                self._live.add(one.certificate, trusted=one.trusted)

    def preinstall_root(self, pem: Path) -> None:
        """Trust a root, now and after every `clear`."""
        root = x509.load_pem_x509_certificate(pem.read_bytes())
        for database in (self._live, self._pristine):
            database.add(root, trusted=True)

    def clear(self) -> None:
        """Return to the pristine copy."""
        self._live.restore(self._pristine)

    def identity(self, sha256: str) -> pkcs12.Identity:
        """A personal certificate with its key, if the database still has it."""
        if sha256 not in {certificate.sha256 for certificate in self.personal()}:
            raise UnknownCertificateError(f"証明書ストアに、フィンガープリント {sha256} の個人証明書はありません。")
        return self._imported.get(sha256) or self._put_there_by_a_program(sha256)

    def _trust(self, root: x509.Certificate) -> None:
        self._live.add(root, trusted=True)

    def _export(self, identity: pkcs12.Identity, password: str) -> bytes:
        return self._live.export_pkcs12(key_id(identity.certificate), password)

    def _exportable(self, identity: pkcs12.Identity) -> bool:
        """Whether the key has no mark against it: browsers heed that mark when they export, pk12util does not."""
        return key_id(identity.certificate) not in self._live.locked_in()

    def _add(
        self, identity: pkcs12.Identity, file: Path, password: str, *, exportable: bool, install_root: bool
    ) -> None:
        if install_root:
            self._live.import_pkcs12(file, password)
        else:
            self._keep(replace(identity, chain=identity.chain[:-1]))
        if not exportable:
            self._lock_in(identity)
        self._imported[identity.sha256] = identity

    def _put_there_by_a_program(self, sha256: str) -> pkcs12.Identity:
        found = next(one.certificate for one in self._live.entries() if pkcs12.fingerprint(one.certificate) == sha256)
        password = secrets.token_urlsafe(24)
        return pkcs12.read(self._live.export_pkcs12(key_id(found), password), password)

    def _lock_in(self, identity: pkcs12.Identity) -> None:
        self._live.lock_in(key_id(identity.certificate))

    def _keep(self, identity: pkcs12.Identity) -> None:
        password = secrets.token_urlsafe(24)
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".p12") as file:
            file.write(identity.pkcs12(password))
            file.flush()
            self._live.import_pkcs12(Path(file.name), password)
        self._imported[identity.sha256] = identity

    def _authorities(self) -> list[Entry]:
        keys = self._live.key_ids()
        return [one for one in self._live.entries() if key_id(one.certificate) not in keys]
