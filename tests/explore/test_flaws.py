"""What no answer of a portal's may be, whatever was asked and whatever happened on the line."""

from __future__ import annotations

import pytest

from sekisho.network.faults.fault import flaw, strangers, told

HTML = "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("status", "kind", "body", "said"),
    [
        (200, HTML, "<p>ok</p>", ""),
        (200, HTML, " \n", "白紙の画面"),
        (303, HTML, "", ""),
        (200, "image/gif", "", ""),
        (500, "text/plain", "Traceback (most recent call last):\n", "Traceback"),
        (200, HTML, "<pre>java.lang.NullPointerException\n at jp.co.ca.Key.get(Key.java:12)</pre>", "java.lang.Null"),
        (200, HTML, "<h1>Server Error in '/ra' Application.</h1>", "Server Error in '/ra' Application"),
        (503, HTML, "<p>しばらくお待ちください</p>", ""),
        (200, "application/x-pkcs12", "ORA-00001", ""),
    ],
)
def test_a_blank_page_and_the_inside_of_a_failure_are_named(status: int, kind: str, body: str, said: str) -> None:
    """A redirect has no body, a picture may be empty, and an apology is no flaw."""
    found = flaw(status, kind, body.encode())
    assert said in found if said else found == ""


@pytest.mark.parametrize("charset", ["utf-8", "cp932", "euc-jp"])
def test_somebody_elses_name_or_number_is_found_in_whatever_charset(charset: str) -> None:
    """A number within a longer one is another; what is too short to be anybody's is not looked for."""
    finds = strangers(["大井 花子", "emp00002", "x"])
    assert finds
    for text, found in {
        "<td>大井 花子</td>": "大井 花子",
        "ID: emp00002.": "emp00002",
        "emp000021 x": "",
        "emp00001 関 一郎": "",
    }.items():
        seen = finds.search(text.encode(charset))
        assert (told(seen[0]) if seen else "") == found
    assert strangers([]) is None
