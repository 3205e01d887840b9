"""Files that are sent to the portal: made on the PC, chosen, sent; and the certificate that comes back for a CSR."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pytest_bdd import parsers, then, when

from pages.dialect import Dialect, plain
from pages.downloads import Download
from pages.screen import Screen
from pages.uploads import SECTION, Upload
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person import documents as files
from sekisho.person.documents import Documents
from sekisho.person.holdings import Holdings
from sekisho.pki import certificate_requests
from sekisho.pki.certificate_requests import Request
from sekisho.pki.joining import join
from sekisho.pki.pkcs12 import ImportRefusedError
from sekisho.results import Certificate, Note
from sekisho.verdict import BlockedError, DeviationError, require
from steps.refusals import refusal
from steps.screens import reach
from steps.words import FILE_MISTAKES, one_of

CONCEPT = "ファイルの送信"
EXAMPLES = (
    "次の内容でCSRファイル「申請.csr」を作る\n| 項目 | 値 |\n| CN | emp00001 |",
    "次の表を文字コードShift_JIS、改行CRLFでファイル「利用者.csv」に保存する\n| ID | 氏名 |\n| emp00001 | 佐藤 |",
    "中身が1048576バイトのファイル「大きい.csv」を作る",
    "「CSRファイル」に「申請.csr」を選ぶ",
    "すべてのファイルを出して「CSRファイル」に「写真.png」を選ぶ",
    "確認画面に、送ったファイルの内容が次のとおり表示される\n| Common Name | 組織 |\n| emp00001 | 蔵株式会社 |",
    "ファイルの誤りとして「列が違う」と表示され、受け付けられない",
)

ACCEPTED = ("messages", "file_accepted")


@pytest.fixture
def upload(screen: Screen) -> Upload:
    """The form by which files are sent."""
    return Upload(screen)


@pytest.fixture
def own_request() -> Request:
    """The newest request for a certificate whose key is on this PC."""
    raise BlockedError(
        say(
            "CSR を作る文（次の内容でCSRファイル「…」を作る）が前に無い",
            'No earlier sentence makes a CSR (such as "次の内容でCSRファイル…を作る")',
        )
    )


@when(parsers.parse("次の内容でCSRファイル「{name}」を作る"), target_fixture="own_request")
def _(datatable: list[list[str]], documents: Documents, name: str) -> Request:
    request = certificate_requests.make([(item, value) for item, value in datatable[1:]])
    documents.keep(name, request.data, *request.facts)
    return request


@when(parsers.parse("次の表を文字コード{encoding}、改行{newline}でファイル「{name}」に保存する"))
def _(datatable: list[list[str]], documents: Documents, encoding: str, newline: str, name: str) -> None:
    data = files.table(datatable, name, encoding, newline)
    documents.keep(name, data, *files.told(data, encoding, newline, len(datatable)))


@when(parsers.parse("中身が{size:d}バイトのファイル「{name}」を作る"))
def _(documents: Documents, size: int, name: str) -> None:
    documents.blank(name, size)


@when(parsers.parse("「{field}」に「{names}」を選ぶ"))
def _(upload: Upload, documents: Documents, dialect: Dialect, evidence: Recorder, field: str, names: str) -> None:
    hidden = chosen(upload, documents, dialect, evidence, field, names)
    if hidden:
        evidence.warning(
            say(
                f"「{field}」で開く画面は「{'、'.join(hidden)}」を「すべてのファイル」にするまで出さない（accept）",
                f'The chooser of "{field}" shows "{", ".join(hidden)}" only among all files (accept)',
            )
        )


@when(parsers.parse("すべてのファイルを出して「{field}」に「{names}」を選ぶ"))
def _(upload: Upload, documents: Documents, dialect: Dialect, evidence: Recorder, field: str, names: str) -> None:
    chosen(upload, documents, dialect, evidence, field, names)


@when("選んだファイルを送信する")
def _(upload: Upload) -> None:
    upload.send()


@when("確認画面でファイルの送信を確定する")
def _(upload: Upload) -> None:
    upload.confirm()


@when("受け取った証明書を手元の鍵と組にして取り込む", target_fixture="certificate")
def _(holdings: Holdings, own_request: Request, download: Download, downloads: Path) -> Certificate:
    try:
        holdings.add_joined(
            join(own_request.key, download.data),
            downloads,
            say("手元の鍵と組にした証明書", "Certificate joined with the key at hand"),
        )
    except ImportRefusedError as error:
        raise DeviationError(say(f"ファイル {download.name}: {error}", f"File {download.name}: {error}")) from error
    return holdings.newest


@then("ファイルは受け付けられる")
def _(screen: Screen, evidence: Recorder) -> None:
    reach(screen, evidence, ACCEPTED, ("buttons", "confirm_file"))


@then(parsers.parse("ファイルの誤りとして「{mistake}」と表示され、受け付けられない"))
def _(screen: Screen, evidence: Recorder, mistake: str) -> None:
    goes_on = ("buttons", "confirm_file")
    name = one_of(FILE_MISTAKES, mistake, say("ファイルの誤り", "Fault of the file"))
    seen = refusal(screen, evidence, name, ACCEPTED, goes_on)
    require(
        seen not in {ACCEPTED, goes_on}, say("拒まれず、ファイルが受け付けられた", "Not refused: the file was accepted")
    )


@then("確認画面に、送ったファイルの内容が次のとおり表示される")
def _(datatable: list[list[str]], screen: Screen, dialect: Dialect) -> None:
    names = [dialect.named("columns", heading) for heading in datatable[0]]
    screen.wait_for(("buttons", "confirm_file"))
    shown = screen.table(*names)
    require(
        len(shown) == len(datatable) - 1,
        say(f"確認画面の一覧が {len(shown)} 件である", f"Entries in the list on the confirmation page: {len(shown)}"),
    )
    for number, (row, wanted) in enumerate(zip(shown, datatable[1:], strict=True), start=1):
        for name, heading, content in zip(names, datatable[0], wanted, strict=True):
            said = say(
                f"確認画面の {number} 件目の「{heading}」が「{row[name]}」である（送ったのは「{content}」）",
                f'"{heading}" of entry {number} on the confirmation page is "{row[name]}" (sent: "{content}")',
            )
            require(plain(row[name]) == plain(content), said)


def chosen(
    upload: Upload, documents: Documents, dialect: Dialect, evidence: Recorder, field: str, names: str
) -> Sequence[str]:
    """Choose files by their names, and give those that the chooser hides at first."""
    several = names.split("、")
    paths = [documents.named(one) for one in several]
    hidden = upload.choose(dialect.named(SECTION, field), paths)
    for one in several:
        evidence.add(Note(title=say(f"選んだファイル「{one}」", f'Chosen file "{one}"'), lines=documents.facts(one)))
    return hidden
