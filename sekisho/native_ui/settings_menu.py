"""The browser's own menu and settings, walked as the manuals describe: over the accessibility bus, thing by thing.

Relies on: the menu's button is the last of a tool bar, else bears the browser's name; 設定 is named so, or the last but
one in the menu; the rest is named so (what a link explains follows its name), or stands where it has stood on a page
whose address begins with chrome://settings. A position counts only in a window that has stopped changing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sekisho.language import say
from sekisho.native_ui import language
from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks
from sekisho.native_ui.ways import By, note

SURFACE = Surface.SETTINGS_MENU
LOOK_SECONDS = 0.05
APPEARS_SECONDS = 10.0
SETTLED_SECONDS = 0.5  # without a change
MORE = "⋮"
PAGE_LINKS = (Role.MENU_ITEM, Role.LINK, Role.PUSH_BUTTON)
Tree = Node


@dataclass(frozen=True)
class Stop:
    """One thing to press on the way."""

    label: str
    """What the manuals call it."""
    name: re.Pattern[str]
    roles: tuple[Role, ...]
    position: Callable[[Tree], Node | None]
    """Where it stands, in the tree of a window."""
    title: re.Pattern[str] | None = None
    """The window it is in, where that is one of the browser's own pages."""


def _menu_button(tree: Tree) -> Node | None:
    buttons = [button for bar in tree.all(Role.TOOL_BAR) for button in bar.all(Role.PUSH_BUTTON)]
    return buttons[-1] if buttons else None


def _nth(container: Role, role: Role, index: int, least: int) -> Callable[[Tree], Node | None]:
    """The so-manyth of a role in the first container that has at least so many."""

    def find(tree: Tree) -> Node | None:
        groups = ([node for node in holder.walk() if node.role is role] for holder in tree.all(container))
        full = next((group for group in groups if len(group) >= least), None)
        return full[index] if full else None

    return find


ROUTE = (
    Stop(MORE, language.MENU, (Role.PUSH_BUTTON,), _menu_button),
    Stop("設定", language.SETTINGS, (Role.MENU_ITEM,), _nth(Role.MENU, Role.MENU_ITEM, -2, 10)),
    Stop(
        "プライバシーとセキュリティ",
        language.PRIVACY,
        PAGE_LINKS,
        _nth(Role.MENU, Role.MENU_ITEM, 2, 10),
        language.SETTINGS_PAGE,
    ),
    Stop(
        "セキュリティ",
        language.SECURITY,
        PAGE_LINKS[1:],
        _nth(Role.DOCUMENT_WEB, Role.LINK, 3, 4),
        language.SETTINGS_PAGE,
    ),
    Stop(
        "証明書の管理",
        language.MANAGE,
        PAGE_LINKS[1:],
        _nth(Role.DOCUMENT_WEB, Role.LINK, 2, 3),
        language.SETTINGS_PAGE,
    ),
)
SETTINGS_ADDRESS, MANAGER_ADDRESS = "://settings", "://certificate-manager"


def walk_to_certificates(desktop: Desktop) -> list[str]:
    """Press ⋮, 設定, プライバシーとセキュリティ, セキュリティ, 証明書の管理; what was pressed, as the manuals call it.

    Raises `SurfaceError` naming the first thing that does not appear.
    """
    pressed = [_press(desktop, one) for one in ROUTE]
    wait_for_window(desktop, SURFACE, language.MANAGER, MANAGER_ADDRESS)
    return pressed


def wait_for_window(
    desktop: Desktop, surface: Surface, title: re.Pattern[str], address: str, *, inner_only: bool = False
) -> Reference:
    """The window (or window inside a window) with this title, else the one whose page has this in its address."""
    began = time.monotonic()
    for _ in looks(APPEARS_SECONDS, LOOK_SECONDS):
        windows = desktop.named_windows(inner_only=inner_only)
        for window, name in windows:
            if title.match(name):
                note(surface, say("画面", "page"), By.NAME)
                return window
        for window, _name in windows if time.monotonic() - began > SETTLED_SECONDS else ():
            if any(address in one for one in _addresses(desktop, desktop.read(window))):
                note(surface, say("画面", "page"), By.ADDRESS)
                return window
    raise SurfaceError(
        surface, say(f"ブラウザーの画面「{surface}」が出ません。", f'The browser does not show its "{surface}".')
    )


def _addresses(desktop: Desktop, tree: Tree) -> list[str]:
    return [desktop.address(page) for page in tree.all(Role.DOCUMENT_WEB)]


def _press(desktop: Desktop, stop: Stop) -> str:
    shown: list[Tree] = []
    changed = time.monotonic()
    for _ in looks(APPEARS_SECONDS, LOOK_SECONDS):
        before, shown = shown, list(_windows(desktop, stop))
        changed = changed if before == shown else time.monotonic()
        ways: dict[By, Callable[[Tree], Node | None]] = {By.NAME: lambda tree: _named(tree, stop)}
        ways |= {By.POSITION: stop.position} if time.monotonic() - changed > SETTLED_SECONDS else {}
        for by, find in ways.items():
            for node in filter(None, map(find, shown)):
                if desktop.act(node):
                    note(SURFACE, stop.label, by)
                    return stop.label if by is By.NAME else say(f"{stop.label}（{by}から）", f"{stop.label} (by {by})")
    raise SurfaceError(
        SURFACE,
        say(
            f"ブラウザーの設定画面に「{stop.label}」が見つかりません。",
            f'"{stop.label}" is not found in the browser\'s settings.',
        ),
    )


def _windows(desktop: Desktop, stop: Stop) -> Iterator[Tree]:
    """The windows that may hold a stop: on one of the browser's own pages by its title, else by its address."""
    outer = set(desktop.windows())
    for window, title in desktop.named_windows():
        if stop.title is None:
            yield desktop.read(window)
        elif stop.title.match(title) or (window in outer and _is_settings(desktop, window)):
            yield desktop.read(window, pages=True)


def _is_settings(desktop: Desktop, window: Reference) -> bool:
    return any(SETTINGS_ADDRESS in one for one in _addresses(desktop, desktop.read(window)))


def _named(tree: Tree, stop: Stop) -> Node | None:
    """The last so named: where one of the browser's own pages is open, the browser's name is beside its address too."""
    named = [node for node in tree.walk() if node.role in stop.roles and stop.name.match(node.name)]
    return named[-1] if named else None
