"""The browser's private surfaces: those that no automation protocol reaches, and what is raised where one fails us."""

from __future__ import annotations

from collections.abc import Mapping

from sekisho.language import Spoken, say
from sekisho.verdict import EnvironmentProblemError, NotApplicableError


class Surface(Spoken):
    """One thing that a browser shows by itself; the value is its name in reports."""

    CERTIFICATE_DIALOG = "証明書の選択画面", "certificate dialog"
    PIN_PROMPT = "PIN の入力画面", "PIN prompt"
    PROTOCOL_DIALOG = "プログラムを開く確認画面", "question before a program is opened"
    WARNING_PAGE = "接続の警告画面", "warning page"
    SETTINGS_MENU = "メニューと設定", "menu and settings"
    CERTIFICATE_MANAGER = "証明書の管理", "certificate manager"
    CERTIFICATE_VIEWER = "証明書ビューア", "certificate viewer"
    TRUSTED_ROOTS = "信頼されたルート証明書の一覧", "list of trusted root certificates"


Lacking = Mapping[Surface, str]
"""The surfaces that do not work in a browser on this machine, as was found out before the run, each with the reason."""


def need(surface: Surface, lacking: Lacking) -> None:
    """Raise NotApplicableError, with the reason, for a surface that does not work here."""
    if surface in lacking:
        raise NotApplicableError(
            say(
                f"この環境のブラウザーでは、「{surface}」を操作できない（{lacking[surface]}）",
                f'the browser of this environment does not let its "{surface}" be operated ({lacking[surface]})',
            )
        )


class SurfaceError(EnvironmentProblemError):
    """A surface did not appear, or could not be read or operated: the browser's doing or ours, never the portal's."""

    def __init__(self, surface: Surface, text: str) -> None:
        """Say which surface it was, and what was wrong with it."""
        super().__init__(text)
        self.surface = surface


class SurfaceAbsentError(SurfaceError):
    """A surface did not appear at all. Where it is known to work, that says something about the page."""


class SurfaceGoneError(SurfaceError):
    """A dialog disappeared before it was answered, as with a page that the portal closes."""
