"""MPKI クライアント: the backup of a new certificate, and with it the end of a renewal."""

from __future__ import annotations

import re
from pathlib import Path

from pytest_bdd import parsers, then, when

from pages.keys import Download
from pages.renewal import RenewalList
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.program import Program, Window
from sekisho.verdict import require
from steps.keys import opened

from .client import NO, begin, opened_window, respond

CONCEPT = "MPKI クライアントのバックアップ"

REQUEST_FILE = re.compile(r"[\w-]*\d[\w-]*\.p12", re.ASCII)


@when(
    parsers.parse("MPKIクライアントで証明書を更新し、更新前の証明書の削除に「{answer}」と答える"),
    target_fixture="download",
)
def _(
    program: Program, evidence: Recorder, account: Account, key_password: str, downloads: Path, answer: str
) -> Download:
    begin(program, evidence, account)
    return finish(program, evidence, key_password, downloads, answer)


@when("続けてバックアップを保存し、更新を終える", target_fixture="download")
def _(program: Program, evidence: Recorder, key_password: str, downloads: Path) -> Download:
    return finish(program, evidence, key_password, downloads, NO)


@when("バックアップの証明書パスワードを2回入力する")
def _(program: Program, evidence: Recorder, key_password: str) -> None:
    set_password(opened_window(program, evidence, "program"), key_password, key_password)


@when(parsers.parse("バックアップの証明書パスワードに「{password}」と「{again}」を入力する"))
def _(window: Window, password: str, again: str) -> None:
    set_password(window, password, again)


@when("バックアップのファイルを保存する", target_fixture="download")
def _(program: Program, evidence: Recorder, downloads: Path) -> Download:
    return save(opened_window(program, evidence, "save"), downloads)


@then("証明書パスワードは受け付けられず、バックアップの画面のままである")
def _(window: Window) -> None:
    require(not window.closed, say("証明書パスワードが受け付けられた", "The certificate password was accepted"))
    require(
        window.complaint,
        say(
            "証明書パスワードが受け付けられない理由が表示されない",
            "It is not shown why the certificate password is not accepted",
        ),
    )


@then("証明書パスワードは受け付けられ、保存の画面になる")
def _(window: Window, program: Program, evidence: Recorder) -> None:
    require(
        window.closed,
        say(
            f"証明書パスワードが受け付けられない。表示されたのは「{window.complaint}」である",
            f'The certificate password is not accepted. Shown: "{window.complaint}"',
        ),
    )
    opened_window(program, evidence, "save").wait_for(("fields", "file_name"))


@then("バックアップのファイルの名前は「リクエストID.p12」である")
def _(download: Download) -> None:
    require(
        REQUEST_FILE.fullmatch(download.name),
        say(f"ファイルの名前が {download.name} である", f"The name of the file is {download.name}"),
    )


@then("一覧の先頭のリクエストIDは、バックアップのファイルの名前と同じである")
def _(screen: Screen, download: Download) -> None:
    rows = RenewalList(screen).rows()
    require(rows, say("更新申請情報の一覧に申請が無い", "The list of renewals has no entry"))
    first = rows[0]["request_id"]
    require(
        download.name == f"{first}.p12",
        say(
            f"リクエストID {first} のファイルの名前が {download.name} である",
            f"The file of request ID {first} is called {download.name}",
        ),
    )


@then("バックアップは証明書パスワードで開け、新しい証明書が入っている")
def _(download: Download, key_password: str, holdings: Holdings, evidence: Recorder) -> None:
    inside = opened(download, key_password)
    evidence.add(inside)
    require(
        inside.sha256 == holdings.newest.sha256,
        say(
            f"バックアップの証明書（{inside.serial}）が新しい証明書でない",
            f"The certificate in the backup ({inside.serial}) is not the new one",
        ),
    )


def finish(program: Program, evidence: Recorder, password: str, folder: Path, answer: str) -> Download:
    """From 1004 to the end."""
    respond(program, evidence, "1004", "OK")
    set_password(opened_window(program, evidence, "program"), password, password)
    download = save(opened_window(program, evidence, "save"), folder)
    respond(program, evidence, "1006", answer)
    return download


def set_password(window: Window, password: str, again: str) -> None:
    """Type the password of the backup file, twice."""
    window.fill("certificate_password", password)
    window.fill("certificate_password_again", again)
    window.press("ok")


def save(window: Window, folder: Path) -> Download:
    """Save the file under the name that is offered."""
    path = folder / window.value_in("file_name")
    window.fill("save_folder", str(folder))
    window.press("save")
    require(
        path.is_file(),
        say(
            f"ファイル {path.name} が保存されていない。表示されたのは「{window.complaint}」である",
            f'The file {path.name} is not saved. Shown: "{window.complaint}"',
        ),
    )
    return Download(path, path.name, data=path.read_bytes())
