"""What the certificate viewer shows, read in any language by order."""

from __future__ import annotations

from datetime import datetime

import pytest

from sekisho.japan import TOKYO
from sekisho.native_ui import Surface, SurfaceError
from sekisho.native_ui.certificate_viewer import entry, time_of
from sekisho.native_ui.roles import Role
from sekisho.native_ui.tree import Node

WORDS = {
    "ja": ("発行先", "発行元", "有効期間", "一般名（CN）", "組織（O）", "組織単位（OU）", "発行日", "有効期限"),
    "en": (
        *("Issued To", "Issued By", "Validity Period", "Common Name (CN)", "Organization (O)"),
        *("Organizational Unit (OU)", "Issued On", "Expires On"),
    ),
    "xx": ("Ausgestellt für", "Ausgestellt von", "Zeitraum", "CN", "O", "OU", "Von", "Bis"),
}
ABSENT = {"ja": "<証明書に含まれていません>", "en": "<Not Part Of Certificate>", "xx": "<Nicht Teil des Zertifikats>"}


def viewer(language: str, *, named: bool = True) -> Node:
    """Its page, with an owner who has a common name or only a unit and an organization."""
    to, by, period, common, organization, unit, since, until = WORDS[language]
    absent = ABSENT[language]
    owner = ["emp00001", absent, absent] if named else [absent, "Owner", "Root CA2"]
    texts: list[tuple[Role, str]] = [(Role.HEADING, to)]
    for values in (owner, ["Test CA", absent, absent]):
        for label, value in zip((common, organization, unit), values, strict=True):
            texts += [(Role.SECTION, ""), (Role.SECTION, label), (Role.SECTION, value)]
        texts += [(Role.HEADING, by if values is owner else period)]
    texts += [(Role.SECTION, since), (Role.SECTION, "2026年11月26日木曜日 13:11:00")]
    texts += [(Role.SECTION, until), (Role.SECTION, "Sunday, November 25, 2029 at 1:12:00\u202fPM")]
    nodes = tuple(Node(("", str(number)), role, name) for number, (role, name) in enumerate(texts))
    page = Node(("", "page"), Role.DOCUMENT_WEB, "viewer", nodes)
    return Node(("", "window"), Role.OTHER, "viewer", (Node(("", "h"), Role.HEADING, "viewer"), page))


@pytest.mark.parametrize("language", ["ja", "en", "xx"])
def test_the_fields_are_read(language: str) -> None:
    """By their labels, else by their order; the window's own heading is none of them."""
    shown = entry("ab", viewer(language))
    assert (shown.issued_to, shown.issuer) == ("emp00001", "Test CA")
    assert shown.not_before == datetime(2026, 11, 26, 13, 11, tzinfo=TOKYO)
    assert shown.not_after == datetime(2029, 11, 25, 13, 12, tzinfo=TOKYO)


@pytest.mark.parametrize("language", ["ja", "en", "xx"])
def test_a_name_without_a_common_name_is_its_unit(language: str) -> None:
    """What is in angle brackets is not there."""
    assert entry("ab", viewer(language, named=False)).issued_to == "Root CA2"


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2027年1月2日土曜日 0:05:09", 0, 5),
        ("Saturday, January 2, 2027 at 12:05:09\u202fAM", 0, 5),
        ("Saturday, January 2, 2027 at 12:05:09 PM", 12, 5),
        ("Saturday, January 2, 2027, 11:59:09 PM", 23, 59),
        ("Saturday 2 January 2027 at 23:59:09", 23, 59),
    ],
)
def test_times_are_those_of_tokyo(text: str, hour: int, minute: int) -> None:
    """As Japanese, American and British interfaces write them, noon and midnight too."""
    assert time_of(text) == datetime(2027, 1, 2, hour, minute, 9, tzinfo=TOKYO)


def test_a_time_that_cannot_be_read_is_told_as_it_stands() -> None:
    """It is an error of ours."""
    with pytest.raises(SurfaceError, match=r"02\.01\.2027, 12:05:09") as problem:
        time_of("02.01.2027, 12:05:09")
    assert problem.value.surface is Surface.CERTIFICATE_VIEWER


def test_a_viewer_without_its_parts_is_told_so() -> None:
    """Not an IndexError."""
    with pytest.raises(SurfaceError, match="証明書ビューアに"):
        entry("ab", Node(("", "window"), Role.OTHER, "viewer"))
