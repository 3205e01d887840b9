"""ZIP files that mean harm, are broken, or come from other programs: opened within bounds, or refused with a reason."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import pyzipper
from hypothesis import given
from hypothesis import strategies as st

from sekisho.pki.packed import Packed, ZipProblemError
from sekisho.pki.zip_contents import LARGEST, MOST_BYTES, MOST_FILES, MOST_UNPACKED, contents
from tests.hostile.tries import bounded, tried
from tests.manuals.portal.parcel import in_shift_jis

NAMES = "証明書/髙橋 ①.cer"


def packed(**files: bytes) -> bytes:
    """An honest one."""
    return written([(zipfile.ZipInfo(name), data) for name, data in files.items()])


def written(files: list[tuple[zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """One whose entries may say anything."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for one, data in files:
            one.compress_type = method
            file.writestr(one, data)
    return made.getvalue()


def opened(data: bytes, password: str = "") -> list[Packed]:
    """What is in it, found out quickly."""
    with bounded():
        return contents(data, password)


def refused(data: bytes, password: str = "") -> tuple[str, str]:
    """Why it is not opened."""
    with bounded(), pytest.raises(ZipProblemError) as refusal:
        contents(data, password)
    return refusal.value.why, str(refusal.value)


def named(name: str) -> bytes:
    """One with one file of a name."""
    return written([(zipfile.ZipInfo(name), b"x")])


def link() -> bytes:
    """One whose only file is a symbolic link."""
    one = zipfile.ZipInfo("証明書.p12")
    one.create_system, one.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return written([(one, b"/etc/shadow")])


def twice() -> bytes:
    """One with a name that is there twice, but for capitals and the form of its letters."""
    return written([(zipfile.ZipInfo("ガ.p12"), b"a"), (zipfile.ZipInfo("カ\u3099.P12"), b"b")])


def overlapping(copies: int = 400) -> bytes:
    """One whose entries all share the same octets: each of them is a megabyte."""
    whole = written([(zipfile.ZipInfo("a0"), bytes(LARGEST))])
    end = whole.rindex(b"PK\5\6")
    (start,) = struct.unpack("<I", whole[end + 16 : end + 20])
    entry = whole[start:end]
    listed = b"".join(entry.replace(b"a0", f"{number:02x}"[-2:].encode()) for number in range(copies))
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, copies, copies, len(listed), start, 0)
    return whole[:start] + listed + tail


def lying(size: int) -> bytes:
    """One that says another size of its file than it has."""
    whole = bytearray(packed(**{"a.cer": bytes(3 * LARGEST)}))
    at = whole.rindex(b"PK\1\2") + 24
    whole[at : at + 4] = struct.pack("<I", size)
    return bytes(whole)


HONEST = packed(**{"a.cer": b"certificate" * 100})

BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "nothing": (lambda: b"", "broken", "ZIP 形式のファイルではありません"),
    "a page": (lambda: b"<!doctype html><title>Error</title>", "broken", "ZIP 形式のファイルではありません"),
    "a PKCS#12 file": (lambda: bytes.fromhex("308201000201033082"), "broken", "ZIP 形式のファイルではありません"),
    "cut in half": (lambda: HONEST[: len(HONEST) // 2], "broken", "壊れています"),
    "without its end": (lambda: HONEST[:-1], "broken", "壊れています"),
    "a directory of noise": (lambda: HONEST.replace(b"PK\1\2", b"PK\7\7"), "broken", "壊れています"),
    "an entry that is not there": (lambda: HONEST.replace(b"PK\3\4", b"PK\3\5", 1), "broken", "ZIP 形式"),
    "other octets than promised": (
        lambda: HONEST.replace(struct.pack("<I", zlib.crc32(b"certificate" * 100)), b"\0\0\0\0"),
        "broken",
        "「a.cer」が壊れています",
    ),
    "a name with two dots": (lambda: named("../../a.p12"), "unsafe", "「../../a.p12」"),
    "a name with two dots of Windows": (lambda: named("x\\..\\a.p12"), "unsafe", "展開先の外"),
    "a name from the root": (lambda: named("/etc/passwd"), "unsafe", "展開先の外"),
    "a name with a drive": (lambda: named("C:a.p12"), "unsafe", "展開先の外"),
    "a name of a device": (lambda: named("鍵/NUL.p12"), "unsafe", "Windows に置けない"),
    "a name with an escape": (lambda: named("a\x1b[2J.p12"), "unsafe", "Windows に置けない"),
    "a name without an end": (lambda: named("あ" * 5000), "unsafe", "Windows に置けない"),
    "a link": (link, "unsafe", "シンボリックリンク"),
    "two of one name": (twice, "unsafe", "同じ名前"),
    "more files than anybody sends": (
        lambda: packed(**{f"{number}.cer": b"" for number in range(MOST_FILES + 1)}),
        "limit",
        f"ファイルが {MOST_FILES + 1} 個",
    ),
    "a whole that is too large": (lambda: b"PK\3\4" + bytes(MOST_BYTES), "limit", "開く上限"),
    "400 megabytes in two kilobytes": (lambda: overlapping(200), "broken", "「00」が壊れています"),
    "eleven times a megabyte and more": (
        lambda: packed(**{f"{number}.cer": bytes(LARGEST) for number in range(20)}),
        "limit",
        f"上限の {MOST_UNPACKED} バイト",
    ),
    "a size that is a lie": (lambda: lying(1000), "broken", "壊れています"),
    "a method of others": (
        lambda: written([(zipfile.ZipInfo("a.cer"), b"x")], zipfile.ZIP_LZMA),
        "unknown",
        "圧縮方式 14",
    ),
    "another method": (
        lambda: written([(zipfile.ZipInfo("a.cer"), b"x")], zipfile.ZIP_BZIP2),
        "unknown",
        "圧縮方式 12",
    ),
}


@pytest.mark.parametrize(("make", "why", "said"), BAD.values(), ids=BAD)
def test_a_bad_one_is_refused_with_its_reason(make: Callable[[], bytes], why: str, said: str) -> None:
    """Quickly, and without a file on the disk."""
    got = refused(make())
    assert (got[0], said in got[1]) == (why, True), got


def test_what_is_larger_than_certificates_is_named_and_left_packed() -> None:
    """A manual beside the certificates, or a bomb of a hundred thousand times its size."""
    big, small = opened(packed(**{"手引き.pdf": bytes(60 * LARGEST), "a.cer": b"x"}))
    assert (big.name, big.size, big.data) == ("手引き.pdf", 60 * LARGEST, None)
    assert small.data == b"x"


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_names_are_read_as_japanese_windows_reads_them(encoding: str) -> None:
    """Marked as UTF-8 or not; folders are no files."""
    if encoding == "cp932":
        whole = in_shift_jis({"証明書/": b"", NAMES: b"x"})
    else:
        whole = written([(zipfile.ZipInfo("証明書/"), b""), (zipfile.ZipInfo(NAMES), b"x")])
    assert [one.name for one in opened(whole)] == [NAMES]


def test_utf_8_without_a_mark_is_read_too() -> None:
    """As programs of other systems write it."""
    octets, stand_in = "鍵.cer".encode(), b"abc.cer"
    whole = packed(**{"abc.cer": b"x"}).replace(stand_in, octets)
    assert [one.name for one in opened(whole)] == ["鍵.cer"]


@pytest.mark.parametrize("bits", [128, 192, 256])
def test_the_newer_encryption_is_opened(bits: int) -> None:
    """AES in each of its strengths; the octets of the wrong password are never given out."""
    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as file:
        file.setpassword("ひみつ".encode())
        file.setencryption(pyzipper.WZ_AES, nbits=bits)
        file.writestr("a.p12", b"octets")
    assert opened(made.getvalue(), "ひみつ")[0].data == b"octets"
    assert opened(made.getvalue(), "ひみつ")[0].encrypted
    assert refused(made.getvalue(), "ひみ") == ("password", "「a.p12」はこのパスワードで開けません")
    assert refused(made.getvalue()) == ("password", "「a.p12」はパスワードで保護されています")


def test_the_older_encryption_is_opened(tmp_path: Path) -> None:
    """That of PKZIP, as the program `zip` writes it and as this test does where there is none."""
    whole = _zip_crypto("a.p12", b"octets" * 100, b"himitsu", tmp_path)
    assert opened(whole, "himitsu")[0].data == b"octets" * 100
    for wrong in range(300):  # one in 256 passes its first check
        assert refused(whole, f"no-{wrong}")[0] == "password"
    assert refused(whole)[0] == "password"


def _zip_crypto(name: str, data: bytes, password: bytes, folder: Path) -> bytes:
    """One file under PKZIP's own encryption, stored; told by the standard library, which reads it and writes none."""
    table = [_crc(octet) for octet in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(octet: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ octet) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    def sealed(octet: int) -> int:
        mask = keys[2] | 2
        told = octet ^ (((mask * (mask ^ 1)) >> 8) & 0xFF)
        update(octet)
        return told

    for octet in password:
        update(octet)
    crc = zlib.crc32(data)
    cipher = bytes(sealed(octet) for octet in bytes(11) + bytes([crc >> 24]) + data)
    told = name.encode()
    sizes = struct.pack("<III", crc, len(cipher), len(data))
    head = struct.pack("<HHHHH", 20, 1, 0, 0, 33) + sizes + struct.pack("<HH", len(told), 0)
    local = b"PK\3\4" + head + told + cipher
    listed = b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + told
    whole = local + listed + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(listed), len(local), 0)
    (folder / "a.zip").write_bytes(whole)
    with zipfile.ZipFile(folder / "a.zip") as judge:
        assert judge.read(name, password) == data
    return whole


def _crc(octet: int) -> int:
    for _ in range(8):
        octet = (octet >> 1) ^ 0xEDB88320 if octet & 1 else octet >> 1
    return octet


@tried(300)
@given(st.data())
def test_no_octets_make_it_fail_otherwise(data: st.DataObject) -> None:
    """Some of an honest one's are others."""
    whole = bytearray(HONEST)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    password = data.draw(st.sampled_from(["", "pw"]))
    with bounded(), suppress(ZipProblemError):
        contents(bytes(whole), password)
