"""What stays in the task tray: whenever the user signs in, it shows what is to be known about the certificates."""

from __future__ import annotations

from mock_apps.base import Desktop, ProxyPasswordError, RefusedError
from mock_apps.mpki_client.office import ISSUER, Office, Reminder, issuer_name


class Tray:
    """The resident part."""

    def __init__(self, desktop: Desktop, office: Office) -> None:
        """Begin with nothing shown."""
        self._desktop, self._office = desktop, office

    def stay(self) -> None:
        """Show what there is now, and again at each further sign-in."""
        self._desktop.resident = self.show
        self.show()

    def show(self) -> None:
        """Announce the notices of this sign-in, of which there may be none."""
        self._desktop.announce("notices", texts=self._texts())

    def _texts(self) -> list[str]:
        own = [one for one in self._office.certificates() if issuer_name(one).startswith(ISSUER)]
        try:
            return [_text(due) for held in own if (due := self._office.reminder(held))]
        except (RefusedError, ProxyPasswordError) as problem:
            return [str(problem)]


def _text(due: Reminder) -> str:
    return (
        f"電子証明書（発行先: {due.subject}）の有効期限は {due.ends} です。（あと{due.left}日）"
        "電子証明書の更新を行ってください。"
    )
