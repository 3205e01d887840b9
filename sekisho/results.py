"""The result files of a run, the only input of every report.

A run is a folder: `run.json` holds one `Run`, `scenarios/<id>.json` one `Scenario` each, written the moment it ends,
so that an interrupted run keeps what it finished. Pictures and Allure files lie beside them and are named by paths
relative to the folder. Everything is masked before it is written (see `sekisho.evidence.masking`).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Discriminator, Field, Tag

from sekisho.language import Pair, say
from sekisho.machine import files
from sekisho.verdict import Verdict

SCHEMA_VERSION = 1
USED_BEFORE = Pair(
    "利用者 {} は前の実行でも使った。ポータルで元に戻していなければ、そのためかもしれない",
    "An earlier run has used {}: it may be for that, unless the portal was put back since",
)
"""What a deviation about such users is to be read with."""


# A name that can be a file's: it hides nothing, and leads nowhere else.
Name = Annotated[str, Field(pattern=f"^{files.NAME}$", max_length=200)]


# A length of time; no step and no run lasts for years.
Seconds = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class Record(BaseModel):
    """A part of a result file: unknown keys are refused, values are never changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Certificate(Record):
    """The facts of one X.509 certificate; names as RFC 4514 strings, times in UTC."""

    kind: Literal["certificate"] = "certificate"
    title: str = Field(default="", description="What this certificate is in the scenario, in Japanese")
    subject: str
    issuer: str
    subject_cn: str
    issuer_cn: str
    serial: str = Field(description="Serial number, lower-case hex without leading zeros or separators")
    not_before: AwareDatetime
    not_after: AwareDatetime
    key: str = Field(description="Algorithm and size, such as RSA-2048")
    signature: str = Field(description="Signature algorithm, such as sha256WithRSAEncryption")
    extensions: list[str] = Field(description="Each as 'name: value', in the certificate's order")
    sha256: str = Field(description="Fingerprint, lower-case hex")


class DialogRow(Record):
    """One row of the browser's certificate dialog, as the dialog shows it."""

    subject: str
    issuer: str
    serial: str
    chosen: bool = False


class Dialog(Record):
    """A dialog of the browser's own, for a certificate or (without rows) a PIN: what it showed, what was pressed."""

    kind: Literal["dialog"] = "dialog"
    title: str
    text: str = Field(description="The dialog's sentence, which names the host that asks")
    columns: list[str]
    rows: list[DialogRow]
    pressed: str = Field(description="The label of the button that was pressed")


class Mail(Record):
    """One message as it arrived."""

    kind: Literal["mail"] = "mail"
    sender: str
    recipient: str
    subject: str
    date: AwareDatetime
    body: str


class Picture(Record):
    """The screen at the end of a step."""

    kind: Literal["picture"] = "picture"
    path: str = Field(pattern=f"^{files.NAME}(/{files.NAME})*$", description="Below the run's folder")
    url: str
    title: str
    text: list[str] = Field(default_factory=list, description="The words on the screen, line by line, masked")


class Note(Record):
    """A fact worth showing that has no shape of its own: a wire fault, a list of addresses, a refused import."""

    kind: Literal["note"] = "note"
    title: str
    lines: list[str]


Evidence = Annotated[Certificate | Dialog | Mail | Picture | Note, Field(discriminator="kind")]


class Gap(Record):
    """A requirement that the target is known to miss, as its target file admits."""

    requirement: str = Field(description="Id of the row")
    reason: str
    until: date = Field(description="The last day (Asia/Tokyo) on which this gap is an excuse")
    browser: str = Field(default="", description="Only in this browser; empty for all")
    versions: str = Field(default="", description="Only in these versions of the browser, such as '>=120, <131'")


class Product(Record):
    """What is tested, as its vendor calls it."""

    name: str
    version: str = ""
    vendor: str = ""
    manual_version: str = Field(default="", description="Edition of the manual that the product is tested against")


class OwnWords(Record):
    """What a portal says in words of its own, where the manual leaves the wording open."""

    section: str = Field(description="Section of the manual's dialect, such as messages")
    name: str = Field(description="Name in that section, such as mismatch")
    instead_of: list[str] = Field(description="The words that the target file, or else the manual, has for it")
    said: str


class Step(Record):
    """One sentence of a scenario and what came of it."""

    keyword: str = Field(description="前提, もし, ならば or かつ")
    text: str
    ids: list[str] = Field(
        description="Rows of the manual this sentence carries out or checks; once it failed, those it counts against"
    )
    beyond: bool = Field(default=False, description="Whether it asks for what no row of the manual states")
    verdict: Verdict
    reason: str = Field(default="", description="Why the verdict is NOT APPLICABLE or WARNING; empty otherwise")
    started: AwareDatetime
    seconds: Seconds
    table: list[list[str]] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    own_words: list[OwnWords] = Field(
        default_factory=list, description="What the portal said in its own words, for which the step is a WARNING"
    )


class Failure(Record):
    """Why a scenario did not pass: Requirement / Manual says / Portal did."""

    verdict: Verdict
    requirement: list[str] = Field(description="Ids of the rows concerned")
    manual_says: str
    portal_did: str
    step: str = Field(description="The sentence at which the scenario stopped")
    detail: str = Field(default="", description="Technical detail for whoever repairs it, masked")


class Exchange(Record):
    """One request of the browser's and its answer, in a procedure undisturbed or in doing it over (sekisho explore)."""

    press: int = Field(description="After how many presses of the person it began, from 1")
    cause: str = Field(description="The sentence in which that press was")
    screen: str = Field(default="", description="The title of the screen on which it was pressed; empty for the first")
    method: str
    address: str = Field(description="The site's name and the path; an address elsewhere in full; never a query")
    status: int | None = Field(description="HTTP status; None where no answer came")
    size: int = Field(description="Bytes of the answer's body")
    left_out: str = Field(default="", description="Why no fault is laid here; empty where faults are laid")
    program: bool = Field(default=False, description="Whether a program of the PC sent it, and no browser")


class SecondFault(Record):
    """A second fault, which strikes while a procedure is done over."""

    press: int = Field(description="Press, method and address of the exchange, as the cell of the first fault has them")
    method: str
    address: str
    fault: str = Field(description="Name of the fault")


class FaultCell(Record):
    """Which fault in which exchange a scenario of an exploration is about."""

    kind: Literal["fault"] = "fault"
    procedure: str = Field(description="Id of the scenario in which the procedure is carried out undisturbed")
    press: int = Field(description="Press, method and address of the exchange, as that scenario has them")
    method: str
    address: str
    fault: str = Field(description="Name of the fault")
    second: SecondFault | None = Field(default=None, description="The fault while it is done over (--depth 2)")


class TabsCell(Record):
    """In which order a scenario of an exploration takes the steps of two tabs."""

    kind: Literal["tabs"] = "tabs"
    procedure: str = Field(description="Id of the scenario in which one tab is finished before the other begins")
    order: str = Field(pattern="^[AB]+$", description="The lane of each step in time order, such as AABAB")
    letter: str = Field(default="", description="What is done besides, such as reload; empty for nothing")
    at: int = Field(default=0, description="At which step of the order the letter stands, from 1; 0 without one")
    cells: int = Field(description="How many cells the procedure has")
    all: int = Field(description="In how many orders the sentences of both lanes could stand")
    silent: int = Field(description="Of these no cells: they differ only in where what exchanges nothing stands")
    mirrored: int = Field(description="Of these no cells: they differ only in which tab is called A")


class BoundaryCell(Record):
    """On which side of a rule's boundary, and where in the calendar, a scenario of an exploration is carried out."""

    kind: Literal["boundary"] = "boundary"
    procedure: str = Field(description="Id of the rule: of its outline without any values")
    side: str = Field(description="The moment before or behind the boundary, such as 30日目の終わり")
    place: str = Field(description="The day in whose midnight the boundary is laid, such as うるう日")


class WalkCell(Record):
    """That a scenario of an exploration is the most telling of many walks from one beginning."""

    kind: Literal["walk"] = "walk"
    procedure: str = Field(description="Id of the beginning")


class Walked(Record):
    """What was walked from a beginning, and the walk that the scenario shows."""

    tried: int = Field(description="How many different walks were carried out")
    unfinished: bool = Field(default=False, description="Whether the time was over before all were")
    longest: int = Field(description="Moves of the longest that went well")
    moves: list[str] = Field(description="What is done in the walk that is shown")
    gherkin: str = Field(description="The same as a feature, to be pasted and run")
    others: list[str] = Field(default_factory=list, description="As features, the walks that failed in other ways")


class Standing(Record):
    """How things stood behind a fault, to be compared with other cells of the same procedure."""

    portal: str = Field(description="Digest of what the portal had answered, and the PC's store had, by then")
    window: str = Field(description="Digest of what the browser's window kept")
    anew: bool = Field(default=False, description="Whether it was done over in a new window, without any of that")
    same_as: Name | Literal[""] = Field(
        default="", description="The cell that stood the same and was carried out to its end; empty where this one was"
    )


def _kind(cell: Any) -> str:  # noqa: ANN401 - whatever stands in a file
    """The kind of a cell; the first ones that were written did not name it."""
    return str(cell.get("kind", "fault") if isinstance(cell, dict) else getattr(cell, "kind", ""))


Cell = Annotated[
    Annotated[FaultCell, Tag("fault")]
    | Annotated[TabsCell, Tag("tabs")]
    | Annotated[BoundaryCell, Tag("boundary")]
    | Annotated[WalkCell, Tag("walk")],
    Discriminator(_kind),
]
"""What a scenario of an exploration is about. `kind` tells which sort of exploration it belongs to."""


class Scenario(Record):
    """One scenario (one example of an outline) of one run."""

    id: Name = Field(description="Unique in a run, stable between runs; also the file name")
    nodeid: str
    manual: str
    procedure: str = Field(description="Name of the feature: one procedure of the manual")
    feature: str = Field(description="Path of the feature file below features/")
    rule: str = ""
    name: str
    example: dict[str, str] = Field(default_factory=dict)
    ids: list[str]
    worker: str
    started: AwareDatetime
    seconds: Seconds
    verdict: Verdict
    steps: list[Step]
    failure: Failure | None = None
    waiting_until: AwareDatetime | None = Field(default=None, description="From when a WAITING scenario can go on")
    hosts: list[str] = Field(default_factory=list, description="Every scheme://host:port the browser asked")
    repeat: str = Field(description="The command that runs just this scenario again")
    gap: Gap | None = Field(default=None, description="The known gap behind KNOWN GAP or UNEXPECTED PASS")
    beyond: bool = Field(default=False, description="Whether all of it goes beyond the manual: a WARNING at most")
    attempt: int = Field(default=1, description="Which of several repetitions in one run (--repeat) this is, from 1")
    exchanges: list[Exchange] = Field(
        default_factory=list, description="What passed between browser and portal, of a procedure that is explored"
    )
    cell: Cell | None = Field(default=None, description="Of an exploration: what is tried in it")
    standing: Standing | None = Field(default=None, description="Of an exploration by faults: what the fault left")
    walked: Walked | None = Field(default=None, description="Of an exploration by walks: what was walked")

    @property
    def base_id(self) -> str:
        """The id without the number of a repetition: the same for all of them, and from run to run."""
        return self.id.removesuffix(f"-{self.attempt}") if self.attempt > 1 else self.id


class Called(Record):
    """What a manual is called."""

    name: str = Field(description="Its portal in a word or two")
    title: str = Field(description="Its full title")


class Rule(Record):
    """A rule whose boundaries were to be explored, whether any of its cells was carried out or not."""

    id: Name = Field(description="Of its outline without any values")
    manual: str
    name: str = Field(description="Of its outline, with the places of side and day")
    ids: list[str] = Field(description="Rows of the manual")
    sides: dict[str, str] = Field(description="By the name of each side, the time of day on it")


class Run(Record):
    """One run as a whole."""

    schema_version: Literal[1] = 1
    id: str
    version: str = Field(description="Version of sekisho")
    command: str
    target: str
    product: Product | None = Field(default=None, description="What is tested, where the target file says so")
    gaps: list[Gap] = Field(default_factory=list, description="What the target file admits")
    language: Literal["", "ja", "en"] = Field(
        default="", description="In which its reasons and notes are told; empty in earlier runs, which are Japanese"
    )
    manuals: list[str]
    called: dict[str, Called] = Field(default_factory=dict, description="What each manual is called, by its name")
    browser: str = Field(description="Name and version")
    build: str = Field(default="", description="What the browser's program says of itself, in full")
    limits: list[str] = Field(
        default_factory=list, description="What this browser cannot do or we cannot read, in lines"
    )
    told_system: str = Field(
        default="", description="The system that sites were told the browser is on, where that is not the machine's own"
    )
    certs: Literal["native", "context"]
    certs_reason: str = Field(default="", description="Why the mode was chosen, where it was not asked for")
    machine: str
    jobs: int
    started: AwareDatetime
    resumed: list[AwareDatetime] = Field(
        default_factory=list, description="When waiting scenarios, or an exploration, were gone on with"
    )
    shard: str = Field(default="", description="Which part of the scenarios this run carried out, such as 2/8")
    stopped: str = Field(default="", description="Why the run gave up before its last scenario; empty otherwise")
    rules: list[Rule] = Field(default_factory=list, description="Of an exploration: the rules that it is about")
    left_out: int = Field(
        default=0, ge=0, description="Of an exploration: how many cells the number that was asked for left out"
    )
    finished: AwareDatetime | None = Field(default=None, description="Empty while running and after an interruption")


def read_run(folder: Path) -> Run:
    """The run in a folder. Raises OSError, or ValueError (pydantic.ValidationError) naming the key."""
    return Run.model_validate_json(files.read(folder / "run.json"))


def scenario_names(folder: Path) -> list[str]:
    """The names below a run's folder of its scenarios' files, sorted; links are none."""
    return [f"scenarios/{name}" for name in files.names(folder / "scenarios", ".json")]


def read_scenario(folder: Path, name: str) -> Scenario:
    """One finished scenario of a run by its file's name. Raises OSError, or ValueError (pydantic.ValidationError)."""
    found = Scenario.model_validate_json(files.read(files.inside(folder, name)))
    if f"scenarios/{found.id}.json" != name:
        raise ValueError(
            say(
                f"id: {found.id!r} はこのファイルの名前ではありません", f"id: {found.id!r} is not the name of this file"
            )
        )
    return found


def read_scenarios(folder: Path) -> list[Scenario]:
    """Every finished scenario of a run, in the order of feature file and start. Raises as `read_scenario`."""
    found = [read_scenario(folder, name) for name in scenario_names(folder)]
    return sorted(found, key=lambda scenario: (scenario.feature, scenario.started))


def write(record: Run | Scenario, path: Path) -> None:
    """Write one result file so that a reader sees either the old one or the whole new one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, record.model_dump_json(indent=1))
