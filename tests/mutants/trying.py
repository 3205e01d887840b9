"""A pytest plugin (`-p tests.mutants.trying --mutants ORDER`): many mutants in one session, with one browser for all.

For each mutant in the order, a mock with it is started and its scenarios are carried out until one notices. With
`"record"`, one whole mock is watched instead, while every scenario is carried out once. Each outcome is one line of
JSON in the order's `out`, written the moment it is known.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from fixtures.defects import BROKEN
from fixtures.evidence import RECORDER
from fixtures.mock import MockPortal
from fixtures.run import SESSION
from fixtures.selection import cited, example
from sekisho.manual.citations import scenario_id
from sekisho.results import Scenario, read_scenario
from sekisho.verdict import Verdict

from .mocks import Mocks, StillbornError, mocks
from .noticing import Heard, heard, notices

ENOUGH_ERRORS = 3
CONTROL = "mock_ca "  # how an error begins that the control port answered with
Work = dict[str, Any]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option."""
    parser.addoption("--mutants", type=Path, metavar="ORDER", help="JSON: which mutants, with which scenarios")


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Take over the loop and the mock; as the last plugin, whose fixtures count."""
    order: Work = json.loads(session.config.getoption("--mutants").read_text(encoding="utf-8"))
    session.config.stash[BROKEN] = not order.get("record")
    session.config.pluginmanager.register(Trying(session, order), "sekisho-mutants")


class Trying:
    """What is to be tried, and how far that is."""

    def __init__(self, session: pytest.Session, order: Work) -> None:
        """Nothing is tried yet."""
        self._session, self._order = session, order
        self._out = Path(order["out"])
        self._killers: dict[str, Counter[str]] = {}
        self._mocks: Mocks | None = None

    @pytest.fixture(scope="session")
    def mock(self) -> dict[str, Any]:
        """What the mock that runs now printed when it was ready."""
        assert self._mocks
        return self._mocks.ready

    @pytest.fixture
    def mock_portals(self) -> dict[str, MockPortal]:
        """None yet: each scenario meets another mock."""
        return {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self) -> bool:
        """Instead of each test once: what the order says."""
        items = {_id(item): item for item in self._session.items}
        with mocks(Path(self._order["folder"]), self._order["manuals"]) as self._mocks:
            if self._order.get("record"):
                self._record(items)
            else:
                self._try_all(items)
            self._session._setupstate.teardown_exact(None)  # as pytest does after its own loop
        return True

    def _record(self, items: dict[str, pytest.Item]) -> None:
        assert self._mocks
        self._mocks.start(fresh=True, watch=self._order["watch"])
        for name, item in items.items():
            self._mocks.account(name)
            one = self._carry_out(item)
            if one:
                self._write({"scenario": name, "feature": one.feature, "seconds": one.seconds, **heard(one)._asdict()})
        self._mocks.account("")
        self._mocks.save()

    def _try_all(self, items: dict[str, pytest.Item]) -> None:
        works = self._order["work"]
        for work, coming in zip(works, [*works[1:], None], strict=True):
            if time.time() > self._order["until"]:
                return
            begun = time.monotonic()
            outcome = self._try(work, coming, items)
            self._write({"mutant": work["mutant"], **outcome, "seconds": round(time.monotonic() - begun, 1)})

    def _try(self, work: Work, coming: Work | None, items: dict[str, pytest.Item]) -> Work:
        """Carry out a mutant's scenarios until one notices."""
        assert self._mocks
        try:
            self._mocks.start(**_mock_of(work))
        except StillbornError as error:
            return {"status": "not viable", "tried": [], "said": str(error)[-300:]}
        if coming:
            self._mocks.prepare(**_mock_of(coming))
        tried, errors = list[str](), list[str]()
        for name in self._ordered(work):
            if name not in items:
                continue
            one = self._carry_out(items[name])
            tried.append(name)
            if one is None or one.verdict in {Verdict.ERROR, Verdict.BLOCKED}:
                errors.append(heard(one).said if one else "no result")
                if len(errors) == ENOUGH_ERRORS:
                    break
            elif notices(heard(one), Heard(**self._order["green"][name])):
                self._killers.setdefault(work["about"], Counter())[name] += 1
                return {"status": "killed", "by": name, "tried": tried, "said": heard(one).said}
        return {"status": _undecided(errors), "tried": tried, "said": " / ".join(errors)[:600]}

    def _ordered(self, work: Work) -> Iterator[str]:
        """First what noticed another mutant of the same function."""
        known = self._killers.get(work["about"], Counter())
        ordered = sorted(work["scenarios"], key=lambda name: -known[name])
        yield from ordered[: work["most"]]

    def _carry_out(self, item: pytest.Item) -> Scenario | None:
        """Carry out a scenario and read its result; of its fixtures, those of the session stay."""
        item.user_properties.clear()
        runtestprotocol(item, log=False, nextitem=self._session)  # type: ignore[arg-type] # whose chain is asked for
        self._session.shouldstop = self._session.shouldfail = False
        if not dict(item.user_properties).get("sekisho"):
            return None
        return read_scenario(
            Path(self._session.config.stash[SESSION].folder), f"scenarios/{item.stash[RECORDER].id}.json"
        )

    def _write(self, outcome: Work) -> None:
        with self._out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(outcome, ensure_ascii=False) + "\n")


def _mock_of(work: Work) -> dict[str, Any]:
    changed = {"module": work["module"], "source": work["source"]} if work["module"] else {}
    return {"fresh": work["fresh"], **changed}


def _undecided(errors: list[str]) -> str:
    """What to call a mutant that nobody noticed: a mock that cannot set the scene shows nothing of its portals."""
    if not errors:
        return "survived"
    return "not viable" if all(each.startswith(CONTROL) for each in errors) else "error"


def _id(item: pytest.Item) -> str:
    one = cited(item)
    assert one
    return scenario_id(one, example(item))
