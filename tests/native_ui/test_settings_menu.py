"""The way from the browser's menu to its certificate manager."""

from __future__ import annotations

import pytest

from sekisho.native_ui import By, Surface, SurfaceError, language, taken
from sekisho.native_ui.certificate_viewer import ADDRESS as VIEWER_ADDRESS
from sekisho.native_ui.settings_menu import wait_for_window, walk_to_certificates
from sekisho.native_ui.tree import Desktop

from .fake_bus import FakeBus, Thing

FRAME, TOOL_BAR, BUTTON, MENU_BAR, MENU, ITEM, PAGE, LINK = 23, 63, 43, 34, 33, 35, 95, 88
WAY = ["⋮", "設定", "プライバシーとセキュリティ", "セキュリティ", "証明書の管理"]
NAMES = {
    "ja": (
        "Chromium",
        "設定(G)",
        "プライバシーとセキュリティ",
        "セキュリティ セーフ",
        "証明書の管理 HTTPS",
        "証明書マネージャ",
    ),
    "en": (
        "Chromium",
        "Settings",
        "Privacy and security",
        "Security Safe",
        "Manage certificates HTTPS",
        "Certificate Manager",
    ),
    "xx": ("Menü", "Einstellungen", "Datenschutz", "Sicherheit", "Zertifikate", "Zertifikatmanager"),
}
TITLES = {"ja": "設定", "en": "Settings", "xx": "Einstellungen"}


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.native_ui.settings_menu.APPEARS_SECONDS", 1.0)
    monkeypatch.setattr("sekisho.native_ui.settings_menu.LOOK_SECONDS", 0.005)
    monkeypatch.setattr("sekisho.native_ui.settings_menu.SETTLED_SECONDS", 0.05)


def browser(bus: FakeBus, spoken: str) -> list[str]:
    """A browser with its menu and settings, one behind the other; what is pressed, as it happens."""
    more, settings, privacy, security, manage, manager = NAMES[spoken]
    pressed: list[str] = []

    def page(address: str, *things: Thing) -> list[Thing]:
        return [Thing(FRAME, f"{TITLES[spoken]} - Chromium", [Thing(PAGE, "", list(things), address=address)])]

    def going(thing: Thing, *shown: Thing) -> Thing:
        def press() -> None:
            pressed.append(thing.name)
            bus.application.children = list(shown)

        thing.pressed = press
        return thing

    end = Thing(FRAME, f"{manager} - Chromium", [Thing(PAGE, "", address="chrome://certificate-manager/")])
    links = [Thing(LINK, "a"), Thing(LINK, "b"), going(Thing(LINK, manage), end), Thing(LINK, "c")]
    safe = [Thing(LINK, "a"), Thing(LINK, "b"), Thing(LINK, "c"), Thing(LINK, "d")]
    safe[3] = going(Thing(LINK, security), *page("chrome://settings/security", *links))
    side = [Thing(ITEM, f"item {number}") for number in range(12)]
    side[2] = going(Thing(ITEM, privacy), *page("chrome://settings/privacy", *safe))
    items = [Thing(ITEM, f"entry {number}") for number in range(12)]
    items[-2] = going(Thing(ITEM, settings), *page("chrome://settings/", Thing(MENU, "", side)))
    popup = Thing(MENU_BAR, "", [Thing(MENU, "", items)])
    button = going(Thing(BUTTON, more), popup)
    bar = Thing(TOOL_BAR, "", [Thing(BUTTON, "x"), Thing(BUTTON, "Chromium"), Thing(BUTTON, ""), button])
    bus.application.children = [Thing(FRAME, "t - Chromium", [bar, Thing(BUTTON, "bookmarks")])]
    return pressed


@pytest.mark.parametrize("spoken", ["ja", "en"])
def test_the_way_is_walked_by_name(bus: FakeBus, desktop: Desktop, spoken: str) -> None:
    """The route is told in the manuals' words; the button beside an address, which has the menu's name, is not it."""
    pressed = browser(bus, spoken)
    assert walk_to_certificates(desktop) == WAY
    assert pressed == list(NAMES[spoken][:5])


def test_in_an_unknown_language_it_is_walked_by_position(bus: FakeBus, desktop: Desktop) -> None:
    """The settings are known by their address then, and the route says so."""
    pressed = browser(bus, "xx")
    assert walk_to_certificates(desktop) == [f"{one}（位置から）" for one in WAY]
    assert pressed == list(NAMES["xx"][:5])
    assert taken(Surface.SETTINGS_MENU)["設定"] is By.POSITION


def test_the_first_thing_that_is_missing_is_named(bus: FakeBus, desktop: Desktop) -> None:
    """It is no deviation, and no other thing is pressed in its place."""
    bus.application.children = [Thing(FRAME, "t", [Thing(BUTTON, "x")])]
    with pytest.raises(SurfaceError, match="「⋮」が見つかりません") as problem:
        walk_to_certificates(desktop)
    assert problem.value.surface is Surface.SETTINGS_MENU


def test_a_window_is_known_by_its_title_or_its_pages_address(bus: FakeBus, desktop: Desktop) -> None:
    """Whatever it is called."""
    bus.application.children = [
        Thing(FRAME, "a", [Thing(PAGE, address="https://127.0.0.1/")]),
        Thing(FRAME, "Zertifikatanzeige", [Thing(PAGE, address="chrome://view-cert/")]),
    ]
    found = wait_for_window(desktop, Surface.CERTIFICATE_VIEWER, language.VIEWER, VIEWER_ADDRESS)
    assert dict(desktop.named_windows())[found] == "Zertifikatanzeige"
    assert taken(Surface.CERTIFICATE_VIEWER)["画面"] is By.ADDRESS
