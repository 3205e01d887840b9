"""証明書一覧: the authority's certificates on this PC, one of which can be chosen and renewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mock_apps.base import Defects, Desktop, Form, Held, RefusedError, Views, Window
from mock_apps.mpki_client import PACKAGE
from mock_apps.mpki_client.office import ISSUER, Office, common_name, issuer_name
from mock_apps.mpki_client.renewal import Renewal

TOKYO = ZoneInfo("Asia/Tokyo")
QUARTER = timedelta(days=91)


class MainWindow(Window):
    """The program's own window."""

    def __init__(self, desktop: Desktop, office: Office, machine: Mapping[str, Any]) -> None:
        """Show the list."""
        super().__init__(PACKAGE.title, Views(Path(__file__).with_name("templates")))
        self._desktop, self._office = desktop, office
        self._caption = _caption(str(machine.get("language", "ja")), desktop.defects)
        self._list()

    def _list(self) -> None:
        found = self._office.certificates()
        own = [one for one in found if issuer_name(one).startswith(ISSUER)]
        self._listed = self._desktop.defects.decide("client-lists-other-issuers", right=own, wrong=found)
        rows = [_row(one, self._desktop.defects) for one in self._listed]
        self.show("list.html", {"renew": self._renew, "close": self.close}, listed=rows, renew=self._caption)

    def _renew(self, form: Form) -> None:
        chosen = form.get("certificate", "")
        if not chosen.isdecimal() or int(chosen) >= len(self._listed):
            raise RefusedError("更新する証明書を選択してください。")
        Renewal(self._desktop, self._office, self._listed[int(chosen)], self._changed).ask()

    def _changed(self) -> None:
        self._list()
        self._desktop.refresh(self)


def _caption(language: str, defects: Defects) -> str:
    right = "証明書更新(U)"
    if language == "ja":
        return right
    return defects.decide("client-follows-windows-language", right=right, wrong="Update Certificate(U)")


def _row(held: Held, defects: Defects) -> dict[str, str]:
    ends = held.certificate.not_valid_after_utc
    shown = defects.decide("client-list-shows-another-expiry", right=ends, wrong=ends - QUARTER)
    return {
        "subject": common_name(held),
        "issuer": f"CN={issuer_name(held)}",
        "ends": f"{shown.astimezone(TOKYO):%Y/%m/%d %H:%M:%S}",
    }
