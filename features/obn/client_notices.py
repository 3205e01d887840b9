"""What MPKI クライアント shows beside the task tray when the user signs in to the PC."""

from __future__ import annotations

import re
import unicodedata

from pytest_bdd import parsers, then, when

from sekisho.evidence.recorder import Recorder
from sekisho.language import counted, say
from sekisho.person.holdings import Holdings
from sekisho.portal import Account, Portal
from sekisho.program import Program
from sekisho.results import Note
from sekisho.verdict import require
from steps.times import says, tokyo_date

CONCEPT = "MPKI クライアントのお知らせ"

SHOWN = {"出る": True, "出ない": False}


@when("パソコンにサインインする", target_fixture="notices")
def _(program: Program, evidence: Recorder) -> list[str]:
    found = list(program.sign_in())
    evidence.add(Note(title=say("Windows の通知", "Notices of Windows"), lines=found or [say("なし", "none")]))
    return found


@then(parsers.parse("サインインしたとき、MPKIクライアントの通知が出るかどうかは次のとおりである"))
def _(datatable: list[list[str]], program: Program, portal: Portal, evidence: Recorder) -> None:
    wanted = {int(left): SHOWN[shown] for left, shown in datatable[1:]}
    got, before = dict[int, list[str]](), next(iter(wanted))
    for left in wanted:
        portal.pass_days(before - left)
        got[left], before = list(program.sign_in()), left
    lines = [
        say(f"{left}日前: {'、'.join(texts) or 'なし'}", f"{counted(left, 'day')} before: {', '.join(texts) or 'none'}")
        for left, texts in got.items()
    ]
    evidence.add(Note(title=say("Windows の通知", "Notices of Windows"), lines=lines))
    wrong = [left for left in wanted if bool(got[left]) != wanted[left]]
    require(
        not wrong,
        say("、", ", ").join(
            say(
                f"有効期限の{left}日前に通知が{'出た' if got[left] else '出ない'}",
                f"{counted(left, 'day')} before the expiry {'a' if got[left] else 'no'} notice appears",
            )
            for left in wrong
        ),
    )


@then(parsers.parse("通知に発行先と現在の有効期限と、残り{left:d}日であることが書かれている"))
def _(notices: list[str], account: Account, holdings: Holdings, left: int) -> None:
    require(len(notices) == 1, say(f"通知が {len(notices)} 件出た", f"{len(notices)} notices appeared"))
    (text,) = notices
    ends = holdings.newest.not_after
    said = {
        account.user_id: account.user_id in text,
        tokyo_date(ends): says(text, ends),
        f"{left}日": re.search(rf"(?<![\d月]){left}\s*日", unicodedata.normalize("NFKC", text)),
    }
    for words, there in said.items():
        require(
            there,
            say(
                f"通知に {words} が無い（通知: {text or 'なし'}）",
                f"The notice lacks {words} (notice: {text or 'none'})",
            ),
        )


@then("MPKIクライアントの通知は出ない")
def _(notices: list[str]) -> None:
    require(not notices, say(f"通知「{'、'.join(notices)}」が出た", f"""The notice "{", ".join(notices)}" appeared"""))
