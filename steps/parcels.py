"""Files that hold others: a ZIP of certificates or of PKCS#12 files, with a password or without."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.downloads import Download, fetch, safe
from pages.screen import Screen
from sekisho.evidence.recorder import Recorder
from sekisho.language import Pair, say
from sekisho.person.holdings import Holdings
from sekisho.pki.packed import Packed, ZipProblemError
from sekisho.pki.pkcs12 import OPENER, ImportRefusedError, facts
from sekisho.pki.worker import TooLongError, UnreadableError
from sekisho.results import Certificate, Note
from sekisho.verdict import (
    BlockedError,
    DeviationError,
    EnvironmentProblemError,
    NotApplicableError,
    require,
)
from steps.entries import Entry

CONCEPT = "まとめて受け取るファイル"
EXAMPLES = (
    "受け取ったZIPを任意のパスワードで開く",
    "ZIPに入っているファイルは次のとおりである\n| 名前 | 中身 |\n| 証明書.p12 | PKCS#12 |",
    "ZIPの証明書の発行先は次のとおりである\n| 名前 | 発行先 |\n| ルート証明書.cer | Kura Root CA |",
    "ZIPの「証明書.p12」をメールのパスワードで取り込む",
    "ZIPの利用者の「会社コード」と「.p12」を任意のパスワードで取り込む",
    "受け取ったファイルをメールのパスワードで取り込む",
)

PKCS12, CERTIFICATES, OTHER = "PKCS#12", "証明書", "その他"
BY_HAND = Pair("ほかの道具で開いて確かめてください", "Open it with another tool to check it")


@dataclass(frozen=True)
class Parcel:
    """A ZIP file that was opened."""

    name: str
    files: Mapping[str, Packed]

    def file(self, name: str) -> bytes:
        """The octets of one of its files. Raises DeviationError where it is not there."""
        require(
            name in self.files,
            say(
                f"ファイル {self.name} に「{name}」が無い（あるもの: {'、'.join(self.files) or 'なし'}）",
                f'The file {self.name} has no "{name}" (it has: {", ".join(self.files) or "nothing"})',
            ),
        )
        data = self.files[name].data
        if data is None:
            raise DeviationError(
                say(
                    f"ファイル {self.name} の「{name}」は {self.files[name].size} バイトで、証明書ではない",
                    f'"{name}" in the file {self.name} has {self.files[name].size} bytes and is no certificate',
                )
            )
        return data


@pytest.fixture
def parcel() -> Parcel:
    """The newest ZIP file that was opened."""
    raise BlockedError(
        say(
            "ZIP を開く文（ダウンロードしたZIPを開く、など）が前に無い",
            'No earlier sentence opens the ZIP (such as "ダウンロードしたZIPを開く")',
        )
    )


@when("ファイルをダウンロードする", target_fixture="download")
def _(screen: Screen, downloads: Path) -> Download:
    return fetch(screen, lambda: screen.press("download"), downloads)


@when("受け取ったZIPを開く", target_fixture="parcel")
def _(download: Download, evidence: Recorder) -> Parcel:
    return opened(download, "", evidence)


@when(parsers.parse("受け取ったZIPを{whose}で開く"), target_fixture="parcel")
def _(download: Download, entry: Entry, evidence: Recorder, whose: str) -> Parcel:
    return opened(download, entry.phrase(whose), evidence)


@when(parsers.parse("ZIPの{file}を{whose}で取り込む"), target_fixture="certificate")
def _(parcel: Parcel, entry: Entry, holdings: Holdings, downloads: Path, file: str, whose: str) -> Certificate:
    name = entry.phrase(file)
    path = downloads / safe(name.rpartition("/")[2])
    path.write_bytes(parcel.file(name))
    return taken_in(
        holdings,
        path,
        entry.phrase(whose),
        say(f"ファイル {parcel.name} の「{name}」", f'"{name}" in the file {parcel.name}'),
    )


@when(parsers.parse("受け取ったファイルを{whose}で取り込む"), target_fixture="certificate")
def _(download: Download, entry: Entry, holdings: Holdings, whose: str) -> Certificate:
    return taken_in(
        holdings, download.path, entry.phrase(whose), say(f"ファイル {download.name}", f"The file {download.name}")
    )


@then("ZIPに入っているファイルは次のとおりである")
def _(datatable: list[list[str]], parcel: Parcel, entry: Entry) -> None:
    wanted = {entry.cell(row[0]): row[1] for row in datatable[1:]}
    shown = say("、", ", ").join(parcel.files) or say("なし", "nothing")
    require(
        set(parcel.files) == set(wanted),
        say(f"ファイル {parcel.name} に入っているのは {shown} である", f"The file {parcel.name} contains: {shown}"),
    )
    for name, kind in wanted.items():
        found = kind_of(parcel.files[name].data)
        require(
            found == kind,
            say(
                f"ファイル {parcel.name} の「{name}」の中身は「{kind}」でなく「{found}」である",
                f'"{name}" in the file {parcel.name} is not "{kind}" but "{found}"',
            ),
        )


@then("ZIPの証明書の発行先は次のとおりである")
def _(datatable: list[list[str]], parcel: Parcel, entry: Entry) -> None:
    for name, subject in ((entry.cell(one), entry.cell(other)) for one, other in datatable[1:]):
        found = [facts(one).subject_cn for one in certificates(parcel.file(name))]
        require(
            found == [subject],
            say(
                f"ファイル {parcel.name} の「{name}」の発行先が {'、'.join(found) or 'なし'} である",
                f'The subject of "{name}" in the file {parcel.name} is {", ".join(found) or "none"}',
            ),
        )


@then("受け取ったZIPはパスワード無しでは開けない")
def _(download: Download) -> None:
    try:
        files = unpacked(download.data, "")
    except ZipProblemError as problem:
        require(
            problem.why == "password", say(f"ファイル {download.name}: {problem}", f"File {download.name}: {problem}")
        )
        return
    raise DeviationError(
        say(
            f"ファイル {download.name} の {'、'.join(one.name for one in files)} がパスワード無しで開けた",
            f"{', '.join(one.name for one in files)} in the file {download.name} opened without a password",
        )
    )


def opened(download: Download, password: str, evidence: Recorder) -> Parcel:
    """A ZIP file, with what is in it as evidence. Raises DeviationError where nobody could open it.

    What only cannot be opened here is no fault of the portal's: EnvironmentProblemError, NotApplicableError.
    """
    try:
        files = unpacked(download.data, password)
    except ZipProblemError as problem:
        raise _meaning(
            problem, say(f"ファイル {download.name}: {problem}", f"File {download.name}: {problem}")
        ) from problem
    evidence.add(
        Note(
            title=say(f"ZIP「{download.name}」に入っているファイル", f'Files in the ZIP "{download.name}"'),
            lines=[_line(one) for one in files],
        )
    )
    for one in files:
        for der in certificates(one.data or b""):
            evidence.add(facts(der, say(f"ZIPの「{one.name}」", f'"{one.name}" in the ZIP')))
    return Parcel(download.name, {one.name: one for one in files})


def unpacked(data: bytes, password: str) -> list[Packed]:
    """The files in a ZIP file. Raises ZipProblemError, or EnvironmentProblemError where that takes too long here."""
    try:
        return OPENER.unpack(data, password)
    except (TooLongError, UnreadableError) as problem:
        raise EnvironmentProblemError(
            say(
                f"ZIP ファイル（{len(data)} バイト）が {OPENER.seconds:g} 秒のうちに開かない。{BY_HAND}",
                f"The ZIP file ({len(data)} bytes) does not open within {OPENER.seconds:g} s. {BY_HAND}",
            )
        ) from problem


def _meaning(problem: ZipProblemError, said: str) -> Exception:
    kinds: dict[str, type[Exception]] = {"limit": EnvironmentProblemError, "unknown": NotApplicableError}
    return kinds.get(problem.why, DeviationError)(
        say(f"{said}。{BY_HAND}", f"{said}. {BY_HAND}") if problem.why in kinds else said
    )


def _line(one: Packed) -> str:
    told = (
        f"SHA-256 {hashlib.sha256(one.data).hexdigest()}"
        if one.data is not None
        else say("大きいので展開しない", "large, so not unpacked")
    )
    return say(
        f"{one.name}: {one.size} バイト、{told}{'、暗号化あり' if one.encrypted else ''}",
        f"{one.name}: {one.size} bytes, {told}{', encrypted' if one.encrypted else ''}",
    )


def kind_of(data: bytes | None) -> str:
    """What a file is, as far as scenarios ask."""
    if data is None:
        return OTHER
    if data[:1] == b"\x30" and b"\x02\x01\x03" in data[:16]:
        return PKCS12
    return CERTIFICATES if certificates(data) else OTHER


def certificates(data: bytes) -> list[bytes]:
    """The certificates (DER) in a file; none in any other."""
    try:
        return OPENER.certificates(data) if data else []
    except (TooLongError, UnreadableError):
        return []


def taken_in(holdings: Holdings, path: Path, password: str, called: str) -> Certificate:
    """Import a PKCS#12 file, and give its certificate. Raises DeviationError where it is refused."""
    try:
        holdings.add(
            path, password, title=say("取り込んだ証明書", "Imported certificate"), exportable=False, install_root=True
        )
    except ImportRefusedError as error:
        raise DeviationError(
            say(f"{called}を取り込めない: {error}", f"{called} cannot be imported: {error}")
        ) from error
    return holdings.newest
