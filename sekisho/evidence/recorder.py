"""What one scenario did, step by step, written to disk the moment it ends."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Set  # noqa: PYI025 - there is no set of another kind here
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from sekisho import results
from sekisho.evidence.blackening import Blackening, Snapshot, blackened
from sekisho.evidence.masking import Masking
from sekisho.language import Pair, say
from sekisho.machine import files
from sekisho.manual.citations import CitedScenario, scenario_id
from sekisho.verdict import DeviationError, Verdict

PICTURE_QUALITY = 50  # JPEG; text stays readable at about 15 kB a screen
# Keys of a record whose values are names of the harness's own: of files, verdicts and rows.
OWN = frozenset(
    {
        "kind",
        "portal",
        "window",
        "same_as",
        "verdict",
        "id",
        "ids",
        "requirement",
        "manual",
        "feature",
        "nodeid",
        "worker",
        "path",
        "started",
        "section",
    }
)
NO_PICTURE = Pair(
    "画面が止まらないか、黒塗りすべき言葉を塗りきれないため、撮れなかった",
    "the screen does not stand still, or not all that must not be seen could be blackened",
)
# As a person sees it: to put it away and back again would cost a third of a picture.
CARET: Final = "initial"
GLANCES = 3  # a page that moves on at that very moment has no picture; at the next glance it has arrived
GLANCE_MILLISECONDS = 3000  # and its picture may never be finished
EMPTY_MILLISECONDS = 300  # and will not, where nothing is there to paint


@dataclass
class OpenStep:
    """A step that is being carried out."""

    keyword: str
    text: str
    ids: tuple[str, ...]
    table: list[list[str]]
    beyond: bool = False
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=time.monotonic)
    reason: str = ""
    instead: Verdict = Verdict.PASS
    """What a step that did and saw what its sentence says comes to nevertheless, for the reason given."""
    evidence: list[results.Evidence] = field(default_factory=list)
    own_words: list[results.OwnWords] = field(default_factory=list)

    def close(self, verdict: Verdict, ids: tuple[str, ...] | None = None) -> results.Step:
        """The finished record of this step, with the rows against which it counts where those are others."""
        return results.Step(
            keyword=self.keyword,
            text=self.text,
            ids=list(self.ids if ids is None else ids),
            beyond=self.beyond,
            verdict=self.instead if verdict is Verdict.PASS else verdict,
            reason=self.reason,
            started=self.started,
            seconds=round(time.monotonic() - self.clock, 3),
            table=self.table,
            evidence=self.evidence,
            own_words=self.own_words,
        )


@dataclass(frozen=True)
class Place:
    """Where in a run a scenario belongs."""

    nodeid: str
    worker: str
    example: dict[str, str]
    repeat: str
    attempt: int = 1
    cell: results.Cell | None = None


class Recorder:
    """Collects the evidence of one scenario. Everything passes the masking when it is written."""

    def __init__(
        self, folder: Path, cited: CitedScenario, place: Place, masking: Masking, blackening: Blackening | None = None
    ) -> None:
        """Begin a scenario whose files go below a run's folder."""
        self._blackening = blackening or Blackening(masking)
        self._folder, self._cited, self._place, self._masking = folder, cited, place, masking
        self._started, self._clock = datetime.now(UTC), time.monotonic()
        self._before = 0.0
        self._steps: list[results.Step] = []
        self._hosts: dict[str, None] = {}
        self._open: OpenStep | None = None
        self._picture: results.Picture | None = None
        self._awaiting: list[int] = []
        self.exchanges: list[results.Exchange] = []
        """What passed between browser and portal, of a procedure that is explored."""
        self.standing: results.Standing | None = None
        """How things stood behind a fault, of a procedure that is explored."""
        self.struck: Callable[[], bool] = lambda: False
        """Whether a fault of ours has struck in the step under way, of a procedure that is explored."""
        self.walked: results.Walked | None = None
        """What was walked, of an exploration by walks."""
        self.only_learnt = False
        """Whether the screen that was looked at last was only read (`learn`)."""
        self.shows_rows = False
        """Whether the step under way is what rows of the manual describe, and not only on the way to such a step."""

    def go_on(self, earlier: results.Scenario, steps: int) -> None:
        """Go on with a scenario whose first steps have been carried out: their evidence is part of this record."""
        self._started, self._before = earlier.started, earlier.seconds
        self._steps = earlier.steps[:steps]
        self._hosts = dict.fromkeys(earlier.hosts)

    def begin(
        self,
        keyword: str,
        text: str,
        ids: tuple[str, ...],
        table: list[list[str]],
        *,
        beyond: bool = False,
        own: bool = False,
    ) -> None:
        """A step begins. `own`: its rows describe this very step, and not the scenario as a whole."""
        self._open = OpenStep(keyword, text, ids, table, beyond)
        self.shows_rows = own and bool(ids)

    def add(self, evidence: results.Evidence) -> None:
        """Attach evidence to the current step; between steps there is nothing to attach it to and it is dropped."""
        if isinstance(evidence, results.Mail):
            self._blackening.read(evidence)
        if self._open:
            self._open.evidence.append(evidence)

    def not_applicable(self, reason: str) -> None:
        """The current step goes on, but here it cannot show what its ids ask for: they are NOT APPLICABLE."""
        self._instead(Verdict.NOT_APPLICABLE, reason)

    def warning(self, reason: str) -> None:
        """The current step goes on: the manual allows what the portal does, but its owner should know of it."""
        self._instead(Verdict.WARNING, reason)

    def own_words(self, words: results.OwnWords, reason: str) -> None:
        """The current step goes on: the portal means what it should, and says it in its own words.

        Raises DeviationError where a fault of ours has just struck: what is said then is said of that.
        """
        if self.struck():
            raise DeviationError(reason)
        self.warning(reason)
        if self._open:
            self._open.own_words.append(words)

    def _instead(self, verdict: Verdict, reason: str) -> None:
        if self._open:
            self._open.instead, self._open.reason = verdict, reason

    def picture(self, page: Page) -> None:
        """Attach the screen, also to the steps that await it. A page that is gone has no picture.

        Nor has one that does not stand still, or in which not all is black that must not be seen: a note says so.
        """
        self.only_learnt = False
        screen = _screen(page, self._blackening)
        if screen is None:
            if not page.is_closed():
                self.add(results.Note(title=say("写真なし", "no picture"), lines=[str(NO_PICTURE)]))
            return
        image, snapshot = screen
        name = self._stored(image)
        self._picture = results.Picture(path=name, url=snapshot.url, title=snapshot.title, text=snapshot.lines)
        self.same_picture()
        self._hand_on(self._picture)

    def learn(self, page: Page) -> None:
        """Read a screen for what must not be seen, without a picture of it; there is none to attach again, either."""
        self._picture, self.only_learnt = None, True
        self._awaiting.clear()
        with suppress(BrowserError):
            self._blackening.look(page)

    def photograph(self, image: bytes, what: str) -> None:
        """Attach a photograph (JPEG) that a person took of something."""
        self.add(results.Picture(path=self._stored(image), url="", title=what))

    def _stored(self, image: bytes) -> str:
        name = f"pictures/{hashlib.sha256(image).hexdigest()[:20]}.jpg"
        path = self._folder / name
        path.parent.mkdir(exist_ok=True)
        files.write(path, image)
        return name

    def same_picture(self) -> None:
        """Attach the last picture again: nothing has changed since."""
        if self._picture:
            self.add(self._picture)

    def await_picture(self) -> None:
        """The step under way led to a screen that is still to come: it gets the next picture."""
        self._awaiting.append(len(self._steps))

    def _hand_on(self, picture: results.Picture) -> None:
        for number in self._awaiting:
            step = self._steps[number]
            self._steps[number] = step.model_copy(update={"evidence": [*step.evidence, picture]})
        self._awaiting.clear()

    def tells_a_secret(self, text: str, values: Set[str]) -> bool:
        """Whether what was sent, as a text and as its values, gives away a secret of this scenario."""
        return self._masking.given_away(text, values)

    def host(self, origin: str) -> None:
        """Note that the browser asked an origin (scheme://host:port)."""
        self._hosts[origin] = None

    @property
    def id(self) -> str:
        """The scenario's id in this run."""
        attempt = self._place.attempt
        return scenario_id(self._cited, self._place.example) + (f"-{attempt}" if attempt > 1 else "")

    @property
    def started(self) -> datetime:
        """When the scenario began."""
        return self._started

    @property
    def manual(self) -> str:
        """The manual that the scenario belongs to."""
        return self._cited.manual

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows of the manual that the scenario cites."""
        return self._cited.ids

    @property
    def hosts(self) -> list[str]:
        """The origins asked so far, in the order of the first request."""
        return list(self._hosts)

    @property
    def steps(self) -> list[results.Step]:
        """The steps that have ended."""
        return self._steps

    def end(self, verdict: Verdict, ids: tuple[str, ...] | None = None) -> results.Step | None:
        """The current step ends; gives its record, or None when there was none. `ids`: the rows it counts against."""
        if self._open is None:
            return None
        self._steps.append(self._open.close(verdict, ids))
        self._open = None
        return self._steps[-1]

    def reconsider(self, reason: str) -> None:
        """The step that has just ended saw nothing of what its sentence says, for the reason given."""
        self._steps[-1] = self._steps[-1].model_copy(update={"verdict": Verdict.NOT_APPLICABLE, "reason": reason})

    def skip(
        self,
        keyword: str,
        text: str,
        ids: tuple[str, ...],
        *,
        beyond: bool = False,
        left_out: bool = False,
        reason: str = "",
    ) -> None:
        """A step after the one that stopped the scenario, or behind which all is left out, for the reason given."""
        verdict = Verdict.NOT_APPLICABLE if left_out else Verdict.NOT_REACHED
        self._steps.append(OpenStep(keyword, text, ids, [], beyond, reason=reason).close(verdict))

    def write(
        self,
        verdict: Verdict,
        failure: results.Failure | None,
        judge: Callable[[results.Scenario], results.Scenario] = lambda scenario: scenario,
    ) -> results.Scenario:
        """Write the scenario's file and give the record, masked as it stands on disk.

        One that passed with a warning in a step is a WARNING. `judge` says what else is known of the target.
        """
        if verdict is Verdict.PASS and any(step.verdict is Verdict.WARNING for step in self._steps):
            verdict = Verdict.WARNING
        found = judge(self._scenario(verdict, failure)).model_dump(mode="json")
        clean = results.Scenario.model_validate(self._cleaned(found))
        results.write(clean, self._folder / "scenarios" / f"{clean.id}.json")
        return clean

    def _cleaned(self, found: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON
        """A record without secrets; what names the harness's own things stays, whatever words secrets consist of."""
        match found:
            case dict():
                return {name: self._cleaned(one, name) for name, one in found.items()}
            case list():
                return [self._cleaned(one, key) for one in found]
            case str() if key not in OWN:
                return self._masking.clean(found)
        return found

    def _scenario(self, verdict: Verdict, failure: results.Failure | None) -> results.Scenario:
        cited, place = self._cited, self._place
        return results.Scenario(
            id=self.id,
            nodeid=place.nodeid,
            manual=cited.manual,
            procedure=cited.procedure,
            feature=cited.feature,
            rule=cited.rule,
            name=cited.name,
            beyond=cited.beyond,
            example=place.example,
            ids=list(cited.ids),
            worker=place.worker,
            started=self._started,
            seconds=round(self._before + time.monotonic() - self._clock, 3),
            verdict=verdict,
            steps=self._steps,
            failure=failure,
            hosts=self.hosts,
            repeat=place.repeat,
            attempt=place.attempt,
            exchanges=self.exchanges,
            cell=place.cell,
            standing=self.standing,
            walked=self.walked,
        )


def _screen(page: Page, blackening: Blackening) -> tuple[bytes, Snapshot] | None:
    """The pixels and the words of one screen; again when it moved on while it was looked at.

    None when it is gone, and where it never stood still with all black that must not be seen.
    """
    taken = None
    for _ in range(GLANCES):
        try:
            snapshot = blackening.look(page)
            with blackened(snapshot) as whole:
                patience = GLANCE_MILLISECONDS if snapshot.begun else EMPTY_MILLISECONDS
                image = page.screenshot(type="jpeg", quality=PICTURE_QUALITY, timeout=patience, caret=CARET)
            after = blackening.look(page)
        except BrowserTimeoutError:
            continue
        except BrowserError:
            if page.is_closed():
                return taken
            continue
        if whole and after.dark == snapshot.dark:
            taken = image, snapshot
            if (after.url, after.title) == (snapshot.url, snapshot.title):
                break
    return taken
