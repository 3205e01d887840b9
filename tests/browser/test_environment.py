"""What is found on the machine, and what is said where something is missing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from sekisho.browser import channels, driver
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.pc import Pc
from sekisho.certstore import NativeStore, StoreToolError, token
from sekisho.doctor import environment
from sekisho.native_ui import AccessibilityBus, bus
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any of the programs."""
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "cat"):
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setattr(environment, "SERVICES", tmp_path / "none")
    monkeypatch.setattr(bus, "SERVICES", tmp_path / "none")
    monkeypatch.setattr(token, "MODULES", ())


def test_everything_is_found_here() -> None:
    """On a machine that was set up nothing is missing and the native store can be used."""
    found = environment.detect()
    named = {one.name for one in found.findings}
    assert {"certutil", "pk12util", "dbus-daemon", "at-spi2-core", "Xvfb", "xdotool", "uv", "OS", "Playwright"} <= named
    assert {"libsofthsm2.so", "pkcs11-tool"} <= named
    assert environment.native_problem() is None


def test_on_a_bare_machine_each_thing_has_a_remedy(bare: None) -> None:
    """Every finding that is not ok says what to type."""
    missing = environment.detect().missing
    names = {one.name for one in missing}
    assert {"ブラウザー", "certutil", "pk12util", "dbus-daemon", "at-spi2-core", "日本語フォント"} <= names
    assert {"Xvfb", "xdotool", "libsofthsm2.so", "pkcs11-tool"} <= names
    assert {"softhsm2", "opensc"} <= set(environment.packages(environment.detect().missing))
    assert all("install" in one.fix or "https" in one.fix or "make" in one.fix for one in missing)
    problem = environment.native_problem()
    assert problem is not None
    assert "apt-get install libnss3-tools dbus at-spi2-core" in problem


def test_a_driver_that_lacks_a_library_is_named_with_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As on a bare Debian, where nothing else says why no browser starts."""
    said = "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file"
    program = tmp_path / "node"
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 127\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(driver, "FOLDER", tmp_path)

    problem = driver.problem()

    assert problem is not None
    assert "libatomic.so.1" in problem
    assert "install libatomic1" in problem


def test_an_absent_browser_is_named_with_its_remedy(bare: None) -> None:
    """Edge is asked for by name and is not there."""
    with pytest.raises(EnvironmentProblemError, match=r"msedge が見つかりません.*playwright install msedge"):
        BrowserChoice.resolve("msedge")
    with pytest.raises(EnvironmentProblemError, match="のどれも が見つかりません"):
        BrowserChoice.resolve()


def test_an_unknown_browser_is_a_mistake_in_the_command() -> None:
    """It is not the machine's fault; the allowed names are listed."""
    with pytest.raises(ConfigurationProblemError, match=r"firefox.*msedge、chrome、chromium"):
        BrowserChoice.resolve("firefox")


def test_edge_is_preferred_then_chrome_then_chromium(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The manuals name Edge first; Playwright's own download comes last."""
    for name in ("chromium", "google-chrome", "microsoft-edge"):
        (tmp_path / name).write_text("#!/bin/sh\necho Browser 1.2.3.4\n")
        (tmp_path / name).chmod(0o755)
    own = tmp_path / "pw" / "chromium-1200" / "chrome-linux" / "chrome"
    own.parent.mkdir(parents=True)
    own.write_text("")
    own.chmod(0o755)
    (own.parents[1] / "INSTALLATION_COMPLETE").touch()
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "pw"))
    assert [choice.name for choice in channels.installed()][:2] == ["msedge", "chrome"]
    assert channels.installed()[-1] == BrowserChoice("chromium", own)
    assert BrowserChoice.resolve().version() == "1.2.3.4"


def test_missing_store_tools_are_named(bare: None, tmp_path: Path) -> None:
    """The absence of certutil is an environment problem, with the package that has it."""
    with pytest.raises(StoreToolError, match=r"certutil がありません.*libnss3-tools"):
        NativeStore(tmp_path / "home")


def test_a_missing_bus_is_named(bare: None) -> None:
    """So is D-Bus's."""
    with pytest.raises(EnvironmentProblemError, match=r"dbus-daemon がありません.*apt-get install dbus"):
        AccessibilityBus.start()


def test_a_bus_that_does_not_start_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program is there and ends at once: doctor and a run say so, with the remedy."""
    (tmp_path / "dbus-daemon").write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    (tmp_path / "dbus-daemon").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    problem = environment.native_problem() or ""

    assert "D-Bus が起動しません" in problem
    assert "apt-get install --reinstall dbus" in problem
    assert problem in {one.detail for one in environment.detect().missing}


def test_a_headed_browser_without_a_display_is_told_so(
    playwright: Playwright, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The remedy is named, and nothing of the bus that was started for it is left."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(EnvironmentProblemError, match="--headed を外すか、xvfb-run"):
        Pc.start(playwright, BrowserChoice.resolve("chromium"), tmp_path / "home", headed=True)
    assert not list(tmp_path.glob("sekisho-*"))


def test_a_browser_that_does_not_start_is_told_with_its_last_words(playwright: Playwright, tmp_path: Path) -> None:
    """Its name, its path and what it said."""
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho libnothing.so is missing >&2\nexit 127\n")
    broken.chmod(0o755)
    with pytest.raises(
        EnvironmentProblemError, match=r"chromium を起動できません|libnothing\.so is missing"
    ) as problem:
        Pc.start(playwright, BrowserChoice("chromium", broken), tmp_path / "home")
    assert str(broken) in str(problem.value)
    assert "libnothing.so is missing" in str(problem.value)
