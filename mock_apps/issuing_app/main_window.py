"""The program's one window: what to do, the two passwords, and the result."""

from __future__ import annotations

from pathlib import Path

from mock_apps.base import Form, Held, RefusedError, Views, Window
from mock_apps.issuing_app import PACKAGE
from mock_apps.issuing_app.office import Office, described


class MainWindow(Window):
    """証明書取得."""

    def __init__(self, office: Office) -> None:
        """Begin with the choice."""
        super().__init__(PACKAGE.title, Views(Path(__file__).with_name("templates")))
        self._office = office
        self._held: Held | None = None
        self._stay = ""
        self._choose()

    def _choose(self, form: Form | None = None) -> None:  # noqa: ARG002 - the way back from any page
        self._listed = self._office.certificates()
        names = [described(one) for one in self._listed]
        self.show("choice.html", {"issue": self._issue, "renew": self._renew}, certificates=names)

    def _issue(self, form: Form) -> None:  # noqa: ARG002
        self._held = None
        self._ask_password()

    def _renew(self, form: Form) -> None:
        if not form.get("certificate"):
            raise RefusedError("更新する証明書を選んでください。")
        self._held = self._listed[int(form["certificate"])]
        self._ask_password()

    def _ask_password(self) -> None:
        buttons = {"next": self._log_in, "back": self._choose}
        self.show("password.html", buttons, certificate=described(self._held) if self._held else "")

    def _log_in(self, form: Form) -> None:
        self._stay = self._office.log_in(self._held, form.get("login_id", "").strip(), form.get("password", ""))
        self.show("one_time_password.html", {"next": self._finish, "back": self._choose}, renewal=bool(self._held))

    def _finish(self, form: Form) -> None:
        result = self._office.issue(self._held, self._stay, form.get("one_time_password", "").strip())
        self.show("result.html", {"close": self.close}, result=result)
