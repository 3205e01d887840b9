"""Files in folders that somebody else may have made: read within bounds and without following links, written whole.

A folder of results comes by mail, from a CI service's cache or out of an archive. A link in it may lead anywhere, a
pipe or a device never ends, and a name may climb out of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sekisho.language import say

MEGABYTE = 1_000_000
MOST = 64 * MEGABYTE
"""Bytes that any file of a run may have; pictures have 0.1 MB, a scenario's result less than 1 MB."""
NAME = r"[^./\\\x00-\x1f\x7f-\x9f][^/\\\x00-\x1f\x7f-\x9f]*"
"""What may be the name of a file: it does not begin with a dot, and has no separators or control characters."""
# What another system than Linux may lack: no link at the end of a path, and no waiting for the other end of a pipe.
SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class RefusedFileError(OSError):
    """A file that is not read or written; `strerror` says why, in Japanese."""

    def __init__(self, why: str, path: Path) -> None:
        """Say why, and which."""
        super().__init__(errno.EPERM, why, str(path))


def writable(folder: Path) -> Path:
    """A folder, made if it is not there and tried by a file that goes again. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return folder.resolve()


def read(path: Path, most: int = MOST) -> bytes:
    """The content of a regular file. Raises OSError: `RefusedFileError` for a link, a pipe, a device, or too much."""
    if path.is_symlink():
        raise RefusedFileError(say("リンクは読みません", "links are not read"), path)
    with open(os.open(path, os.O_RDONLY | SAFELY), "rb") as file:  # noqa: PTH123 - Path has no such flags
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise RefusedFileError(say("ふつうのファイルではありません", "not a regular file"), path)
        data = file.read(most + 1)
    if len(data) > most:
        raise RefusedFileError(
            say(f"大きすぎます（{most // MEGABYTE or 1} MB まで）", f"too large (at most {most // MEGABYTE or 1} MB)"),
            path,
        )
    return data


def write(path: Path, content: bytes | str, mode: int = 0o666) -> Path:
    """Make or replace a file so that a reader sees the old one or the whole new one; a link there is replaced.

    `mode` is who may read it, less what the umask forbids.

    Raises OSError; what was there before is then still there, and nothing else.
    """
    draft = path.with_name(f".{path.name[:80]}-{secrets.token_hex(4)}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFELY, mode)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, no path
            file.write(content.encode() if isinstance(content, str) else content)
        draft.replace(path)
    except BaseException as problem:
        with contextlib.suppress(OSError):
            draft.unlink()
        if isinstance(problem, OSError):
            problem.filename = problem.filename or str(path)  # writing knows no name, and a reader needs one
        raise
    return path


def inside(folder: Path, name: str) -> Path:
    """The path of a file in a folder, by a name with slashes that somebody wrote down.

    Raises `RefusedFileError` for a name that leads out of the folder, by itself or through a link.
    """
    path = folder
    for part in name.split("/"):
        if not re.fullmatch(NAME, part):
            raise RefusedFileError(
                say("フォルダーの中の名前ではありません", "not a name inside the folder"), folder / "…"
            )
        path /= part
        if path.is_symlink():
            raise RefusedFileError(say("リンクはたどりません", "links are not followed"), path)
    return path


def names(folder: Path, suffix: str = "") -> list[str]:
    """The names in a folder that end so and that `inside` takes, sorted; none where there is no such folder."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(_names(folder, suffix))


def _names(folder: Path, suffix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for one in entries:
            if one.name.endswith(suffix) and re.fullmatch(NAME, one.name) and not one.is_symlink():
                yield one.name
