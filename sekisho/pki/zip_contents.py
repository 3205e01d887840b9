"""What a ZIP file holds, as Windows opens it. Run where it can be ended (`worker`): a stranger made it.

Nothing is written to the disk: a name in a ZIP is only a name. What is too large is named and not unpacked.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pyzipper

from sekisho.language import say
from sekisho.pki.packed import Packed, ZipProblemError

MOST_BYTES = 32 * 2**20  # of the whole file
MOST_FILES = 500
LARGEST = 2**20  # bytes of one file that is unpacked: those of certificates and keys have some thousands
MOST_UNPACKED = 16 * 2**20  # bytes of all of them together
LONGEST_NAME = 400  # characters that are looked at
METHODS = {pyzipper.ZIP_STORED, pyzipper.ZIP_DEFLATED, 99}  # 99: the method is told with the encryption (AES)
UTF_8, ENCRYPTED = 0x800, 0x1
ROOTED = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
DEVICE = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^/]*)?$", re.IGNORECASE)
FAR = "\u0800"  # where UTF-8 takes three octets: two may be a pair of half-width kana in Shift_JIS
UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


def contents(data: bytes, password: str) -> list[Packed]:
    """Every file in a ZIP, without its folders. Raises ZipProblemError."""
    if len(data) > MOST_BYTES:
        raise ZipProblemError(
            "limit",
            say(
                f"{len(data)} バイトあり、開く上限の {MOST_BYTES} バイトを超えます",
                f"it has {len(data)} bytes, more than the {MOST_BYTES} that are opened",
            ),
        )
    if not data.startswith((b"PK\3\4", b"PK\5\6")):
        raise ZipProblemError("broken", say("ZIP 形式のファイルではありません", "it is no ZIP file"))
    try:
        with pyzipper.AESZipFile(io.BytesIO(data)) as file:
            return list(_unpacked(file, password))
    except ZipProblemError:
        raise
    except Exception as problem:  # whatever a stranger's octets make the library raise
        raise ZipProblemError(
            "broken",
            say(
                f"壊れています（{problem or type(problem).__name__}）",
                f"it is damaged ({problem or type(problem).__name__})",
            ),
        ) from problem


def _unpacked(file: pyzipper.AESZipFile, password: str) -> Iterator[Packed]:
    listed = [one for one in file.infolist() if not _name(one).endswith("/")]
    _check(listed)
    left = MOST_UNPACKED
    for one in listed:
        data = _data(file, one, password, left) if one.file_size <= LARGEST else None
        left -= len(data or b"")
        size = one.file_size if data is None else len(data)
        yield Packed(_name(one), size, bool(one.flag_bits & ENCRYPTED), data)


def _check(listed: list[pyzipper.ZipInfo]) -> None:
    if len(listed) > MOST_FILES:
        raise ZipProblemError(
            "limit",
            say(
                f"ファイルが {len(listed)} 個あり、上限の {MOST_FILES} 個を超えます",
                f"it has {len(listed)} files, more than the limit of {MOST_FILES}",
            ),
        )
    seen = Counter(unicodedata.normalize("NFC", _name(one)).casefold() for one in listed)
    for one in listed:
        name = _name(one)
        if ROOTED.search(name) or DEVICE.search(name) or UNSEEN.search(name) or len(name) > LONGEST_NAME:
            raise ZipProblemError(
                "unsafe",
                say(
                    f"展開先の外に出るか、Windows に置けない名前のファイル「{name[:80]}」があります",
                    f'it has a file "{name[:80]}", which leads out of the folder or cannot be on Windows',
                ),
            )
        if stat.S_ISLNK(one.external_attr >> 16):
            raise ZipProblemError(
                "unsafe",
                say(
                    f"「{name}」は、ファイルではなくシンボリックリンクです",
                    f'"{name}" is not a file but a symbolic link',
                ),
            )
        if seen[unicodedata.normalize("NFC", name).casefold()] > 1:
            raise ZipProblemError(
                "unsafe",
                say(f"同じ名前「{name}」のファイルが2つ以上あります", f'it has two or more files named "{name}"'),
            )
        if one.compress_type not in METHODS:
            raise ZipProblemError(
                "unknown",
                say(
                    f"「{name}」の圧縮方式 {one.compress_type} を、この道具は知りません",
                    f'"{name}" is compressed by method {one.compress_type}, which is not known here',
                ),
            )


def _data(file: pyzipper.AESZipFile, one: pyzipper.ZipInfo, password: str, left: int) -> bytes:
    """The octets of one file, also where the ZIP lies about their number."""
    most = min(LARGEST, left)
    if one.file_size > most:
        raise ZipProblemError(
            "limit",
            say(
                f"全部を展開すると、上限の {MOST_UNPACKED} バイトを超えます",
                f"unpacked it would have more than the limit of {MOST_UNPACKED} bytes",
            ),
        )
    if not one.flag_bits & ENCRYPTED:
        return _read(file, one, None)
    if not password:
        raise ZipProblemError(
            "password",
            say(f"「{_name(one)}」はパスワードで保護されています", f'"{_name(one)}" is protected by a password'),
        )
    try:
        return _read(file, one, password.encode())
    except ZipProblemError:
        if password.isascii():
            raise
        return _read(file, one, password.encode("cp932", "replace"))  # as programs of Windows have it


def _read(file: pyzipper.AESZipFile, one: pyzipper.ZipInfo, password: bytes | None) -> bytes:
    try:
        with file.open(one, pwd=password) as opened:
            return bytes(opened.read(LARGEST + 1))
    except Exception as problem:
        if password:  # one in 256 wrong passwords passes the old encryption's check, and then nothing fits
            raise ZipProblemError(
                "password",
                say(
                    f"「{_name(one)}」はこのパスワードで開けません",
                    f'"{_name(one)}" cannot be opened with this password',
                ),
            ) from problem
        raise ZipProblemError(
            "broken",
            say(
                f"「{_name(one)}」が壊れています（{problem or type(problem).__name__}）",
                f'"{_name(one)}" is damaged ({problem or type(problem).__name__})',
            ),
        ) from problem


def _name(one: pyzipper.ZipInfo) -> str:
    """A name as Japanese Windows reads it: where it is not marked as UTF-8, in the system's own encoding."""
    name: str = one.orig_filename
    if not one.flag_bits & UTF_8:
        octets = name.encode("cp437")
        name = _told(octets)
    return name.replace("\\", "/")


def _told(octets: bytes) -> str:
    """Programs of other systems write UTF-8 without the mark: read as Shift_JIS it would be no words."""
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp932", "replace")
    return text if octets.isascii() or any(one >= FAR for one in text) else octets.decode("cp932", "replace")
