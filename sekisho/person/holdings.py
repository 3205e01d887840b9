"""The certificates that the user of a scenario holds on this PC, in the order in which they came."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_pem_x509_certificate

from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.pki.pkcs12 import Identity, ImportRefusedError, facts
from sekisho.portal import Account
from sekisho.results import Certificate, Note
from sekisho.verdict import BlockedError, require

FOREIGN_PASSWORD = "foreign"  # noqa: S105 - of a throw-away certificate that no portal accepts


# What the import wizard calls its boxes and its question.
BOXES = {"exportable": "このキーをエクスポート可能にする", "install_root": "発行者のルート証明書をインストールする"}


class Holdings:
    """Imports into the store, and remembers what is the user's own: `newest` and `oldest`."""

    def __init__(self, store: CertStore, folder: Path, recorder: Recorder) -> None:
        """Work on a store; files are kept in a folder."""
        self._store, self._folder, self._recorder = store, folder, recorder
        self._opened: dict[Path, str] = {}
        self._mine: list[Certificate] = []
        self._seen: list[Certificate] = []

    @property
    def newest(self) -> Certificate:
        """The certificate that came last."""
        return self._mine[-1]

    @property
    def oldest(self) -> Certificate:
        """The certificate that the user had first."""
        return self._mine[0]

    def password_of(self, file: Path, otherwise: str) -> str:
        """The password under which a file was imported; another one of a file that was not."""
        return self._opened.get(file, otherwise)

    def named(self, which: str) -> Certificate:
        """The certificate for a use (shared, nissay). Raises BlockedError where the user has none."""
        found = next((one for one in self._mine if one.title == which), None)
        if found is None:
            raise BlockedError(
                say(
                    f"利用者の証明書のうち、用途 {which} のもの（accounts の identities の which）が無い",
                    f"the user has no certificate for the use {which} (which in identities of accounts)",
                )
            )
        return found

    def of(self, account: Account, *, mine: bool = True) -> Account:
        """Import what an account already holds, in order; gives the account back. Raises BlockedError."""
        for number, identity in enumerate(account.identities):
            path = self._folder / f"{account.user_id}-{number}.p12"
            path.write_bytes(identity.pkcs12)
            try:
                self.add(path, identity.password, title=identity.which, mine=mine)
            except ImportRefusedError as problem:
                raise BlockedError(
                    say(
                        f"利用者 {account.user_id} の証明書を取り込めない: {problem}",
                        f"a certificate of user {account.user_id} cannot be imported: {problem}",
                    )
                ) from problem
        return account

    def add(self, file: Path, password: str, *, title: str = "", mine: bool = True, **boxes: bool) -> Identity:
        """Import a file as the import wizard does; `boxes` are those of the store's. Raises ImportRefusedError."""
        identity = self._store.import_pkcs12(file, password, **boxes)
        self._opened[file] = password
        if boxes:
            self._recorder.add(
                Note(title=say("取り込みの設定", "Settings of the import"), lines=[_box(*one) for one in boxes.items()])
            )
            for remark in identity.remarks:
                self._recorder.warning(remark)
        self._take(facts(identity.der, title), mine=mine)
        return identity

    def add_joined(self, identity: Identity, folder: Path, title: str) -> None:
        """Import a key and certificates that did not come as one PKCS#12 file. Raises ImportRefusedError."""
        password = secrets.token_urlsafe(24)
        path = folder / f"{identity.sha256[:20]}.p12"
        path.write_bytes(identity.pkcs12(password))
        self.add(path, password, title=title, exportable=False)

    @property
    def count(self) -> int:
        """How many certificates have come so far, the user's and others'."""
        return len(self._seen)

    def notice(self, *, mine: bool = True) -> Certificate:
        """What a program has put into the store since the last import. Raises DeviationError unless it is one."""
        known = {one.sha256 for one in self._seen}
        found = [one for one in self._store.personal() if one.sha256 not in known]
        require(
            len(found) == 1,
            say(
                f"プログラムが証明書ストアに入れた証明書が {len(found)} 枚ある",
                f"the program put {len(found)} certificates into the store",
            ),
        )
        self._take(found[0], mine=mine)
        return found[0]

    def held_by(self, user_id: str) -> Certificate:
        """The certificate on this PC that was issued to a user. Raises BlockedError where there is none."""
        found = next((one for one in self._store.personal() if one.subject_cn == user_id), None)
        if found is None:
            raise BlockedError(
                say(
                    f"このパソコンに、発行先が {user_id} の証明書が無い（accounts の identities）",
                    f"this PC has no certificate issued to {user_id} (identities of accounts)",
                )
            )
        return found

    def add_foreign(self, name: str, *, mine: bool = True) -> None:
        """Import a certificate of a certification authority that the portal has never heard of."""
        authority = trustme.CA(organization_name="Some Other CA")
        issued = authority.issue_cert(f"{name}@example.com", common_name=name)
        key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
        leaf = load_pem_x509_certificate(issued.cert_chain_pems[0].bytes())
        root = load_pem_x509_certificate(authority.cert_pem.bytes())
        lock = serialization.BestAvailableEncryption(FOREIGN_PASSWORD.encode())
        path = self._folder / f"foreign-{leaf.serial_number:x}.p12"
        path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, leaf, [root], lock))  # type: ignore[arg-type]
        self.add(path, FOREIGN_PASSWORD, title="foreign", mine=mine)

    def keep(self) -> dict[str, Any]:
        """What is the user's own and what else came, as JSON."""
        return {name: [one.model_dump(mode="json") for one in found] for name, found in self._both.items()}

    def recall(self, kept: dict[str, Any]) -> None:
        """Know what was known before; the store has it already."""
        for name, found in self._both.items():
            found[:] = [Certificate.model_validate(one) for one in kept[name]]

    @property
    def _both(self) -> dict[str, list[Certificate]]:
        return {"mine": self._mine, "seen": self._seen}

    def _take(self, certificate: Certificate, *, mine: bool) -> None:
        self._recorder.add(certificate)
        self._seen.append(certificate)
        if mine:
            self._mine.append(certificate)


def _box(name: str, ticked: bool) -> str:  # noqa: FBT001 - one item of a mapping
    answer = say("はい", "yes") if ticked else say("いいえ", "no")
    return f"{BOXES[name]}: {answer}"
