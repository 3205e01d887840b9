"""The portal's accounts for a test, in every state that the scenarios ask for, and the target file that lists them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


@dataclass
class Entry:
    """One account, as the target file lists it."""

    member: Member
    state: str
    traits: Traits
    files: list[tuple[str, Path, str]] = field(default_factory=list)
    """Which certificate, its file, and the file's password."""


def fill(office: Office, folder: Path) -> list[Entry]:
    """Make all accounts; their PKCS#12 files go into a folder."""
    folder.mkdir(exist_ok=True)
    return [_entry(office, folder, state, traits) for count, state, traits in POOL for _ in range(count)]


def _entry(office: Office, folder: Path, state: str, traits: Traits) -> Entry:
    entry = Entry(office.books.add(f"emp{len(office.books.members) + 1:05d}"), state, traits)
    if state == "invited":
        office.invite(entry.member, int(traits.get("days_ago", 0)))
        return entry
    for paper in _papers(office, entry):
        path, password = folder / f"{entry.member.user_id}-{paper.which}.p12", secrets.token_hex(8)
        path.write_bytes(office.file(entry.member, paper, password))
        entry.files.append((paper.which, path, password))
    _live(office, entry)
    return entry


def _papers(office: Office, entry: Entry) -> Iterator[Paper]:
    which = str(entry.traits.get("certificate", "shared"))
    last_day = office.clock.today + timedelta(days=int(entry.traits.get("days_left", DAYS_LEFT[entry.state])))
    for one in ("shared", "nissay") if which == "both" else (which,):
        yield office.issue(entry.member, one, last_day)


def _live(office: Office, entry: Entry) -> None:
    """What has happened to an account so far: reminders, older renewals, and what its state says."""
    member, today = entry.member, office.clock.today
    left = (member.papers[0].last_day - today).days
    for days in (30, 7):
        if 0 <= left <= days:
            office.remind(today - timedelta(days=days - left), [member])
    for number in range(int(entry.traits.get("history", 0))):
        made = office.clock.now - timedelta(days=3 * 365 + number)
        member.renewals.append(Application(office.books.number(), made))
    if entry.state == "renewing":
        office.renew(member, member.papers[0])
    if entry.state == REISSUED:
        office.reissue(member.user_id)
    if entry.state == "revoked":
        member.papers[0].revoked = datetime.now(UTC)


def listed(entries: list[Entry], root: Path) -> tuple[str, dict[str, str]]:
    """The accounts in the words of a target file, and the secrets that it names."""
    lines: list[str] = []
    environment: dict[str, str] = {}
    for entry in entries:
        member, variable = entry.member, f"SECOND_{entry.member.user_id.upper()}"
        environment[f"{variable}_LOGIN"] = member.password
        state = "active" if entry.state == REISSUED else entry.state
        lines += ["", "[[accounts]]", f'state = "{state}"', f'user_id = "{member.user_id}"']
        lines += [f'login_password_env = "{variable}_LOGIN"', f'request_id = "{member.invitation}"']
        lines += [f'mail = "{member.mail}"', f'admin_mail = "{member.admin_mail}"', f'password_mail = "{member.mail}"']
        lines += [f"traits = {{ {', '.join(f'{name} = {value!r}' for name, value in entry.traits.items())} }}"]
        if entry.state == REISSUED:
            lines += [f'reissued = {{ login_password_env = "{variable}_LOGIN", request_id = "{member.invitation}" }}']
        for which, path, password in entry.files:
            environment[f"{variable}_{which.upper()}"] = password
            lines += ["[[accounts.identities]]", f'which = "{which}"', f'pkcs12 = "{path.relative_to(root)}"']
            lines += [f'password_env = "{variable}_{which.upper()}"']
    return "\n".join(lines), environment
