"""What no answer of a portal's may be, whatever was asked and whatever happened on the line."""

from __future__ import annotations

import pytest

from sekisho.network.faults.fault import flaw

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
