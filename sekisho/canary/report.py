"""What the canary saw: which of the browser's private surfaces work here, in which browser, and why others do not."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from sekisho.language import say
from sekisho.native_ui import Surface


def instead(lacking: Surface) -> str:
    """By which other way a run goes on, of which the report of each scenario that does tells; empty without one."""
    match lacking:
        case Surface.SETTINGS_MENU:
            return say(
                "証明書の管理を、メニューからでなく、そのアドレスで開きます",
                "The certificate manager is opened by its address instead of the menu",
            )
        case Surface.CERTIFICATE_MANAGER | Surface.TRUSTED_ROOTS:
            return say(
                "一覧の代わりに、証明書ストアそのものを読みます",
                "The certificate store itself is read instead of the list",
            )
        case Surface.CERTIFICATE_VIEWER:
            return say(
                "詳細の代わりに、証明書ストアそのものを読みます",
                "The certificate store itself is read instead of the viewer",
            )
        case _:
            return ""


class Sighting(BaseModel):
    """One surface, and why it does not work here; an empty reason means that it was read and operated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    surface: Surface
    problem: str = ""
    seconds: float = 0.0


class Report(BaseModel):
    """One browser on one machine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    browser: str = Field(description="Its name and version")
    build: str = Field(description="What its program or, where that says nothing, the running browser says of itself")
    edge: bool = Field(description="Whether the running browser calls itself Edge")
    at_spi: str = Field(description="Version of at-spi2-core; empty where it is not known")
    no_store: str = Field(default="", description="Why there is neither store nor dialog of the browser's own")
    switches_unread: bool = Field(default=False, description="Whether Playwright's list of switches could not be read")
    sightings: tuple[Sighting, ...] = ()
    seen: datetime
    seconds: float

    @property
    def lacking(self) -> dict[Surface, str]:
        """The surfaces that do not work, each with the reason."""
        return {one.surface: one.problem for one in self.sightings if one.problem}

    @property
    def context_only(self) -> str:
        """Why certificates must be given by Playwright here; empty where the browser's own dialog works."""
        if self.no_store:
            return self.no_store
        dialog = self.lacking.get(Surface.CERTIFICATE_DIALOG)
        if not dialog:
            return ""
        return say(
            f"{self.here}では、証明書の選択画面を操作できません（{dialog}）",
            f"in {self.here} the certificate dialog cannot be operated ({dialog})",
        )

    @property
    def here(self) -> str:
        """The browser and the accessibility bus, as every sentence about them names them."""
        if self.no_store:
            return self.browser
        return say(
            f"{self.browser}（at-spi {self.at_spi or '不明'}）",
            f"{self.browser} (at-spi {self.at_spi or 'of an unknown version'})",
        )

    def lines(self, *, native: bool) -> list[str]:
        """What must be said before a run in this mode, one line each."""
        said = [self._line(one) for one in self.sightings if one.problem and _matters(one.surface, native=native)]
        if self.switches_unread:
            said.append(
                say(
                    f"{self.here}: Playwright が切る機能の一覧を読めないため、既定のまま起動します（遅くなります）",
                    f"{self.here}: the list of what Playwright switches off cannot be read; the browser starts with "
                    "its defaults (slower)",
                )
            )
        return said

    def _line(self, one: Sighting) -> str:
        then = instead(one.surface) or say(
            "要るシナリオは対象外になります", "Scenarios that need it are not applicable"
        )
        return say(
            f"{self.here}: 「{one.surface}」を操作できません（{one.problem}）。{then}。",
            f"{self.here}: the {one.surface} cannot be operated ({one.problem}). {then}.",
        )


def _matters(surface: Surface, *, native: bool) -> bool:
    """In context mode nothing but the warning page is ever asked for; the dialog's absence is the mode's reason."""
    return surface is Surface.WARNING_PAGE or (native and surface is not Surface.CERTIFICATE_DIALOG)
