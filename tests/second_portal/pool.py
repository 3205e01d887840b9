"""The portal's accounts for a test, in every state that the scenarios ask for, and the target file that lists them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.second_portal.authority import packed
from tests.second_portal.books import Application, Member, Paper
from tests.second_portal.office import Office

Traits = Mapping[str, int | str]

# How many accounts of which state and traits; those without come first: whoever asks for none takes the first.
POOL: list[tuple[int, str, Traits]] = [
    (36, "invited", {}),
    *((2, "invited", {"days_ago": days}) for days in (10, 29, 30, 31)),
    (14, "active", {}),
    *((2, "active", {"days_left": days}) for days in (200, 31, 30, 29, 20, 1)),
    (4, "active", {"days_left": 0}),
    (4, "active", {"certificate": "shared"}),
    (5, "active", {"certificate": "nissay"}),
    (3, "active", {"certificate": "both"}),
    (16, "renewable", {}),
    (2, "renewable", {"history": 24}),
    (4, "renewing", {}),
    (3, "revoked", {}),
    (2, "expired", {}),
    (6, "reissued", {}),
]
REISSUED = "reissued"  # no state of its own for sekisho: an active user whom the support desk has already reissued
DAYS_LEFT = {"active": 600, "renewable": 20, "renewing": 20, "revoked": 400, "expired": -3, REISSUED: 600}


@dataclass(frozen=True)
class Wanted:
    """An account that is to be made."""

    state: str
    traits: Traits
    scenario: str = ""
    """The only one that gets it, where there is one."""
    faults: tuple[str, ...] = ()


def usual() -> list[Wanted]:
    """One account for each that the scenarios use up, and a few more."""
    return [Wanted(state, traits) for count, state, traits in POOL for _ in range(count)]


@dataclass
class Entry:
    """One account, as the target file lists it."""

    member: Member
    wanted: Wanted
    files: list[tuple[str, Path, str]] = field(default_factory=list)
    """Which certificate, its file, and the file's password."""


def fill(office: Office, folder: Path, wanted: Iterable[Wanted]) -> list[Entry]:
    """Make accounts; their PKCS#12 files go into a folder."""
    folder.mkdir(exist_ok=True)
    return [_entry(office, folder, one) for one in wanted]


def _entry(office: Office, folder: Path, wanted: Wanted) -> Entry:
    entry = Entry(office.books.add(f"emp{len(office.books.members) + 1:05d}", wanted.faults), wanted)
    if wanted.state == "invited":
        office.invite(entry.member, int(wanted.traits.get("days_ago", 0)))
        return entry
    for paper in _papers(office, entry):
        path, password = folder / f"{entry.member.user_id}-{paper.which}.p12", secrets.token_hex(8)
        chain = paper.authority.chain
        path.write_bytes(packed(paper.credential, entry.member.user_id, chain, password))
        entry.files.append((paper.which, path, password))
    _live(office, entry)
    return entry


def _papers(office: Office, entry: Entry) -> Iterator[Paper]:
    wanted = entry.wanted
    which = str(wanted.traits.get("certificate", "shared"))
    last_day = office.clock.today + timedelta(days=int(wanted.traits.get("days_left", DAYS_LEFT[wanted.state])))
    for one in ("shared", "nissay") if which == "both" else (which,):
        yield office.older(entry.member, one, last_day)


def _live(office: Office, entry: Entry) -> None:
    """What has happened to an account so far: reminders, older renewals, and what its state says."""
    member, state, today = entry.member, entry.wanted.state, office.clock.today
    left = (member.papers[0].last_day - today).days
    for days in (30, 7):
        if 0 <= left <= days:
            office.remind(today - timedelta(days=days - left), [member])
    for number in range(int(entry.wanted.traits.get("history", 0))):
        made = office.clock.now - timedelta(days=3 * 365 + number)
        member.renewals.append(Application(office.books.number(), made))
    if state == "renewing":
        office.apply(member, member.papers[0])
    if state == REISSUED:
        office.reissue(member.user_id)
    if state == "revoked":
        member.papers[0].revoked = datetime.now(UTC)


def listed(entries: list[Entry], root: Path) -> tuple[str, dict[str, str]]:
    """The accounts in the words of a target file, and the secrets that it names."""
    lines: list[str] = []
    environment: dict[str, str] = {}
    for entry in entries:
        member, wanted, variable = entry.member, entry.wanted, f"SECOND_{entry.member.user_id.upper()}"
        environment[f"{variable}_LOGIN"] = member.password
        state = "active" if wanted.state == REISSUED else wanted.state
        lines += ["", "[[accounts]]", f'state = "{state}"', f'user_id = "{member.user_id}"']
        lines += [f'login_password_env = "{variable}_LOGIN"', f'request_id = "{member.invitation}"']
        lines += [f'mail = "{member.mail}"', f'admin_mail = "{member.admin_mail}"', f'password_mail = "{member.mail}"']
        lines += [f"traits = {{ {', '.join(f'{name} = {value!r}' for name, value in wanted.traits.items())} }}"]
        if wanted.scenario:
            lines += [f"scenarios = {json.dumps([wanted.scenario])}"]
        if wanted.state == REISSUED:
            lines += [f'reissued = {{ login_password_env = "{variable}_LOGIN", request_id = "{member.invitation}" }}']
        for which, path, password in entry.files:
            environment[f"{variable}_{which.upper()}"] = password
            lines += ["[[accounts.identities]]", f'which = "{which}"', f'pkcs12 = "{path.relative_to(root)}"']
            lines += [f'password_env = "{variable}_{which.upper()}"']
    return "\n".join(lines), environment
