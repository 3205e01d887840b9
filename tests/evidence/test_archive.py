"""The package's ZIP: others can read it, and no byte of it can be changed unnoticed."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from reports.package.archive import ArchiveError, difference, pack, unpack

FILES = {"run.json": b"{}", "scenarios/a-1.json": b'{"x": 1}', "empty": b"", "pictures/0.jpg": bytes(range(256))}


def broken(archive: bytes) -> str:
    """What is found wrong with an archive that should hold FILES; empty when nothing is."""
    try:
        found = unpack(archive)
    except ArchiveError as error:
        return str(error)
    return "other files" if found != FILES else difference(archive, found)


def zipped(name: str, data: bytes = b"x", method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive by another hand."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        archive.writestr(name, data)
    return memory.getvalue()


def test_what_goes_in_comes_out() -> None:
    """Byte for byte, and without a complaint."""
    assert unpack(pack(FILES)) == FILES
    assert broken(pack(FILES)) == ""


def test_others_read_it(tmp_path: Path) -> None:
    """Python's zipfile, which has nothing to do with how it was written."""
    (tmp_path / "p.zip").write_bytes(pack(FILES))
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES


def test_the_same_files_give_the_same_bytes() -> None:
    """In whatever order they are given, whenever it is."""
    assert pack(dict(reversed(FILES.items()))) == pack(FILES)


def test_every_single_changed_byte_is_found() -> None:
    """In files, names, headers, sums, sizes, times, attributes and the directory."""
    archive = pack(FILES)
    unnoticed = []
    for place in range(len(archive)):
        changed = bytearray(archive)
        changed[place] ^= 1
        if not broken(bytes(changed)):
            unnoticed.append(place)
    assert unnoticed == []


@pytest.mark.parametrize("place", range(0, len(pack(FILES)), 7))
def test_a_shortened_or_lengthened_archive_is_found(place: int) -> None:
    """Cut anywhere, or with a byte put in anywhere."""
    archive = pack(FILES)
    assert broken(archive[:place])
    assert broken(archive[:place] + b"\0" + archive[place:])


def test_something_before_or_behind_is_found() -> None:
    """A ZIP may carry both for other readers."""
    assert broken(b"#!/bin/sh\n" + pack(FILES))
    assert broken(pack(FILES) + b"tail")
    assert broken(pack(FILES) + pack(FILES))


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "..", "a//b", "a/./b", "x\ny", "名前", "a/", ".hidden"],
)
def test_a_name_that_could_leave_the_folder_is_refused(name: str) -> None:
    """On reading, and on writing."""
    with pytest.raises(ArchiveError, match=r"名前|先頭"):
        unpack(zipped(name))
    with pytest.raises(ArchiveError, match="ファイル名"):
        pack({name: b"x"})


def test_a_compressed_bomb_is_refused_without_unpacking_it() -> None:
    """A gigabyte of zeros in a megabyte: nothing is ever decompressed."""
    with pytest.raises(ArchiveError, match="圧縮"):
        unpack(zipped("bomb", bytes(1 << 26), zipfile.ZIP_DEFLATED))


def test_two_files_of_one_name_are_refused() -> None:
    """Also where only capitals tell them apart: on Windows they are one."""
    archive = bytearray(pack({"aa": b"1", "ab": b"2"}))
    with pytest.raises(ArchiveError, match="同じ名前"):
        unpack(bytes(archive).replace(b"ab", b"aa"))
    with pytest.raises(ArchiveError, match="同じ名前"):
        unpack(bytes(archive).replace(b"ab", b"AA"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"PK", id="two letters"),
        pytest.param(b"PK\x05\x06" + bytes(18), id="an empty archive"),
        pytest.param(b"x" * 1000, id="something else"),
        pytest.param(b"PK\x03\x04" + bytes(100), id="only a beginning"),
    ],
)
def test_what_is_no_archive_is_named(data: bytes) -> None:
    """Nothing is guessed."""
    with pytest.raises(ArchiveError):
        unpack(data)


def test_noise_never_ends_in_anything_but_a_sentence() -> None:
    """Random bytes behind a ZIP's beginning and before its end."""
    good = pack(FILES)
    for _ in range(300):
        noise = good[:4] + os.urandom(120) + good[-22:]
        with pytest.raises(ArchiveError):
            unpack(noise)
