"""Files that a scenario makes are what a spreadsheet program would have saved."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path
from unittest.mock import Mock

import pytest

from sekisho.person.documents import LARGEST, Documents, table
from sekisho.verdict import ConfigurationProblemError

ROWS = [["利用者ID", "氏名"], ["emp1", '髙橋, "一郎"'], ["", "①㈱"]]


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    """A folder for them."""
    return Documents(tmp_path / "documents", Mock())


@pytest.mark.parametrize(
    ("name", "encoding", "newline", "codec", "separator"),
    [
        ("a.csv", "Shift_JIS", "CRLF", "cp932", ","),
        ("a.CSV", "BOM付きUTF-8", "LF", "utf-8-sig", ","),
        ("a.tsv", "UTF-8", "CRLF", "utf-8", "\t"),
        ("a.txt", "UTF-8", "LF", "utf-8", "\t"),
    ],
)
def test_a_table_is_saved_as_asked(name: str, encoding: str, newline: str, codec: str, separator: str) -> None:
    """Read back by the standard library, to the last octet of its line ends."""
    data = table(ROWS, name, encoding, newline)
    assert data.startswith(b"\xef\xbb\xbf") is (codec == "utf-8-sig")
    assert data.endswith(b"\r\n") is (newline == "CRLF")
    assert data.count(b"\n") == len(ROWS)
    assert list(csv.reader(data.decode(codec).splitlines(), delimiter=separator)) == ROWS


def test_iconv_reads_what_is_called_shift_jis(tmp_path: Path) -> None:
    """With the characters of NEC and IBM, as Windows has them."""
    (tmp_path / "a.csv").write_bytes(table(ROWS, "a.csv", "Shift_JIS", "CRLF"))
    judge = subprocess.run(
        ["iconv", "-f", "CP932", "-t", "UTF-8", tmp_path / "a.csv"], capture_output=True, encoding="utf-8", check=True
    )
    assert "髙橋" in judge.stdout
    assert "①㈱" in judge.stdout


BAD = {
    "an encoding": (("a.csv", "EUC-JP", "CRLF"), "文字コード「EUC-JP」: 使えるのは Shift_JIS、"),
    "a line end": (("a.csv", "UTF-8", "CR"), "改行「CR」: 使えるのは CRLF、LF"),
    "an ending": (("a.xlsx", "UTF-8", "LF"), "拡張子「.xlsx」: 使えるのは .csv、"),
}


@pytest.mark.parametrize(("how", "said"), BAD.values(), ids=BAD)
def test_what_cannot_be_saved_so_is_the_scenarios_mistake(how: tuple[str, str, str], said: str) -> None:
    """With what is allowed."""
    with pytest.raises(ConfigurationProblemError, match=said):
        table(ROWS, *how)


def test_a_letter_that_shift_jis_has_not_is_named() -> None:
    """And not replaced: the portal would be blamed for it."""
    with pytest.raises(ConfigurationProblemError, match="「𠮷」（U\\+20BB7）は、Shift_JIS では書けません"):
        table([["𠮷野"]], "a.csv", "Shift_JIS", "LF")


def test_a_file_is_found_by_its_name(documents: Documents) -> None:
    """As it was made, with what the report says of it."""
    assert documents.named(documents.keep("申請.csr", b"x", "鍵 RSA-2048").name).read_bytes() == b"x"
    assert documents.facts("申請.csr")[0] == "1 バイト"
    assert documents.facts("申請.csr")[2] == "鍵 RSA-2048"
    assert documents.blank("空.csv", 0).read_bytes() == b""


@pytest.mark.parametrize("name", ["", "..", "a/b.csv", "/etc/passwd", "."])
def test_a_name_that_leads_elsewhere_is_none(documents: Documents, name: str) -> None:
    """Nothing is written."""
    with pytest.raises(ConfigurationProblemError, match="フォルダーを含まない名前"):
        documents.keep(name, b"x")


def test_what_was_not_made_is_named(documents: Documents) -> None:
    """With what was; and what is too large to be sent is said before it is made."""
    documents.keep("a.csv", b"")
    with pytest.raises(ConfigurationProblemError, match=r"作ったもの: a\.csv"):
        documents.named("b.csv")
    with pytest.raises(ConfigurationProblemError, match="上限"):
        documents.blank("大.csv", LARGEST + 1)
