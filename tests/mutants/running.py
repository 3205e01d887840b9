"""Recording, and trying what is left, in sessions of the harness."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekisho.manual.rows import manuals

from .making import ROOT, Mutant
from .outcomes import Outcome, Status
from .recording import fingerprints, spread, stale
from .sessions import SessionError, session
from .survey import Survey
from .telling import first

OUT = ROOT / "reports" / "out" / "mutants"
EVERY = 40  # mutants, and then the mock as it is once more: a machine that fails by itself kills nothing
JUDGES = 3


def stale_manuals(asked: list[str] | None, certs: str, *, everything: bool) -> list[str]:
    """The manuals whose recording is not there, or of another mock than this."""
    folders = {each: _recorded(each, certs) for each in asked or manuals()}
    return [each for each, folder in folders.items() if everything or not _there(folder) or stale(folder)]


def recordings(asked: list[str] | None, certs: str) -> list[Path]:
    """The folders of the manuals that were recorded."""
    return [folder for each in asked or manuals() if _there(folder := _recorded(each, certs))]


def _recorded(manual: str, certs: str) -> Path:
    """Where a manual's recording is: other scenarios pass, and touch other lines, where no dialog is operated."""
    return OUT / "recorded" / (manual if certs == "auto" else f"{manual}-{certs}")


def _there(folder: Path) -> bool:
    return (folder / "files.json").exists()


def record(manual: str, certs: str) -> None:
    """Carry out every scenario of a manual once, watched."""
    folder, files = _recorded(manual, certs), fingerprints()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    order = {"record": True, "watch": str(folder / "coverage")}
    with tempfile.TemporaryDirectory() as room, (folder / "scenarios.jsonl").open("w", encoding="utf-8") as file:
        for number, told in enumerate(session(order, Path(room), "--manual", manual, "--certs", certs), 1):
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
            _say(f"recording {manual}: {number} {told['scenario']} {told['verdict']} {told['said']}")
    (folder / "files.json").write_text(json.dumps(files), encoding="utf-8")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@dataclass
class Trial:
    """How the mutants of a survey are tried."""

    survey: Survey
    certs: str = "auto"
    most: int | None = None
    again: bool = False
    doubt: bool = False

    def due(self) -> list[Mutant]:
        """The mutants for which something is left to be tried."""
        left = [one for one in self.survey.mutants if self.doubt or one.key not in self.survey.listed]
        return [one for one in left if self._left(one)]

    def _left(self, one: Mutant) -> list[str]:
        """The scenarios that are left for a mutant, the most telling first."""
        left = self.survey.outcomes.left(one.key.id, self.survey.recording.touching(one), again=self.again)
        return first(left, one)

    def run(self, chosen: list[Mutant], *, minutes: float) -> None:
        """Try these. Raises SessionError where the mock as it is goes red, or the harness itself fails."""
        until, number = time.time() + minutes * 60, 0
        while chosen and time.time() < until:
            try:
                for told in self._session(chosen, until):
                    number += 1
                    self._take(told, f"{number}")
                    chosen = [one for one in chosen if one.key.id != told["mutant"]]
            except TimeoutError as error:
                self._take({"mutant": chosen[0].key.id, "status": Status.ERROR, "said": str(error)}, f"{number}")
                chosen = chosen[1:]
            else:
                return

    def _session(self, chosen: list[Mutant], until: float) -> Any:  # noqa: ANN401 - a generator of parsed JSON
        works = [self._work(one) for one in chosen]
        for place in range(0, len(works) + len(works) // EVERY, EVERY + 1):
            works.insert(place, self._nothing(works[place:]))
        recorded = self.survey.recording.scenarios
        green = {each: recorded[each].heard._asdict() for work in works for each in work["scenarios"]}
        order = {"work": works, "green": green, "until": min(until, 2**40)}
        with tempfile.TemporaryDirectory() as room:
            for told in session(order, Path(room), "--certs", self.certs):
                if told["mutant"]:
                    yield told
                elif told["status"] != Status.SURVIVED:
                    raise SessionError(f"the mock as it is: {told['status']} by {told.get('by')}: {told.get('said')}")

    def _work(self, one: Mutant) -> dict[str, Any]:
        return {
            "mutant": one.key.id,
            "module": one.module,
            "source": one.source(),
            "about": f"{one.key.file} {one.key.function}",
            "fresh": self.survey.recording.at_start(one),
            "scenarios": self._left(one),
            "most": self.most,
        }

    def _nothing(self, works: list[dict[str, Any]]) -> dict[str, Any]:
        """The mock as it is, for which nothing may go red."""
        soon = {each for work in works[:JUDGES] for each in work["scenarios"]}
        judges = spread([self.survey.recording.scenarios[each] for each in soon], {})[:JUDGES]
        return {"mutant": "", "module": "", "about": "", "fresh": False, "scenarios": judges, "most": None}

    def _take(self, told: dict[str, Any], number: str) -> None:
        outcome = Outcome.of(told)
        self.survey.outcomes.add(outcome)
        one = next(each for each in self.survey.mutants if each.key.id == outcome.mutant)
        _say(
            f"{number} {outcome.status} {one.key.file}:{one.line} {one.key.operator} {outcome.seconds} s {outcome.said}"
        )
