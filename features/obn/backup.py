"""A copy of the certificate's file on a medium, and another PC that takes it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from pytest_bdd import parsers, then, when

from pages.keys import Download
from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.manual.names import Names
from sekisho.person.browsing import Browsing
from sekisho.pki.pkcs12 import ImportRefusedError, WrongPasswordError, facts
from sekisho.portal import Portal
from sekisho.results import Certificate
from sekisho.verdict import DeviationError
from steps.roots import trust
from steps.store import refuses

CONCEPT = "証明書の控え"


@when("証明書のファイルを外部媒体に保存する", target_fixture="copy")
def _(download: Download, downloads: Path) -> Path:
    medium = downloads / "medium"
    medium.mkdir()
    return copyfile(download.path, medium / download.name)


@when("別のパソコンに外部媒体のファイルを同じパスワードで取り込む", target_fixture="moved")
def _(pcs: Callable[[str], Pc], portal: Portal, browsing: Browsing, copy: Path, key_password: str) -> Certificate:
    browsing.move_to(pcs("another"))
    trust(browsing.pc.store, portal)
    try:
        return facts(browsing.pc.store.import_pkcs12(copy, key_password).der)
    except ImportRefusedError as error:
        raise DeviationError(
            say(f"ファイル {copy.name} を取り込めない: {error}", f"The file {copy.name} cannot be imported: {error}")
        ) from error


@when(parsers.parse("別のパソコンで「{service}」を開く"), target_fixture="visit")
def _(browsing: Browsing, portal: Portal, names: Names, moved: Certificate, service: str) -> Visit:
    return browsing.visit(portal.sites[names.site(service)], moved)


@then("別のパソコンに外部媒体のファイルを別のパスワードでは取り込めない")
def _(pcs: Callable[[str], Pc], copy: Path, key_password: str, evidence: Recorder) -> None:
    refuses(pcs("another").store, copy, f"{key_password}x", WrongPasswordError, evidence)
