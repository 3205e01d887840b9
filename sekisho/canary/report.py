"""What the canary saw: which of the browser's private surfaces work here, in which browser, and why others do not."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from sekisho.native_ui import Surface

# Without these a run goes on by another way, and says so in the report of each scenario that does.
INSTEAD = {
    Surface.SETTINGS_MENU: "証明書の管理を、メニューからでなく、そのアドレスで開きます",
    Surface.CERTIFICATE_MANAGER: "一覧の代わりに、証明書ストアそのものを読みます",
    Surface.CERTIFICATE_VIEWER: "詳細の代わりに、証明書ストアそのものを読みます",
    Surface.TRUSTED_ROOTS: "一覧の代わりに、証明書ストアそのものを読みます",
}


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
        return f"{self.here}では、証明書の選択画面を操作できません（{dialog}）" if dialog else ""

    @property
    def here(self) -> str:
        """The browser and the accessibility bus, as every sentence about them names them."""
        return f"{self.browser}（at-spi {self.at_spi or '不明'}）" if not self.no_store else self.browser

    def lines(self, *, native: bool) -> list[str]:
        """What must be said before a run in this mode, one line each."""
        said = [self._line(one) for one in self.sightings if one.problem and _matters(one.surface, native=native)]
        if self.switches_unread:
            said.append(f"{self.here}: Playwright が切る機能の一覧を読めないため、既定のまま起動します（遅くなります）")
        return said

    def _line(self, one: Sighting) -> str:
        then = INSTEAD.get(one.surface, "要るシナリオは対象外になります")
        return f"{self.here}: 「{one.surface}」を操作できません（{one.problem}）。{then}。"


def _matters(surface: Surface, *, native: bool) -> bool:
    """In context mode nothing but the warning page is ever asked for; the dialog's absence is the mode's reason."""
    return surface is Surface.WARNING_PAGE or (native and surface is not Surface.CERTIFICATE_DIALOG)
