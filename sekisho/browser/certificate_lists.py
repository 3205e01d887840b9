"""The browser's list of certificates, or the store itself where the browser's own list cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sekisho import results
from sekisho.certstore import CertStore, UnknownCertificateError
from sekisho.japan import TOKYO
from sekisho.language import say
from sekisho.native_ui import CertificateList, CertificateManager, Entry, Row


class Listing(Protocol):
    """A list of certificates, as a person reads one."""

    def rows(self) -> list[Row]:
        """Every certificate in the list."""

    def details(self, sha256: str) -> Entry:
        """What the viewer shows of one of them; raises an EnvironmentProblemError if it is not listed."""


class Managing(Listing, Protocol):
    """The list of the user's own certificates."""

    def delete(self, sha256: str, *, confirm: bool) -> None:
        """Delete one certificate, or think better of it at the last question."""


class StoredList:
    """What is in the store, in the order of issue."""

    def __init__(self, listed: Callable[[], list[results.Certificate]]) -> None:
        """Read with a function of the store."""
        self._listed = listed

    def rows(self) -> list[Row]:
        """Every certificate; `name` is the common name, or what stands for it."""
        return [Row(one.subject_cn, one.sha256) for one in self._listed()]

    def details(self, sha256: str) -> Entry:
        """What is in a certificate; raises `UnknownCertificateError`."""
        found = next((one for one in self._listed() if one.sha256 == sha256), None)
        if found is None:
            raise UnknownCertificateError(
                say(
                    f"証明書ストアに、SHA-256 {sha256} の証明書がありません。",
                    f"There is no certificate with SHA-256 {sha256} in the certificate store.",
                )
            )
        return Entry(
            sha256=found.sha256,
            issued_to=found.subject_cn,
            issuer=found.issuer_cn,
            not_before=found.not_before.astimezone(TOKYO),
            not_after=found.not_after.astimezone(TOKYO),
        )


class StoredOwn(StoredList):
    """The user's own certificates in the store."""

    def __init__(self, store: CertStore) -> None:
        """Read, and delete from, a store."""
        super().__init__(store.personal)
        self._store = store

    def delete(self, sha256: str, *, confirm: bool) -> None:
        """Delete one certificate with its key, or leave it."""
        if confirm:
            self._store.delete(sha256)


@dataclass(frozen=True)
class WithStoredDetails:
    """The browser's own list, whose details come from the store because the viewer cannot be read."""

    listed: CertificateList
    stored: StoredList

    def rows(self) -> list[Row]:
        """The browser's rows."""
        return self.listed.rows()

    def details(self, sha256: str) -> Entry:
        """The store's details."""
        return self.stored.details(sha256)


@dataclass(frozen=True)
class ManagerWithStoredDetails(WithStoredDetails):
    """The same of the user's own certificates."""

    listed: CertificateManager

    def delete(self, sha256: str, *, confirm: bool) -> None:
        """Delete in the browser."""
        self.listed.delete(sha256, confirm=confirm)
