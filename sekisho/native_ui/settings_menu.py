"""The browser's own menu and settings, walked as the manuals describe: over the accessibility bus, name by name."""

from __future__ import annotations

import re

from sekisho.native_ui.roles import Role
from sekisho.native_ui.surface import Surface, SurfaceError
from sekisho.native_ui.tree import Desktop, Node, Reference, looks

LOOK_SECONDS = 0.05
APPEARS_SECONDS = 10.0

# Each thing pressed on the way to the certificate manager: the window it is in, its roles, its name. Where one of the
# browser's own pages is open already, another button beside its address has the menu's name.
ROUTE = (
    ("(?!設定|証明書マネージャ).+", (Role.PUSH_BUTTON,), "Chromium|Google Chrome|Chrome"),
    ("", (Role.MENU_ITEM,), r"設定(\(G\))?"),
    ("設定.*", (Role.MENU_ITEM, Role.LINK), "プライバシーとセキュリティ"),
    ("設定.*", (Role.LINK, Role.PUSH_BUTTON), r"セキュリティ(\s.*)?"),
    ("設定.*", (Role.LINK, Role.PUSH_BUTTON), r"証明書の管理(\s.*)?"),
)
MANAGER = "証明書マネージャ.*"


def walk_to_certificates(desktop: Desktop) -> list[str]:
    """Press ⋮, 設定, プライバシーとセキュリティ, セキュリティ, 証明書の管理; the names of what was pressed.

    Raises `SurfaceError` naming the first thing that does not appear.
    """
    pressed = [_press(desktop, *one) for one in ROUTE]
    wait_for_window(desktop, MANAGER)
    return ["⋮", *pressed[1:]]


def wait_for_window(desktop: Desktop, title: str, *, inner_only: bool = False) -> Reference:
    """The window (or window inside a window) whose title matches a pattern."""
    for _ in looks(APPEARS_SECONDS, LOOK_SECONDS):
        for window, name in desktop.named_windows(inner_only=inner_only):
            if re.fullmatch(title, name):
                return window
    raise SurfaceError(Surface.SETTINGS_MENU, f"ブラウザーの画面「{title}」が出ません。")


def _press(desktop: Desktop, title: str, roles: tuple[Role, ...], name: str) -> str:
    for _ in looks(APPEARS_SECONDS, LOOK_SECONDS):
        node = _find(desktop, title, roles, name)
        if node and desktop.act(node):
            return node.name.split()[0]
    raise SurfaceError(Surface.SETTINGS_MENU, f"ブラウザーの設定画面に「{name}」が見つかりません。")


def _find(desktop: Desktop, title: str, roles: tuple[Role, ...], name: str) -> Node | None:
    for window, window_title in desktop.named_windows():
        if re.fullmatch(title, window_title):
            for node in desktop.read(window, pages=title.startswith("設定")).walk():
                if node.role in roles and re.fullmatch(name, node.name):
                    return node
    return None
