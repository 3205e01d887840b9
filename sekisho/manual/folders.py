"""The manuals that there are. Each is one folder with all that is its own, wherever that lies.

Ours lie in `features/`; others are named by `--manual-dir`, or brought by a package with an entry point of the group
`sekisho.manuals`, which gives a folder or a package that is one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from types import ModuleType

from pydantic import ValidationError

from sekisho.language import Pair, say
from sekisho.layout import part
from sekisho.machine import toml_text
from sekisho.machine.explaining import explain, near
from sekisho.machine.toml_lines import Lines
from sekisho.manual import facts, family_checks
from sekisho.manual.model import About
from sekisho.verdict import ConfigurationProblemError

FEATURES = part("features")
GROUP = "sekisho.manuals"
ABOUT, ROWS, DIALECT, ACCOUNTS, DURATIONS = "manual.toml", "rows.csv", "dialect.toml", "accounts.csv", "durations.csv"
BINDING = "test_scenarios.py"
EXPLORE = "explore"
"""The folder in a manual's own whose features are procedures to explore, and no scenarios of a usual run."""
NEEDED = {
    ABOUT: Pair("手順書の名前とサイトを書きます", "It must have the manual's name and sites"),
    ROWS: Pair(
        "手順書の項番を書きます（id,procedure,step,does,expects）",
        "It must have the manual's rows (id,procedure,step,does,expects)",
    ),
    DIALECT: Pair("画面の言葉を書きます", "It must have the words of the screens"),
    ACCOUNTS: Pair(
        "シナリオの求める利用者を書きます（id,scenario,state,traits,consumed）",
        "It must have the users that scenarios ask for (id,scenario,state,traits,consumed)",
    ),
    BINDING: Pair(
        'シナリオを pytest に結びます（from pytest_bdd import scenarios と scenarios(".") の 2 行）',
        'It must bind the scenarios to pytest (2 lines: from pytest_bdd import scenarios, and scenarios("."))',
    ),
}
_added: list[Path] = []


@dataclass(frozen=True, eq=False)
class Manual:
    """One manual: what it says of itself, and its folder."""

    folder: Path
    about: About

    @property
    def id(self) -> str:
        """Its name in commands and results."""
        return self.about.id

    @property
    def features(self) -> list[Path]:
        """Its feature files."""
        explored = set(self.explored)
        return sorted(one for one in self.folder.rglob("*.feature") if one not in explored)

    @property
    def explored(self) -> list[Path]:
        """The feature files of its procedures to explore."""
        return sorted((self / EXPLORE).glob("*.feature"))

    def __truediv__(self, name: str) -> Path:
        """A file of its folder."""
        return self.folder / name


def add(folders: Iterator[Path] | list[Path]) -> None:
    """Let there be the manuals in these folders too, in this process."""
    new = [one for one in dict.fromkeys(map(_place, folders)) if one not in _added]
    if new:
        _added.extend(new)
        known.cache_clear()


@contextmanager
def one_more(folder: Path) -> Iterator[Manual]:
    """For a while, let there be the manual in this folder too; gives it."""
    before = list(_added)
    add([folder])
    try:
        yield next(one for one in known().values() if one.folder == _place(folder))
    finally:
        _added[:] = before
        known.cache_clear()


def _place(folder: Path | str | os.PathLike[str]) -> Path:
    """Where a folder lies: of links that lead round in a circle, the first (`Path.resolve` raises RuntimeError)."""
    return Path(os.path.realpath(folder))


def added() -> list[Path]:
    """The folders that were added."""
    return list(_added)


def options() -> list[str]:
    """What a command that a person is told to type needs, to know them too."""
    return [word for folder in _added for word in ("--manual-dir", str(folder))]


@cache
def known() -> Mapping[str, Manual]:
    """Every manual, by its name: ours, then those from elsewhere in the order in which they were named.

    Raises ConfigurationProblemError that says file, line, what and remedy.
    """
    found: dict[str, Manual] = {}
    for folder in _folders():
        manual = read(folder)
        if other := found.get(manual.id):
            raise ConfigurationProblemError(
                say(
                    f"{folder / ABOUT}: id = {manual.id!r}: 同じ名前の手順書が {other.folder} にもあります。"
                    "どちらかの id を変えてください。",
                    f"{folder / ABOUT}: id = {manual.id!r}: there is a manual of that name in {other.folder} too. "
                    "Change one of the ids.",
                )
            )
        found[manual.id] = manual
    return found


def elsewhere() -> list[Manual]:
    """Those that are not ours."""
    return [one for one in known().values() if not one.folder.is_relative_to(FEATURES)]


def named(name: str) -> Manual:
    """The manual of a name. Raises ConfigurationProblemError for one that there is not."""
    try:
        return known()[name]
    except KeyError:
        raise ConfigurationProblemError(
            say(
                f"手順書 {name} はありません{near(name, known())}。", f"there is no manual {name}{near(name, known())}."
            )
        ) from None


def holding(path: Path) -> Manual | None:
    """The manual to which a file belongs."""
    return next((one for one in known().values() if path.is_relative_to(one.folder)), None)


def text_of(path: Path) -> str:
    """The text of a file. Raises ConfigurationProblemError naming the line that is not UTF-8."""
    if path.is_fifo() or path.is_char_device():  # which would be waited for, or never end
        raise ConfigurationProblemError(
            say(
                f"{path}: ふつうのファイルではありません。取り除いてください。",
                f"{path}: not a regular file. Remove it.",
            )
        )
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationProblemError(
            say(f"{path}: 読めません（{error.strerror}）。", f"{path}: cannot be read ({error.strerror}).")
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigurationProblemError(
            say(
                f"{path}:{line}: UTF-8 ではありません（Shift_JIS など）。UTF-8 で保存し直してください。",
                f"{path}:{line}: not UTF-8 (Shift_JIS, say). Save it in UTF-8.",
            )
        ) from error


def table_of(path: Path) -> tuple[str, dict[str, object]]:
    """The text and the content of a TOML file. Raises ConfigurationProblemError."""
    text = text_of(path)
    return text, toml_text.parsed(text, path)


def read(folder: Path) -> Manual:
    """The manual in a folder. Raises ConfigurationProblemError for what it lacks and what is wrong with its file."""
    if missing := [name for name in NEEDED if not (folder / name).is_file()]:
        lacking = "\n".join(
            say(f"{folder / name}: ありません。{NEEDED[name]}。", f"{folder / name}: not there. {NEEDED[name]}.")
            for name in missing
        )
        raise ConfigurationProblemError(
            lacking
            if folder.is_dir()
            else say(f"{folder}: そのフォルダーはありません。", f"{folder}: there is no such folder.")
        )
    path = folder / ABOUT
    text, said = table_of(path)
    try:
        about = About.model_validate(said)
        mistakes = [*facts.problems(about), *family_checks.problems(about)]
    except ValidationError as error:
        mistakes = list(explain(error, About))
    if mistakes:
        lines = Lines(text)
        raise ConfigurationProblemError("\n".join(f"{path}{lines.behind(key)}: {what}" for key, what in mistakes))
    return Manual(folder, about)


def _folders() -> Iterator[Path]:
    yield from sorted(path for path in FEATURES.iterdir() if (path / ABOUT).is_file())
    yield from _added
    for entry in metadata.entry_points(group=GROUP):
        if (folder := _brought(entry)) not in _added:
            yield folder


def _brought(entry: metadata.EntryPoint) -> Path:
    """The folder that a package brings. Raises ConfigurationProblemError where it does not."""
    of = f"{entry.dist.name} {entry.dist.version}" if entry.dist else say("パッケージ", "a package")
    place = say(
        f"{of} のエントリーポイント {GROUP} の {entry.name} = {entry.value}",
        f"entry point {GROUP} of {of}, {entry.name} = {entry.value}",
    )
    try:
        found = entry.load()
    except (Exception, SystemExit) as error:  # whatever a stranger's package does when it is imported
        raise ConfigurationProblemError(
            say(
                f"{place}: 読み込めません（{type(error).__name__}: {error}）。パッケージを直すか、取り除いてください。",
                f"{place}: cannot be loaded ({type(error).__name__}: {error}). Mend the package, or remove it.",
            )
        ) from error
    if isinstance(found, ModuleType):
        found = Path(next(iter(found.__path__))) if hasattr(found, "__path__") else None
    if not isinstance(found, str | os.PathLike):
        raise ConfigurationProblemError(
            say(
                f"{place}: 手順書のフォルダー（パスかパッケージ）を示していません。",
                f"{place}: does not lead to the folder of a manual (a path or a package).",
            )
        )
    return _place(found)
