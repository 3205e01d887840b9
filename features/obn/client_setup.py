"""Setting MPKI クライアント up: the download, the wizard, its errors, and taking the program off again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from pages.dialect import Dialect
from pages.keys import Download, fetch
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.browsing import Browsing
from sekisho.portal import Portal
from sekisho.program import Machine, Program, Window
from sekisho.results import Note
from sekisho.verdict import require
from steps.refusals import refusal
from steps.screens import look

CONCEPT = "MPKI クライアントの導入"

OLD = "1.0.2"
WIZARD = (
    ("setup_welcome", "setup_next"),
    ("setup_folder", "setup_next"),
    ("setup_confirm", "setup_next"),
    ("setup_done", "setup_finish"),
)
BEGUN = ("screens", "setup_welcome"), ("buttons", "setup_next")
ERROR = ("messages", "setup_error")
ERROR_MEANS = (("buttons", "setup_quit"), ("buttons", "setup_retry"))
BUTTONS = {"次へ": "setup_next", "閉じる": "setup_finish"}
BITS = {"32ビット": 32, "64ビット": 64}
LANGUAGES = {"日本語": "ja", "英語": "en"}
NONE = "なし"


@given("MPKIクライアントをインストールしたパソコンがある")
def _(program: Program) -> None:
    program.ensure_installed()


@given("古いMPKIクライアントをインストールしたパソコンがある", target_fixture="old_version")
def _(program: Program) -> str:
    program.ensure_installed(OLD)
    return program.version


@given(parsers.parse("「{system}」の{bits}のパソコンがある"))
def _(program: Program, bits: str, system: str) -> None:
    program.be_on(Machine(system, bits=BITS[bits]))  # type: ignore[arg-type]


@given(parsers.parse(".NET Frameworkのバージョンが「{version}」のパソコンがある"))
def _(program: Program, version: str) -> None:
    program.be_on(Machine(framework="" if version == NONE else version))


@given(parsers.parse("{language}のWindowsのパソコンがある"))
def _(program: Program, language: str) -> None:
    program.be_on(Machine(language=LANGUAGES[language]))  # type: ignore[arg-type]


@pytest.fixture
def held_registry(program: Program) -> Iterator[Program]:
    """A PC on which another program holds what the set-up must write."""
    program.hold_registry(held=True)
    yield program
    program.hold_registry(held=False)


@given("ほかのプログラムがレジストリのキーを使っている", target_fixture="program")
def _(held_registry: Program) -> Program:
    return held_registry


@when("ほかのプログラムがレジストリのキーを使い終わる")
def _(program: Program) -> None:
    program.hold_registry(held=False)


@when("MPKIクライアントのダウンロードサイトを開く")
def _(browsing: Browsing, portal: Portal, screen: Screen) -> None:
    open_download(browsing, portal, screen)


@when("MPKIクライアントを保存する", target_fixture="installer")
def _(screen: Screen, downloads: Path) -> Download:
    return fetch(screen, lambda: screen.press("download_client"), downloads)


@when("MPKIクライアントのインストーラーをダウンロードして実行する", target_fixture="window")
def _(browsing: Browsing, portal: Portal, screen: Screen, downloads: Path, program: Program) -> Window:
    open_download(browsing, portal, screen)
    return program.install(fetch(screen, lambda: screen.press("download_client"), downloads).path)


@when("保存したインストーラーを実行する", target_fixture="window")
@when("保存したインストーラーをもう一度実行する", target_fixture="window")
def _(program: Program, installer: Download) -> Window:
    return program.install(installer.path)


@when("途中で切れたインストーラーを実行する", target_fixture="window")
def _(program: Program, installer: Download) -> Window:
    cut = installer.path.with_name("cut.msi")
    cut.write_bytes(installer.data[: len(installer.data) // 2])
    return program.install(cut)


@when("セットアップの画面を次の順に進める")
def _(datatable: list[list[str]], window: Window, dialect: Dialect, evidence: Recorder) -> None:
    for screen, button in datatable[1:]:
        went(window, evidence, dialect.named("screens", screen), BUTTONS[button])
    window.wait_until_closed()


@when("セットアップの画面を最後まで進める")
def _(window: Window, evidence: Recorder) -> None:
    finish(window, evidence)


@when("セットアップの画面をエラーが表示されるまで進める")
def _(window: Window, evidence: Recorder) -> None:
    for screen, button in WIZARD[:3]:
        went(window, evidence, screen, button)
    look(window, evidence, [ERROR], ERROR_MEANS)


@when("セットアップの確認の画面でキャンセルする")
def _(window: Window, evidence: Recorder) -> None:
    for screen, button in WIZARD[:2]:
        went(window, evidence, screen, button)
    went(window, evidence, "setup_confirm", "setup_cancel")
    window.wait_until_closed()


@when("エラー画面の「終了」を押す")
def _(window: Window) -> None:
    window.press("setup_quit")
    require(
        window.closed,
        say("「終了」を押してもエラー画面が終わらない", '"終了" was pressed, but the error window stays'),
    )


@when("エラー画面の「再試行」を押す")
def _(window: Window) -> None:
    window.press("setup_retry")


@when("アプリの一覧からMPKIクライアントをアンインストールする")
def _(program: Program) -> None:
    window = program.uninstall()
    window.press("yes")
    window.wait_until_closed()


@then(parsers.parse("保存したインストーラーの名前は「{name}」である"))
def _(installer: Download, name: str) -> None:
    require(
        installer.name == name,
        say(f"ファイルの名前が {installer.name} である", f"The name of the file is {installer.name}"),
    )


@then(parsers.parse("スタートメニューに「{name}」がある"))
def _(program: Program, name: str, evidence: Recorder) -> None:
    evidence.add(Note(title=say("スタートメニュー", "Start menu"), lines=list(program.start_menu)))
    require(name in program.start_menu, say(f"スタートメニューに「{name}」が無い", f'The start menu lacks "{name}"'))


@then("MPKIクライアントを起動できる", target_fixture="window")
def _(program: Program) -> Window:
    window = program.start()
    window.wait_for(("buttons", "renew"))
    return window


@then("MPKIクライアントはインストールされていない")
def _(program: Program) -> None:
    left = [*program.start_menu, *([program.version] if program.installed else [])]
    require(
        not left,
        say(f"パソコンにMPKIクライアント（{'、'.join(left)}）がある", f"MPKI client is on this PC ({', '.join(left)})"),
    )


@then("エラー画面が表示されたままである")
def _(window: Window) -> None:
    require(not window.closed, say("エラー画面が閉じた", "The error window closed"))
    for button in ERROR_MEANS:
        window.wait_for(button)


@then("インストーラーのファイルを開けないと表示される")
def _(window: Window, program: Program, evidence: Recorder) -> None:
    refused(window, program, evidence, "setup_package")


@then("対応していないWindowsと表示され、インストールできない")
def _(window: Window, program: Program, evidence: Recorder) -> None:
    refused(window, program, evidence, "setup_windows")


@then(".NET Frameworkが必要と表示され、インストールできない")
def _(window: Window, program: Program, evidence: Recorder) -> None:
    refused(window, program, evidence, "setup_framework")


@then("セットアップを最後まで進めるとインストールできる")
def _(window: Window, program: Program, evidence: Recorder) -> None:
    finish(window, evidence)
    require(
        program.installed,
        say("セットアップが終わったのにインストールされていない", "The setup ended, but the program is not installed"),
    )


@then("MPKIクライアントのバージョンは更新前より新しい")
def _(program: Program, old_version: str) -> None:
    require(
        number(program.version) > number(old_version),
        say(f"バージョンが {program.version} である", f"The version is {program.version}"),
    )


def open_download(browsing: Browsing, portal: Portal, screen: Screen) -> None:
    """Open the page from which the program is fetched."""
    browsing.visit(portal.sites["client"])
    screen.wait_for(("buttons", "download_client"))


def finish(window: Window, evidence: Recorder) -> None:
    """Go through the whole wizard."""
    for screen, button in WIZARD:
        went(window, evidence, screen, button)
    window.wait_until_closed()


def went(window: Window, evidence: Recorder, screen: str, button: str) -> None:
    """Press a button on a page of the wizard. Raises DeviationError when it is another page."""
    look(window, evidence, [("screens", screen)], [("buttons", button)])
    window.press(button)


def refused(window: Window, program: Program, evidence: Recorder, message: str) -> None:
    """Raise DeviationError unless the set-up refuses for a reason and leaves nothing behind."""
    seen = refusal(window, evidence, message, *BEGUN)
    require(
        seen not in BEGUN, say("拒まれず、セットアップ ウィザードが始まった", "Not refused: the setup wizard began")
    )
    require(not program.installed, say("拒まれたのにインストールされた", "It was refused, but installed"))


def number(version: str) -> tuple[int, ...]:
    """A version as numbers, which compare as versions do."""
    return tuple(map(int, re.findall(r"\d+", version)))
