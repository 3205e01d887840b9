"""What the system has to do with a browser: its package, its sandbox, snaps, and the commands that a person is told."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sekisho.browser import places, sandbox
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.places import downloaded, half_downloaded, is_snap, snaps
from sekisho.doctor import browsers, upgrades
from sekisho.machine import remedies
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages, snaps and AppArmor are Linux's")

Program = Callable[..., Path]
# What Ubuntu's package chromium-browser puts into /usr/bin.
STUB = 'if ! [ -x /snap/bin/chromium ]; then exit 1; fi\nexec /snap/bin/chromium "$@"'
CHROMIUM = "echo Chromium 150.0.7871.100"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Put programs on a PATH that has nothing else, away from this machine's browsers and lists."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "ms-playwright"))
    monkeypatch.setattr(sandbox, "DEBIANS", tmp_path / "lib")
    monkeypatch.setattr(sandbox, "RESTRICTION", tmp_path / "restriction")
    monkeypatch.setattr(sandbox, "PROFILES", tmp_path / "profiles")
    monkeypatch.setattr(upgrades, "LISTS", tmp_path / "lists")
    monkeypatch.setattr(upgrades, "STAMPS", (tmp_path / "lists",))

    def write(name: str, does: str = "", at: Path | None = None) -> Path:
        path = at or tmp_path / "bin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def plain_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not root, whoever runs the tests."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def own_build(program: Program, tmp_path: Path, *, whole: bool = True) -> Path:
    """Playwright's download."""
    path = program("chrome", CHROMIUM, tmp_path / "ms-playwright" / "chromium-1255" / "chrome-linux64" / "chrome")
    if whole:
        (path.parents[1] / "INSTALLATION_COMPLETE").touch()
    return path


def found(name: str) -> dict[str, str]:
    """The findings about browsers whose name begins so: detail by name, and fix under 'fix'."""
    one = next(one for one in browsers.browsers() if one.name.startswith(name))
    return {"detail": one.detail, "fix": one.fix, "ok": str(one.ok)}


def test_a_snap_is_no_browser(program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the script that leads to one nor a link to the snap program; both are named with the remedy."""
    monkeypatch.setattr(places, "SNAPS", tmp_path / "snap")
    (tmp_path / "bin" / "chromium").symlink_to(program("snap", at=tmp_path / "usr" / "bin" / "snap"))
    program("chromium-browser", STUB)

    assert [path.name for path in snaps()] == ["chromium", "chromium-browser"]
    assert "HOME と D-Bus" in found("chromium（snap）")["detail"]
    assert "playwright install --with-deps chromium" in found("chromium-browser（snap）")["fix"]
    with pytest.raises(EnvironmentProblemError, match="見つかりません"):
        BrowserChoice.resolve()
    with pytest.raises(ConfigurationProblemError, match="snap のブラウザーは使えません"):
        BrowserChoice.resolve(str(tmp_path / "bin" / "chromium-browser"))


def test_what_lies_in_a_snap_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is called; a script that has nothing to do with snaps is none."""
    monkeypatch.setattr(places, "SNAPS", tmp_path / "snap")
    inside = tmp_path / "snap" / "chromium" / "1" / "chrome"
    inside.parent.mkdir(parents=True)
    inside.touch()
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\nexec /usr/lib/chromium/chromium\n", encoding="utf-8")

    assert is_snap(inside)
    assert not is_snap(script)


def test_a_build_that_was_not_unpacked_to_the_end_is_no_browser(program: Program, tmp_path: Path) -> None:
    """Doctor says that it lies there."""
    own_build(program, tmp_path, whole=False)

    assert downloaded() == []
    assert [folder.name for folder in half_downloaded()] == ["chromium-1255"]
    assert "途中までしか入っていません" in next(one.detail for one in browsers.browsers() if "1255" in one.detail)


def test_a_browser_that_does_not_run_is_passed_over_and_named(program: Program, tmp_path: Path) -> None:
    """The next one is taken; where there is no other, the run is refused with its words."""
    broken = program("chromium", "echo 'libnss3.so: cannot open' >&2; exit 127")

    with pytest.raises(EnvironmentProblemError, match=r"chromium が動きません（libnss3.so: cannot open）.*install"):
        BrowserChoice.resolve()
    assert "libnss3.so" in found("chromium")["detail"]

    whole = own_build(program, tmp_path)
    assert BrowserChoice.resolve().path == whole
    assert broken != whole


@pytest.mark.parametrize(
    ("offered", "days", "says"),
    [
        ("156.0.8078.108-1", 0, "新しい版 156.0.8078.108-1 があります"),
        ("150.0.7871.100-1", 0, "新しい版はありません"),
        ("150.0.7871.100-1", 21, "分かりません（パッケージの一覧が 21 日前のものです）"),
        ("150.0.7871.100-1", None, "分かりません（パッケージの一覧がありません）"),
    ],
)
def test_a_browsers_package_is_compared_with_the_distributions(
    program: Program, tmp_path: Path, offered: str, days: int | None, says: str
) -> None:
    """By what apt says; old lists cannot tell. The command brings lists and browser up to date."""
    program("chromium", CHROMIUM)
    program("dpkg-query", "echo chromium: $2")
    program("dpkg", '[ "$2" != "$4" ]')
    program("apt-cache", f"echo chromium:; echo '  Installed: 150.0.7871.100-1'; echo '  Candidate: {offered}'")
    if days is not None:
        (tmp_path / "lists").mkdir()
        (tmp_path / "lists" / "deb.example.test_Packages.lz4").touch()
        then = time.time() - days * 24 * 60 * 60
        os.utime(tmp_path / "lists", (then, then))

    finding = found("chromium の更新")

    assert finding["detail"] == says
    assert finding["ok"] == str(says == "新しい版はありません")
    if finding["ok"] == "False":
        assert finding["fix"].replace("sudo ", "") == "apt-get update && apt-get install --only-upgrade chromium"


def test_a_browser_from_no_package_is_compared_with_nothing(program: Program, tmp_path: Path) -> None:
    """Playwright's build, and every browser where there is no apt."""
    own_build(program, tmp_path)
    assert not [one for one in browsers.browsers() if "更新" in one.name]


def test_apparmors_restriction_is_recognised_before_the_start(
    program: Program, tmp_path: Path, plain_user: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For Playwright's build without a profile; with a profile, or as root, the browser may start."""
    path = own_build(program, tmp_path)
    (tmp_path / "restriction").write_text("1\n")

    said = sandbox.problem(path) or ""
    assert "AppArmor" in said
    assert "playwright install chrome" in said
    assert "AppArmor" in sandbox.remedy(path)
    assert said in found("chromium（Playwright） のサンドボックス")["fix"]

    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "playwright").write_text("profile playwright @{HOME}/.cache/ms-playwright/**/chrome {}")
    assert sandbox.problem(path) is None

    (tmp_path / "profiles" / "playwright").unlink()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert sandbox.problem(path) is None


@pytest.mark.parametrize("name", ["chrome-sandbox", "msedge-sandbox"])
def test_a_browser_with_a_helper_needs_no_namespaces(
    program: Program, tmp_path: Path, plain_user: None, name: str
) -> None:
    """As Chrome and Edge have it in their packages; a helper without its special right is none."""
    browser = program("browser", at=tmp_path / "opt" / "browser")
    (tmp_path / "restriction").write_text("1\n")
    helper = tmp_path / "opt" / name
    helper.touch()

    assert "AppArmor" in (sandbox.problem(browser) or "")
    helper.chmod(0o4755)
    assert sandbox.problem(browser) is None


def test_debians_helper_is_named_where_namespaces_are_forbidden(
    program: Program, tmp_path: Path, plain_user: None
) -> None:
    """Debian's chromium does not start for a plain user without either."""
    chromium = program("chromium")
    (tmp_path / "lib").mkdir()

    program("unshare", "exit 1")
    assert "apt-get install chromium-sandbox" in (sandbox.problem(chromium) or "")
    program("unshare")
    assert sandbox.problem(chromium) is None


def test_commands_are_told_as_they_work_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By the launcher of a checkout, by uv, or installed; Playwright's by the program beside this Python."""
    monkeypatch.delenv("SEKISHO_COMMAND", raising=False)
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    assert remedies.command("run", "--select", "a b") == "sekisho run --select 'a b'"
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    assert remedies.command("list") == "uv run sekisho list"
    monkeypatch.setenv("SEKISHO_COMMAND", "bin/sekisho")
    assert remedies.command("list") == "bin/sekisho list"

    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    assert remedies.playwright("install", "chrome") == f"{tmp_path}/.venv/bin/playwright install chrome"
    monkeypatch.chdir(tmp_path)
    assert remedies.playwright("install", "chrome") == ".venv/bin/playwright install chrome"


def test_root_is_told_no_sudo_where_there_is_none(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare machine has none; a plain user is told of it all the same."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert remedies.install(["dbus"]) == "apt-get install dbus"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert remedies.install(["dbus"]) == "sudo apt-get install dbus"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program("sudo")
    assert remedies.install(["dbus"]) == "sudo apt-get install dbus"


def test_fedora_is_told_its_own_names(program: Program) -> None:
    """Where dnf is and apt-get is not."""
    program("dnf")
    program("sudo")
    assert (
        remedies.install(["libnss3-tools", "chromium-l10n", "chromium-sandbox"])
        == "sudo dnf install nss-tools chromium"
    )
    assert remedies.install(["dbus"], again=True) == "sudo dnf reinstall dbus-daemon"
