"""What two runs of the same portal always differ in, and what must never be taken for it."""

from __future__ import annotations

import time

import pytest

from reports.compare import noise
from sekisho.results import USED_BEFORE
from tests.reports.samples import certificate, dialog, mail, scenario, step


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://127.0.0.1:38385/renew/?id=1 を開く", "https://portal.example.test/renew/?id=1 を開く"),
        ("127.0.0.1:8444 での認証に使用する証明書", "renew.example.test:443 での認証に使用する証明書"),
        ("有効期限: 2026/12/11", "有効期限: 2027/1/3"),
        ("2026年11月21日（土）まで", "2026 年 1 月 2 日（金）まで"),
        ("令和8年11月21日", "令和９年１月２日"),
        ("11月21日(土)に届きました", "1月2日(金)に届きました"),
        ("Sat Nov 21 10:00:00 JST 2026", "Fri Jan 2 09:59:01 JST 2026"),
        ("受付時刻 18:53:25", "受付時刻 9:05:01"),
        ("午後6時53分に失効", "午前 9 時 5 分に失効"),
        ("リクエスト ID 20261121000017", "リクエスト ID 20270102000003"),
        ("（ユーザーID：K0000002）", "（ユーザーID：K0000017）"),
        ("シリアル番号 5EA50F533A4A02B1", "シリアル番号 00C1D2E3F4A5B6C7"),
        ("3F:9A:2C:61:B7", "00:11:22:33:44"),
        ("リファレンス ID w2v9seEa5Q", "リファレンス ID ARQAYkbsSO"),
        ("certissue:start?nuUxLMGokZkduhuo", "certissue:start?HP1uf_OzOtiROUFw"),
        (
            "GET https://127.0.0.1:33795/ra/OlRgiZfCWqdgAdYfnfmbwYAX → 200",
            "GET https://a.test/ra/Zk3-9dj2_dk3Jd83 → 200",
        ),
        ("GET https://127.0.0.1:33795/favicon.ico → 応答なし", ""),
        ("箱根 真理 様", "関 一郎 様"),
        ("氏名: 藤川 誠", "氏名: 関 一郎"),
        ("ユーザＩＤ　１２３４５６", "ユーザＩＤ 654321"),
        ("forbidden と表示された", f"forbidden と表示された。{USED_BEFORE.japanese.format('emp1、emp2')}"),
        ("forbidden was shown", f"forbidden was shown. {USED_BEFORE.english.format('emp1, emp2')}"),
    ],
)
def test_days_numbers_places_and_people_say_nothing(one: str, other: str) -> None:
    """They are other ones in each run."""
    assert noise.plain(one) == noise.plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("有効期限の30日前から更新できます", "有効期限の31日前から更新できます"),
        ("パスワードは64文字まで", "パスワードは32文字まで"),
        ("60分間操作がないと", "30分間操作がないと"),
        ("RSA 2048 ビット", "RSA 1024 ビット"),
        ("パスワードが違います。", "パスワードが一致しません。"),
        ("お客様番号", "利用者番号"),
        ("https://a.example.test/renew/", "https://a.example.test/update/"),
        ("3回まで", "5回まで"),
        ("SHA256withRSAEncryption", "SHA384withRSAEncryption"),
        (
            "GET https://a.test/NipponLifeInsuranceCompanyKihonetCA → 200",
            "GET https://a.test/NissayInformationCA → 200",
        ),
        ("GET https://a.test/top → 200", "GET https://a.test/top → 503"),
        ("ユーザーID required", "ユーザーID optional"),
    ],
)
def test_what_the_manual_may_promise_is_never_noise(one: str, other: str) -> None:
    """Lengths, counts, limits, words and paths."""
    assert noise.plain(one) != noise.plain(other)


def test_users_are_known_from_certificates_dialogs_and_mails() -> None:
    """Whoever they are called; but an authority's name always counts."""
    seen = scenario("x", [step("a", evidence=[certificate(subject_cn="山田太郎"), dialog(), mail()])])

    found = noise.people(seen)

    assert {"山田太郎", "emp00017", "emp00017@example.co.jp"} <= set(found)
    assert "Nissay Information Technology KDanshinnet CA" not in found
    assert noise.plain("山田太郎さんの証明書", found) == noise.plain("⟨利用者⟩さんの証明書")


def test_the_query_of_an_address_is_left_out() -> None:
    """It may name a request."""
    assert noise.path("https://a.test/renew/list.jsp?r=abc") == noise.path("https://b.test:8443/renew/list.jsp?r=xyz")


@pytest.mark.parametrize(
    "text", ["a-" * 50_000, "1" * 100_000, "氏名" * 50_000, "a." * 50_000, "様" * 50_000, "0a" * 50_000]
)
def test_a_hostile_line_costs_no_time(text: str) -> None:
    """Neither long runs nor near misses make the patterns slow."""
    began = time.process_time()
    noise.plain(text)
    assert time.process_time() - began < 0.5
