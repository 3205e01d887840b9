"""Files that come with a mail are found, named and whole, however old the program is that attached them."""

from __future__ import annotations

import base64
import binascii
import struct
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.mail.attachments import LARGEST, MOST, Attachment
from sekisho.mail.mailbox import Maildir
from sekisho.mail.message import parse
from tests.hostile.tries import bounded, tried

NAME = "証明書①.p12"
DATA = bytes(range(256)) * 20
CODE = "\n".join(textwrap.wrap(base64.b64encode(DATA).decode(), 76)).encode()
WORDS = base64.b64encode(NAME.encode("cp932")).decode()
HALVES = [base64.b64encode(NAME.encode()[:7]).decode(), base64.b64encode(NAME.encode()[7:]).decode()]
ESCAPED = "".join(f"%{octet:02X}" for octet in NAME.encode())

NAMES: dict[str, bytes] = {
    "RFC 2231": f"attachment; filename*=UTF-8''{ESCAPED}".encode(),
    "RFC 2231 in Shift_JIS": b"attachment; filename*=Windows-31J''"
    + "".join(f"%{octet:02X}" for octet in NAME.encode("cp932")).encode(),
    "RFC 2231 in pieces": f"attachment; filename*0*=UTF-8''{ESCAPED[:9]};\n filename*1*={ESCAPED[9:]}".encode(),
    "an encoded word within the parameter": f'attachment; filename="=?Windows-31J?B?{WORDS}?="'.encode(),
    "two of them, cut within a character": (
        f'attachment; filename="=?UTF-8?B?{HALVES[0]}?=\n =?UTF-8?B?{HALVES[1]}?="'.encode()
    ),
    "raw Shift_JIS": b'attachment; filename="' + NAME.encode("cp932") + b'"',
    "raw UTF-8, without quotes": b"attachment; filename=" + NAME.encode(),
    "inline": f"inline; filename*=UTF-8''{ESCAPED}".encode(),
}


def mail(
    disposition: bytes, kind: bytes = b"application/octet-stream", code: bytes = CODE, how: str = "base64"
) -> bytes:
    """A message with one file."""
    head = b"To: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\n"
    part = b"Content-Type: %b\nContent-Transfer-Encoding: %b\n" % (kind, how.encode())
    return head + part + b"Content-Disposition: %b\n\n%b\n--x--\n" % (disposition, code)


def files(raw: bytes) -> tuple[Attachment, ...]:
    """What is attached."""
    with bounded():
        return parse(raw).files


@pytest.mark.parametrize("disposition", NAMES.values(), ids=NAMES)
def test_its_name_is_read_however_it_is_written(disposition: bytes) -> None:
    """And its octets are those that were sent."""
    assert files(mail(disposition)) == (Attachment(NAME, len(DATA), DATA),)


def test_the_name_may_stand_with_the_kind() -> None:
    """As mail programs before 1997 have it."""
    kind = f'application/x-pkcs12; name="=?Windows-31J?B?{WORDS}?="'.encode()
    assert files(mail(b"attachment", kind))[0].name == NAME


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("quoted-printable", binascii.b2a_qp(DATA, istext=False)),
        (
            "x-uuencode",
            b"begin 644 a.p12\n"
            + b"".join(binascii.b2a_uu(DATA[i : i + 45]) for i in range(0, len(DATA), 45))
            + b"`\nend",
        ),
        ("BASE64", CODE.replace(b"\n", b"\r\n")),
    ],
    ids=["quoted-printable", "uuencode", "base64"],
)
def test_its_octets_come_out_of_every_transfer_encoding(how: str, code: bytes) -> None:
    """Whatever they are."""
    assert files(mail(b'attachment; filename="a.p12"', code=code, how=how))[0].data == DATA


def test_a_text_with_a_name_is_shown_and_kept() -> None:
    """A certificate in PEM that the mail program shows within the mail."""
    raw = mail(b'inline; filename="a.pem"', b"text/plain", b"-----BEGIN CERTIFICATE-----", "7bit")
    message = parse(raw)
    assert "BEGIN CERTIFICATE" in message.mail.body
    assert message.files == (Attachment("a.pem", 27, b"-----BEGIN CERTIFICATE-----"),)


def test_a_mail_without_a_file_has_none() -> None:
    """Nor do its texts become files."""
    both = b"Content-Type: multipart/alternative; boundary=x\n\n--x\n\na\n--x\nContent-Type: text/html\n\n<p>a\n--x--\n"
    assert files(both) == ()


def test_what_is_too_much_is_bounded() -> None:
    """A file larger than any certificate's is named only; a mail that is cut off says so; many files are enough."""
    large = "\n".join(textwrap.wrap(base64.b64encode(bytes(LARGEST + 1)).decode(), 76)).encode()
    (one,) = files(mail(b"attachment; filename=a", code=large))
    assert (one.size, one.data) == (LARGEST + 1, None)
    assert not parse(mail(b"attachment; filename=a", code=CODE * 500)).whole
    many = b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: a/b; name=c\n\nd\n" * 900
    assert len(files(many)) == MOST


def test_a_mail_is_found_again_with_its_files(tmp_path: Path) -> None:
    """Also after somebody else's mail of the same words."""
    for name in ("new", "cur"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1").write_bytes(mail(b"attachment; filename=mine.p12"))
    (tmp_path / "new" / "2").write_bytes(b"To: c@b.example\nSubject: s\n\nhello\n")
    box = Maildir(tmp_path)
    (found,) = box.to("a@b.example")
    assert [one.name for one in box.message(found).files] == ["mine.p12"]


@tried(150)
@given(
    st.binary(max_size=60), st.binary(max_size=200), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "?"])
)
def test_no_octets_make_reading_fail(name: bytes, code: bytes, how: str) -> None:
    """In the name or in the file."""
    for one in files(mail(b"attachment; filename=" + name.replace(b"\n", b""), code=code, how=how)):
        assert "\x1b" not in one.name


def packed(*given: tuple[bytes, bytes], long: str = "") -> bytes:
    """A winmail.dat with files, as MS-OXTNEF 2.1 has it: short names in the sender's code page, and a long one."""
    text = f"{long}\0".encode("utf-16-le")
    more = [(2, 0x69005, struct.pack("<IHHII", 1, 0x1F, 0x3707, 1, len(text)) + text)] if long else []
    parts = [(1, 0x89006, struct.pack("<I", 0x10000)), (1, 0x69007, struct.pack("<II", 932, 0))]
    for name, data in given:
        parts += [(2, 0x69002, bytes(14)), (2, 0x18010, name + b"\0"), (2, 0x6800F, data), *more]
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(
        struct.pack("<BII", level, key, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
        for level, key, data in parts
    )


OUTLOOK = b"attachment; filename=winmail.dat"


def test_what_outlook_packs_is_read_as_its_files() -> None:
    """Whatever the mail calls the pack; each knows what it came in."""
    code = base64.encodebytes(packed((NAME.encode("cp932"), DATA), (b"2.txt", b"second")))
    wanted = (Attachment(NAME, len(DATA), DATA, "winmail.dat"), Attachment("2.txt", 6, b"second", "winmail.dat"))
    assert files(mail(OUTLOOK, code=code)) == wanted
    assert files(mail(b"inline", b"application/ms-tnef; name=winmail.dat", code=code)) == wanted
    named = base64.encodebytes(packed((b"CERTIF~1.P12", DATA), long="髙橋の証明書.p12"))
    assert [one.name for one in files(mail(OUTLOOK, code=named))] == ["髙橋の証明書.p12"]


DAMAGED = {"empty": b"", "no pack": CODE, "cut off": base64.encodebytes(packed((b"a", DATA))[:-900])}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_a_pack_that_cannot_be_read_is_the_file_that_came(damaged: bytes) -> None:
    """Under its own name."""
    (found,) = files(mail(OUTLOOK, code=damaged))
    assert (found.name, found.pack, found.data) == ("winmail.dat", "", base64.b64decode(damaged))


@tried(30)
@given(st.lists(st.tuples(st.integers(6, 200), st.integers(0, 255)), max_size=8))
def test_a_damaged_pack_never_ends_the_reader(changes: list[tuple[int, int]]) -> None:
    """However long it says that its parts are."""
    pack = bytearray(packed((b"a.p12", DATA), (NAME.encode("cp932"), b"second")))
    for place, octet in changes:
        pack[place] = octet
    assert files(mail(OUTLOOK, code=base64.encodebytes(bytes(pack)))) is not None
