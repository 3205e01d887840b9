"""PKCS#12 files that are made to keep whoever opens them busy."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from sekisho.pki import pkcs12_limits
from sekisho.pki.ber import INTEGER, OCTETS, SEQUENCE
from sekisho.pki.pkcs12 import BombError, ImportRefusedError, NotPkcs12Error, WrongPasswordError, read
from sekisho.pki.worker import Opener, TooLongError
from tests.browser.authority import Signer, root

QUICKLY = 2.0  # seconds


@pytest.fixture(scope="module")
def who() -> Signer:
    """Somebody with a key and a chain."""
    return root("Root").issue("CA", ca=True).issue("emp00001")


def sealed(who: Signer, rounds: int, password: str = "pw") -> bytes:
    """A file whose every key is derived with this many rounds."""
    lock = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(password.encode())
    )
    return pkcs12.serialize_key_and_certificates(b"emp00001", who.key, who.cert, who.above, lock)


def with_rounds(file: bytes, few: int, many: int) -> bytes:
    """The same file asking for another number of rounds, which takes as many bytes."""
    old, new = (bytes([2, 3]) + number.to_bytes(3, "big") for number in (few, many))
    assert old in file
    return file.replace(old, new)


def der(tag: int, *parts: bytes) -> bytes:
    """One element."""
    content = b"".join(parts)
    return bytes([tag, 0x84]) + len(content).to_bytes(4, "big") + content


DATA, SHA256 = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("300d06096086480165030402010500")
VERSION = bytes.fromhex("020103")


def file(safe: bytes, mac_rounds: int = 1) -> bytes:
    """A PKCS#12 file around some authenticated safe, written by hand."""
    count = mac_rounds.to_bytes((mac_rounds.bit_length() + 8) // 8, "big")
    mac = der(0x30, der(0x30, SHA256, der(4, bytes(32))), der(4, bytes(8)), der(2, count))
    return bytes.fromhex("3083") + _three(VERSION + der(0x30, DATA, der(0xA0, der(4, safe))) + mac)


def _three(content: bytes) -> bytes:
    return len(content).to_bytes(3, "big") + content


@pytest.mark.parametrize("rounds", [1, 2048, 600_000])
def test_files_as_programs_make_them_open(who: Signer, rounds: int) -> None:
    """OpenSSL's 2048 rounds, NSS's 600,000, and a tool that thought one was enough."""
    assert read(sealed(who, rounds), "pw").certificate == who.cert


def test_too_many_rounds_are_refused_before_any_is_made(who: Signer) -> None:
    """The sentence has the number. Nothing was derived: that of the key alone would take seconds, or an hour."""
    bombs = {
        with_rounds(sealed(who, 70_000), 70_000, 2**23 - 1): r"計算を1\d{7}回もくり返す",
        file(der(0x30), 2**31 - 1): r"計算を2147483647回",
        file(der(0x30), 2**4000): "計算を20桁を超える回数もくり返す",
        file(der(0x30), 2**1_000_000): "計算を20桁を超える回数もくり返す",
    }
    for bomb, said in bombs.items():
        began = time.monotonic()
        with pytest.raises(BombError, match=said):
            read(bomb, "pw")
        assert time.monotonic() - began < QUICKLY


def test_a_file_larger_than_any_chain_is_refused(who: Signer) -> None:
    """Whatever it is filled up with."""
    with pytest.raises(BombError, match=r"大きすぎます（\d{7}バイト"):
        read(file(der(0x30, der(0xA0, bytes(2**20)))), "pw")


@pytest.mark.parametrize("unit", ["3080", "2480", "a080", "30802480"])
def test_a_file_without_a_bottom_is_refused(unit: str) -> None:
    """Elements in elements, each without a length."""
    began = time.monotonic()
    with pytest.raises(ImportRefusedError):
        read(file(bytes.fromhex(unit) * 100_000), "pw")
    with pytest.raises(pkcs12_limits.LimitError, match="深すぎます"):
        pkcs12_limits.check(bytes.fromhex("3080" + unit * 100_000))
    assert time.monotonic() - began < QUICKLY


@pytest.mark.parametrize("unit", ["30800000", "3080040124800000a0800000", "3080" * 9 + "0000" * 9, "1fffffff"])
def test_a_file_that_is_scanned_again_at_every_level_is_refused(unit: str) -> None:
    """Forty sequences without lengths around a megabyte of others: the end of each is searched through all of it."""
    began = time.monotonic()
    inner = bytes.fromhex(unit) * (2**20 // (len(unit) // 2) - 50)
    with pytest.raises(pkcs12_limits.LimitError):
        pkcs12_limits.check(bytes.fromhex("3080" * 39) + inner + bytes(78))
    assert time.monotonic() - began < QUICKLY


def test_nesting_with_lengths_is_refused() -> None:
    """Sequences in sequences, and octet strings in octet strings."""
    deep = b""
    for _ in range(3000):
        deep = der(0x30, der(4, der(0x30, deep)))
    with pytest.raises(BombError, match="深すぎます"):
        read(file(deep), "pw")


def test_a_file_of_crumbs_is_refused() -> None:
    """Hundreds of thousands of elements."""
    began = time.monotonic()
    with pytest.raises(BombError, match="多すぎます"):
        read(file(der(0x30, bytes.fromhex("0500") * 400_000)), "pw")
    assert time.monotonic() - began < QUICKLY


@pytest.mark.parametrize("cut", [10, 60, 700])
def test_a_file_that_contradicts_itself_is_no_bomb_and_no_traceback(who: Signer, cut: int) -> None:
    """A part that claims to be longer than the whole."""
    whole = sealed(who, 1)
    with pytest.raises(ImportRefusedError):
        read(whole[:cut] + b"\xff" * 8 + whole[cut + 8 :], "pw")


def test_what_the_outside_does_not_show_ends_with_the_time_for_a_file(who: Signer) -> None:
    """A key bag in an encrypted part is seen only by who decrypts it: it is ended, and its successor works."""
    opener = Opener(seconds=0.2)
    slow = sealed(who, 1_500_000)
    began = time.monotonic()
    with pytest.raises(TooLongError):
        opener.open(slow, "pw")
    assert time.monotonic() - began < 10
    opener.seconds = 10
    assert opener.open(sealed(who, 1), "pw").pairs
    opener.stop()


def test_files_of_other_programs_pass_the_limits(who: Signer, tmp_path: Path) -> None:
    """OpenSSL's and NSS's, with their own defaults, wrong password and right."""
    given = tmp_path / "given.p12"
    given.write_bytes(sealed(who, 1))
    pem, made = tmp_path / "pem", tmp_path / "openssl.p12"
    run = subprocess.run
    run(
        ["openssl", "pkcs12", "-in", given, "-passin", "pass:pw", "-nodes", "-out", pem],
        check=True,
        capture_output=True,
    )
    for legacy in ((), ("-legacy",)):
        options = ("-export", "-in", pem, "-passout", "pass:other", "-out", made, *legacy)
        run(["openssl", "pkcs12", *options], check=True, capture_output=True)
        pkcs12_limits.check(made.read_bytes())
        assert read(made.read_bytes(), "other").certificate == who.cert
        with pytest.raises(WrongPasswordError):
            read(made.read_bytes(), "wrong")


def test_a_page_instead_of_a_file_is_named_as_before() -> None:
    """The outside of something else is not judged at all."""
    with pytest.raises(NotPkcs12Error, match="PKCS#12形式のファイルではありません"):
        read(b"<!doctype html><h1>Error</h1>" * 100, "pw")


def test_a_salt_that_begins_as_a_sequence_does_is_a_salt_all_the_same() -> None:
    """One in 65,000 does: the file of a portal that is right was called broken, once in a while."""
    salt, rounds = der(OCTETS, bytes.fromhex("3006 0405 0102 0304")), der(INTEGER, (2048).to_bytes(2, "big"))
    digest = der(OCTETS, bytes.fromhex("3012") + bytes(range(0x80, 0x92)))
    whole = der(SEQUENCE, der(INTEGER, b"\3"), der(SEQUENCE, der(SEQUENCE, digest), salt, rounds))

    pkcs12_limits.check(whole)
    with pytest.raises(pkcs12_limits.BrokenError):
        pkcs12_limits.check(whole[:-1])
