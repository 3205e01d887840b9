"""The browser's private surfaces, one file each; whatever lies outside this package imports from here alone.

`bus`, `tree` and `roles` speak AT-SPI; `display` is a screen to type on; `dialog` is what the dialogs have in common.
Each surface's file says at its top what it relies on, and docs/browsers.md with which browsers that is known to work.
"""

from __future__ import annotations

from sekisho.native_ui import warning_page
from sekisho.native_ui.answering import Answering
from sekisho.native_ui.bus import SERVICES, AccessibilityBus, scrubbed_environment
from sekisho.native_ui.certificate_dialog import Choice, ChoiceMissingError
from sekisho.native_ui.certificate_list import CertificateList, Row
from sekisho.native_ui.certificate_manager import CertificateManager
from sekisho.native_ui.certificate_viewer import Entry
from sekisho.native_ui.display import Display
from sekisho.native_ui.language import in_japanese
from sekisho.native_ui.protocol_dialog import take_question_away
from sekisho.native_ui.surface import Lacking, Surface, SurfaceAbsentError, SurfaceError, need
from sekisho.native_ui.tree import shows_a_window
from sekisho.native_ui.warning_page import NoWayPastError
from sekisho.native_ui.ways import By, taken

__all__ = [
    "SERVICES",
    "AccessibilityBus",
    "Answering",
    "By",
    "CertificateList",
    "CertificateManager",
    "Choice",
    "ChoiceMissingError",
    "Display",
    "Entry",
    "Lacking",
    "NoWayPastError",
    "Row",
    "Surface",
    "SurfaceAbsentError",
    "SurfaceError",
    "in_japanese",
    "need",
    "scrubbed_environment",
    "shows_a_window",
    "take_question_away",
    "taken",
    "warning_page",
]
