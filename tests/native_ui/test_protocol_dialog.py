"""The question whether a program may be opened."""

from __future__ import annotations

import pytest

from sekisho.native_ui import Surface, SurfaceAbsentError, SurfaceError, take_question_away
from sekisho.verdict import DeviationError

from .fake_bus import FakeBus
from .screens import certificate_dialog, question


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.native_ui.protocol_dialog.APPEARS_SECONDS", 0.4)
    monkeypatch.setattr("sekisho.native_ui.protocol_dialog.BUILT_SECONDS", 0.1)


@pytest.mark.parametrize(
    ("title", "buttons"),
    [
        ("xdg-open を開きますか？", ("キャンセル", "xdg-open を開く")),
        ("Open xdg-open?", ("Cancel", "Open xdg-open")),
        ("xdg-open öffnen?", ("Abbrechen", "Öffnen")),
    ],
)
def test_the_question_is_read_and_refused(bus: FakeBus, title: str, buttons: tuple[str, str]) -> None:
    """In a language that is not known, by being no other dialog, and by where the buttons stand."""
    pressed = question(bus, title, buttons)
    assert take_question_away("unix:path=/nowhere").title == title
    assert pressed == [buttons[0]]


def test_no_question_is_no_deviation(bus: FakeBus) -> None:
    """The browser did not ask: that by itself says nothing about the portal."""
    with pytest.raises(SurfaceAbsentError) as absent:
        take_question_away("unix:path=/nowhere")
    assert absent.value.surface is Surface.PROTOCOL_DIALOG
    assert not isinstance(absent.value, DeviationError)


def test_another_dialog_is_not_taken_for_it(bus: FakeBus) -> None:
    """One that offers certificates stays, and its words are told."""
    _, pressed = certificate_dialog(bus, "xx")
    with pytest.raises(SurfaceError, match=r"読めません.*emp00001"):
        take_question_away("unix:path=/nowhere")
    assert pressed == []


def test_a_dialog_without_buttons_is_no_deviation(bus: FakeBus) -> None:
    """As on Debian 13, when a button was looked for under another role."""
    question(bus, "xdg-open を開きますか？", ())
    with pytest.raises(SurfaceError, match="読めません"):
        take_question_away("unix:path=/nowhere")
