"""Mails that mean harm, and mails that nobody wrote: read within a bound, and never an exception."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.dialect import load
from pages.mails import Mails, beside, link
from sekisho.mail.charsets import decoded
from sekisho.mail.mailbox import EmlFolder, Maildir
from sekisho.mail.message import CUT, LARGEST, parse
from sekisho.portal import Account
from sekisho.results import Mail
from sekisho.verdict import DeviationError
from sekisho.visible import visible
from tests.hostile.tries import bounded, tried

CASES = Path(__file__).parent.parent / "mail" / "cases"
DANSHIN = load("danshin")
EMPLOYEE = Account(state="invited", user_id="emp0001", login_password="himitsu-1")


def read(raw: bytes) -> Mail:
    """A mail, as it can be written down and read again; nothing in it steers a terminal."""
    with bounded():
        message = parse(raw)
        written = message.mail.model_dump_json()
    assert Mail.model_validate_json(written) == message.mail
    for said in (message.mail.sender, message.mail.recipient, message.mail.subject, message.mail.body):
        assert visible(said) == said
    assert "\n" not in message.mail.subject + message.mail.sender + message.mail.recipient
    return message.mail


def nested(depth: int, inside: bytes = b"hello") -> bytes:
    """So many multiparts, each in the one before."""
    heads = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (one, one) for one in range(depth))
    return b"".join(heads) + b"\n" + inside


def typed(kind: str, body: bytes) -> bytes:
    """A message with one body."""
    return f"Content-Type: {kind}\n\n".encode() + body


MANY = 400_000
BOMBS = {
    "40 kB of quotes in To": b"To: " + b'"' * 40_000 + b"\n\n",
    "2 MB of quotes in To": b"To: " + b'"' * 2_000_000 + b"\n\n",
    "quotes and backslashes in To": b"To: " + b'"\\' * MANY + b"\n\n",
    "brackets in From": b"From: " + b"(" * MANY + b"\n\n",
    "angles in Cc": b"Cc: " + b"<" * MANY + b"\n\n",
    "a name without an end": b"To: " + b"a" * MANY + b"\n\n",
    "addresses in one another": b"To: " + b"a@" * MANY + b"\n\n",
    "a Japanese domain without an end": b"To: a@" + "あ.".encode() * 100_000 + b"\n\n",
    "200,000 headers": b"a:\n" * 200_000,
    "200,000 recipients": b"To: a@b\n" * 200_000,
    "a header of a million lines": b"Subject: " + b"\n " * 1_000_000,
    "encoded words without an end": b"Subject: " + b"=?utf-8?B?" * 200_000 + b"\n\n",
    "100,000 encoded words": b"Subject: " + b"=?utf-8?B?44GC?= " * 100_000 + b"\n\n",
    "charsets of encoded words": b"Subject: " + b"".join(b"=?x%d?Q?=E3?= " % one for one in range(9000)) + b"\n\n",
    "3000 nested multiparts": nested(3000),
    "90 nested multiparts of many lines": nested(90, b"\n" * 300_000),
    "90 nested multiparts": nested(90),
    "90 nested messages": typed("message/rfc822", b"") * 90,
    "3000 nested messages": typed("message/rfc822", b"") * 3000,
    "400,000 parts": typed("multipart/mixed; boundary=x", b"--x\n" * MANY),
    "2900 parts": typed("multipart/mixed; boundary=x", b"--x\n\nhi\n" * 2900),
    "2900 alternatives": typed("multipart/alternative; boundary=x", b"--x\n\nhi\n" * 2900),
    "parameters without an end": typed('text/plain; x="' + '";' * MANY, b""),
    "parameters up to the limit": typed('text/plain; x="' + '";' * 1900, b""),
    "pieces of a name": typed("a/b; " + "".join(f"name*{one}*=a;" for one in range(280)), b""),
    "10 MB of lines": typed("text/plain", b"\n" * 10_000_000),
    "10 MB of base64": b"Content-Transfer-Encoding: base64\n\n" + (b"QUFB" * 19 + b"\n") * 130_000,
    "10 MB of quoted-printable": b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=41" * 3_300_000,
    "10 MB of every byte": typed("text/plain", bytes(range(256)) * 40_000),
    "10 MB of half characters": typed("text/plain; charset=euc-jp", b"\xa4" * 10_000_000),
    "10 MB of escapes": typed("text/plain; charset=iso-2022-jp", b"\x1b$B\x1b(B" * 1_600_000),
    "a date of 2 MB": b"Date: " + b"1" * 2_000_000 + b"\n\n",
    "a server's date of 2 MB": b"Received: " + b";" * 2_000_000 + b"\n\n",
    "no date that there is": b"Date: Fri, 31 Dec 99999999999999999999 23:59:59 -9999\n\n",
}
CHARSETS = [
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
    "rot13",
    "hex",
    "zip",
    "utf-7",
    "utf-16",
    "mbcs",
    '"a\0b"',
]
CHARSETS += [
    "..",
    "os",
    "a" * 3000,
    "=?utf-8?Q?=00?=",
    "あ",
    "utf-8*ja",
    "iso-2022-jp-9999",
    "raw_unicode_escape",
    "cp0",
]
TAGS = ["<", "<!", "<!--", "<a ", "<a b", "</", "<?", "&", "&#", "&#x", "<![CDATA[", "<script>", "<a b='", "<!DOCTYPE "]
TAGS += ["<div>", "<a href=http://x>", "<a href=http://x>y</a>", "<table><tr><td>", "<a b='>", "<title>", "<plaintext>"]
TAGS += [
    "<b " + "x='" * 1000 + ">",
    "<a/" + "/" * 3000 + ">",
    "<a" + " " * 3900 + ">",
    "<a " + "b=" * 1900 + ">",
    "&amp",
]


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_read_within_its_bound(raw: bytes) -> None:
    """What is too much of it is left out."""
    assert len(read(raw).body) <= LARGEST


@pytest.mark.parametrize("charset", CHARSETS, ids=repr)
def test_a_charset_may_be_called_anything(charset: str) -> None:
    """In the body, in a header, in a name: what is Japanese all the same is read."""
    text = "参照ID：12345"
    raw = f"Subject: =?{charset}?Q?=E5=8F=82?=\nContent-Type: text/plain; charset={charset}\n\n{text}".encode()
    body = read(raw).body
    assert body == text or charset in {"utf-7", "utf-16"}
    read(f"Content-Disposition: attachment; filename*={charset}''%E5%8F\nContent-Type: a/b\n\n".encode())


@pytest.mark.parametrize("tag", TAGS, ids=lambda tag: tag[:20])
def test_html_without_an_end_is_read_within_its_bound(tag: str) -> None:
    """The standard library's parser would take minutes."""
    read(typed("text/html", tag.encode() * (300_000 // len(tag))))


def test_what_is_left_out_is_said() -> None:
    """A password behind it would not be found."""
    assert read(typed("text/plain", b"a\n" * 200_000)).body.endswith(CUT)
    assert read(b"\n" + b"a" * (LARGEST + 1)).body.endswith(CUT)


def test_surrogates_never_come_out() -> None:
    """JSON cannot write them."""
    for label in ("utf-7", "utf-8", "utf-16-le", "unicode_escape", "cp932", ""):
        assert decoded(b"+2AA-\xed\xa0\x80\x00\xd8", label).encode()


@pytest.mark.parametrize("kind", [Maildir, EmlFolder])
def test_one_bad_mail_stops_nobody(tmp_path: Path, kind: type[Maildir | EmlFolder]) -> None:
    """Each is named, once; the good one is read."""
    for part in ("new", "cur"):
        (tmp_path / part).mkdir()
    place = tmp_path / "new" if kind is Maildir else tmp_path
    for number, raw in enumerate(BOMBS.values()):
        (place / f"{number}.eml").write_bytes(raw[:20_000])
    (place / "\x1b[31mfolder.eml").mkdir()
    (place / "device.eml").symlink_to("/dev/zero")
    (place / "nowhere.eml").symlink_to("/no/such/file")
    os.mkfifo(place / "pipe.eml")
    (place / "good.eml").write_bytes(b"To: a@example.jp\nSubject: good\n\n")
    box = kind(tmp_path)
    assert [mail.subject for mail in box.to("a@example.jp")] == ["good"]
    said = box.check()
    assert [line.partition(": ")[2] for line in said if "device" in line] == ["メールのファイルではありません"]
    assert any(line.startswith("␛[31mfolder.eml: ファイルを開けません") for line in said)
    assert any("多すぎます" in line for line in said)


SEEDS = [path.read_bytes() for path in sorted(CASES.glob("*.eml"))]
PIECES = [
    *(
        b"To: ",
        b"Cc: a@example.jp",
        b"Subject: ",
        b"Date: ",
        b"Received: ; ",
        b"From: ",
        b"\r\n",
        b"\n\n",
        b"\n ",
        b"\t",
    ),
    *(b"Content-Type: ", b"text/plain", b"text/html", b"multipart/alternative", b"multipart/digest", b"message/rfc822"),
    *(
        b"message/partial",
        b"message/delivery-status",
        b"; boundary=x",
        b"\n--x\n",
        b"\n--x--\n",
        b"; charset=",
        b"*0*=",
    ),
    *(
        b"Content-Transfer-Encoding: ",
        b"base64",
        b"quoted-printable",
        b"x-uuencode",
        b"begin 644 a\n",
        b"format=flowed",
    ),
    *(
        b"Content-Disposition: attachment; filename",
        b"*=utf-8''%E3",
        b'"',
        b"\\",
        b"<",
        b">",
        b"(",
        b")",
        b"@",
        b",",
        b";",
    ),
    *(
        b"=?",
        b"?=",
        b"?B?",
        b"?Q?",
        b"utf-8",
        b"iso-2022-jp",
        b"euc-jp",
        b"shift_jis",
        b"utf-7",
        b"utf-16",
        b"idna",
        b"hz",
    ),
    *(
        b"\x1b$B",
        b"\x1b(B",
        b"\x1b(I",
        b"\x1b$(D",
        b"\x0e",
        b"\x0f",
        b"\x8f",
        b"\xe3\x81\x82",
        b"\x82\xa0",
        b"\xa4\xa2",
    ),
    *(
        b"\xed\xa0\x80",
        b"+2AA-",
        b"\x00",
        b"\xff\xfe",
        b"<a href='http://x'>",
        b"</a>",
        b"<!--",
        b"<td>",
        b"&#1114112;",
    ),
    *(b"Fri, 31 Dec 9999 23:59:59 -1200", b"Mon, 1 Jan 0001 00:00:00 +1400", b"99999999999999999999", b"=41", b"QUFB"),
]
ANYTHING = st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=40).map(b"".join)


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """A mail of the world with something else in two places."""
    raw = draw(st.sampled_from(SEEDS))
    for _ in range(2):
        place, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 8))
        raw = raw[:place] + draw(st.sampled_from(PIECES) | st.binary(max_size=4)) + raw[place + length :]
    return raw


@tried(2000)
@given(ANYTHING | changed())
@example(b"")
@example(b"To: a <\n\n")
@example(b"\xff\xfe garbage")
@example(b"Content-Type: text/plain; charset=no-such\n\nbody")
def test_whatever_comes_is_read(raw: bytes) -> None:
    """And looked at as a person does: what kind, about whom, what stands in it."""
    mail = read(raw)
    beside(mail, DANSHIN, "request_id")
    Mails(EmlFolder(CASES), DANSHIN, "a@example.jp", EMPLOYEE)._is_about_another(mail)
    with suppress(DeviationError):
        assert link(mail).startswith("http")
