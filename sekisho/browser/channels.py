"""The browser for a run: one of this machine's by its name, or any program made from Chromium by its path."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sekisho.browser.build import Build, build_of
from sekisho.browser.places import KINDS, NAMES, Kind, Name, downloaded, is_snap, kind_named, program
from sekisho.language import Pair, say
from sekisho.machine.remedies import as_root, playwright
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

OPTION = "--browser"
PLAYWRIGHT_INSTALLS = ("msedge", "chrome", "chromium", "msedge-beta", "msedge-dev", "chrome-beta", "chrome-dev")
DEBIANS = ("chromium", "chromium-sandbox", "chromium-l10n")
SNAP = Pair(
    "snap のブラウザーは使えません（シナリオごとの HOME と D-Bus を使うことが、snap には許されていません）",
    "A browser of snap cannot be used (snap does not let it have a HOME and a D-Bus of each scenario)",
)
SITES: dict[Kind, str] = {"msedge": "https://www.microsoft.com/edge", "chrome": "https://www.google.com/chrome"}


@dataclass(frozen=True)
class BrowserChoice:
    """One browser: what it is called and where its program lies."""

    name: Name
    path: Path

    @classmethod
    def resolve(cls, asked: str | None = None, said_by: str = OPTION) -> BrowserChoice:
        """The browser of this name or path, or without one the first found of Edge, Chrome and Chromium.

        Raises ConfigurationProblemError for an unknown name and for a path that leads to no browser of Chromium's
        family, naming `said_by`, the option or key at fault; EnvironmentProblemError where there is no such browser.
        """
        if asked is not None and is_path(asked):
            return cls._at(written(asked), f"{said_by} {asked}")
        if asked is not None and asked not in NAMES:
            raise ConfigurationProblemError(
                say(f"{said_by} {asked} は使えません。{allowed()}", f"{said_by} {asked} cannot be used. {allowed()}")
            )
        found = [choice for choice in installed() if asked in {None, choice.name}]
        for choice in found:
            if not choice.build.problem:
                return choice
        remedy = install_browser(next((name for name in NAMES if name == asked), "chromium"))
        for choice in found:
            raise EnvironmentProblemError(
                say(
                    f"{choice.path} が動きません（{choice.build.problem}）。{remedy}。",
                    f"{choice.path} does not run ({choice.build.problem}). {remedy}.",
                )
            )
        missing = asked or say("Edge、Chrome、Chromium のどれも", "(neither Edge nor Chrome nor Chromium)")
        raise EnvironmentProblemError(
            say(
                f"ブラウザー {missing} が見つかりません。{remedy}。", f"No such browser was found: {missing}. {remedy}."
            )
        )

    @classmethod
    def _at(cls, path: Path, said: str) -> BrowserChoice:
        wrong = _wrong_with(path) or _not_chromium(build_of(path))
        if wrong:
            raise ConfigurationProblemError(f"{said}: {wrong}")
        return cls(build_of(path).kind or "chromium", path)

    @property
    def build(self) -> Build:
        """What the program says of itself."""
        return build_of(self.path)

    @property
    def kind(self) -> Kind:
        """Edge, Chrome, or anything else made from Chromium: as the program says, or else as its name does."""
        return self.build.kind or kind_named(self.name)

    def version(self) -> str:
        """The number of the program's version; empty where it does not say (Windows)."""
        return self.build.version


def is_path(asked: str) -> bool:
    """Whether a browser is asked for by its path: names have no separators."""
    return any(separator in asked for separator in (os.sep, os.altsep) if separator) or asked.startswith((".", "~"))


def written(asked: str, start: Path | None = None) -> Path:
    """The path that somebody wrote: ~ is a home, and a relative one starts at `start`, or else where the command runs.

    Always absolute, as the system looks for a program without a separator along PATH.
    """
    try:
        path = Path(asked).expanduser()
    except RuntimeError:  # a ~name that nobody here has: a file of that name, then
        path = Path(asked)
    return ((start or Path()) / path).absolute()


def allowed() -> str:
    """What may be asked for, as a sentence."""
    return say(
        f"{'、'.join(NAMES)} のどれかか、実行ファイルのパス（./ か / で始まる）を指定してください。",
        f"Must be one of {', '.join(NAMES)}, or the path of a program (beginning with ./ or /).",
    )


def installed() -> list[BrowserChoice]:
    """Every browser found: Edge, Chrome, Chromium, Playwright's own download, then those of other channels."""
    stable = [*_found(KINDS), *(BrowserChoice("chromium", path) for path in downloaded())]
    return [*stable, *_found(name for name in NAMES if name not in KINDS)]


def _found(names: Iterable[Name]) -> list[BrowserChoice]:
    return [BrowserChoice(name, path) for name in names if (path := program(name))]


def _wrong_with(path: Path) -> str:
    """What keeps a path from being a program at all; empty when nothing does."""
    if path.is_dir():
        inside = (
            say("（.app の中の Contents/MacOS にあります）", " (it is in Contents/MacOS of the .app)")
            if sys.platform == "darwin"
            else ""
        )
        return say(
            f"フォルダーです。その中の、ブラウザーの実行ファイルを指定してください{inside}。",
            f"A folder. Give the browser's program in it{inside}.",
        )
    if not path.exists():
        return say(
            "そのファイルはありません。ブラウザーの実行ファイルのパスを指定してください。",
            "There is no such file. Give the path of a browser's program.",
        )
    if not os.access(path, os.X_OK):
        remedy = say(f"「chmod +x {shlex.quote(str(path))}」", f'"chmod +x {shlex.quote(str(path))}"')
        return say(
            f"実行できるファイルではありません。ブラウザーなら{remedy}を実行してください。",
            f"Not an executable file. If it is a browser, run {remedy}.",
        )
    return (
        say(f"{SNAP}。{install_browser('chromium')}。", f"{SNAP}. {install_browser('chromium')}.")
        if is_snap(path)
        else ""
    )


def _not_chromium(build: Build) -> str:
    """What a program is instead; empty for one that may be a browser, which only a start can show."""
    if not build.runs:
        return say(
            f"プログラムとして実行できません（{build.problem}）。ブラウザーの実行ファイルを指定してください。",
            f"It cannot be run as a program ({build.problem}). Give a browser's program.",
        )
    if build.foreign:
        return say(
            f"Chromium 系のブラウザーではありません（--version の答え: {build.text}）。{allowed()}",
            f"Not a browser of Chromium's family (its answer to --version: {build.text}). {allowed()}",
        )
    return ""


def install_browser(name: Name) -> str:
    """What to do to have the browser of a name, as a sentence without its full stop."""
    if name == "chromium":
        own = playwright("install", "--with-deps", "chromium")
        debians = as_root(f"apt-get install {' '.join(DEBIANS)}")
        return say(f"「{own}」か、Debian では「{debians}」を実行してください", f'Run "{own}", or on Debian "{debians}"')
    if name not in PLAYWRIGHT_INSTALLS:
        return say(
            "導入して、コマンドの探される所（PATH）に置くか、実行ファイルのパスを指定してください",
            "Install it where commands are looked for (PATH), or give the path of its program",
        )
    return say(
        f"{SITES[kind_named(name)]} から導入するか、「{playwright('install', name)}」を実行してください",
        f'Install it from {SITES[kind_named(name)]}, or run "{playwright("install", name)}"',
    )
