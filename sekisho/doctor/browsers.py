"""The browsers of this machine, and what is wrong with each: outdated, half unpacked, confined, without its sandbox."""

from __future__ import annotations

import platform

from sekisho.browser import sandbox
from sekisho.browser.channels import DEBIANS, SNAP, BrowserChoice, install_browser, installed
from sekisho.browser.places import downloaded, half_downloaded, snaps
from sekisho.doctor.upgrades import Package, age_of_lists, package_of
from sekisho.machine.finding import Finding
from sekisho.machine.remedies import install, playwright


def browsers() -> list[Finding]:
    """Each browser that is here with what is to be known of it; where there is none, one finding that says so."""
    found = [finding for choice in installed() for finding in _about(choice)] or [_none()]
    return [*found, *_snaps(), *_half_downloaded()]


def _none() -> Finding:
    detail = "Edge、Chrome、Chromium のどれもありません"
    packages = () if _only_as_snap() else DEBIANS
    return Finding("ブラウザー", ok=False, detail=detail, fix=install_browser("chromium"), packages=packages)


def _only_as_snap() -> bool:
    """Ubuntu's package of Chromium brings a snap, which is of no use here."""
    try:
        return platform.freedesktop_os_release()["ID"] == "ubuntu"
    except (OSError, KeyError):
        return False


def _about(choice: BrowserChoice) -> list[Finding]:
    if problem := choice.build.problem:
        detail = f"{choice.path} が動きません（途中までしか入っていないのかもしれません）: {problem}"
        return [Finding(_name(choice), ok=False, detail=detail, fix=_again(choice))]
    here = Finding(_name(choice), ok=True, detail=f"{choice.version()} {choice.path}".strip())
    return [here, *_sandbox(choice), *_upgrade(choice)]


def _name(choice: BrowserChoice) -> str:
    return f"{choice.name}（Playwright）" if choice.path in downloaded() else choice.name


def _again(choice: BrowserChoice) -> str:
    package = package_of(choice.path)
    if package is None:
        return playwright("install", "--force", "--with-deps", "chromium")
    parts = ["chromium-common"] if package.name == "chromium" else []
    return install([package.name, *parts], again=True)


def _sandbox(choice: BrowserChoice) -> list[Finding]:
    problem = sandbox.problem(choice.path)
    return [Finding(f"{_name(choice)} のサンドボックス", ok=False, detail="使えません", fix=problem)] if problem else []


def _upgrade(choice: BrowserChoice) -> list[Finding]:
    package = package_of(choice.path)
    return [_upgrade_of(package, f"{_name(choice)} の更新", age_of_lists())] if package else []


def _upgrade_of(package: Package, name: str, days: int | None) -> Finding:
    """What the package lists say; old ones cannot tell."""
    if package.outdated:
        return Finding(name, ok=False, detail=f"新しい版 {package.offered} があります", fix=package.remedy)
    if days is None or days > 0:
        age = "ありません" if days is None else f" {days} 日前のものです"
        return Finding(name, ok=False, detail=f"分かりません（パッケージの一覧が{age}）", fix=package.remedy)
    return Finding(name, ok=True, detail="新しい版はありません")


def _snaps() -> list[Finding]:
    fix = install_browser("chromium")
    return [Finding(f"{path.name}（snap）", ok=False, detail=f"{path}: {SNAP}", fix=fix) for path in snaps()]


def _half_downloaded() -> list[Finding]:
    fix = playwright("install", "--with-deps", "chromium")
    return [
        Finding("chromium（Playwright）", ok=False, detail=f"{folder} は途中までしか入っていません", fix=fix)
        for folder in half_downloaded()
    ]
