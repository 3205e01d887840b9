"""kill -9 of the mock at a random moment, under several visitors: whatever was answered for is still there."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from bench.soak.record import Round, Wrong
from sekisho.machine.processes import Member, family, survivors
from tests.mock_ca.running import Running, submit
from tests.mock_ca.visitor import identity, opened
from tests.mock_ca.walks import PASSWORD, advance, apply, at_renewal, key_page

MOMENTS = (0.0, 4.0)  # seconds after the first answer to a visitor
BEGINS = 60.0  # seconds within which that comes, also on a busy machine
VISITORS = 4
GOES = 10.0  # seconds that a killed mock's own processes may take to end
ISSUES = 20.0  # seconds in which a restarted mock finishes what it had accepted
QUERIES = {
    "subscriber": "SELECT count(*) FROM subscribers WHERE user_id = ?",
    "request": "SELECT count(*) FROM requests WHERE request_id = ? AND status != 'cancelled'",
    "certificate": "SELECT count(*) FROM certificates WHERE serial = ?",
    "revocation": "SELECT count(*) FROM certificates WHERE serial = ? AND revoked_at IS NOT NULL",
}


@dataclass
class Ledger:
    """What visitors got an answer for: a kind of `QUERIES`, and its number."""

    answered: list[tuple[str, str]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """What a visitor met that is neither an answer nor the end of the mock."""

    def add(self, kind: str, number: str) -> None:
        """Note an answer; lists take entries from several threads."""
        self.answered.append((kind, number))


def killed(number: int, folder: Path, seed: int, moments: tuple[float, float] = MOMENTS) -> Round:
    """Let visitors work, kill the mock, start it again, and look for everything that they were promised."""
    chance, begun = random.Random(f"{seed} mock {number}"), time.monotonic()  # noqa: S311 - to be had again
    moment, ledger = chance.uniform(*moments), Ledger()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        members = _visited(Path(place), moment, ledger)
        left = survivors(members, GOES)
        second = Running(Path(place))
        try:
            wrong = [
                *(Wrong(f"process {one.number}", "still there", one.command) for one in left),
                *(Wrong("visitor", "strange", one) for one in ledger.strange),
                *_lost(Path(place), ledger),
                *_unfinished(second, ledger),
            ]
        finally:
            second.close()
    counted = {kind: sum(one == kind for one, _ in ledger.answered) for kind in QUERIES}
    return Round(
        number, f"kill -9 of the mock after {moment:.2f} s", round(time.monotonic() - begun, 1), tuple(wrong), counted
    )


def _visited(place: Path, moment: float, ledger: Ledger) -> list[Member]:
    first = Running(place)
    walks = (_enrol, _renew, _be_given, _have_revoked)
    threads = [
        threading.Thread(target=_again_and_again, args=(first, ledger, walks[one % len(walks)]), daemon=True)
        for one in range(VISITORS)
    ]
    for thread in threads:
        thread.start()
    ends = time.monotonic() + BEGINS
    while not ledger.answered and time.monotonic() < ends:
        time.sleep(0.01)
    time.sleep(moment)
    members = family(first.process.pid)
    first.kill()
    for thread in threads:
        thread.join(30)
    return members


def _again_and_again(mock: Running, ledger: Ledger, walk: Callable[[Running, Ledger], None]) -> None:
    """Walk until the mock is gone."""
    try:
        while True:
            walk(mock, ledger)
    except (OSError, HTTPException):
        return
    except Exception as problem:  # noqa: BLE001 - told as a finding
        if mock.process.poll() is None:
            ledger.strange.append(repr(problem))


def _enrol(mock: Running, ledger: Ledger) -> None:
    user = mock.account("invited")
    ledger.add("subscriber", user["user_id"])
    visitor, page = key_page(mock, user)
    page = submit(visitor, user["request_id"], ticket=page.field("ticket"))
    ledger.add("request", user["request_id"])
    ledger.add("certificate", opened(visitor.download().body, PASSWORD).serial)


def _renew(mock: Running, ledger: Ledger) -> None:
    user = mock.account("renewable")
    ledger.add("subscriber", user["user_id"])
    visitor = at_renewal(mock, user)
    page = apply(visitor)
    if "requestId=" in page.url:
        ledger.add("request", page.url.partition("requestId=")[2].partition("&")[0])
    page = advance(visitor, page)
    submit(visitor, page.field("requestId"), ticket=page.field("ticket"))
    ledger.add("certificate", opened(visitor.download().body, PASSWORD).serial)


def _be_given(mock: Running, ledger: Ledger) -> None:
    user = mock.account("active")
    ledger.add("subscriber", user["user_id"])
    ledger.add("certificate", identity(user).serial)


def _have_revoked(mock: Running, ledger: Ledger) -> None:
    user = mock.account("active")
    serial = identity(user).serial
    mock.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    ledger.add("revocation", serial)


def _lost(place: Path, ledger: Ledger) -> Iterator[Wrong]:
    """What is not in the registry though it was answered for."""
    with closing(sqlite3.connect(place / "registry.sqlite")) as registry:
        for kind, number in ledger.answered:
            (found,) = registry.execute(QUERIES[kind], (number,)).fetchone()
            if found != 1:
                yield Wrong(f"{kind} {number}", f"{found} in the registry")


def _unfinished(mock: Running, ledger: Ledger) -> Iterator[Wrong]:
    """Accepted requests that a restarted mock does not finish by itself."""
    accepted = {number for kind, number in ledger.answered if kind == "request"}
    with closing(sqlite3.connect(Path(mock.ready["maildir"]).parent / "registry.sqlite")) as registry:
        end = time.monotonic() + ISSUES
        while waiting := accepted & _waiting(registry):
            if time.monotonic() > end:
                yield from (Wrong(f"request {one}", "accepted and never issued") for one in sorted(waiting))
                return
            time.sleep(0.05)


def _waiting(registry: sqlite3.Connection) -> set[str]:
    return {one for (one,) in registry.execute("SELECT request_id FROM requests WHERE status = 'accepted'")}
