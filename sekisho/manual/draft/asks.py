"""Whom a scenario asks for, by its sentences: the lines of a new manual's `accounts.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sekisho.manual.accounts import OPERATOR, told
from sekisho.manual.citations import CitedScenario
from sekisho.manual.draft.marks import Mark
from sekisho.manual.titles import filled, titled

Traits = Mapping[str, str]

# A premise, and the user that it means: its state; what is named in it is a trait, `which` a kind of user.
USERS: tuple[tuple[str, str], ...] = (
    (r"「(?P<which>.+)」の証明書の無い(?:もう一人の)?利用者がいる", "invited"),
    (r"(?P<days_ago>\d+)日前に発行された案内を受け取った利用者がいる", "invited"),
    (r"証明書の無い(?:もう一人の)?利用者がいる", "invited"),
    (r"別の認証局が発行した証明書を取り込んだ利用者がいる", "invited"),
    (r"有効な証明書を取り込んだ利用者がいる", "active"),
    (r"有効期限まで(?P<days_left>\d+)日の証明書を取り込んだ利用者がいる", "active"),
    (r"「(?P<which>.+)」の証明書を取り込んだ利用者がいる", "active"),
    (r"(?:証明書を持つ|再発行の案内を受け取った)もう一人の利用者がいる", "active"),
    (r"失効を申請した利用者がいる", "active"),
    (r"秘密キーのパスワードを付けて証明書を取り込んだ利用者がいる", "renewable"),
    (r"トークンに証明書を入れた利用者がいる", "active"),
    (r"更新できる証明書を取り込んだ利用者がいる", "renewable"),
    (r"同じパソコンにもう一人の利用者の証明書がある", "renewable"),
    (r"過去の更新申請が(?P<history>\d+)件ある利用者がいる", "renewable"),
    (r"更新を申請したまま鍵を取得していない利用者がいる", "renewing"),
    (r"有効期限まで(?P<days_left>\d+)日で更新を申請したまま鍵を取得していない利用者がいる", "renewing"),
    (r"有効期限まで(?P<days_left>\d+)日の失効した証明書を取り込んだ利用者がいる", "revoked"),
    (r"失効した証明書を取り込んだ利用者がいる", "revoked"),
    (r"(?:「(?P<which>.+)」の)?有効期限が切れた証明書を取り込んだ利用者がいる", "expired"),
)
# A sentence that only the portal's people can make true, and what they do.
PEOPLE = (
    (r"サポートセンターに.+再発行を依頼する", "reissue"),
    (r"\d+日が過ぎる|次の日に届いている更新案内メール.+|\d+日が過ぎて有効期限の.+", "pass_days"),
    (r"\d+時\d+分になる", "wait_until"),
    (r"\d+(?:分|時間)が過ぎる", "pass_minutes"),
)


def lines(scenario: CitedScenario, mark: Mark, kinds: Mapping[str, Traits]) -> Iterator[list[str]]:
    """The lines of a scenario, for each of its examples. `kinds`: the traits of users by what scenarios call them."""
    for result, values in zip(scenario.results, scenario.values, strict=True):
        name, number, asked = titled(scenario.name, values), 0, set[str]()
        for text in (filled(one.text, values) for one in (*scenario.background, *scenario.steps)):
            if asked_for := user(text, kinds):
                number += 1
                yield [result, name, *asked_for, "yes" if number in mark.uses else "no"]
            elif (done := _by_people(text)) and done not in asked:
                asked.add(done)
                yield [result, name, OPERATOR, f"do={done}", "no"]


def user(text: str, kinds: Mapping[str, Traits]) -> tuple[str, str] | None:
    """The state and the traits of the user whom a sentence asks for; None for any other sentence."""
    for form, state in USERS:
        if found := re.fullmatch(form, text):
            given = {name: value for name, value in found.groupdict().items() if name != "which"}
            which = kinds[found["which"]] if found.groupdict().get("which") else {}
            return state, told({**which, **given})
    return None


def _by_people(text: str) -> str:
    return next((done for form, done in PEOPLE if re.fullmatch(form, text)), "")
