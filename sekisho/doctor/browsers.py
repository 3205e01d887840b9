"""The browsers of this machine, and what is wrong with each: outdated, half unpacked, confined, without its sandbox."""

from __future__ import annotations

import platform

from sekisho.browser import sandbox
from sekisho.browser.channels import DEBIANS, SNAP, BrowserChoice, install_browser, installed
from sekisho.browser.places import downloaded, half_downloaded, snaps
from sekisho.doctor.upgrades import Package, age_of_lists, package_of
from sekisho.language import say
from sekisho.machine.finding import Finding
from sekisho.machine.remedies import install, playwright


def browsers() -> list[Finding]:
    """Each browser that is here with what is to be known of it; where there is none, one finding that says so."""
    found = [finding for choice in installed() for finding in _about(choice)] or [_none()]
    return [*found, *_snaps(), *_half_downloaded()]


def _none() -> Finding:
    detail = say("Edge、Chrome、Chromium のどれもありません", "neither Edge nor Chrome nor Chromium is here")
    packages = () if _only_as_snap() else DEBIANS
    name = say("ブラウザー", "Browser")
    return Finding(name, ok=False, detail=detail, fix=install_browser("chromium"), packages=packages)


def _only_as_snap() -> bool:
    """Ubuntu's package of Chromium brings a snap, which is of no use here."""
    try:
        return platform.freedesktop_os_release()["ID"] == "ubuntu"
    except (OSError, KeyError):
        return False


def _about(choice: BrowserChoice) -> list[Finding]:
    if problem := choice.build.problem:
        detail = say(
            f"{choice.path} が動きません（途中までしか入っていないのかもしれません）: {problem}",
            f"{choice.path} does not work (perhaps it is half unpacked): {problem}",
        )
        return [Finding(_name(choice), ok=False, detail=detail, fix=_again(choice))]
    here = Finding(_name(choice), ok=True, detail=f"{choice.version()} {choice.path}".strip())
    return [here, *_sandbox(choice), *_upgrade(choice)]


def _name(choice: BrowserChoice) -> str:
    return _of_playwright(choice.name) if choice.path in downloaded() else choice.name


def _of_playwright(name: str) -> str:
    return say(f"{name}（Playwright）", f"{name} (Playwright)")


def _again(choice: BrowserChoice) -> str:
    package = package_of(choice.path)
    if package is None:
        return playwright("install", "--force", "--with-deps", "chromium")
    parts = ["chromium-common"] if package.name == "chromium" else []
    return install([package.name, *parts], again=True)


def _sandbox(choice: BrowserChoice) -> list[Finding]:
    if not (problem := sandbox.problem(choice.path)):
        return []
    name = say(f"{_name(choice)} のサンドボックス", f"sandbox of {_name(choice)}")
    return [Finding(name, ok=False, detail=say("使えません", "cannot be used"), fix=problem)]


def _upgrade(choice: BrowserChoice) -> list[Finding]:
    package = package_of(choice.path)
    name = say(f"{_name(choice)} の更新", f"upgrade of {_name(choice)}")
    return [_upgrade_of(package, name, age_of_lists())] if package else []


def _upgrade_of(package: Package, name: str, days: int | None) -> Finding:
    """What the package lists say; old ones cannot tell."""
    if offered := package.outdated and package.offered:
        newer = say(f"新しい版 {offered} があります", f"there is a newer version, {offered}")
        return Finding(name, ok=False, detail=newer, fix=package.remedy)
    if days is None:
        no_lists = say("分かりません（パッケージの一覧がありません）", "unknown (there are no package lists)")
        return Finding(name, ok=False, detail=no_lists, fix=package.remedy)
    if days > 0:
        old = say(
            f"分かりません（パッケージの一覧が {days} 日前のものです）", f"unknown (the package lists are {days} d old)"
        )
        return Finding(name, ok=False, detail=old, fix=package.remedy)
    return Finding(name, ok=True, detail=say("新しい版はありません", "there is no newer version"))


def _snaps() -> list[Finding]:
    fix = install_browser("chromium")
    return [
        Finding(say(f"{path.name}（snap）", f"{path.name} (snap)"), ok=False, detail=f"{path}: {SNAP}", fix=fix)
        for path in snaps()
    ]


def _half_downloaded() -> list[Finding]:
    fix = playwright("install", "--with-deps", "chromium")
    return [
        Finding(
            _of_playwright("chromium"),
            ok=False,
            detail=say(f"{folder} は途中までしか入っていません", f"{folder} is there in part only"),
            fix=fix,
        )
        for folder in half_downloaded()
    ]
