"""What only some manuals' users have: declared by the manual, given by the target file, masked where it is a secret."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from fixtures.mock import MockPortal
from sekisho.evidence.masking import Masking
from sekisho.manual import facts, folders
from sekisho.manual.folders import Manual, one_more
from sekisho.manual.model import About
from sekisho.portal import Account
from sekisho.target_file import TargetPortal, read
from sekisho.target_file.model import AccountEntry
from sekisho.target_file.template import template
from sekisho.verdict import BlockedError, ConfigurationProblemError, EnvironmentProblemError
from tests.manuals.conftest import SIXTH

from .least import LEAST

MINATO = Path(__file__).parents[1] / "mock_ca" / "minato" / folders.ABOUT

USER = """
[[accounts]]
state = "revoked"
user_id = "emp1"
login_password_env = "TEST_PASSWORD"
"""
GUNMA = LEAST.replace("danshin", "gunma").replace("enrol", "bank")
SEAL = 'hanko = { title = "印鑑", secret = true }\nmap = { title = "地図", file = true }\n'


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PASSWORD", "SEED", "NEW_SEED"):
        monkeypatch.setenv(f"TEST_{name}", f"{name}-0001")


def portal(folder: Path, text: str, masking: Masking) -> TargetPortal:
    """The portal of a target file with this text."""
    file = folder / "portal.toml"
    file.write_text(text, encoding="utf-8")
    return TargetPortal(read(file), file, masking.add)


def test_what_is_given_is_read_by_name_and_what_is_not_blocks(tmp_path: Path) -> None:
    """With file, user and key; the secret is masked from the moment that it is read."""
    masking = Masking()
    user = portal(tmp_path, f'{GUNMA}{USER}otp_seed_env = "TEST_SEED"', masking).account("revoked")
    assert user.fact("otp_seed") == "SEED-0001"
    assert "SEED-0001" not in masking.clean("seed SEED-0001") + repr(user)
    lacking = (
        rf"利用者 emp1 の確認用パスワード（{tmp_path}/portal.toml の accounts の confirmation_password_env）が無い"
    )
    with pytest.raises(BlockedError, match=lacking):
        user.fact("confirmation_password")


@pytest.mark.parametrize("key", ["letter", "otp_seed", "request_id"])
def test_a_manual_knows_only_what_it_declares(tmp_path: Path, key: str) -> None:
    """A letter is nothing that a user of the bank's has; a secret is named, and never written."""
    with pytest.raises(ConfigurationProblemError, match=rf"portal.toml:13: accounts\[0\].{key}.*: 知らない項目です"):
        portal(tmp_path, f'{GUNMA}{USER}{key} = "x.html"', Masking())


def test_what_was_told_before_the_test_takes_the_place_of_what_was(tmp_path: Path) -> None:
    """And what was not told stays."""
    told = '\nrequest_id = "111"\nadmin_mail = "admin@example.test"\n'
    told += 'reissued = { login_password_env = "TEST_SEED", request_id = "222" }'
    one = portal(tmp_path, (LEAST + USER + told).replace('"revoked"', '"active"'), Masking())
    one.begin_scenario("danshin-certificates_chrome-7cc4b360")  # which asks for an active user, and has him reissued
    before = one.account("active")
    after = one.reissue(before)
    assert (before.fact("request_id"), after.fact("request_id")) == ("111", "222")
    assert (after.state, after.login_password, after.fact("admin_mail")) == (
        "invited",
        "SEED-0001",
        "admin@example.test",
    )


def test_the_desk_may_tell_what_the_manual_declares_and_nothing_else(tmp_path: Path) -> None:
    """A secret that it tells is masked."""
    answer = {"user_id": "emp2", "login_password": "told-0001", "otp_seed": "told-seed"}
    (tmp_path / "desk.py").write_text(f"print({json.dumps(json.dumps(answer))})", encoding="utf-8")
    operator = f"[operator]\ncommand = {json.dumps([sys.executable, 'desk.py'])}\n"
    masking, user = Masking(), Account("revoked", "emp1", "old-0001")
    told = portal(tmp_path, GUNMA + operator, masking).reissue(user)
    assert (told.user_id, told.fact("otp_seed")) == ("emp2", "told-seed")
    assert "told-" not in masking.clean("told-0001 told-seed")
    with pytest.raises(EnvironmentProblemError, match="知らない項目 otp_seed があります（使えるもの: admin_mail"):
        portal(tmp_path, LEAST + operator, Masking()).reissue(user)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Manual]:
    """The sixth manual, whose users have a seal and a map."""
    folder = shutil.copytree(SIXTH, tmp_path / "manual", ignore=shutil.ignore_patterns("__pycache__"))
    about = (folder / folders.ABOUT).read_text("utf-8")
    gets = "\n[accounts.gets]\nhanko_env = {}\nmap = {}\n"
    (folder / folders.ABOUT).write_text(f"{about}\n[accounts.fields]\n{SEAL}{gets}", encoding="utf-8")
    with one_more(folder) as manual:
        yield manual


def test_a_manual_from_elsewhere_declares_what_it_likes(sealed: Manual, tmp_path: Path) -> None:
    """A new target file says it in the manual's words; what is given there arrives."""
    written = template(sealed.id)
    assert "#   hanko_env: 印鑑（入っている環境変数の名前）" in written
    assert "#   map: 地図\n" in written
    least = LEAST.replace("danshin", sealed.id).replace("enrol =", f"{next(iter(sealed.about.sites))} =")
    masking = Masking()
    more = 'hanko_env = "TEST_SEED"\nmap = "maps/one.html"'
    user = portal(tmp_path, least + USER + more, masking).account("revoked")
    assert (user.fact("hanko"), user.fact("map")) == ("SEED-0001", str(tmp_path / "maps" / "one.html"))
    assert "SEED-0001" not in masking.clean("SEED-0001")


def test_the_mocks_secrets_are_masked_as_the_manual_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it tells beyond that, no scenario gets."""
    told = {"state": "active", "user_id": "u1", "login_password": "login-0001", "name": "", "mail": "u1@example.test"}
    told |= {"otp_seed": "seed-0001", "confirmation_password": "confirm-0001", "letter": "/letter.html"}
    ready = {"control": "", "token": "", "systems": {"gunma": {}}, "server_roots": {"gunma": ""}, "maildir": "/none"}
    masking = Masking()
    mock = MockPortal(ready, "gunma", masking.add)
    monkeypatch.setattr(mock, "control", lambda *_: {**told, "identities": []})
    user = mock.account("active")
    assert user.facts == {"otp_seed": "seed-0001", "confirmation_password": "confirm-0001"}
    assert "0001" not in masking.clean("login-0001 seed-0001 confirm-0001") + repr(user)
    with pytest.raises(BlockedError, match="利用者 u1 のletterが無い"):
        user.fact("letter")


def test_nothing_can_be_declared_that_every_portals_users_have() -> None:
    """The names are those of an entry and of a user."""
    entry = {name.removesuffix(facts.ENV) for name in AccountEntry.model_fields}
    assert entry == facts.EVERYBODYS
    assert {one.name for one in fields(Account)} - {"facts", "lacking"} <= facts.EVERYBODYS


def test_near_its_end_is_what_the_manual_says() -> None:
    """By its key, or by a family's figures; where it says nothing, the longest of ours."""
    said = {one.id: one.about.ending_days for one in folders.known().values()}
    assert said == {"danshin": 30, "gunma": 40, "kihonet": 30, "nec": 90, "obn": 90}
    assert About.model_validate(folders.table_of(MINATO)[1]).ending_days == 60
