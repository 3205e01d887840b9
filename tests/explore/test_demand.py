"""How many users an exploration takes: one for each cell, and one for each procedure undisturbed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sekisho.cli import demand as shown
from sekisho.explore.beginning import foreseen
from sekisho.explore.demand import demands, whole
from sekisho.manual import citations
from sekisho.manual.folders import named
from tests.target_file.least import LEAST


def test_a_procedure_needs_whom_a_scenario_with_its_premises_needs() -> None:
    """Also several at once, and under premises about the PC alone."""
    bank = {one.procedure.procedure: one.users for one in demands(named("gunma"))}
    assert bank["失効の途中の障害"] == (
        ("active", "role=master"),
        ("active", "role=manager company=#1"),
        ("active", "role=general company=#1"),
    )
    clinics = {one.procedure.procedure: one.users for one in demands(named("obn"))}
    assert clinics["更新の再開の途中の障害"] == (("renewing", ""),)


def test_every_procedure_that_faults_are_laid_into_was_counted() -> None:
    """By python -m tests.explore.derive RUN; one more than there are cells, to carry it out undisturbed."""
    found = [one for one in demands(named("kihonet")) if one.procedure.feature.endswith("/resume.feature")]
    (cells,) = [one.cells for one in found]
    assert cells
    assert whole(found) == {("renewing", ""): cells + 1}


def test_a_boundary_takes_its_sides_and_walks_what_is_chosen() -> None:
    """On another day than the real one nobody is used up; moves are no procedures of their own."""
    found = {one.procedure.name: one for one in demands(named("danshin"))}
    rule = found["更新は有効期限の30日前から（<側>、<暦>）"]
    assert (rule.cells, rule.times, rule.users) == (2, 1, (("active", "days_left=31"),) * 2)
    walks = found["更新案内を受け取った利用者から"]
    assert (walks.cells, walks.undisturbed, walks.users) == (20, 0, (("renewable", ""),))
    assert "再発行を依頼する" not in found


def test_users_of_a_certain_age_are_counted_as_such() -> None:
    """Also where the number stands in an example, and where scenarios have the premise with other numbers only."""
    found = {one.procedure.name: one for one in demands(named("danshin"))}
    mails, guides = (
        found["更新案内のメールは30日前と7日前（<側>、<暦>）"],
        found["取得案内は発行後30日間有効（<側>、<暦>）"],
    )
    assert whole([mails]) == {("active", "days_left=31"): 2, ("active", "days_left=8"): 2}
    assert whole([guides]) == {("invited", "days_ago=30"): 2}
    assert all(one.clear for one in (mails, guides))


def test_of_two_users_each_is_counted_and_whom_no_table_tells_of_is_told() -> None:
    """A premise that no scenario has asks for somebody of whom nothing is known."""
    clinics = {one.procedure.name: one for one in demands(named("obn"))}
    assert clinics["二人の利用者が二つのウインドウで証明書をダウンロードする"].users == (("invited", ""),) * 2
    unclear = [one.procedure.name for one in demands(named("danshin")) if not one.clear]
    assert unclear == ["新規取得の利用者と再発行の利用者が、二つのタブで鍵を取得する"]


def test_check_says_how_many_a_target_file_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words and as JSON."""
    path = tmp_path / "portal.toml"
    path.write_text(LEAST, encoding="utf-8")
    users = {(one["state"], one["traits"]): one for one in shown.record(path)["users"]}
    assert users["renewing", ""]["needed"] > users["renewing", ""]["there"] == 0
    shown.show(path)
    told = capsys.readouterr().out
    assert f"renewing: {users['renewing', '']['needed']} 人（ファイルに 0 人）" in told


def test_whom_a_procedure_will_ask_for_is_known_before() -> None:
    """So that a master user is given whose company has the others."""
    manual = named("gunma")
    one = next(one for one in citations.procedures(manual) if "失効する途中" in one.name)
    asked = [(need.state, dict(need.traits)) for need in foreseen(manual, one, {"通信": "POST /"})]
    assert asked == [
        ("active", {"role": "master"}),
        ("active", {"role": "manager", "company": "#1"}),
        ("active", {"role": "general", "company": "#1"}),
    ]
