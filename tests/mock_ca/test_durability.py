"""kill -9 at any moment loses nothing that was answered for, and a restart goes on where it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .running import Running, fetch, submit
from .visitor import identity, opened
from .walks import advance, apply, at_renewal, key_page, listed, opens, resumed


def test_what_was_submitted_survives_a_kill(tmp_path: Path) -> None:
    """The certificate is still there, and the same one is fetched after a new log-in."""
    first = Running(tmp_path)
    user = first.account("invited")
    visitor, page = key_page(first, user)
    submit(visitor, user["request_id"], ticket=page.field("ticket"))
    first.kill()
    second = Running(tmp_path)
    try:
        (kept,) = second.facts(user)["certificates"]
        fetched = opened(fetch(second.logged_in(user), user["request_id"]), "Himitsu#1")
        assert fetched.serial == kept["serial"]
        assert opens(second, "service", fetched)
    finally:
        second.close()


def test_an_accepted_renewal_is_finished_after_a_kill(tmp_path: Path) -> None:
    """Killed before the key was generated: the request is listed, and its certificate is made at the restart."""
    first = Running(tmp_path)
    user = first.account("renewable")
    page = apply(at_renewal(first, user))
    assert "waiting.jsp" in page.url
    first.kill()
    second = Running(tmp_path)
    try:
        visitor = at_renewal(second, user)
        (request_id,) = listed(second, user)
        page = advance(visitor, visitor.get(f"waiting.jsp?requestId={request_id}&n=0"))
        assert page.field("requestId") == request_id
        assert opens(second, "service", resumed(second, {**user, "request_id": request_id}))
        assert len(second.facts(user)["certificates"]) == 2
    finally:
        second.close()


def test_authorities_addresses_ids_and_clock_survive_a_restart(tmp_path: Path) -> None:
    """Old certificates still verify, links in old mails still lead there, user ids are never given twice."""
    first = Running(tmp_path)
    before = first.account("active")
    first.pass_time(days=3)
    then = first.told("GET", "/clock")["now"]
    root = Path(first.ready["server_root"]).read_bytes()
    first.close()
    second = Running(tmp_path)
    try:
        assert opens(second, "service", identity(before))
        assert second.account("active")["user_id"] > before["user_id"]
        assert second.sites == first.sites
        assert Path(second.ready["server_root"]).read_bytes() == root
        assert second.told("GET", "/clock")["now"][:10] == then[:10]
    finally:
        second.close()


def test_mail_recorded_but_not_delivered_goes_out_at_the_next_start(tmp_path: Path) -> None:
    """Exactly once, also when the file was already written but not ticked off."""
    first = Running(tmp_path)
    user = first.account("invited")
    first.kill()
    with sqlite3.connect(tmp_path / "registry.sqlite") as registry:
        registry.execute("UPDATE outbox SET delivered = 0")
    registry.close()
    delivered = sorted((tmp_path / "maildir" / "new").iterdir())
    delivered[0].unlink()
    second = Running(tmp_path)
    try:
        assert sorted((tmp_path / "maildir" / "new").iterdir()) == delivered
        assert len(second.mails(user["mail"])) == 1
    finally:
        second.close()


def test_a_state_directory_of_an_earlier_version_is_taken_up(tmp_path: Path) -> None:
    """It had no reference ids; its requests are still there, and new ones have them."""
    first = Running(tmp_path)
    user = first.account("invited")
    first.close()
    with sqlite3.connect(tmp_path / "registry.sqlite") as registry:
        registry.execute("ALTER TABLE requests DROP COLUMN reference_id")
    registry.close()
    second = Running(tmp_path)
    try:
        assert opened(fetch(second.logged_in(user), user["request_id"]), "Himitsu#1")
        assert second.of("kihonet").account("invited")["reference_id"]
    finally:
        second.close()


def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """When standard input closes it ends by itself, with exit code 0."""
    running = Running(tmp_path)
    running.close()
    assert running.process.returncode == 0
