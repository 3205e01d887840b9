"""The package's file: a ZIP that is written in one way only, so that any changed byte of it can be found.

Nothing is compressed, the files are in the order of their names, and no field has more than one allowed value: to
verify an archive is to read it, write what was read once more, and compare.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from sekisho.language import say

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
LARGEST = 1 << 30  # bytes of a whole package
MOST_FILES = 60_000
LONGEST_PART, LONGEST_NAME = 240, 1000  # characters that every system takes for a file's name, and for its path

_LOCAL, _ENTRY, _END = struct.Struct("<IHHHHHIIIHH"), struct.Struct("<IHHHHHHIIIHHHHHII"), struct.Struct("<IHHHHIIH")
_LOCAL_SIGN, _ENTRY_SIGN, _END_SIGN = 0x04034B50, 0x02014B50, 0x06054B50
_VERSION, _UNIX, _STORED = 20, 3 << 8, 0
_TIME, _DAY = 0, 0x21  # midnight of 1 January 1980, the first that a ZIP can say: when a file was put in says nothing
_MODE = 0o100644 << 16


class ArchiveError(Exception):
    """A file is no package as it is written here; the text says what and where."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """One archive of these files. Raises ArchiveError for a name or a size that a package cannot have."""
    _check(files)
    parts: list[bytes] = []
    entries: list[bytes] = []
    offset = 0
    for name in sorted(files):
        data, path = files[name], name.encode("ascii")
        common = (_TIME, _DAY, zlib.crc32(data), len(data), len(data), len(path), 0)
        parts += [_LOCAL.pack(_LOCAL_SIGN, _VERSION, 0, _STORED, *common), path, data]
        made_by = _UNIX | _VERSION
        entries += [_ENTRY.pack(_ENTRY_SIGN, made_by, _VERSION, 0, _STORED, *common, 0, 0, 0, _MODE, offset), path]
        offset += _LOCAL.size + len(path) + len(data)
    directory = b"".join(entries)
    end = _END.pack(_END_SIGN, 0, 0, len(files), len(files), len(directory), offset, 0)
    return b"".join([*parts, directory, end])


def _check(files: Mapping[str, bytes]) -> None:
    for name in files:
        if not proper(name):
            raise ArchiveError(
                say(
                    f"{name[:LONGEST_PART]!r}: パッケージに入れられないファイル名です"
                    f"（英数字と . _ - / だけが使え、それぞれ {LONGEST_PART} 文字までです）。",
                    f"{name[:LONGEST_PART]!r}: a package cannot have a file of this name (only letters, digits and "
                    f". _ - /, up to {LONGEST_PART} characters in each part).",
                )
            )
        if over := next((str(above) for above in PurePosixPath(name).parents if str(above) in files), ""):
            raise ArchiveError(
                say(
                    f"{over}: ファイルの名前が、{name} のフォルダーの名前でもあります。",
                    f"{over}: the name of a file, and also the folder of {name}.",
                )
            )
    if len(files) > MOST_FILES:
        raise ArchiveError(
            say(
                f"ファイルが {len(files)} 個あります。パッケージに入るのは {MOST_FILES} 個までです。",
                f"There are {len(files)} files. A package holds {MOST_FILES} at most.",
            )
        )
    size = sum(len(data) for data in files.values())
    if size > LARGEST:
        raise ArchiveError(
            say(
                f"全部で {size} バイトあります。パッケージに入るのは {LARGEST} バイトまでです。",
                f"There are {size} bytes in all. A package holds {LARGEST} at most.",
            )
        )


def proper(name: str) -> bool:
    """Whether a name stays inside the folder it is unpacked into, on every system."""
    parts = PurePosixPath(name).parts
    short = len(name) <= LONGEST_NAME and all(len(part) <= LONGEST_PART for part in parts)
    return short and ".." not in parts and bool(NAME.fullmatch(name))


def unpack(archive: bytes) -> dict[str, bytes]:
    """The files of an archive, without regard to whether they are what they were. Raises ArchiveError.

    Nothing is decompressed and nothing is written: what an archive claims is bounded by its own size.
    """
    try:
        return _unpack(archive)
    except struct.error as error:
        raise ArchiveError(say("ZIP の目次が途中で切れています。", "The directory of the ZIP is cut short.")) from error


def _unpack(archive: bytes) -> dict[str, bytes]:
    if len(archive) < _END.size or archive[:4] != _LOCAL_SIGN.to_bytes(4, "little"):
        raise ArchiveError(
            say(
                "sekisho certify が作った ZIP ではありません（先頭が違います）。",
                "Not a ZIP that sekisho certify made (its beginning is another).",
            )
        )
    sign, *_, count, size, start, _ = _END.unpack(archive[-_END.size :])
    if sign != _END_SIGN or start + size + _END.size != len(archive):
        raise ArchiveError(
            say(
                "ZIP の終わりに余分なデータがあるか、途中で切れています。",
                "The ZIP has surplus data at its end, or is cut short.",
            )
        )
    found: dict[str, bytes] = {}
    names: set[str] = set()
    place, expected = start, 0
    for _ in range(count):
        name, data, place, offset = _entry(archive, place)
        if offset != expected:  # else many entries could show the same bytes, which each takes into memory
            raise ArchiveError(
                say(
                    f"{name}: ファイルが隙間なく順に並んでいません。",
                    f"{name}: the files do not lie in order and without gaps.",
                )
            )
        expected = offset + _LOCAL.size + len(name) + len(data)
        if name.lower() in names:
            raise ArchiveError(
                say(
                    f"{name}: 同じ名前（大文字と小文字だけの違いを含む）のファイルが二つ入っています。",
                    f"{name}: there are two files of this name (names that differ only in upper and lower case "
                    "count as the same).",
                )
            )
        names.add(name.lower())
        found[name] = data
    return found


def _entry(archive: bytes, place: int) -> tuple[str, bytes, int, int]:
    sign, _, _, flags, method, _, _, _, packed, size, length, extra, comment, *_, offset = _ENTRY.unpack_from(
        archive, place
    )
    end = place + _ENTRY.size + length
    name = archive[place + _ENTRY.size : end].decode("utf-8", "replace")
    if sign != _ENTRY_SIGN:
        raise ArchiveError(
            say(
                f"ZIP の目次の {place} バイト目を読めません。",
                f"The directory of the ZIP cannot be read at byte {place}.",
            )
        )
    if not proper(name):
        raise ArchiveError(
            say(
                f"{name[:LONGEST_PART]!r}: フォルダーの外に出うる名前か、使えない文字のある名前か、長すぎる名前です。",
                f"{name[:LONGEST_PART]!r}: a name that may lead out of the folder, has characters that are not "
                "allowed, or is too long.",
            )
        )
    if method != _STORED or packed != size or flags:
        raise ArchiveError(
            say(
                f"{name}: 圧縮か暗号化されています。このパッケージでは使いません。",
                f"{name}: compressed or encrypted, which this package never is.",
            )
        )
    begin = offset + _LOCAL.size + length
    if begin + size > len(archive):
        raise ArchiveError(
            say(
                f"{name}: 書かれている大きさ {size} バイトが ZIP に収まりません。",
                f"{name}: its stated size of {size} bytes does not fit into the ZIP.",
            )
        )
    return name, archive[begin : begin + size], end + extra + comment, offset


def difference(archive: bytes, files: Mapping[str, bytes]) -> str:
    """Where an archive is not written as `pack` writes these files; empty when every byte is the same."""
    proper_one = pack(files)
    if archive == proper_one:
        return ""
    place = _first_difference(archive, proper_one)
    return say(
        f"ZIP の {place} バイト目が、certify の書く形と違います（見出しの改変、または作り直した ZIP）。",
        f"The ZIP differs at byte {place} from what certify writes (a changed header, or a ZIP made anew).",
    )


def _first_difference(one: bytes, other: bytes) -> int:
    """The first place at which they differ: half of what is left is compared at a time."""
    begin, end = 0, min(len(one), len(other))
    while begin < end:
        middle = (begin + end + 1) // 2
        same = memoryview(one)[begin:middle] == memoryview(other)[begin:middle]
        begin, end = (middle, end) if same else (begin, middle - 1)
    return begin
