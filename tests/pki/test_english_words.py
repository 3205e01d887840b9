"""What is said of files, faults, places and the browser's dialogs in English, where a person meets it most."""

from __future__ import annotations

import pytest

from sekisho.browser.channels import BrowserChoice
from sekisho.native_ui.surface import Surface, need
from sekisho.network.faults import Fault
from sekisho.network.hosts import ElsewhereError
from sekisho.pki import pkcs12
from sekisho.verdict import ConfigurationProblemError, NotApplicableError


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_LANG", "en")


def test_a_file_that_is_no_pkcs12() -> None:
    """With what to do."""
    with pytest.raises(pkcs12.NotPkcs12Error, match=r"^The file is empty\. Download the certificate once more\.$"):
        pkcs12.identities(b"", "secret")


def test_a_fault_that_is_none() -> None:
    """With the values that are allowed."""
    with pytest.raises(
        ConfigurationProblemError, match=r'^The fault "flood" is wrong\. There is no kind "flood"\. It must'
    ):
        Fault.parse("flood")


def test_a_browser_that_is_none() -> None:
    """With the names that there are."""
    with pytest.raises(
        ConfigurationProblemError, match=r"^--browser lynx cannot be used\. Must be one of msedge, chrome,"
    ):
        BrowserChoice.resolve("lynx")


def test_a_place_that_is_not_the_targets() -> None:
    """With the line that would allow it."""
    assert str(ElsewhereError("a file is handed out", "https://else.test")) == (
        "The place where a file is handed out (https://else.test) is in neither [sites] nor hosts of the target file. "
        "It was stopped there, so that no secret or certificate is given away. "
        'If the place is right, write hosts = ["else.test"]'
    )


def test_a_dialog_that_cannot_be_operated() -> None:
    """By its English name, whose value in files stays."""
    with pytest.raises(NotApplicableError, match=r'its "PIN prompt" be operated \(no display\)'):
        need(Surface.PIN_PROMPT, {Surface.PIN_PROMPT: "no display"})

    assert Surface.PIN_PROMPT.value == "PIN の入力画面"
