"""Roles of accessible things by their AT-SPI numbers (atspi-constants.h).

The numbers are part of the protocol and stay. The names do not: at-spi2-core 2.53 made `button` of `push button`.
"""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """The roles that the browsers' surfaces are made of; any other thing on the screen has OTHER."""

    OTHER = 0
    COLUMN_HEADER = 10
    DIALOG = 16
    LABEL = 29
    MENU = 33
    MENU_ITEM = 35
    PASSWORD_TEXT = 40
    PUSH_BUTTON = 43
    TABLE = 55
    TABLE_CELL = 56
    TABLE_COLUMN_HEADER = 57
    TEXT = 61
    TOOL_BAR = 63
    ENTRY = 79
    DOCUMENT_FRAME = 82
    HEADING = 83
    SECTION = 85
    LINK = 88
    TABLE_ROW = 90
    DOCUMENT_WEB = 95
    STATIC = 116

    @classmethod
    def _missing_(cls, value: object) -> Role:  # noqa: ARG003 - whatever it is
        return cls.OTHER
