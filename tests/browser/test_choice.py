"""Which browser a run takes: by name, by channel, by the path of any program made from Chromium; what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.browser import channels
from sekisho.browser.build import build_of
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.places import downloaded
from sekisho.target_file.browser_choice import browser_elsewhere, browser_for
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError
from tests.processes import until
from tests.target_file.least import LEAST

Program = Callable[..., Path]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Write a program that answers --version with a sentence."""

    def write(name: str, says: str, ends: str = "exit 0") -> Path:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\necho '{says}'\n{ends}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return write


@pytest.mark.parametrize(
    ("says", "kind", "version"),
    [
        ("Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)", "chromium", "156.0.8078.108"),
        ("Google Chrome 157.0.8100.3 beta", "chrome", "157.0.8100.3"),
        ("Google Chrome for Testing 147.0.7727.0", "chromium", "147.0.7727.0"),
        ("Microsoft Edge 156.0.3912.40 dev", "msedge", "156.0.3912.40"),
        ("Brave Browser 156.1.90.104", "chromium", "156.1.90.104"),
        ("Vivaldi 7.9.3970.47 stable", "chromium", "7.9.3970.47"),
    ],
)
def test_a_path_is_of_the_kind_that_the_program_says(program: Program, says: str, kind: str, version: str) -> None:
    """Its file is called something else."""
    path = program("microsoft-edge" if kind != "msedge" else "chromium", says)

    found = BrowserChoice.resolve(str(path))

    assert (found.kind, found.name, found.path) == (kind, kind, path)
    assert (found.version(), found.build.text) == (version, says)


def test_a_relative_path_starts_where_the_command_runs(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one of the folder itself: without its separator the system would look for it along PATH."""
    path = program("a browser", "Brave Browser 156.1.90.104")
    monkeypatch.chdir(path.parent)
    for asked in ("./a browser", f"../{path.parent.name}/a browser"):
        assert BrowserChoice.resolve(asked).path.resolve() == path
    monkeypatch.setenv("HOME", str(path.parent))
    assert BrowserChoice.resolve("~/a browser").path == path
    with pytest.raises(ConfigurationProblemError, match="そのファイルはありません"):
        BrowserChoice.resolve("~nobody-of-that-name/browser")


def test_what_does_not_answer_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser's command often is a script."""
    monkeypatch.setattr("sekisho.browser.build.ANSWER_SECONDS", 0.5)
    script = tmp_path / "browser"
    script.write_text(f"#!/bin/sh\nsleep 60 & echo $! > '{tmp_path}/pid'\nwait\n", encoding="utf-8")
    script.chmod(0o755)
    assert "答えません" in build_of(script).problem
    child = Path("/proc") / (tmp_path / "pid").read_text("utf-8").strip()
    until(lambda: not child.exists() or b"\nState:\tZ" in (child / "status").read_bytes(), seconds=5)


def test_a_name_is_of_the_kind_that_the_program_says(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Edge's command is something else, nothing is asked of Edge's pages."""
    monkeypatch.setenv("PATH", str(program("microsoft-edge", "Chromium 1.2.3.4").parent))
    assert BrowserChoice.resolve().kind == "chromium"


@pytest.mark.parametrize(
    ("command", "name", "kind"),
    [
        ("google-chrome-beta", "chrome-beta", "chrome"),
        ("google-chrome-unstable", "chrome-dev", "chrome"),
        ("microsoft-edge-beta", "msedge-beta", "msedge"),
        ("microsoft-edge-dev", "msedge-dev", "msedge"),
        ("chromium-beta", "chromium-beta", "chromium"),
    ],
)
def test_channels_are_found_by_their_commands(
    program: Program, monkeypatch: pytest.MonkeyPatch, command: str, name: str, kind: str
) -> None:
    """By name, and without a name where there is no other."""
    monkeypatch.setenv("PATH", str(program(command, "").parent))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", "/nowhere")
    assert BrowserChoice.resolve(name).kind == kind
    assert BrowserChoice.resolve().name == name
    assert downloaded() == []
    with pytest.raises(EnvironmentProblemError, match=r"chromium が見つかりません.*playwright install .*chromium"):
        BrowserChoice.resolve("chromium")


def test_a_channel_is_named_with_its_own_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Playwright calls it; a Chromium of tomorrow has no common source."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EnvironmentProblemError, match=r"chrome-beta が見つかりません.*playwright install chrome-beta"):
        BrowserChoice.resolve("chrome-beta")
    with pytest.raises(EnvironmentProblemError, match=r"chromium-dev が見つかりません。導入して"):
        BrowserChoice.resolve("chromium-dev")


def test_windows_and_macos_keep_each_channel_in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As their installers do."""
    place = tmp_path / "Google" / "Chrome Beta" / "Application" / "chrome.exe"
    place.parent.mkdir(parents=True)
    place.touch()
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert BrowserChoice.resolve("chrome-beta").path == place
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    mac = tmp_path / "Applications" / "Microsoft Edge Dev.app" / "Contents" / "MacOS" / "Microsoft Edge Dev"
    mac.parent.mkdir(parents=True)
    mac.touch(mode=0o755)
    mac.write_text("#!/bin/sh\n", encoding="utf-8")
    assert BrowserChoice.resolve("msedge-dev").path == mac


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (None, 0, r"そのファイルはありません"),
        ("<folder>", 0, r"フォルダーです"),
        ("#!/bin/sh\n", 0o644, r"実行できるファイルではありません.*chmod \+x"),
        ("just words\n", 0o755, r"プログラムとして実行できません（Exec format error）"),
        (
            "#!/bin/sh\necho 'Mozilla Firefox 140.12.0esr'\n",
            0o755,
            r"Chromium 系のブラウザーではありません.*Mozilla Firefox",
        ),
        ("#!/bin/sh\necho 'true (GNU coreutils) 9.1'\n", 0o755, r"Chromium 系のブラウザーではありません.*coreutils"),
    ],
)
def test_what_is_no_browser_is_a_mistake_in_the_option(
    tmp_path: Path, content: str | None, mode: int, said: str
) -> None:
    """One line: the option, the path, what is wrong with it."""
    path = tmp_path / "chromium"
    if content == "<folder>":
        path.mkdir()
    elif content is not None:
        path.write_text(content, encoding="utf-8")
        path.chmod(mode)
    with pytest.raises(ConfigurationProblemError, match=said) as problem:
        BrowserChoice.resolve(str(path))
    assert str(problem.value).startswith(f"--browser {path}: ")
    assert "\n" not in str(problem.value)


def test_an_unknown_name_is_refused_with_all_that_may_be_asked_for() -> None:
    """Names first, then the way to name a path."""
    with pytest.raises(
        ConfigurationProblemError, match=r"--browser chrom は使えません.*chrome-beta.*実行ファイルのパス"
    ):
        BrowserChoice.resolve("chrom")


def target(folder: Path, use: str) -> Path:
    """A target file with a browser."""
    path = folder / "portal.toml"
    path.write_text(f"{LEAST}[browser]\nuse = '{use}'\n", encoding="utf-8")
    return path


def test_the_option_goes_before_the_target_file(program: Program, tmp_path: Path) -> None:
    """Whose relative path starts at the file."""
    one, other = program("one", "Chromium 1.2.3.4"), program("other", "Google Chrome 5.6.7.8")
    file = target(tmp_path, "./one")
    assert browser_for(None, file).path == one
    assert browser_for(str(other), file).path == other
    assert browser_for(str(other), None).path == other


def test_a_mistake_in_the_target_file_names_file_and_key(tmp_path: Path) -> None:
    """An unknown name when the file is read, a wrong path when the browser is needed."""
    with pytest.raises(ConfigurationProblemError, match=r"portal.toml:\d+: browser.use = 'chrom': .*msedge"):
        browser_for(None, target(tmp_path, "chrom"))
    with pytest.raises(
        ConfigurationProblemError, match=r"portal.toml \[browser\] use: .*gone: そのファイルはありません"
    ):
        browser_for(None, target(tmp_path, "./gone"))


def test_a_browser_elsewhere_has_a_name(tmp_path: Path) -> None:
    """A path of this machine means nothing there."""
    assert browser_elsewhere(None, target(tmp_path, "msedge-beta")) == "msedge-beta"
    assert browser_elsewhere("chrome", target(tmp_path, "./one")) == "chrome"
    assert browser_elsewhere(None, None) is None
    with pytest.raises(ConfigurationProblemError, match=r"portal.toml \[browser\] use: ./one: --connect では"):
        browser_elsewhere(None, target(tmp_path, "./one"))
    with pytest.raises(ConfigurationProblemError, match=r"--browser /opt/x: --connect では"):
        browser_elsewhere("/opt/x", None)


def test_a_name_goes_before_a_folder_of_that_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody loses his browser to a folder in which he happens to be."""
    (tmp_path / "chromium").mkdir()
    monkeypatch.chdir(tmp_path)
    assert not channels.is_path("chromium")
    assert channels.is_path("./chromium")
    assert channels.is_path("~/chromium")
