"""Whole runs against a portal that the harness knows by its target file only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.results import read_run, read_scenarios
from sekisho.verdict import Verdict

from . import mock_target
from .mock_target import MockTarget, verdicts

GAP = """
[product]
name = "団信ネット"
version = "5.2"
[[gaps]]
requirement = "DAN-FAQ-02"
reason = "次の版で直す"
until = 2099-12-31
"""


@pytest.fixture
def danshin(tmp_path: Path) -> Iterator[MockTarget]:
    """Somebody else's danshin portal."""
    with mock_target.running(tmp_path, "danshin") as portal:
        yield portal


def test_a_known_gap_is_no_failure_and_a_closed_one_is(danshin: MockTarget) -> None:
    """What the deviation did to its user nobody knows, so another is taken; no password is in any file."""
    danshin.provision("invited")
    danshin.provision("invited")
    danshin.write(GAP)
    danshin.ask("PUT", "/defects", {"on": ["login-failure-unexplained"]})
    chosen = ("--select", "DAN-FAQ-02", "--select", "DAN-FAQ-07")

    known = danshin.run(*chosen, out="known")
    assert known.returncode == 0, known.stdout + known.stderr
    assert verdicts(danshin.folder / "known") == {"Q2": Verdict.KNOWN_GAP, "Q7": Verdict.PASS}
    run = read_run(danshin.folder / "known")
    assert run.product is not None
    assert (run.target, run.product.version, run.gaps[0].requirement) == ("別の会社の検証環境", "5.2", "DAN-FAQ-02")
    assert not any(holding(danshin.folder / "known", secret) for secret in danshin.secrets.values())

    danshin.ask("PUT", "/defects", {"on": []})
    closed = danshin.run(*chosen, out="closed")
    assert closed.returncode == 1, closed.stdout + closed.stderr
    assert verdicts(danshin.folder / "closed") == {"Q2": Verdict.UNEXPECTED_PASS, "Q7": Verdict.PASS}


def test_what_goes_beyond_the_manual_warns_and_can_be_left_out(danshin: MockTarget) -> None:
    """A portal that lets Firefox in keeps its manual."""
    danshin.provision("invited")
    danshin.write("")
    danshin.ask("PUT", "/defects", {"on": ["any-browser-accepted"]})
    warned = danshin.run("--select", "DAN-FAQ-07", out="warned")
    assert warned.returncode == 0, warned.stdout + warned.stderr
    assert verdicts(danshin.folder / "warned") == {"Q7": Verdict.WARNING}

    danshin.write("[limits]\nbeyond_manual = false\n")
    left_out = danshin.run("--select", "DAN-FAQ-07", "--select", "取得した証明書の記載", out="left")
    assert left_out.returncode == 0, left_out.stdout + left_out.stderr
    (plain, whole) = sorted(read_scenarios(danshin.folder / "left"), key=lambda one: one.beyond)
    assert whole.verdict is Verdict.NOT_APPLICABLE
    assert plain.verdict is Verdict.PASS
    assert [step.verdict for step in plain.steps if step.beyond] == [Verdict.NOT_APPLICABLE] * 2


def holding(folder: Path, words: str) -> list[str]:
    """The files of a run that hold some words."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_who_forgets_to_reset_a_user_is_told_so_beside_the_failure(danshin: MockTarget) -> None:
    """The portal is right to refuse what an earlier run has done."""
    danshin.provision("renewable")
    danshin.write("")
    assert danshin.run("--select", "更新した証明書は発行者と発行先が変わらない", out="first").returncode == 0
    danshin.run("--select", "更新した証明書は発行者と発行先が変わらない", out="second")
    (one,) = read_scenarios(danshin.folder / "second")
    assert one.failure
    assert "は前の実行でも使った。ポータルで元に戻していなければ、そのためかもしれない" in one.failure.portal_did


def test_the_portals_people_are_asked_and_what_the_file_lacks_is_named(danshin: MockTarget) -> None:
    """A reissue by telephone; days that pass and are set back; a revoked user, of whom there is none."""
    danshin.provision("active")
    danshin.provision("active", days_left=31)
    danshin.write(operator=True)
    wanted = [
        f"--select={name}" for name in ("Q1 証明書だけの再発行", "30日前と7日前だけに届く", "失効した証明書で団信")
    ]
    done = danshin.run(*wanted, "--allow-destructive")
    found = read_scenarios(danshin.folder / "out")
    assert sorted(one.verdict for one in found) == [Verdict.BLOCKED, Verdict.PASS, Verdict.PASS]
    (blocked,) = [one for one in found if one.verdict is Verdict.BLOCKED]
    assert blocked.failure
    assert "状態 revoked のアカウントがない（ターゲットファイルにこの状態は 0 件" in blocked.failure.portal_did
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_mailbox_may_have_a_history(danshin: MockTarget) -> None:
    """Mails of an earlier certificate, of the first issue, and of a clock that was ahead answer nothing asked now."""
    reissued, reminded = danshin.provision("active"), danshin.provision("active", days_left=31)
    to = danshin.addresses[reissued]
    danshin.deliver(to["mail"], "【団信ネット（3社共用）】クライアント証明書取得のご案内", days_ago=-1)
    danshin.deliver(to["password_mail"], "【団信ネット】ログインパスワードのお知らせ", days_ago=400)
    to = danshin.addresses[reminded]
    danshin.deliver(to["mail"], "【団信ネット（3社共用）】クライアント証明書更新のご案内", days_ago=1500)
    danshin.write(operator=True)
    wanted = ("再発行では取得案内だけがメールで届き", "30日前と7日前だけに届く")
    done = danshin.run(*(f"--select={name}" for name in wanted), "--allow-destructive")
    assert [one.verdict for one in read_scenarios(danshin.folder / "out")] == [Verdict.PASS] * 2, done.stdout


def test_nothing_is_destroyed_unless_allowed_a_pause_is_kept_and_other_words_are_a_warning(danshin: MockTarget) -> None:
    """The option is named; a second between four actions takes three; the portal's own sentence is repeated."""
    danshin.provision("active")
    danshin.provision("invited")
    words = ("[dialect.messages]", 'login_refused = ["別の言い方"]')
    danshin.write("[limits]", "pause_seconds = 1", *words, operator=True)
    done = danshin.run("--select", "Q1 証明書だけの再発行", "--select", "DAN-FAQ-02")
    blocked, paused = sorted(read_scenarios(danshin.folder / "out"), key=lambda one: one.name)
    assert (blocked.verdict, paused.verdict) == (Verdict.BLOCKED, Verdict.WARNING), done.stdout
    assert blocked.failure
    assert "--allow-destructive" in blocked.failure.portal_did
    assert paused.seconds > 3
    (reason,) = [step.reason for step in paused.steps if step.verdict is Verdict.WARNING]
    assert "「別の言い方」の代わりに「ユーザ ID またはパスワード" in reason
    assert '[dialect.messages] login_refused = ["ユーザ ID またはパスワードが正しくありません。"] と書く' in reason


def test_a_mail_under_another_subject_is_a_warning_that_can_be_learnt(danshin: MockTarget) -> None:
    """It is the only one that came, and no row of the scenario prints what the manual's mails are called."""
    danshin.provision("invited")
    danshin.write('[dialect.mail]\nguide = ["ほかの件名"]\n')
    danshin.run("--select", "取得した証明書の記載")
    (one,) = read_scenarios(danshin.folder / "out")
    assert one.verdict is Verdict.WARNING
    (words,) = [words for step in one.steps for words in step.own_words]
    assert (words.name, words.instead_of) == ("guide", ["ほかの件名"])
    assert "取得のご案内" in words.said
