"""A portal that nobody who wrote the scenarios has seen, with every habit at once: nothing is held against it.

A target file alone is given, and none of the portal's own words are in it.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from sekisho.results import Scenario, read_scenarios
from sekisho.verdict import Verdict
from tests.second_portal.habits import EVERY
from tests.second_portal.running import running
from tests.second_portal.setup import Setup
from tests.second_portal.trials import every, ids, name, run, within_a_day

TOGETHER = pytest.mark.xdist_group("second portal")  # one run for all of them
# What the manual leaves open, and what the warning says: the order of columns, or the key that would learn the words.
LEFT_OPEN = {
    name: what
    for what, names in {
        "順は定められていない": ("申請済みの更新は一覧に載り、鍵を取得できる",),
        "[dialect.services] service": (
            "Q8 同じパソコンの同じWindowsユーザーなら、1つの証明書で全員が使える",
            "Q9 別のパソコンで取得した証明書を業務用のパソコンに取り込んで使う",
            "取得案内のメールから団信ネットへのログインまで",
            "有効期限の当日は団信ネットに入れる",
            "電話での依頼から新しい証明書でのログインまで",
            "更新案内のメールから団信ネットへのログインまで",
            "申請の応答が失われても、一覧から鍵を取得して更新を終える",
            "3社共用の証明書で団信ネットは使える（利用形態 a）",
        ),
        "[dialect.services] nissay": (
            "Q3 3社共用の証明書が無くても日本生命は使える",
            "両方の証明書で団信ネット（日本生命）は使える（利用形態 c）",
            "日本生命の証明書で団信ネット（日本生命）は使える（利用形態 d）",
            "3社共用の証明書を再発行しても、日本生命の証明書は使える（利用形態 c）",
        ),
        "[dialect.services] web": (
            "3社共用の証明書で団信Webは使える（利用形態 a）",
            "両方の証明書で団信Webは使える（利用形態 c）",
            "3社共用を使っていないパソコンは、証明書を取得すると団信Webを使える（利用形態 b）",
        ),
        "[dialect.messages] login_refused": ("Q2 取得用パスワードを誤ると、はっきり拒まれる",),
        "[dialect.messages] not_found": ("Q6 誤ったURLは、はっきりしたエラーになる",),
        "[dialect.messages] mismatch": ("パスワードの不一致は拒まれる",),
        "[dialect.messages] empty": ("パスワードの未入力は拒まれる",),
        "[dialect.messages] too_long": ("長すぎるパスワードも拒まれる",),
        "[dialect.messages] not_allowed": ("使えない文字のパスワードも拒まれる",),
        "[dialect.messages] request_id_unknown": (
            "他人のリクエストIDでは鍵を取得できない",
            "存在しないリクエストIDでは鍵を取得できない",
        ),
        "[dialect.messages] expired_invitation": ("発行から31日目は鍵の取得から先に進めない",),
        "[dialect.messages] not_today": (
            "鍵の取得の画面を翌日に持ち越すと送信できない",
            "ダウンロードの画面を翌日に持ち越すとダウンロードできない",
        ),
        "[dialect.messages] not_renewable": ("有効期限の31日前は更新を申請できない",),
        "[dialect.screens] session_invalid": (
            "12時間操作しないとメニューを選んでもセッション無効の画面になる",
            "更新サイトも12時間操作しないとセッション無効の画面になる",
        ),
        "知っている言葉では拒まれなかった": (
            "二つのタブで二人が鍵の取得に進んでも、取り違えない",
            "ダウンロードの画面を開いたまま別のタブで別の利用者が手続きしても、取り違えない",
        ),
    }.items()
    for name in names
}
A_PART = ("DAN-REISSUE-01", "DAN-FAQ-0[126]", "DAN-RESUME-03A")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one run of everything against the portal, and of nothing but the portal."""
    out, ended = within_a_day(tmp_path_factory.mktemp("second-portal"), everything)
    assert ended.returncode == 0, ended.stdout
    return out


def everything(folder: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """One run."""
    with running(folder / "portal", Setup(EVERY)) as portal:
        return folder / "run", run(portal, folder / "run")


def tagged(tag: str) -> set[str]:
    """The names of the scenarios with a tag."""
    return {one.name for one in every() if tag in one.tags}


def said(one: Scenario) -> str:
    """Why a scenario warns."""
    return " ".join(step.reason for step in one.steps if step.verdict is Verdict.WARNING)


def held_against(results: list[Scenario], elsewhere: set[str]) -> list[str]:
    """What is neither fine nor a warning about what the manual leaves open."""
    wrong = []
    for one in results:
        expected = Verdict.WARNING if name(one) in LEFT_OPEN else Verdict.PASS
        expected = Verdict.NOT_APPLICABLE if one.name in elsewhere else expected
        if one.verdict is not expected or LEFT_OPEN.get(name(one), "") not in said(one):
            wrong.append(f"{name(one)}: {one.verdict} {one.failure or said(one)}")
    return wrong


@TOGETHER
def test_nothing_is_held_against_a_portal_that_keeps_its_manual(out: Path) -> None:
    """All scenarios; those of another browser, and without a store those of the browser's dialogs, show nothing."""
    native = json.loads((out / "run.json").read_text("utf-8"))["certs"] == "native"
    results = read_scenarios(out)
    assert held_against(results, tagged("msedge") | (set() if native else tagged("native"))) == []
    assert {name(one) for one in results} == set(ids())


@TOGETHER
def test_the_portals_own_people_were_asked(out: Path) -> None:
    """Reissues and the clock went through the target file's operator, and no scenario was left out for want of it."""
    names = {one.name for one in read_scenarios(out) if one.verdict.passed}
    assert {"電話での依頼から新しい証明書でのログインまで", "有効期限の翌日には団信ネットに入れない"} <= names


@TOGETHER
def test_no_secret_of_the_portal_is_in_the_results(out: Path) -> None:
    """Whatever its pages and mails show."""
    portal = out.parent / "portal"
    passwords = {one for text in _mails(portal) for one in re.findall("取得用パスワード：([0-9a-f]{16})", text)}
    assert len(passwords) > 30
    written = "".join(path.read_text("utf-8") for path in (out / "scenarios").glob("*.json"))
    assert not [one for one in passwords if one in written]


def test_without_a_store_and_without_anybody_at_the_telephone_it_is_the_same(tmp_path: Path) -> None:
    """A part in context mode, with users who were reissued before the test: their file says what was told."""
    with running(tmp_path / "portal", Setup(EVERY)) as portal:
        text = portal.target.read_text("utf-8")
        before, _, accounts = text.partition("[operator]")
        portal.target.write_text(before + accounts.partition("\n\n")[2], encoding="utf-8")
        options = [word for rows in A_PART for word in ("--select", rows)]
        ended = run(portal, tmp_path / "run", "--certs", "context", *options)
    assert ended.returncode == 0, ended.stdout
    results = read_scenarios(tmp_path / "run")
    assert held_against(results, tagged("msedge") | tagged("native")) == []
    assert sum("DAN-REISSUE-01" in one.ids or "DAN-FAQ-01" in one.ids for one in results) >= 5


def _mails(portal: Path) -> Iterator[str]:
    """Every part of every mail, in each encoding that the portal writes."""
    for path in (portal / "Maildir" / "new").iterdir():
        for part in message_from_bytes(path.read_bytes()).walk():
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                yield from (data.decode(name, "replace") for name in ("iso-2022-jp", "cp932", "utf-8"))
