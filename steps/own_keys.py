"""Keys that a page's script makes in the browser: what it hands out, and that the key is not sent anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from pages.downloads import Download
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.network.outgoing import Outgoing, Sent
from sekisho.person.browsing import Browsing
from sekisho.person.holdings import Holdings
from sekisho.pki import key_files, key_traces
from sekisho.pki.pkcs12 import Identity, ImportRefusedError
from sekisho.results import Note
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError, require
from steps.entries import Entry

CONCEPT = "画面が作る鍵"
EXAMPLES = (
    "ファイルに付けるパスワードとして任意のパスワードを入力する",
    "画面で作られた鍵と証明書を任意のパスワードで取り込む",
)

WATCH = "ブラウザーが送るものを控える"
MOST_SHOWN = 20  # addresses


@pytest.fixture
def outgoing() -> Outgoing:
    """What the browser sends."""
    return Outgoing()


@pytest.fixture
def made_in_page() -> Identity:
    """The key that a page has made, with its certificate."""
    raise BlockedError(
        say(
            "画面で作られた鍵と証明書を取り込む文が前に無い",
            "No earlier sentence imports the key and the certificate that the page made",
        )
    )


@given(WATCH)
def _(browsing: Browsing, outgoing: Outgoing) -> None:
    browsing.windows.prepared.append(outgoing.attach)


@when("画面で鍵を作って申請する")
def _(screen: Screen) -> None:
    screen.press("make_key")


@when(parsers.parse("ファイルに付けるパスワードとして{whose}を入力する"))
def _(screen: Screen, entry: Entry, whose: str) -> None:
    screen.fill("key_password", entry.phrase(whose))


@when("画面で作られた鍵と証明書を取り込む", target_fixture="made_in_page")
def _(holdings: Holdings, download: Download, downloads: Path) -> Identity:
    return taken_in(holdings, download, downloads, "")


@when(parsers.parse("画面で作られた鍵と証明書を{whose}で取り込む"), target_fixture="made_in_page")
def _(holdings: Holdings, download: Download, downloads: Path, entry: Entry, whose: str) -> Identity:
    return taken_in(holdings, download, downloads, entry.phrase(whose))


@then("秘密鍵はブラウザーから送られていない")
def _(outgoing: Outgoing, made_in_page: Identity, evidence: Recorder) -> None:
    if not outgoing.attached:
        raise ConfigurationProblemError(
            say(
                f"シナリオの最初に「前提 {WATCH}」と書いてください。",
                f'Write "前提 {WATCH}" at the beginning of the scenario.',
            )
        )
    sent = outgoing.sent()
    evidence.add(Note(title=say("ブラウザーが送ったもの", "What the browser sent"), lines=[*_told(sent)]))
    leaks = [one.where for one in sent if key_traces.stands_in(made_in_page.key, one.what)]
    require(
        not leaks,
        say(
            f"秘密鍵が {'、'.join(dict.fromkeys(leaks))} に送られた",
            f"The private key was sent to {', '.join(dict.fromkeys(leaks))}",
        ),
    )
    if unseen := [one.where for one in sent if not one.seen]:
        evidence.warning(
            say(
                f"{'、'.join(dict.fromkeys(unseen))} に送られた中身は見えなかった（ファイルか、長すぎるもの）",
                f"What was sent to {', '.join(dict.fromkeys(unseen))} could not be seen (a file, or too long)",
            )
        )


def taken_in(holdings: Holdings, download: Download, folder: Path, password: str) -> Identity:
    """Import what a page has handed out. Raises DeviationError where there is no key and certificate that fit."""
    try:
        identity = key_files.read(download.data, password)
        holdings.add_joined(
            identity, folder, say("画面で作られた鍵の証明書", "Certificate of the key that the page made")
        )
    except ImportRefusedError as error:
        raise DeviationError(say(f"ファイル {download.name}: {error}", f"File {download.name}: {error}")) from error
    return identity


def _told(sent: list[Sent]) -> Iterable[str]:
    yield say(
        f"{len(sent)} 件、{sum(len(one.what) for one in sent)} バイト（ヘッダーを含む）",
        f"Requests: {len(sent)}, {sum(len(one.what) for one in sent)} bytes (with headers)",
    )
    yield from list(dict.fromkeys(one.where for one in sent))[:MOST_SHOWN]
