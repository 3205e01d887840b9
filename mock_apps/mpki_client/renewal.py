"""One renewal: the questions, messages and dialogs from 1003 to the end, each opened by the one before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mock_apps.base import (
    Desktop,
    Form,
    Held,
    Message,
    ProxyPasswordError,
    RefusedError,
    SaveAs,
    StoreError,
    Views,
    Window,
)
from mock_apps.mpki_client import PACKAGE, backup
from mock_apps.mpki_client.office import Office, Renewed, common_name
from mock_apps.mpki_client.passwords import KeyPassword, ProxyPassword

TEMPLATES = Path(__file__).with_name("templates")


class Renewal:
    """The renewal of one certificate; `changed` is told when the store has changed."""

    def __init__(self, desktop: Desktop, office: Office, old: Held, changed: Callable[[], None]) -> None:
        """Begin with nothing asked."""
        self._desktop, self._office, self._old, self._changed = desktop, office, old, changed
        self._defects = desktop.defects

    def ask(self) -> None:
        """1003."""
        if self._defects.broken("client-renews-without-asking"):
            self._carry_out()
        else:
            self._say("1003 選択した証明書を更新します。よろしいですか?", yes=self._carry_out, no=self._decline)

    def _decline(self) -> None:
        if self._defects.broken("client-renews-on-no"):
            self._carry_out()

    def _carry_out(self) -> None:
        """Renew, once the key and the proxy can be used."""
        if not self._office.store.unlocked():
            self._desktop.open(KeyPassword(self._office, self._defects, self._carry_out, self._not_allowed))
            return
        try:
            renewed = self._office.renew(self._old)
        except ProxyPasswordError:
            self._desktop.open(ProxyPassword(self._office, self._defects, self._carry_out))
        except RefusedError as refusal:
            self._say(str(refusal), ok=_nothing)
        else:
            self._take_in(renewed)

    def _not_allowed(self) -> None:
        self._say("秘密キーへのアクセスが許可されなかったため、証明書を更新できません。", ok=_nothing)

    def _take_in(self, renewed: Renewed) -> None:
        """1004."""
        if not self._defects.broken("client-does-not-import"):
            try:
                self._office.store.add(renewed.key, renewed.certificate, renewed.chain)
            except StoreError as problem:
                self._say(f"証明書をこのパソコンに取り込めません。（{problem}）", ok=_nothing)
                return
            with suppress(RefusedError, ProxyPasswordError):  # whoever is not told would let it be renewed once more
                self._office.confirm(self._old, renewed)
        self._changed()
        self._say("1004 証明書の更新が完了しました。", ok=lambda: self._back_up(renewed))

    def _back_up(self, renewed: Renewed) -> None:
        def save(data: bytes) -> None:
            right = f"{renewed.request_id}.p12"
            name = self._defects.decide("client-backup-under-another-name", right=right, wrong="backup.p12")
            self._desktop.open(SaveAs(name, data, self._offer_deletion, lambda: self._back_up(renewed)))

        self._desktop.open(Backup(self._desktop, renewed, common_name(self._old), save))

    def _offer_deletion(self) -> None:
        """1006."""
        self._say("1006 更新前の証明書を削除しますか?", yes=self._delete, no=self._keep)

    def _delete(self) -> None:
        if not self._defects.broken("client-keeps-old-on-yes"):
            self._office.store.delete(self._old)
        self._changed()
        self._say("更新前の証明書を削除しました。", ok=_nothing)

    def _keep(self) -> None:
        if self._defects.broken("client-deletes-old-on-no"):
            self._office.store.delete(self._old)

    def _say(self, words: str, **then: Callable[[], None]) -> None:
        self._desktop.open(Message(PACKAGE.title, words, then))


class Backup(Window):
    """The password of the backup file."""

    def __init__(self, desktop: Desktop, renewed: Renewed, name: str, then: Callable[[bytes], None]) -> None:
        """Ask for it; `then` gets the encrypted file."""
        super().__init__(PACKAGE.title, Views(TEMPLATES))
        self._defects, self._renewed, self._name, self._then = desktop.defects, renewed, name, then
        self.show("backup.html", {"ok": self._make})

    def _make(self, form: Form) -> None:
        password = form.get("password", "")
        backup.check(password, form.get("again", ""), self._defects)
        password = self._defects.decide("client-backup-under-another-password", right=password, wrong=f"{password}0")
        data = backup.encrypted(self._renewed, password, self._name)
        self.close(form)
        self._then(data)


def _nothing() -> None:
    """The end."""
