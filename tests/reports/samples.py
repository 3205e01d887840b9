"""Results such as a run of the danshin manual writes, made in code: every verdict, every kind of evidence."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reports.reading import Results, read
from sekisho.manual import rows
from sekisho.results import (
    Certificate,
    Dialog,
    DialogRow,
    Evidence,
    Failure,
    Mail,
    Note,
    Picture,
    Run,
    Scenario,
    Step,
    write,
)
from sekisho.verdict import Verdict

START = datetime(2026, 11, 21, 3, 0, 0, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


def run(**changes: object) -> Run:
    """A finished run of danshin against the mock."""
    facts = {
        "id": "2026-11-21T12-00-00",
        "version": "0.1.0",
        "command": "sekisho run --manual danshin --jobs 2",
        "target": "模擬認証局（内蔵）",
        "manuals": ["danshin"],
        "browser": "Chromium 156.0.7920.12",
        "certs": "native",
        "certs_reason": "この計算機ではブラウザー自身の証明書ストアと選択画面が使えます",
        "machine": "Debian GNU/Linux 12 (x86_64), 2 cores",
        "jobs": 2,
        "started": START,
        "finished": START + timedelta(seconds=96),
    }
    return Run.model_validate(facts | changes)


def step(text: str, *ids: str, keyword: str = "もし", verdict: Verdict = Verdict.PASS, **rest: object) -> Step:
    """One sentence of a scenario."""
    facts = {"keyword": keyword, "text": text, "ids": list(ids), "verdict": verdict, "started": START, "seconds": 0.42}
    return Step.model_validate(facts | rest)


def scenario(name: str, steps: list[Step], **changes: object) -> Scenario:
    """One scenario of the renewal procedure, passed unless told otherwise."""
    cited = [one for each in steps for one in each.ids]
    facts = {
        "id": name,
        "nodeid": f"features/test_features.py::test_danshin[{name}]",
        "manual": "danshin",
        "procedure": "クライアント証明書の更新",
        "feature": "danshin/renewal.feature",
        "name": name,
        "ids": list(dict.fromkeys(cited)),
        "worker": "gw0",
        "started": START,
        "seconds": 0.42 * len(steps),
        "verdict": Verdict.PASS,
        "steps": steps,
        "hosts": ["https://127.0.0.1:8443", "https://127.0.0.1:8444"],
        "repeat": f"sekisho run --select '{name}'",
    }
    return Scenario.model_validate(facts | changes)


def certificate(**changes: object) -> Certificate:
    """A subscriber's certificate."""
    facts = {
        "title": "更新後の証明書",
        "subject": "CN=emp00017,OU=Danshinnet,O=日本生命保険相互会社,C=JP",
        "issuer": "CN=Nissay Information Technology KDanshinnet CA,O=Nissay Information Technology Co.\\, Ltd.,C=JP",
        "subject_cn": "emp00017",
        "issuer_cn": "Nissay Information Technology KDanshinnet CA",
        "serial": "3f9a2c61b7d04e55",
        "not_before": START,
        "not_after": START + timedelta(days=3 * 365),
        "key": "RSA-2048",
        "signature": "sha256WithRSAEncryption",
        "extensions": ["extendedKeyUsage: clientAuth", "keyUsage (critical): digitalSignature, keyEncipherment"],
        "sha256": "5b" * 32,
    }
    return Certificate.model_validate(facts | changes)


def dialog(*rows: DialogRow, pressed: str = "OK") -> Dialog:
    """The browser's certificate dialog with one row to choose from, unless rows are given."""
    issuer = "Nissay Information Technology KDanshinnet CA"
    return Dialog(
        title="証明書の選択",
        text="127.0.0.1:8444 での認証に使用する証明書を選択してください",
        columns=["件名", "発行元", "シリアル番号"],
        rows=list(rows) or [DialogRow(subject="emp00017", issuer=issuer, serial="2B7E151628AED2A6", chosen=True)],
        pressed=pressed,
    )


def mail(**changes: object) -> Mail:
    """The renewal notice."""
    facts = {
        "sender": "danshinnet-sc@nissay-it.co.jp",
        "recipient": "emp00017@example.co.jp",
        "subject": "【団信ネット】クライアント証明書更新のご案内",
        "date": START,
        "body": "団信ネットをご利用いただきありがとうございます。\n\nユーザーID: emp00017\n有効期限: 2026/12/11\n\n"
        "以下の更新用リンクから手続きをしてください。\nhttps://127.0.0.1:8444/renewal/\n",
    }
    return Mail.model_validate(facts | changes)


def picture(path: str, title: str = "Cybertrust Managed PKI") -> Picture:
    """A screen whose bytes are expected at a path in the run's folder."""
    return Picture(path=path, url="https://127.0.0.1:8444/renewal/", title=title)


RENEWAL = [
    ("更新のご案内メールの更新用リンクを開く", "DAN-RENEW-01"),
    ("証明書選択画面で更新対象の証明書を選び「OK」を押す", "DAN-RENEW-02"),
    ("「証明書更新申請」で情報を確認して「Submit」を押す", "DAN-RENEW-03"),
    ("処理が終わるのを待つ", "DAN-RENEW-04"),
    ("鍵の取得画面でパスワードを2回入力する", "DAN-RENEW-05"),
    ("「Submit」を押す", "DAN-RENEW-06"),
    ("「Download」を押す", "DAN-RENEW-07"),
    ("ダウンロードしたファイルを取り込む", "DAN-RENEW-08"),
    ("新しい証明書で団信ネットにログインする", "DAN-RENEW-14"),
]


def renewal(name: str, pictures: list[str], evidence: dict[int, list[Evidence]] | None = None) -> Scenario:
    """The renewal walked from the mail to the login, with a picture at each step."""
    usual: dict[int, list[Evidence]] = {0: [mail()], 1: [dialog()], 7: [certificate()]}
    extra = usual if evidence is None else evidence
    steps = [step("更新できる利用者がいる", keyword="前提", evidence=[Note(title="利用者", lines=["emp00017"])])]
    for number, ((text, row_id), path) in enumerate(zip(RENEWAL, pictures, strict=True)):
        shown: list[Evidence] = [*extra.get(number, ()), picture(path, text)]
        steps.append(step(text, row_id, evidence=shown))
    return scenario(name, steps)


def explored(name: str, steps: list[Step], facts: dict[str, object], *, wrong: bool) -> Scenario:
    """A result of an exploration, which passed or fails as `failing` does, with what is its own."""
    base = failing(id=name) if wrong else scenario(name, steps, id=name)
    return base.model_copy(update=facts)


def failing(name: str = "有効期限の31日前は更新できない", **changes: object) -> Scenario:
    """A scenario that fails at its second step, which cites DAN-RULE-03; the third cites DAN-RENEW-03."""
    steps = [
        step("有効期限まで31日の利用者がいる", keyword="前提"),
        step("更新用リンクを開く", "DAN-RENEW-01"),
        step("更新はまだできないと案内される", "DAN-RULE-03", keyword="ならば", verdict=Verdict.FAIL),
        step("証明書は元のままである", "DAN-RENEW-03", keyword="かつ", verdict=Verdict.NOT_REACHED, seconds=0.0),
    ]
    failure = Failure(
        verdict=Verdict.FAIL,
        requirement=["DAN-RULE-03"],
        manual_says="更新は有効期限の30日前から。31日前は更新できない",
        portal_did="有効期限の31日前に証明書更新申請の画面が開き、申請が受け付けられた",
        step="ならば 更新はまだできないと案内される",
        detail="pages/renewal.py:41: expected 'まだ更新できません', found '鍵更新申請情報の確認'",
    )
    facts = {
        "ids": ["DAN-RENEW-01", "DAN-RULE-03", "DAN-RENEW-03", "DAN-RULE-02"],
        "procedure": "規則",
        "feature": "danshin/rules.feature",
        "rule": "更新は有効期限の30日前から",
        "verdict": Verdict.FAIL,
        "failure": failure,
    }
    return scenario(name, steps, **(facts | changes))


def stopped(name: str, verdict: Verdict, reason: str, row_id: str, **changes: object) -> Scenario:
    """A scenario that did not fail but could not be decided either."""
    failure = Failure(verdict=verdict, requirement=[row_id], manual_says="", portal_did=reason, step=f"前提 {name}")
    steps = [step(name, row_id, keyword="前提", verdict=verdict, reason=reason)]
    kept = None if verdict is Verdict.NOT_APPLICABLE else failure
    return scenario(name, steps, **({"verdict": verdict, "failure": kept} | changes))


def save(folder: Path, a_run: Run, scenarios: list[Scenario]) -> Path:
    """Write a run as the harness does, with the manual's rows beside it."""
    write(a_run, folder / "run.json")
    for one in scenarios:
        write(one, folder / "scenarios" / f"{one.id}.json")
    (folder / "manual_steps.csv").write_text(rows.text(), encoding="utf-8")
    return folder


def saved(folder: Path, a_run: Run, scenarios: list[Scenario]) -> Results:
    """The same, read again."""
    return read(save(folder, a_run, scenarios))


def save_picture(folder: Path, name: str, size: int = 1000) -> str:
    """Write a file that begins as a JPEG and goes on with bytes of its own; its relative path."""
    path = folder / "pictures" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(JPEG + random.Random(name).randbytes(size))  # noqa: S311 - bytes that differ, not secrets
    return f"pictures/{name}"
