"""What else portals' mail programs write: charsets and their names, headers, forms, transfer encodings, structures."""

from __future__ import annotations

import base64
import quopri
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sekisho.mail.charsets import decoded
from sekisho.mail.message import parse
from sekisho.results import Mail

SUBJECT = "㈱髙橋商事①証明書発行のお知らせ"
BODY = "㈱髙橋商事① ご担当者様\nリクエストＩＤ：１２３４５\n表示・ソフト"
HEAD = b"From: CA <ca@example.jp>\r\nTo: a@example.jp\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\n"


def windows_jis(text: str) -> bytes:
    """ISO-2022-JP as Windows writes it, made by its formula from Shift_JIS: not by the code under test."""
    out, double = b"", False
    for one in text:
        raw = one.encode("cp932")
        if (len(raw) == 2) != double:
            double = not double
            out += b"\x1b$B" if double else b"\x1b(B"
        if double:
            first, second = raw
            row = (first - (0x81 if first < 0xA0 else 0xC1)) * 2 + (second >= 0x9F)
            cell = second - 0x9F if second >= 0x9F else second - 0x40 - (second > 0x7F)
            raw = bytes([row + 0x21, cell + 0x21])
        out += raw
    return out + (b"\x1b(B" if double else b"")


def euc_ms(text: str) -> bytes:
    """EUC-JP as Windows writes it, as glibc has it."""
    command = ["iconv", "-f", "UTF-8", "-t", "EUC-JP-MS"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


ENCODED: dict[str, Callable[[str], bytes]] = {
    "jis": windows_jis,
    "euc": euc_ms,
    "sjis": lambda text: text.encode("cp932"),
    "utf-8": lambda text: text.encode(),
}
LABELS = {
    "jis": ["ISO-2022-JP", "iso-2022-jp-ms", "CP50220", "cp50221", "x-windows-50221", "csISO2022JP", "JIS"],
    "euc": ["EUC-JP", "eucJP-ms", "CP51932", "x-euc-jp", "eucJP-win", "ujis"],
    "sjis": [
        "Shift_JIS",
        "Windows-31J",
        "x-sjis",
        "CP932",
        "MS_Kanji",
        "cswindows31j",
        "SJIS-win",
        "shift-jis",
        "ms932",
    ],
    "utf-8": ["UTF-8", "utf8", "unicode-1-1-utf-8"],
}
WRONG = ["", "us-ascii", "iso-2022-jp", "utf-8", "iso-8859-1", "windows-1252", "klingon", "idna", "x-unknown", "euc-jp"]


def mail(head: bytes, body: bytes = b"") -> Mail:
    """A message with some headers more, read."""
    return parse(HEAD + head + b"\r\n\r\n" + body).mail


def word(raw: bytes, label: str, kind: str = "B") -> bytes:
    """An encoded word."""
    text = base64.b64encode(raw) if kind == "B" else "".join(f"={byte:02X}" for byte in raw).encode()
    return f"=?{label}?{kind}?".encode() + text + b"?="


@pytest.mark.parametrize(("form", "label"), [(form, label) for form, labels in LABELS.items() for label in labels])
@pytest.mark.parametrize("transfer", ["8bit", "base64", "quoted-printable"])
def test_every_charset_is_read_by_each_of_its_names(form: str, label: str, transfer: str) -> None:
    """Body and subject, with the characters of NEC and IBM."""
    raw = ENCODED[form](BODY)
    sent = {"8bit": raw, "base64": base64.encodebytes(raw), "quoted-printable": quopri.encodestring(raw)}[transfer]
    head = b"Subject: " + word(ENCODED[form](SUBJECT), label) + b"\r\n"
    head += f"Content-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: {transfer}".encode()
    read = mail(head, sent)
    assert (read.subject, read.body.strip()) == (SUBJECT, BODY)


@pytest.mark.parametrize("form", ENCODED)
@pytest.mark.parametrize("label", WRONG)
def test_a_wrong_label_or_none_hides_nothing(form: str, label: str) -> None:
    """What the bytes are shows in themselves."""
    head = f"Content-Type: text/plain{f'; charset={label}' if label else ''}".encode()
    assert mail(head, ENCODED[form](BODY)).body == BODY


@pytest.mark.parametrize("form", ENCODED)
def test_raw_bytes_in_headers_are_read(form: str) -> None:
    """A sender's name with a comma and a mail's subject, neither encoded."""
    raw = ENCODED[form](SUBJECT)
    read = parse(
        b'From: "' + raw + b', Inc." <ca@example.jp>\r\nSubject: ' + raw + b"\r\nTo: " + raw + b" <a@b.jp>\r\n\r\n"
    )
    assert (read.mail.subject, read.mail.sender, read.mail.recipient) == (SUBJECT, "ca@example.jp", "a@b.jp")


@pytest.mark.parametrize("form", ENCODED)
@pytest.mark.parametrize("kind", ["B", "Q"])
@pytest.mark.parametrize("between", [b"\r\n ", b" ", b"\r\n\t", b""], ids=repr)
def test_encoded_words_cut_anywhere_are_one_text(form: str, kind: str, between: bytes) -> None:
    """Within a character, within an escape sequence, across lines."""
    raw, label = ENCODED[form](SUBJECT), LABELS[form][0]
    for place in range(1, len(raw)):
        words = word(raw[:place], label, kind) + between + word(raw[place:], label.lower(), kind)
        assert mail(b"Subject: " + words).subject == SUBJECT, place


def test_encoded_words_cut_within_their_base64_are_one_text() -> None:
    """As programs do that fold whatever is long."""
    code = base64.b64encode(SUBJECT.encode()).decode()
    for place in (1, 2, 3, 5, 30):
        words = f"=?UTF-8?B?{code[:place]}?=\r\n =?UTF-8?B?{code[place:]}?="
        assert mail(f"Subject: {words}".encode()).subject == SUBJECT
    assert mail(f"Subject: =?UTF-8?B?{code[:20]}\r\n {code[20:]}?=".encode()).subject == SUBJECT


def test_words_beside_encoded_ones_keep_their_spaces() -> None:
    """Only between two of them there is none; a language may be named (RFC 2231)."""
    read = mail("Subject: Re: =?UTF-8*ja?B?5pu05paw?= (2) 【=?utf-8?Q?=E6=9B=B4?= =?utf-8?q?=E6=96=B0_a?=】".encode())
    assert read.subject == "Re: 更新 (2) 【更新 a】"


SEEN = "<p>参照ID：12345<br>URL：<a href='https://enrol.example.jp/?a=1&amp;b=2'>こちら</a></p>"
LINK = "https://enrol.example.jp/?a=1&b=2"


def alternative(plain: str, html: str) -> Mail:
    """A mail in two forms."""
    head = b"Content-Type: multipart/alternative; boundary=x"
    parts = [
        f"--x\nContent-Type: text/{kind}; charset=utf-8\n\n{one}\n" for kind, one in (("plain", plain), ("html", html))
    ]
    return mail(head, f"{''.join(parts)}--x--\n".encode())


@pytest.mark.parametrize("plain", ["", " \n\n", "このメールはHTML形式です。"])
def test_an_empty_or_useless_text_does_not_hide_the_html(plain: str) -> None:
    """Its link, too."""
    read = alternative(plain, SEEN)
    assert "参照ID：12345" in read.body
    assert LINK in read.body
    assert plain.strip() in read.body


def test_a_text_that_says_it_all_is_enough() -> None:
    """The evidence is not doubled."""
    plain = f"参照ID：12345\nURL：\nこちら {LINK}"
    assert alternative(plain, SEEN).body == plain


def test_html_is_read_as_it_is_seen() -> None:
    """A table's row is a line, what is hidden is not read; the charset may stand in the page alone."""
    page = """<html><head><meta http-equiv=Content-Type content="text/html; charset=x-sjis"><style>p {}</style>
    <title>題</title></head><body><!-- ID: 9 --><table><tr><th>ユーザーＩＤ<td>emp&#48;1</tr></table>a &lt; b < c
    <script>if (1 < 2) document.write("ID: 8")</script><img src=x alt="図"><br>終わり</body>"""
    read = mail(b"Content-Type: text/html", page.encode("cp932")).body
    assert read.splitlines() == ["ユーザーＩＤ\temp01", "", "a < b < c 図", "終わり"]


def test_flowed_lines_are_joined() -> None:
    """RFC 3676: with DelSp there is no space between Japanese words."""
    head = b"Content-Type: text/plain; charset=utf-8; format=flowed"
    text = "参照 \nID：12345\n From: x\n-- \n署名".encode()
    assert mail(head, text).body == "参照 ID：12345\nFrom: x\n-- \n署名"
    assert mail(head + b"; DelSp=yes", text).body == "参照ID：12345\nFrom: x\n-- \n署名"


def test_flowed_lines_go_on_in_lines_that_are_quoted_as_often() -> None:
    """The marks of a quotation are no words, and an answer is no part of it."""
    head = b"Content-Type: text/plain; charset=utf-8; format=flowed; DelSp=yes"
    text = "> 参照 \n> ID：12345\n> 以上 \n参照 \n>> ID：678 \n>>90\n 了承".encode()
    assert mail(head, text).body == "> 参照ID：12345\n> 以上\n参照\n>> ID：67890\n了承"


def test_a_line_begins_in_ascii_whatever_the_one_before_ends_in() -> None:
    """As RFC 1468 says, and programs that forget to end a line in ASCII expect."""
    head = b"Content-Type: text/plain; charset=iso-2022-jp"
    assert mail(head, b"\x1b$B>ZL@\nabc 12345\n\x1b$B>ZL@").body == "証明\nabc 12345\n証明"
    assert mail(head, b"\x1b$B>ZL@\n>ZL@\x1b(B").body == "証明\n証明"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", "参照ID：12345 https://x.jp/?id=12345".encode()),
        ("quoted-printable", "参照ID：12345 https://x.jp/?id=12345".encode()),
        ("base64", base64.encodebytes("参照ID：12345 https://x.jp/?id=12345".encode()) + "-- \n（検査済み）".encode()),
        ("BASE64 ", base64.encodebytes("参照ID：12345 https://x.jp/?id=12345".encode())[:-2]),
        ("7bit", "参照ID：12345 https://x.jp/?id=12345".encode()),
        ("utf-8", "参照ID：12345 https://x.jp/?id=12345".encode()),
    ],
    ids=repr,
)
def test_a_transfer_encoding_may_lie(encoding: str, body: bytes) -> None:
    """Or be followed by what a server on the way has added, or end too early."""
    head = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}".encode()
    assert mail(head, body).body.startswith("参照ID：12345 https://x.jp/?id=1234")


@pytest.mark.parametrize(
    "name",
    [
        b"filename*=utf-8''%E3%81%94%E6%A1%88%E5%86%85.pdf",
        b"filename*0*=utf-8''%E3%81%94%E6;\r\n filename*1*=%A1%88%E5%86%85.pdf",
        b'filename="' + word("ご案内.pdf".encode("cp932"), "Shift_JIS") + b'"',
        b'filename="' + "ご案内.pdf".encode("cp932") + b'"',
        b'filename="' + "ご案内.pdf".encode() + b'"',
        b"filename=annai.pdf; filename*=utf-8''%E3%81%94%E6%A1%88%E5%86%85.pdf",
        b"filename*=utf-8''%E3%81%94%E6%A1%88%E5%86%85.pdf; filename=annai.pdf",
    ],
    ids=repr,
)
def test_an_attachment_is_named(name: bytes) -> None:
    """As RFC 2231 says, and as programs do."""
    head = b"Content-Type: application/pdf\r\nContent-Disposition: attachment; " + name
    assert mail(head, b"%PDF").body == "［添付ファイル: ご案内.pdf］"


def test_a_charset_may_be_written_as_rfc_2231_says() -> None:
    """With its own charset and language."""
    assert mail(b"Content-Type: text/plain; charset*=us-ascii'en'windows-31j", BODY.encode("cp932")).body == BODY


def test_a_forwarded_message_is_read_below_its_cover() -> None:
    """To whom it was and what it was called stays in it."""
    inner = b"To: other@x.jp\r\nSubject: inner\r\nContent-Type: text/plain; charset=windows-31j\r\n\r\n" + BODY.encode(
        "cp932"
    )
    parts = b"--x\r\nContent-Type: text/plain\r\n\r\nFYI\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n" + inner
    message = parse(
        HEAD + b"Subject: Fw\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + b"\r\n--x--\r\n"
    )
    assert message.mail.subject == "Fw"
    assert message.to == {"a@example.jp"}
    assert message.mail.body == f"FYI\n{BODY}"


@pytest.mark.parametrize(
    ("field", "date"),
    [
        ("Fri, 20 Nov 2026 10:00:00 +0900", datetime(2026, 11, 20, 1, tzinfo=UTC)),
        ("20 Nov 26 01:00 GMT", datetime(2026, 11, 20, 1, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00 +0900 (=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=)", datetime(2026, 11, 20, 1, tzinfo=UTC)),
        ("Fri, 31 Dec 9999 23:59:59 +0000", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Fri, 31 Dec 9999 23:59:59 -1200", datetime(2026, 11, 20, 2, tzinfo=UTC)),
        ("Fri, 31 Dec 99999 23:59:59 -1200", datetime(2026, 11, 20, 2, tzinfo=UTC)),
        ("平成38年11月20日", datetime(2026, 11, 20, 2, tzinfo=UTC)),
        ("", datetime(2026, 11, 20, 2, tzinfo=UTC)),
    ],
)
def test_an_odd_date_gives_way_to_the_last_servers(field: str, date: datetime) -> None:
    """And every date can be put in order with the others."""
    raw = f"Date: {field}\r\nReceived: from a by b; Fri, 20 Nov 2026 11:00:00 +0900\r\n\r\n".encode()
    assert parse(raw).mail.date == date


@pytest.mark.parametrize(
    "head",
    [
        "To: other@x.jp, 山田 <A@Example.jp>",
        'To: "Taro, (QA) <x@y.jp>" <a@example.jp>; b@x.jp',
        "To: undisclosed-recipients:;\r\nDelivered-To: a@example.jp",
        "To: x@x.jp\r\nCc: =?utf-8?B?5bGx55SwLA==?= <a@example.jp>",
        "Bcc: a@example.jp (remark)",
        "X-Original-To: <a@example.jp>",
        "Envelope-To: a@example.jp",
        "To: group: b@x.jp, a@example.jp;",
        "To: =?utf-8?B?" + base64.b64encode("山田 <a@example.jp>".encode()).decode() + "?=",
    ],
)
def test_a_message_is_to_everyone_whom_its_headers_name(head: str) -> None:
    """However they are written."""
    assert "a@example.jp" in parse(f"{head}\r\n\r\n".encode()).to


def test_addresses_of_rfc_6532_and_quoted_ones_are_read() -> None:
    """A Japanese domain is the same in its ASCII form."""
    assert parse("To: 受付@例え.jp\r\n\r\n".encode()).to == {"受付@xn--r8jz45g.jp"}
    assert parse(b'To: "a..b"@docomo.example\r\n\r\n').to == {'"a..b"@docomo.example'}


def test_control_characters_are_shown_by_name() -> None:
    """No terminal and no page is steered by a mail."""
    read = mail(
        b"Subject: \x1b[31m=?utf-8?Q?=1B]0;x=07?=\r\nContent-Type: text/plain; charset=utf-8", "\x1b[2J\u202e".encode()
    )
    assert read.subject == "␛[31m␛]0;x␇"
    assert read.body == "␛[2J⟨U+202E⟩"


@pytest.mark.parametrize("text", ["証明書発行のお知らせ", "数学", "ｶﾀｶﾅ", "é à ü café", "ソ能表示"])
def test_short_texts_are_read_by_their_label(text: str) -> None:
    """What another charset would make of the same bytes does not matter."""
    for label, codec in (("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("UTF-8", "utf-8"), ("iso-8859-1", "latin-1")):
        try:
            raw = text.encode(codec)
        except UnicodeEncodeError:
            continue
        assert decoded(raw, label) == text, label


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [("base64", base64.encodebytes), ("quoted-printable", quopri.encodestring), ("8bit", bytes), ("base64", bytes)],
)
def test_a_forwarded_message_may_be_in_a_code(encoding: str, encode: Callable[[bytes], bytes]) -> None:
    """Which RFC 2046 forbids; or say so and be in none."""
    inner = b"Subject: inner\nContent-Type: text/plain; charset=windows-31j\n\nFrom here\n" + BODY.encode("cp932")
    part = b"--x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: " + encoding.encode() + b"\n\n"
    whole = HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + part + encode(inner) + b"\n--x--\n"
    assert parse(whole).mail.body == f"From here\n{BODY}"
