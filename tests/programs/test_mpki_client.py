"""MPKI クライアント without an authority: its wizard, its list, its rules, and what it does when nobody answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from mock_apps.base import Defects, RefusedError, Store
from mock_apps.mpki_client import PACKAGE, backup, requirements
from pages.app_window import AppWindow
from pages.program import StandInProgram
from sekisho.browser.pc import Pc
from sekisho.program import Machine, NoProgramError
from tests.browser.authority import root

Start = Callable[..., StandInProgram]
ISSUER = "Online Billing NW Common Root CA - G1"
NOWHERE = {"agent": "https://127.0.0.1:9/agent"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The set-up file."""
    path = tmp_path / "CybertrustManagedPKIClient.msi"
    path.write_text(json.dumps(asdict(PACKAGE)), encoding="utf-8")
    return path


@pytest.fixture
def store(pc: Pc) -> Store:
    """The store of the PC, as programs find it."""
    return Store(getattr(pc.store, "folder"))  # noqa: B009 - a native store


def hold(store: Store, name: str, issuer: str = ISSUER) -> None:
    """Put a certificate into the store."""
    who = root(issuer).issue(name)
    store.add(who.key, who.cert, who.above)


def running(client: Start) -> tuple[StandInProgram, AppWindow]:
    """The program with its list."""
    program = client(NOWHERE)
    program.ensure_installed()
    return program, program.start()


def test_the_wizard_goes_forward_and_back(client: Start, file: Path) -> None:
    """And installs only at its end."""
    program = client()
    wizard = program.install(file)
    for button, screen in (
        ("setup_next", "setup_folder"),
        ("setup_next", "setup_confirm"),
        ("setup_back", "setup_folder"),
        ("setup_next", "setup_confirm"),
    ):
        wizard.press(button)
        wizard.wait_for(("screens", screen))
    assert program.version == ""
    assert program.start_menu == []
    wizard.press("setup_next")
    wizard.wait_for(("screens", "setup_done"))
    assert (program.version, program.start_menu) == ("1.0.3", ["Cybertrust Managed PKI Client"])


def test_an_error_can_be_retried_or_passed_over(client: Start, file: Path) -> None:
    """Retried until its cause is gone."""
    program = client()
    program.hold_registry(held=True)
    wizard = program.install(file)
    for _ in range(3):
        wizard.press("setup_next")
    assert wizard.has("messages", "setup_error")
    wizard.press("setup_retry")
    assert wizard.reads("setup_error")
    assert not program.installed
    program.hold_registry(held=False)
    wizard.press("setup_retry")
    assert not wizard.reads("setup_error")
    assert program.installed


def test_uninstalling_asks_first(client: Start) -> None:
    """With no, everything stays; then it is gone, and cannot be uninstalled again."""
    program = client()
    program.ensure_installed("1.0.2")
    program.uninstall().press("no")
    assert program.version == "1.0.2"
    program.uninstall().press("yes")
    assert (program.version, program.start_menu) == ("", [])
    with pytest.raises(NoProgramError, match="アンインストールできない"):
        program.uninstall()


def test_after_a_press_all_that_follows_is_known(client: Start) -> None:
    """However late the program tells it: a closed window is closed, and there is nothing to look for in it."""
    program = client(late=True)
    program.ensure_installed()
    question = program.uninstall()
    question.press("no")
    assert question.closed
    assert question.complaint == ""


def test_the_list_has_only_the_authoritys_certificates(client: Start, store: Store) -> None:
    """The oldest first; without a certificate it is empty, and nothing can be renewed."""
    program, window = running(client)
    window.press("renew")
    assert window.complaint == "更新する証明書を選択してください。"
    hold(store, "0110000001")
    hold(store, "0110000001")
    hold(store, "someone", "Another CA")
    rows = program.start().rows("subject", "issuer", "limit")
    assert [(row["subject"], row["issuer"]) for row in rows] == [("0110000001", f"CN={ISSUER}")] * 2


def test_an_authority_that_cannot_be_reached_is_said_to_be(client: Start, store: Store) -> None:
    """After 1003; and the reminder does not keep silent about it either."""
    hold(store, "0110000001")
    program, window = running(client)
    window.choose_row("0110000001")
    window.press("renew")
    question = program.wait_for_window("program")
    assert question.has("messages", "confirm_renewal")
    question.press("yes")
    assert "認証局に接続できません" in program.wait_for_window("program").text()
    assert len(store.held()) == 1
    (said,) = program.sign_in()
    assert "認証局に接続できません" in said


def test_whoever_has_no_certificate_is_not_reminded(client: Start) -> None:
    """Also at the second sign-in, by the same process; a program that is not there shows nothing."""
    program = client(NOWHERE)
    assert program.sign_in() == []
    program.ensure_installed()
    assert program.sign_in() == []
    process = program.process
    assert program.sign_in() == []
    assert program.process is process


def test_a_deleted_certificate_leaves_its_successor(pc: Pc, store: Store) -> None:
    """Although NSS gives both one nickname; the browser's store has the other one with its key."""
    for _ in range(2):
        hold(store, "0110000001")
    old, new = store.held()
    store.delete(old)
    (left,) = pc.store.personal()
    assert int(left.serial.replace(":", ""), 16) == new.certificate.serial_number
    assert [one.key_id for one in store.held()] == [new.key_id]


@pytest.mark.parametrize(
    "given", ["", "123", "12345", "abcd", "12a4", "１２３４", " 123", "1 23", "12\n4", "①②③④", "-123"]
)
def test_a_backup_password_is_four_half_width_digits(given: str) -> None:
    """Nothing else."""
    with pytest.raises(RefusedError, match="4桁の半角数字"):
        backup.check(given, given, Defects((), lambda *_, **__: None))


def test_a_backup_password_is_typed_twice() -> None:
    """And may begin with zeros."""
    defects = Defects((), lambda *_, **__: None)
    backup.check("0000", "0000", defects)
    with pytest.raises(RefusedError, match="一致しません"):
        backup.check("0000", "0001", defects)


@pytest.mark.parametrize(
    ("machine", "fits"),
    [
        (Machine("Windows 8.1", 32), True),
        (Machine("Windows 10", 32), True),
        (Machine("Windows 11", 64, "4.8.1"), True),
        (Machine("Windows 11", 64, "5.0"), True),
        (Machine("Windows 11", 32), False),
        (Machine("Windows 8", 64), False),
        (Machine("Windows 12", 64), False),
        (Machine(framework="4.7.2"), False),
        (Machine(framework="4"), False),
        (Machine(framework=""), False),
    ],
    ids=str,
)
def test_what_the_program_needs_of_a_pc(machine: Machine, *, fits: bool) -> None:
    """The table of the manual, and what is beside it."""
    try:
        requirements.check(asdict(machine), Defects((), lambda *_, **__: None))
    except RefusedError:
        assert not fits
    else:
        assert fits


def test_a_touched_defect_is_told_once(client: Start) -> None:
    """And when the program has ended, it is known."""
    program = client(NOWHERE)
    program.ensure_installed()
    program.be_on(Machine(language="en"))
    program.start()
    assert program.touched == {"client-follows-windows-language"}
    program.stop()
    program.be_on(Machine())
    program.touched.clear()
    program.start()
    program.stop()
    assert program.touched == set()
