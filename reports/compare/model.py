"""What a comparison of two runs says; also the shape of `sekisho compare --json`."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from sekisho.verdict import Verdict


class Part(BaseModel):
    """A part of a comparison."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Turn(StrEnum):
    """What a changed verdict means; the first two make the exit code 1."""

    REGRESSION = "regression"
    UNDECIDED = "undecided"
    IMPROVEMENT = "improvement"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


class Picture(Part):
    """A screen of one of the runs: `path` below that run's folder."""

    path: str
    url: str
    title: str


class VerdictChange(Part):
    """A scenario whose verdict is another one; `before` or `after` is None where it was not carried out."""

    turn: Turn
    scenario: str
    manual: str
    procedure: str
    name: str
    ids: list[str]
    before: Verdict | None
    after: Verdict | None
    reason: str = Field(default="", description="What the portal did, or why nothing was decided, in the second run")
    pictures: tuple[Picture | None, Picture | None] = Field(
        default=(None, None), description="The last screen of each run up to the step at which one of them stopped"
    )


class Kind(StrEnum):
    """Where words stand."""

    SCREEN = "screen"
    DIALOG = "dialog"
    MAIL = "mail"
    NOTE = "note"
    REMARK = "remark"


class WordingChange(Part):
    """Words that only the first run saw, and words that only the second saw, at one place."""

    kind: Kind
    manual: str
    place: str = Field(
        description="Title and path of the screen, title of the dialog, subject of the mail, name of the scenario"
    )
    before: list[str]
    after: list[str]
    scenarios: list[str] = Field(description="Ids of the scenarios that saw it")
    pictures: tuple[Picture | None, Picture | None] = (None, None)


class ScreenChange(Part):
    """A screen that only one run showed, or that has another title or address now."""

    change: str = Field(description="added, removed, renamed or moved")
    manual: str
    before: Picture | None
    after: Picture | None
    scenarios: list[str]


class ProfileChange(Part):
    """One fact of the certificates that were issued in these scenarios."""

    manual: str
    certificate: str = Field(description="What the certificate is in the scenario, and who issued it")
    fact: str = Field(description="key, signature, validity, subject, issuer, or the name of an extension")
    before: str
    after: str
    weaker: bool = Field(description="Protects less than before: makes the exit code 1")
    scenarios: list[str]


class SideBySide(Part):
    """The same screen in both runs."""

    manual: str
    title: str
    before: Picture
    after: Picture


class Told(Part):
    """A run as the comparison names it."""

    id: str
    target: str
    product: str
    browser: str
    version: str
    started: str
    scenarios: int
    conclusion: str


class Comparison(Part):
    """Everything that is different, and the screens of both runs beside each other."""

    before: Told
    after: Told
    compared: int = Field(description="How many scenarios both runs carried out")
    verdicts: list[VerdictChange]
    wordings: list[WordingChange]
    profiles: list[ProfileChange]
    screens: list[ScreenChange]
    notes: list[str] = Field(description="What keeps the two runs from being fully comparable")
    side_by_side: list[SideBySide]

    @property
    def regressions(self) -> int:
        """How many findings make this comparison a bad one."""
        turned = sum(one.turn in {Turn.REGRESSION, Turn.UNDECIDED} for one in self.verdicts)
        return turned + sum(one.weaker for one in self.profiles)

    @property
    def differences(self) -> int:
        """How many differences there are, good or bad."""
        return len(self.verdicts) + len(self.wordings) + len(self.profiles) + len(self.screens)
