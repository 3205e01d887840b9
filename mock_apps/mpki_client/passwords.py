"""The passwords that are asked for on the way: that of the private key, and that of the proxy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mock_apps.base import Defects, Form, ProxyPasswordError, RefusedError, Views, Window
from mock_apps.mpki_client.office import Office

TEMPLATES = Path(__file__).with_name("templates")
Then = Callable[[], None]


class KeyPassword(Window):
    """Windows セキュリティ: whether the program may use the private key."""

    def __init__(self, office: Office, defects: Defects, allowed: Then, refused: Then) -> None:
        """Ask for the password under which the key is kept."""
        super().__init__("Windows セキュリティ", Views(TEMPLATES))
        self._office, self._defects, self._allowed, self._refused = office, defects, allowed, refused
        self.show("key_password.html", {"allow": self._allow, "refuse": self._refuse})

    def _allow(self, form: Form) -> None:
        right = self._office.unlock(form.get("password", ""))
        if not right and self._defects.broken("client-key-password-refusal-unexplained"):
            self.close(form)
            return
        if not right or self._defects.broken("client-refuses-key-password"):
            raise RefusedError("パスワードが正しくありません。")
        self.close(form)
        self._allowed()

    def _refuse(self, form: Form) -> None:
        self.close(form)
        self._refused()


class ProxyPassword(Window):
    """プロキシの認証."""

    def __init__(self, office: Office, defects: Defects, then: Then) -> None:
        """Ask who goes through the proxy."""
        super().__init__("プロキシの認証", Views(TEMPLATES))
        self._office, self._defects, self._then = office, defects, then
        self.show("proxy.html", {"ok": self._pass, "cancel": self.close})

    def _pass(self, form: Form) -> None:
        try:
            self._office.pass_proxy(form.get("user", ""), form.get("password", ""))
        except ProxyPasswordError as refusal:
            if self._defects.broken("client-proxy-refusal-unexplained"):
                raise RefusedError("エラーが発生しました。") from refusal
            raise RefusedError(str(refusal)) from refusal
        except OSError as problem:
            raise RefusedError(f"プロキシに接続できません。（{problem}）") from problem
        self.close(form)
        self._then()
