"""The certificate dialog, by whatever a browser and an AT-SPI give it away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sekisho.native_ui import By, Surface, SurfaceError, in_japanese, taken
from sekisho.native_ui.answering import Answering
from sekisho.native_ui.certificate_dialog import Choice, ChoiceMissingError
from sekisho.results import Certificate, Dialog

from .fake_bus import FakeBus
from .screens import CELL, HEADER, ROW, WORDS, certificate_dialog, question

PANEL, LIST, ITEM = 39, 31, 32


def wanted(serial: str) -> Certificate:
    """A certificate of which only the serial number matters."""
    now = datetime.now(UTC)
    return Certificate.model_construct(
        serial=serial, subject_cn="emp", issuer_cn="Test CA", not_before=now, not_after=now, sha256="0" * 64
    )


def answered(choice: Choice) -> Dialog:
    """The one dialog that is on the screen, answered."""
    with Answering("unix:path=/nowhere", choice) as answering:
        for _ in range(300):
            if answering.dialogs or not answering._thread.is_alive():
                break
            answering._thread.join(0.01)
    (dialog,) = answering.dialogs
    return dialog


@pytest.mark.parametrize("language", ["ja", "en", "xx"])
def test_the_wanted_row_is_chosen_in_every_language(bus: FakeBus, language: str) -> None:
    """By the buttons' names where they are known, else by where they stand; roles are never asked by name."""
    _, pressed = certificate_dialog(bus, language)
    dialog = answered(wanted("612408e"))
    assert pressed == ["emp00002", WORDS[language][-1]]
    assert [row.chosen for row in dialog.rows] == [False, True]
    assert dialog.columns == list(WORDS[language][1:4])
    assert "GetRoleName" not in bus.asked
    by = By.POSITION if language == "xx" else By.NAME
    assert taken(Surface.CERTIFICATE_DIALOG)["確定のボタン"] is by


@pytest.mark.parametrize("language", ["ja", "en", "xx"])
def test_cancelling_presses_the_button_before_the_last(bus: FakeBus, language: str) -> None:
    """Whatever it is called."""
    _, pressed = certificate_dialog(bus, language)
    answered("cancel")
    assert pressed == [WORDS[language][-2]]


@pytest.mark.parametrize("roles", [(ROW, CELL, HEADER), (ROW, CELL, CELL), (PANEL, PANEL, PANEL), (ITEM, 29, 29)])
def test_rows_of_other_roles_are_known_by_their_serial_numbers(bus: FakeBus, roles: tuple[int, int, int]) -> None:
    """Three things side by side, the third of them hex; the headings stand beside them."""
    _, pressed = certificate_dialog(bus, "ja", roles=roles)
    dialog = answered(wanted("0FF5655D"))
    assert pressed == ["emp00001", "OK"]
    assert [row.subject for row in dialog.rows if row.chosen] == ["emp00001"]


def test_a_dialog_without_the_role_is_known_by_its_title(bus: FakeBus) -> None:
    """As where a toolkit makes an alert or a frame of it."""
    dialog, pressed = certificate_dialog(bus, "en")
    dialog.role = 69
    answered("cancel")
    assert pressed == ["Cancel"]


def test_nothing_is_presented_where_the_row_cannot_be_chosen(bus: FakeBus) -> None:
    """Another certificate would be shown to the portal, and the portal blamed for what it then does."""
    _, pressed = certificate_dialog(bus, "ja", selects=False)
    with pytest.raises(SurfaceError, match=r"emp00002.*選べません") as problem:
        answered(wanted("612408e"))
    assert problem.value.surface is Surface.CERTIFICATE_DIALOG
    assert "OK" not in pressed


def test_a_certificate_that_is_not_offered_is_named(bus: FakeBus) -> None:
    """The dialog is cancelled."""
    _, pressed = certificate_dialog(bus, "en")
    with pytest.raises(ChoiceMissingError, match="emp00002"):
        answered(wanted("ff"))
    assert pressed == ["Cancel"]


def test_a_dialog_that_says_nothing_known_is_told_with_its_words(bus: FakeBus, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error of the environment, whatever it is."""
    monkeypatch.setattr("sekisho.native_ui.dialog.APPEARS_LOOKS", 3)
    question(bus, "Unknown", ["No", "Yes"])
    with pytest.raises(SurfaceError, match=r"読めません.*Unknown"):
        answered("cancel")


def test_columns_and_buttons_have_the_manuals_names() -> None:
    """A feature says 件名 in whatever language the browser speaks; what is unknown stays as it is."""
    assert [in_japanese(word) for word in ("Subject", "Issuer", "Serial", "Cancel", "OK", "件名", "X")] == [
        *("件名", "発行元", "シリアル番号", "キャンセル", "OK", "件名", "X")
    ]
