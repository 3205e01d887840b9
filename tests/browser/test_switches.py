"""What Playwright switches off in the browser is read from Playwright itself, and repeated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from sekisho.browser import switches
from sekisho.browser.channels import BrowserChoice
from sekisho.browser.launch import NOT_NEEDED, launch


@pytest.fixture
def real(playwright: Playwright) -> list[str]:
    """What Playwright itself passes to a real browser, by the browser's own account."""
    browser = playwright.chromium.launch(executable_path=BrowserChoice.resolve("chromium").path, chromium_sandbox=False)
    line = browser.new_browser_cdp_session().send("SystemInfo.getInfo")["commandLine"]
    browser.close()
    return features(line)[-1]


def features(command_line: str) -> list[list[str]]:
    """Every list of features that are switched off."""
    return [found.split(",") for found in re.findall(r"--disable-features=(\S+)", command_line)]


def test_both_ways_give_what_a_browser_really_gets(playwright: Playwright, real: list[str]) -> None:
    """By a program that ends at once, and from the driver's text."""
    assert len(real) > 5
    assert list(switches._from_a_start(playwright)) == real
    assert list(switches._from_the_source()) == real


def test_a_browser_is_started_with_all_of_them_and_ours(
    playwright: Playwright, real: list[str], tmp_path: Path
) -> None:
    """The last list on the command line is the one that counts."""
    browser = launch(playwright, BrowserChoice.resolve("chromium"), tmp_path, None)
    line = browser.new_browser_cdp_session().send("SystemInfo.getInfo")["commandLine"]
    browser.close()
    assert features(line)[-1] == [*real, *NOT_NEEDED]


@pytest.mark.parametrize(
    "source",
    [
        'off = [\n// See "x", "y"\n"One",\n"Two"].filter(Boolean);\n["--disable-features=" + off.join(",")]',
        "const off = (assistantMode) => [\n'One', 'Two',\n]\n;['--disable-features=' + off(assistantMode).join(',')]",
    ],
)
def test_other_versions_write_the_list_otherwise(tmp_path: Path, source: str) -> None:
    """In another file, as a function, with other quotes; comments are no features."""
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / "chromiumSwitches.js").write_text(source, encoding="utf-8")
    assert switches._from_the_source(tmp_path) == ("One", "Two")


def test_without_the_list_nothing_of_playwrights_is_undone(
    playwright: Playwright, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ours is left out then."""
    monkeypatch.setattr(switches, "_known", [])
    monkeypatch.setattr(switches, "GIVEN", re.compile("(never said)"))
    monkeypatch.setattr(switches._from_the_source, "__defaults__", (tmp_path,))
    assert switches.disabling(playwright, "Ours") == []
