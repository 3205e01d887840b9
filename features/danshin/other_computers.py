"""Other accounts and other PCs: another Windows user, and the PC on which the work is done."""

from __future__ import annotations

from collections.abc import Callable
from shutil import copyfile

from pytest_bdd import parsers, when

from pages.keys import Download
from sekisho.browser.pc import Pc
from sekisho.browser.visit import Visit
from sekisho.language import say
from sekisho.manual.names import Names
from sekisho.person.browsing import Browsing
from sekisho.pki.pkcs12 import ImportRefusedError, facts
from sekisho.portal import Portal
from sekisho.verdict import DeviationError

CONCEPT = "ほかのパソコン"


@when(parsers.parse("別のWindowsユーザーで「{service}」を開く"), target_fixture="visit")
def _(browsing: Browsing, pcs: Callable[[str], Pc], portal: Portal, names: Names, service: str) -> Visit:
    browsing.move_to(pcs("another"))
    return browsing.visit(portal.sites[names.site(service)])


@when(parsers.parse("ファイルを業務用のパソコンに移して取り込み「{service}」を開く"), target_fixture="visit")
def _(
    browsing: Browsing,
    pcs: Callable[[str], Pc],
    portal: Portal,
    names: Names,
    download: Download,
    key_password: str,
    service: str,
) -> Visit:
    moved = download.path.with_name(f"moved-{download.name}")
    copyfile(download.path, moved)
    browsing.move_to(pcs("another"))
    try:
        imported = browsing.pc.store.import_pkcs12(moved, key_password)
    except ImportRefusedError as error:
        raise DeviationError(
            say(f"ファイル {moved.name} を取り込めない: {error}", f"The file {moved.name} cannot be imported: {error}")
        ) from error
    return browsing.visit(portal.sites[names.site(service)], facts(imported.der))
