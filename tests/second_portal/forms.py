"""How the portal's mail programs write a mail: each mail in the next of these forms."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable

Form = Callable[[str, str], bytes]
"""From a subject and a text to the header fields and the body that hold them."""


def in_jis(subject: str, text: str) -> bytes:
    """ISO-2022-JP, as such systems have always done; a long subject is cut wherever its line ends."""
    raw = subject.encode("iso-2022-jp")
    words = [base64.b64encode(raw[at : at + 27]).decode() for at in range(0, len(raw), 27)]
    folded = "\n ".join(f"=?ISO-2022-JP?B?{word}?=" for word in words)
    head = f"Subject: {folded}\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    return head.encode() + text.encode("iso-2022-jp")


def in_windows(subject: str, text: str) -> bytes:
    """Shift_JIS by the name that Java has for it, the subject as it comes."""
    head = "Content-Type: text/plain; charset=Windows-31J\nContent-Transfer-Encoding: 8bit\n\n"
    there = text.replace("〜", "～")  # as Windows has it
    return b"Subject: " + subject.encode("cp932") + f"\n{head}".encode() + there.encode("cp932")


def in_html(subject: str, text: str) -> bytes:
    """HTML with links to press, beside a text in which there is nothing."""
    page = re.sub(r"https?://[^\s＜＞]+", lambda url: f'<a href="{url[0]}">こちら</a>', html.escape(text, quote=False))
    lines = page.replace("\n", "<br>\n")
    coded = base64.encodebytes(f"<html><body>{lines}</body></html>".encode()).decode()
    head = f"Subject: =?utf-8?B?{base64.b64encode(subject.encode()).decode()}?=\n"
    head += "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n--b\n"
    head += f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{coded}\n--b--\n"
    return head.encode()


FORMS: tuple[Form, ...] = (in_jis, in_windows, in_html)
