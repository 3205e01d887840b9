"""Which browser is meant: the option's, or else the target file's, or else whatever this machine has."""

from __future__ import annotations

from pathlib import Path

from sekisho.browser.channels import BrowserChoice, is_path, written
from sekisho.browser.places import NAMES
from sekisho.language import say
from sekisho.target_file.reading import read
from sekisho.verdict import ConfigurationProblemError

KEY = "[browser] use"


def browser_for(asked: str | None, target: Path | None) -> BrowserChoice:
    """The browser on this machine. Raises as `BrowserChoice.resolve`, naming the option or the file's key."""
    return browser_named(asked, _use(target) if target and asked is None else "", target)


def browser_named(asked: str | None, use: str, target: Path | None) -> BrowserChoice:
    """The same for a file of which it is known what it says under [browser]."""
    if asked is not None or not use or target is None:
        return BrowserChoice.resolve(asked)
    place = str(written(use, target.parent)) if is_path(use) else use
    return BrowserChoice.resolve(place, f"{target} {KEY}:")


def browser_elsewhere(asked: str | None, target: Path | None) -> str | None:
    """The name of the browser that another machine is asked for (--connect); a path would be one of this machine."""
    use = asked or (_use(target) if target else "") or None
    if use is not None and use not in NAMES:
        place = "--browser" if asked else f"{target} {KEY}:"
        raise ConfigurationProblemError(
            say(
                f"{place} {use}: --connect では、{'、'.join(NAMES)} のどれかを --browser で指定してください。",
                f"{place} {use}: with --connect, name one of {', '.join(NAMES)} with --browser.",
            )
        )
    return use


def _use(target: Path) -> str:
    return read(target).browser.use
