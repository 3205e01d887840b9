"""What this system refuses to do, in words with a remedy; and whether a place has no room left."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sekisho.language import Pair, say
from sekisho.verdict import BlockedError, BrokenError, EnvironmentProblemError, NotApplicableError

REMEDIES = {
    errno.ENOSPC: Pair(
        "空き容量を作るか、--out や環境変数 TMPDIR で別の場所を指定してください",
        "Make room, or name another place with --out or the environment variable TMPDIR",
    ),
    errno.EDQUOT: Pair(
        "割り当て容量を空けるか、--out や環境変数 TMPDIR で別の場所を指定してください",
        "Free some of your quota, or name another place with --out or the environment variable TMPDIR",
    ),
    errno.EROFS: Pair(
        "書き込める場所を --out や環境変数 TMPDIR で指定してください",
        "Name a place that can be written to with --out or the environment variable TMPDIR",
    ),
    errno.EACCES: Pair("権限を確かめてください", "Check the permissions"),
    errno.EPERM: Pair("権限を確かめてください", "Check the permissions"),
    errno.EMFILE: Pair(
        "開けるファイルの数の上限（ulimit -n）を上げてください", "Raise the limit of open files (ulimit -n)"
    ),
    errno.ENFILE: Pair("開けるファイルの数の上限を上げてください", "Raise the system's limit of open files"),
    errno.ENOMEM: Pair("メモリーを空けるか、--jobs を減らしてください", "Free memory, or lower --jobs"),
}
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
LEAST = 2**20  # bytes; a browser's profile alone takes several times as many


def said(problem: OSError) -> str:
    """What was refused, where, and what to do."""
    place = f"{problem.filename}: " if problem.filename else ""
    remedy = str(REMEDIES.get(problem.errno or 0, ""))
    return say(
        f"{place}{problem.strerror or problem}。{remedy + '。' if remedy else ''}",
        f"{place}{problem.strerror or problem}.{f' {remedy}.' if remedy else ''}",
    )


def no_room(folders: Iterable[Path] = ()) -> str:
    """Which of the temporary folder and some others is full, and what to do; empty where none is."""
    for folder in dict.fromkeys([Path(tempfile.gettempdir()), *folders]):
        try:
            free = shutil.disk_usage(folder).free
        except OSError:  # it has gone, which is told otherwise
            continue
        if free < LEAST:
            return say(
                f"{folder} に空きがない（残り {free // 1024} kB）。{REMEDIES[errno.ENOSPC]}。",
                f"{folder} is full ({free // 1024} kB left). {REMEDIES[errno.ENOSPC]}.",
            )
    return ""


def explained(error: BaseException | None, folders: Iterable[Path] = ()) -> BaseException | None:
    """What ended a scenario, where this system is to blame; else the error itself, or none.

    Without room nothing that was seen says anything about the portal, not even that all is well.
    """
    if isinstance(error, NotApplicableError | BlockedError):
        return error
    full = no_room(folders) or next(filter(None, map(_lacking, _chain(error))), "")
    if full:
        return _caused(
            BrokenError(
                say(
                    f"{full}。そのため、次のことはポータルの問題とは言えない: {error}",
                    f"{full} Therefore this cannot be held against the portal: {error}",
                )
                if error
                else full
            ),
            error,
        )
    return _caused(EnvironmentProblemError(said(error)), error) if isinstance(error, OSError) else error


def _lacking(error: BaseException) -> str:
    """What was refused for want of room, if that was it."""
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
        return say(f"{error}。{REMEDIES[errno.ENOSPC]}。", f"{error}. {REMEDIES[errno.ENOSPC]}.")
    return said(error) if isinstance(error, OSError) and error.errno in NO_ROOM else ""


def _caused(problem: Exception, error: BaseException | None) -> Exception:
    problem.__cause__ = error
    return problem


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
