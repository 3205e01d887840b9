"""Each manual's accounts.csv says of exactly the scenarios that there are what they ask for."""

from __future__ import annotations

from sekisho.manual import folders
from sekisho.manual.accounts import OPERATOR, everything, lines
from sekisho.manual.citations import scenarios
from sekisho.target_file import STATES
from sekisho.target_file.needs import destructive, needs, of
from sekisho.target_file.people import WORDS

DERIVE = "derive it again: .venv/bin/python -m tests.target_file.derive"


def test_the_table_has_a_line_for_exactly_the_scenarios_that_there_are() -> None:
    """In their order; a new or renamed scenario is a reason to derive it again."""
    found = [line["id"] for manual in folders.known().values() for line in lines(manual)]
    assert list(dict.fromkeys(found)) == [one for each in scenarios() for one in each.results], DERIVE


def test_every_line_asks_for_something_that_a_target_file_can_say() -> None:
    """A state, or something that an operator can be asked."""
    for one in everything():
        assert one.state in STATES or one.by_people in WORDS, one
        assert one.state != OPERATOR or not one.consumed


def test_what_the_manual_says_of_its_users_is_in_the_table() -> None:
    """A renewal uses its user up; a refused login does not; a reissue is asked for by telephone."""
    by_title = {one.title: of(one.scenario) for one in needs("danshin")}
    (renewal,) = by_title["更新案内のメールから団信ネットへのログインまで"]
    assert (renewal.state, renewal.consumed) == ("renewable", True)
    (refused,) = by_title["Q2 取得用パスワードを誤ると、はっきり拒まれる"]
    assert (refused.state, refused.consumed) == ("invited", False)
    assert [one.by_people for one in by_title["Q1 証明書だけの再発行を電話で頼むと、取得案内が届く"]] == ["", "reissue"]


def test_whoever_may_be_changed_is_used_up() -> None:
    """What the mock refuses in a tab that is out of date, another portal may rightly do."""
    by_title = {one.title: one for one in needs("obn")}
    assert by_title["二つのタブで失効を申請しても、画面に表示したアドレスにだけ通知される"].consumed


def test_a_colleague_is_asked_for_as_such() -> None:
    """The company is that of the scenario's first user."""
    assert any(dict(one.traits).get("company") == "#1" for one in needs("gunma"))


def test_every_scenario_that_asks_for_a_reissue_is_tagged_as_destructive() -> None:
    """It voids what the user held; so do those that revoke."""
    tagged = destructive()
    assert {one.scenario for one in everything() if one.by_people == "reissue"} <= tagged
    by_name = {one.name: one for one in scenarios()}
    for name in ("失効の申請から通知、証明書の削除まで", "マスターユーザが他の利用者の証明書を失効する"):
        assert set(by_name[name].results) <= tagged
