"""A printed letter is read as its reader does: title, headings, and what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.dialect import Dialect
from pages.letters import beside
from sekisho.mail.letters import Letter, read
from sekisho.verdict import BlockedError, DeviationError, EnvironmentProblemError

NOTICE = """<!DOCTYPE html><html><head><title>通知書</title><style>td { color: red }</style></head><body>
<h1>電子証明書発行通知書</h1>
<table><caption>取得に関する情報</caption>
<tr><th>発行者</th><td>Online <b>Billing</b>&amp;Co</td></tr>
<tr><td>リクエストＩＤ：</td><td> 202101210000001
</td></tr>
<tr><td>a</td><td>b</td><td>c</td></tr>
</table><dl><dt>有効期限</dt><dd>2021/01/21</dd></dl></body></html>"""
WORDS = Dialect("test", {"letter": {"request_id": ["リクエスト ID"], "missing": ["端末"]}})


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    """The letter in a file."""
    path = tmp_path / "notice.html"
    path.write_text(NOTICE, encoding="utf-8")
    return read(str(path))


def test_each_heading_has_the_cell_beside_it(letter: Letter) -> None:
    """Table rows of two cells, and terms; markup and line breaks inside a cell do not matter."""
    assert letter.rows == (
        ("発行者", "Online Billing&Co"),
        ("リクエストＩＤ：", "202101210000001"),
        ("有効期限", "2021/01/21"),
    )


def test_the_title_is_the_first_one_of_the_document(letter: Letter) -> None:
    """What the report calls the letter."""
    assert letter.title == "通知書"


def test_a_heading_is_found_however_it_is_spelt(letter: Letter) -> None:
    """リクエスト ID, リクエストＩＤ： and リクエストID are one heading."""
    assert beside(letter, WORDS, "request_id") == "202101210000001"


def test_a_colon_in_a_cell_of_its_own_is_no_value(tmp_path: Path) -> None:
    """As printed tables often have it, and screens too."""
    path = tmp_path / "notice.html"
    path.write_text("<title>通知書</title><table><tr><td>端末<td>：<td>T1</tr></table>", encoding="utf-8")
    assert beside(read(str(path)), WORDS, "missing") == "T1"


@pytest.mark.parametrize("encoding", ["Shift_JIS", "euc-jp", "windows-31j", "UTF-8"])
def test_a_letter_is_read_in_the_encoding_that_it_names(tmp_path: Path, encoding: str) -> None:
    """As a browser that prints it would."""
    path = tmp_path / "notice.html"
    named = NOTICE.replace("<head>", f"<head><meta http-equiv=Content-Type content='text/html; charset={encoding}'>")
    path.write_bytes(named.encode("cp932" if encoding == "windows-31j" else encoding))
    assert read(str(path)).title == "通知書"


@pytest.mark.parametrize("label", ["klingon", "euc-jp", "utf-8"])
def test_an_encoding_that_is_named_wrongly_hides_nothing(tmp_path: Path, label: str) -> None:
    """A browser shows such a page, too, once its reader has chosen another encoding."""
    path = tmp_path / "notice.html"
    path.write_bytes(NOTICE.replace("<head>", f"<head><meta charset={label}>").encode("cp932"))
    assert read(str(path)).title == "通知書"


def test_the_characters_of_windows_are_read(tmp_path: Path) -> None:
    """NEC's and IBM's, in an encoding whose standard lacks them."""
    path = tmp_path / "notice.html"
    head = "<head><meta charset=shift_jis>"
    path.write_bytes(NOTICE.replace("<head>", head).replace("通知書", "㈱髙橋①通知書").encode("cp932"))
    assert read(str(path)).title == "㈱髙橋①通知書"


def test_a_missing_heading_is_the_portals_deviation(letter: Letter) -> None:
    """It promised to print it."""
    with pytest.raises(DeviationError, match="端末"):
        beside(letter, WORDS, "missing")


def test_without_a_letter_the_scenario_is_blocked() -> None:
    """A target need not have one."""
    with pytest.raises(BlockedError, match="書面"):
        read("")


@pytest.mark.parametrize("content", [None, b"\xff\x81\x01\xa0\xfe"], ids=["no file", "no text"])
def test_an_unreadable_letter_is_named(tmp_path: Path, content: bytes | None) -> None:
    """Our environment's problem, never the portal's."""
    path = tmp_path / "letter.html"
    if content:
        path.write_bytes(content)
    with pytest.raises(EnvironmentProblemError, match=r"letter\.html"):
        read(str(path))
