"""Who of the accounts in a target file is given to which scenario, and who is given again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_pem_x509_certificate

from sekisho.language import Language, say, speaking
from sekisho.manual.accounts import Need
from sekisho.results import USED_BEFORE
from sekisho.run.scenario_verdict import remarked
from sekisho.target_file import TargetPortal, needs, read
from sekisho.target_file.needs import Unmet, unmet
from sekisho.target_file.spent import Spent
from sekisho.verdict import BlockedError, ConfigurationProblemError, DeviationError, Verdict

from .least import LEAST

TOKYO = ZoneInfo("Asia/Tokyo")


def account(state: str, user_id: str, **traits: str | int) -> str:
    """One account of a target file."""
    given = ", ".join(f"{name} = {value!r}" for name, value in traits.items())
    lines = f'\n[[accounts]]\nstate = "{state}"\nuser_id = "{user_id}"\nlogin_password_env = "SEKISHO_TEST_PASSWORD"\n'
    return f"{lines}traits = {{ {given} }}\n"


def need(scenario: str, state: str, *, consumed: bool = False, **traits: str) -> Need:
    """One user whom a scenario asks for."""
    return Need("danshin", scenario, f"シナリオ {scenario}", state, tuple(traits.items()), consumed=consumed)


def portal(folder: Path, *accounts: str) -> TargetPortal:
    """A portal with these accounts."""
    (folder / "portal.toml").write_text(LEAST + "".join(accounts), encoding="utf-8")
    return TargetPortal(read(folder / "portal.toml"), folder / "portal.toml", str)


@pytest.fixture(autouse=True)
def _nobody_was_used_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test's runs change users of the same names, and whom none has changed is given first."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEKISHO_TEST_PASSWORD", "secret-1")


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> list[Need]:
    """The table of what scenarios ask for, empty at first."""
    table: list[Need] = []
    monkeypatch.setattr(needs, "everything", lambda: tuple(table))
    return table


def test_whom_a_scenario_leaves_as_he_was_is_given_again(tmp_path: Path, asking: list[Need]) -> None:
    """And whom it changes is not."""
    asking += [need("look", "active"), need("renew", "active", consumed=True)]
    one = portal(tmp_path, account("active", "emp1"))
    for scenario in ("look", "look", "renew"):
        one.begin_scenario(scenario)
        assert one.account("active").user_id == "emp1"
        one.end_scenario()
    one.begin_scenario("look")
    with pytest.raises(BlockedError, match=r"状態 active のアカウントがない（.*1 件、うち.* 1 件、使用済み 1 件）"):
        one.account("active")


@pytest.mark.parametrize(
    ("verdict", "again"),
    [(Verdict.PASS, True), (Verdict.BLOCKED, True), (Verdict.FAIL, False), (Verdict.KNOWN_GAP, False)],
)
def test_what_a_deviating_portal_did_to_a_user_nobody_knows(
    tmp_path: Path,
    asking: list[Need],
    verdict: Verdict,
    again: bool,  # noqa: FBT001 - pytest fills it in
) -> None:
    """It may have issued what it should have refused."""
    asking += [need("look", "active")]
    one = portal(tmp_path, account("active", "emp1"))
    one.begin_scenario("look")
    one.account("active")
    one.end_scenario(verdict)
    one.begin_scenario("look")
    if again:
        assert one.account("active").user_id == "emp1"
    else:
        with pytest.raises(BlockedError):
            one.account("active")


def test_no_user_is_used_up_for_a_scenario_that_lacks_another(tmp_path: Path, asking: list[Need]) -> None:
    """All that it will ask for is looked for first."""
    asking += [need("two", "invited", consumed=True), need("two", "active"), need("one", "invited")]
    one = portal(tmp_path, account("invited", "emp1"))
    one.begin_scenario("two")
    with pytest.raises(BlockedError, match="状態 active のアカウントがない"):
        one.account("invited")
    one.end_scenario(Verdict.BLOCKED)
    one.begin_scenario("one")
    assert one.account("invited").user_id == "emp1"


def test_special_users_are_kept_for_those_who_ask_for_them(tmp_path: Path, asking: list[Need]) -> None:
    """Whoever asks for nothing gets the plainest; a far end is nothing special, a near one is."""
    users = [
        account("active", "navi", variant="navi"),
        account("active", "old", days_left=31),
        account("active", "soon", days_left=30),
        account("active", "plain"),
    ]
    one = portal(tmp_path, *users)
    one.begin_scenario("x")
    assert one.account("active").user_id == "plain"
    assert one.account("active").user_id == "old"
    with pytest.raises(BlockedError, match="この状態は 4 件、うち条件に合うもの 2 件、使用済み 2 件"):
        one.account("active")
    assert one.account("active", variant="navi").user_id == "navi"


def test_what_is_usual_need_not_be_written(tmp_path: Path, asking: list[Need]) -> None:
    """A master user, the certificate of the three companies."""
    one = portal(tmp_path, account("active", "a"), account("active", "b", role="master"))
    one.begin_scenario("x")
    assert {one.account("active", role="master").user_id, one.account("active").user_id} == {"a", "b"}


def test_a_colleague_belongs_to_the_user_who_is_given(tmp_path: Path, asking: list[Need]) -> None:
    """The first master user has none: the second is given."""
    asking += [need("x", "active"), need("x", "invited", role="general", company="#1")]
    users = [
        account("active", "lonely"),
        account("active", "boss"),
        account("invited", "clerk", role="general", company="boss"),
    ]
    one = portal(tmp_path, *users)
    one.begin_scenario("x")
    assert one.account("active").user_id == "boss"
    assert one.account("invited", role="general", company="boss").user_id == "clerk"


def test_the_days_left_are_read_from_the_certificate(tmp_path: Path, asking: list[Need]) -> None:
    """So that a file of last week is still true."""
    ca, ends = trustme.CA(), datetime.now(TOKYO).replace(hour=23, minute=59, second=59) + timedelta(days=25)
    issued = ca.issue_cert("emp1@example.test", not_after=ends)
    key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
    leaf, root = (load_pem_x509_certificate(one.bytes()) for one in (issued.cert_chain_pems[0], ca.cert_pem))
    lock = serialization.BestAvailableEncryption(b"secret-1")
    data = pkcs12.serialize_key_and_certificates(b"emp1", key, leaf, [root], lock)  # type: ignore[arg-type]
    (tmp_path / "emp1.p12").write_bytes(data)
    identity = 'identities = [{ pkcs12 = "emp1.p12", password_env = "SEKISHO_TEST_PASSWORD" }]\n'
    one = portal(tmp_path, account("active", "emp1") + identity)
    one.begin_scenario("x")
    with pytest.raises(BlockedError, match="days_left=24"):
        one.account("active", days_left=24)
    found = one.account("active", days_left=25)
    assert (found.user_id, len(found.identities)) == ("emp1", 1)


def test_a_pkcs12_file_that_cannot_be_used_is_named(tmp_path: Path, asking: list[Need]) -> None:
    """Missing, or no PKCS#12 at all."""
    identity = 'identities = [{ pkcs12 = "emp1.p12", password_env = "SEKISHO_TEST_PASSWORD" }]\n'
    one = portal(tmp_path, account("active", "emp1") + identity)
    one.begin_scenario("x")
    with pytest.raises(ConfigurationProblemError, match=r"emp1.p12: .*を読めません（No such"):
        one.account("active", days_left=24)
    (tmp_path / "emp1.p12").write_bytes(b"garbage")
    with pytest.raises(ConfigurationProblemError, match=r"emp1.p12: "):
        one.account("active", days_left=24)


def test_a_run_is_foreseen_before_it_begins(tmp_path: Path, asking: list[Need]) -> None:
    """With the sentence that the run would say, for the scenarios that would be BLOCKED only."""
    asking += [
        need("a", "active"),
        need("b", "active", consumed=True),
        need("c", "active"),
        need("d", "invited"),
        need("e", "operator", do="pass_days"),
    ]
    portal(tmp_path, account("active", "emp1"))
    target = read(tmp_path / "portal.toml")
    assert [(one.scenario, one.title) for one in unmet(target, tmp_path)] == [
        ("c", "シナリオ c"),
        ("d", "シナリオ d"),
        ("e", "シナリオ e"),
    ]
    assert unmet(target, tmp_path, ["a", "c"]) == []
    asking.insert(0, need("f", "operator", do="pass_days"))
    asking.insert(1, need("f", "active", consumed=True))
    assert [one.scenario for one in needs.needs("danshin")] == ["a", "b", "c", "d", "f", "f", "e"]
    assert unmet(target, tmp_path, ["e"]) == [
        Unmet("e", "シナリオ e", "ポータルの日付を進める必要がある（ターゲットファイルの [operator] に担当がない）")
    ]


REISSUE = "danshin-reissue-6e7be0ce"  # 再発行を依頼すると、それまでの証明書では入れない


def reissued(user_id: str, told: str) -> str:
    """An active user whom the support desk reissued before the test, as another."""
    own = f'reissued = {{ user_id = "{told}", login_password_env = "SEKISHO_TEST_PASSWORD" }}\n'
    return account("active", user_id).replace("traits", f"{own}traits")


def test_a_user_who_was_reissued_before_serves_those_who_ask_for_a_reissue_and_no_others(tmp_path: Path) -> None:
    """Nobody need answer the telephone; what was told before stands in the file."""
    one = portal(tmp_path, reissued("emp1", "emp2"))
    one.begin_scenario("danshin-faq-94b44e20")
    with pytest.raises(BlockedError, match="状態 active"):
        one.account("active")
    one.begin_scenario(REISSUE)
    before = one.account("active")
    assert (before.user_id, one.has_reissued(before)) == ("emp1", True)
    after = one.reissue(before)
    assert (after.user_id, after.state, after.login_password) == ("emp2", "invited", "secret-1")


def test_a_user_who_was_not_reissued_is_no_use_where_nobody_answers(tmp_path: Path) -> None:
    """With nobody named at all, the sentence says so; with one such user used up, which kind is missing."""
    one = portal(tmp_path, account("active", "emp1"))
    one.begin_scenario(REISSUE)
    with pytest.raises(BlockedError, match="電話で依頼する必要がある"):
        one.account("active")
    two = portal(tmp_path, account("active", "emp1"), reissued("emp2", ""))
    two.begin_scenario(REISSUE)
    assert two.account("active").user_id == "emp2"
    two.begin_scenario(REISSUE)
    with pytest.raises(BlockedError, match=r"再発行済み（reissued）.*使用済み 1 件"):
        two.account("active")


def test_who_is_kept_for_a_scenario_is_given_to_it_first_and_to_no_other(tmp_path: Path) -> None:
    """By whatever --select takes: a result's id, a row, a name."""
    kept = account("active", "emp2").replace("traits", 'scenarios = ["DAN-FAQ-08"]\ntraits')
    one = portal(tmp_path, account("active", "emp1"), kept, account("invited", "emp3"))
    one.begin_scenario("danshin-faq-94b44e20")
    assert one.account("active").user_id == "emp2"
    one.begin_scenario("danshin-certificates_chrome-960ec037")
    assert one.account("active").user_id == "emp1"


def test_a_scenario_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """With the key."""
    kept = account("active", "emp2").replace("traits", 'scenarios = ["DAN-FQA-08"]\ntraits')
    with pytest.raises(ConfigurationProblemError, match=r"accounts\[0\].scenarios = 'DAN-FQA-08'.*DAN-FAQ-08"):
        portal(tmp_path, kept)


def test_whom_an_exploration_has_changed_nobody_gets_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its sessions begins anew; what was killed has forgotten nobody."""
    monkeypatch.setenv("SEKISHO_TEST_PASSWORD", "himitsu-himitsu")
    text = LEAST + account("invited", "emp1") + account("invited", "emp2")
    (tmp_path / "portal.toml").write_text(text, encoding="utf-8")
    assert Spent.kept(tmp_path) is None
    Spent(tmp_path).keep()
    for expected in ("emp1", "emp2"):
        one = TargetPortal(read(tmp_path / "portal.toml"), tmp_path / "portal.toml", str, Spent.kept(tmp_path))
        one.begin_scenario("kihonet-explore-issue-00000000")
        assert one.account("invited").user_id == expected
    third = TargetPortal(read(tmp_path / "portal.toml"), tmp_path / "portal.toml", str, Spent.kept(tmp_path))
    third.begin_scenario("kihonet-explore-issue-00000000")
    with pytest.raises(BlockedError, match="使用済み 2 件"):
        third.account("invited")


def test_nobody_is_used_up_by_a_scenario_that_did_not_reach_the_portal(tmp_path: Path, asking: list[Need]) -> None:
    """It was not there: whoever goes on has the same users. One for whom its people did something is another."""
    asking.append(need("x", "invited", consumed=True))
    Spent(tmp_path).keep()
    (tmp_path / "portal.toml").write_text(LEAST + account("invited", "emp1"), encoding="utf-8")
    one = TargetPortal(read(tmp_path / "portal.toml"), tmp_path / "portal.toml", str, Spent.kept(tmp_path))
    for reached, left in ((False, []), (True, ["emp1"])):
        one.begin_scenario("x")
        assert one.account("invited").user_id == "emp1"
        one.end_scenario(Verdict.ERROR, reached=reached)
        assert list(Spent(tmp_path).users) == left


@pytest.mark.parametrize(
    ("verdict", "reached", "consumed", "told"),
    [
        (Verdict.PASS, True, True, True),
        (Verdict.PASS, True, False, False),
        (Verdict.FAIL, True, False, True),
        (Verdict.ERROR, False, True, False),
    ],
)
def test_whom_a_run_has_changed_the_next_one_remembers(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asking: list[Need],
    verdict: Verdict,
    *,
    reached: bool,
    consumed: bool,
    told: bool,
) -> None:
    """And gives them: the portal may have been put back. Whoever was left as he was is nobody to remember."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    asking.append(need("x", "active", consumed=consumed))
    for expected in (False, told):
        one = portal(tmp_path, account("active", "emp1"))
        one.begin_scenario("x")
        assert one.account("active").user_id == "emp1"
        assert ("利用者 emp1 は前の実行でも使った" in one.remark) is expected
        one.end_scenario(verdict, reached=reached)


def test_whom_no_earlier_run_has_changed_is_given_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asking: list[Need]
) -> None:
    """As long as there are such users, nobody need be put back; whoever is meant for few scenarios is still kept."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    asking.append(need("x", "active", consumed=True))
    users = (account("active", "emp1"), account("active", "emp2"), account("active", "emp3", days_left=100))
    for user, told in (("emp1", False), ("emp2", False), ("emp1", True)):
        one = portal(tmp_path, *users)
        one.begin_scenario("x")
        assert (one.account("active").user_id, bool(one.remark)) == (user, told)
        one.end_scenario()


def test_the_first_half_of_a_scenario_is_no_earlier_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asking: list[Need]
) -> None:
    """What an earlier run has changed it knows still, and whoever was only looked at is remembered by nobody then."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    asking.append(need("x", "active"))
    for verdict, expected in ((Verdict.PASS, False), (Verdict.FAIL, False), (Verdict.PASS, True)):
        first = portal(tmp_path, account("active", "emp1"))
        first.begin_scenario("x")
        first.account("active")
        kept = first.keep()
        first.end_scenario(Verdict.WAITING)
        second = portal(tmp_path, account("active", "emp1"))
        second.begin_scenario("x")
        second.recall(kept)
        assert bool(second.remark) is expected
        second.end_scenario(verdict)


def test_runs_at_the_same_time_remember_whom_each_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asking: list[Need]
) -> None:
    """Neither loses what the other notes."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    asking.append(need("x", "active", consumed=True))
    runs = [portal(tmp_path, account("active", name)) for name in ("emp1", "emp2")]
    for one in runs:
        one.begin_scenario("x")
        one.account("active")
    assert not any(one.remark for one in runs)
    later = portal(tmp_path, account("active", "emp1"), account("active", "emp2"))
    for user in ("emp1", "emp2"):
        later.begin_scenario("x")
        later.account("active")
        assert user in later.remark
        later.end_scenario()


def test_a_user_without_a_home_is_given_his_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asking: list[Need]
) -> None:
    """As in a container that runs as somebody whom its system does not know."""

    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    asking.append(need("x", "active", consumed=True))
    one = portal(tmp_path, account("active", "emp1"))
    one.begin_scenario("x")
    assert one.account("active").user_id == "emp1"


@pytest.mark.parametrize(("language", "said"), [("ja", "拒まれた。利用者 emp1"), ("en", "refused. An earlier run")])
def test_what_is_remarked_is_a_sentence_of_its_own(language: Language, said: str) -> None:
    """In either language, and behind a full stop that is there already."""
    with speaking(language):
        sentence = say("拒まれた。", "It was refused.")
        assert said in remarked(DeviationError(sentence), str(USED_BEFORE).format("emp1")).did


def test_where_nothing_can_be_noted_nobody_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asking: list[Need]
) -> None:
    """A folder that cannot be written, or a file that somebody else wrote, stops no run."""
    (tmp_path / "state").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    asking.append(need("x", "active", consumed=True))
    one = portal(tmp_path, account("active", "emp1"))
    one.begin_scenario("x")
    assert one.account("active").user_id == "emp1"
    assert not one.remark


def test_a_list_of_spent_users_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """Nobody knows then who was used."""
    (tmp_path / "spent.json").write_text('{"emp1": ', encoding="utf-8")
    with pytest.raises(ConfigurationProblemError, match=r"spent\.json: 使った利用者の一覧として読めません"):
        Spent(tmp_path)


def test_what_no_table_has_may_be_foreseen(tmp_path: Path, asking: list[Need]) -> None:
    """The first user is one beside whom the others are."""
    one = portal(
        tmp_path,
        account("active", "alone", role="master"),
        account("active", "chief", role="master"),
        account("active", "clerk", role="general", company="chief"),
    )
    wanted = [need("x", "active", role="master"), need("x", "active", role="general", company="#1")]
    one.begin_scenario("x", wanted)
    assert one.account("active", role="master").user_id == "chief"
    assert one.account("active", role="general", company="chief").user_id == "clerk"
