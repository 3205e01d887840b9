"""What other portals have: files sent, ZIP files and attachments received, keys made in a page; and each gone wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sekisho.results import Scenario, read_scenarios
from sekisho.verdict import Verdict
from tests.manuals.portal import Premises
from tests.manuals.portal.desk import APPROVAL, KEY, SHOWN
from tests.manuals.portal.post import USER

PROCEDURES = ("UPLOAD", "PARCEL", "OWNKEY", "DESK", "LEDGER")
APPLIED = "申し込むと、メールのリンクから証明書を受け取れる"
OF_ONE = "利用者の一覧は、表計算ソフトの保存のしかたによらず読み取られる"
REFUSED = "使えないファイルは理由とともに拒まれる"
# What is wrong with the portal; the scenario that alone goes red then, with what is told of its example; and why.
WRONG: dict[str, tuple[str, str, str]] = {
    "other-key": ("CSRを送ると、手元の鍵の証明書が発行される", "", "別の鍵のものです"),
    "other-subject": ("証明書の記載は送ったCSRのとおりである", "", "O が 空 である"),
    "csv-as-utf-8": (OF_ONE, "利用者.csv", "「氏名」が「"),
    "bom-kept": (OF_ONE, "一覧.csv", "列の見出しが正しくありません"),
    "lf-ignored": (OF_ONE, "一覧.tsv", "一覧が 0 件である"),
    "first-file-only": ("利用者の一覧は、いくつかのファイルに分けて送れる", "", "一覧が 1 件である"),
    "takes-any-type": (REFUSED, "setup.exe", "拒まれず、ファイルが受け付けられた"),
    "takes-empty": (REFUSED, "空.csv", "拒まれず、ファイルが受け付けられた"),
    "takes-large": (REFUSED, "大きい.csv", "拒まれず、ファイルが受け付けられた"),
    "takes-no-request": (REFUSED, "壊れた.csr", "拒まれず、ファイルが受け付けられた"),
    "takes-any-columns": ("列の違う一覧は拒まれる", "", "拒まれず、ファイルが受け付けられた"),
    "takes-none": ("ファイルを選ばずに送ることはできない", "", "拒まれず、ファイルが受け付けられた"),
    "file-missing": (
        "認証局の証明書はZIPで渡される",
        "",
        "入っているのは 認証局/ルート証明書.cer、認証局/発行局.cer である",
    ),
    "same-certificate-twice": ("ZIPの中の証明書は名前のとおりのものである", "", "発行先が Kura Root CA である"),
    "zip-unlocked": ("利用者の証明書のZIPは、決めたパスワードでだけ開く", "", "パスワード無しで開けた"),
    "p12-under-another-password": (
        "ZIPの中のPKCS#12も、決めたパスワードで取り込める",
        "",
        "「髙橋.p12」を取り込めない: パスワードが正しくありません",
    ),
    "mails-another-password": (
        "証明書のZIPとパスワードは別々のメールで届く",
        "",
        "「証明書.p12」はこのパスワードで開けません",
    ),
    "attachment-unnamed": (
        "証明書のファイルはその名前でメールに添付される",
        "",
        "添付されているのは noname.dat である",
    ),
    "other-kind": (APPLIED, "", "「申請区分」が「追加」である（「新規」のはず）"),
    "other-file-name": (APPLIED, "", "ファイルの名前が「cert.p12」である（「emp00021.p12」のはず）"),
    "locks-early": ("認証キーを2回誤っても、正しいもので先に進める", "", "「証明書の保存」が現れない"),
    "shows-another-password": (APPLIED, "", "パスワードが正しくありません"),
    "own-key-under-another-password": (
        "画面で作った鍵は、パスワード付きのPKCS#12で受け取れる",
        "",
        "パスワードが正しくありません",
    ),
    "own-pem-for-another-key": ("画面で作った鍵は、PEMでも受け取れる", "", "別の鍵のものです"),
    "forgets-number": (APPLIED, "", "「承認番号」が「空」である（「A-100」のはず）"),
    "takes-any-mail": ("2つのメールアドレスが違うと申し込めない", "", "断られず、「申請内容の確認」が出た"),
    "takes-without-consent": ("利用規約に同意しないと申し込めない", "", "断られず、「申請内容の確認」が出た"),
    "never-locks": (
        "認証キーを3回誤ると、正しいものでも先に進めない",
        "",
        "断られず、「証明書の保存」が出た",
    ),
    "lists-another-day": ("申請は台帳に古い順に載っている", "", "K-2 の行の 申請日」が「"),
    "details-of-another": ("詳細はその行の申請のものである", "", "「受付番号」が「K-12」である（「K-2」のはず）"),
    "undoes-too-late": ("承認された申請は取り消せない", "", "「取り消す」がある"),
    "sheet-of-another": (
        "申請の明細はその番号のファイルで受け取れる",
        "",
        "ファイルの名前が「K-12.csv」である（「K-2.csv」のはず）",
    ),
    "copies-another": ("選んだ申請の控えがメールで届く", "", "「受付番号」が「K-1」である（「K-2」のはず）"),
    "key-sent-as-json": ("画面で作った秘密鍵はパソコンの外に出ない", "", "/ownkey/backup に送られた"),
    "key-sent-as-form": ("PEMで受け取る画面でも、秘密鍵はパソコンの外に出ない", "", "/ownpem/backup に送られた"),
}
# These are met by every scenario of their room, whose other checks would not be reached: each in a run of its own.
ALONE = (
    "own-key-under-another-password",
    "own-pem-for-another-key",
    "other-kind",
    "other-file-name",
    "shows-another-password",
    "locks-early",
)
SECRET = 'login_password_env = "KURA_PASSWORD"\n'
APPROVER = 'traits = { role = "approver" }\n'


@pytest.fixture
def rooms(portal_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The portal's target file with two to whom it writes: a scenario that went wrong has used up its user."""
    monkeypatch.setenv("KURA_PASSWORD", "unused-so-far")
    monkeypatch.setenv("KURA_KEY", KEY)
    numbers = f'approval = "{APPROVAL}"\napproval_key_env = "KURA_KEY"\n'
    has = f'mail = "{USER}"\n{SECRET}{numbers}'
    users = "".join(f'[[accounts]]\nstate = "invited"\nuser_id = "emp000{one}"\n{has}' for one in range(21, 32))
    users += f'[[accounts]]\nstate = "invited"\nuser_id = "kacho01"\nmail = "kacho@kura.example"\n{SECRET}{APPROVER}'
    portal_file.write_text(portal_file.read_text("utf-8") + users, encoding="utf-8")
    return portal_file


def run(folder: Path, target: Path, out: Path, *select: str) -> list[Scenario]:
    """What comes of scenarios; how long it takes on a busy machine is no matter."""
    chosen = [part for one in select for part in ("--select", one)]
    where = ["--manual-dir", str(folder), "--target", str(target), "--certs", "context", "--out", str(out)]
    command = [
        sys.executable,
        "-c",
        "from sekisho.cli import main; main()",
        "run",
        *where,
        *chosen,
        "--skip-check",
        "--jobs",
        "1",
    ]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", check=False, timeout=3600
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return read_scenarios(out)


def told(one: Scenario) -> tuple[str, str]:
    """A scenario, and what tells its examples apart."""
    return one.name, one.example.get("名前", "")


def test_a_portal_that_keeps_its_manual_is_told_so(sixth: Path, rooms: Path) -> None:
    """Every file arrives, every certificate fits, and no key leaves the page."""
    found = run(sixth, rooms, rooms.parent / "run", *(f"KURA-{one}*" for one in PROCEDURES))
    assert {told(one): (one.verdict, one.failure) for one in found if one.verdict is not Verdict.PASS} == {}
    assert len(found) == 32
    written = b"".join(path.read_bytes() for path in (rooms.parent / "run").rglob("*") if path.is_file())
    assert (SHOWN.encode() in written, "控えたもの".encode() in written) == (False, True)


def test_each_way_to_be_wrong_is_seen_by_its_scenario_alone(sixth: Path, rooms: Path, premises: Premises) -> None:
    """And for its reason."""
    together = {name: one for name, one in WRONG.items() if name not in ALONE}
    premises.wrong = set(together)
    found = run(sixth, rooms, rooms.parent / "run", *(f"KURA-{one}*" for one in PROCEDURES))
    red = {told(one): one.failure.portal_did for one in found if one.failure}
    assert set(red) == {(scenario, example) for scenario, example, _ in together.values()}
    wrong = [name for name, (scenario, example, why) in together.items() if why not in red[scenario, example]]
    assert wrong == [], red


@pytest.mark.parametrize("name", ALONE)
def test_what_spoils_a_whole_room_is_seen_there(sixth: Path, rooms: Path, premises: Premises, name: str) -> None:
    """By the scenario whose check it is."""
    scenario, _, why = WRONG[name]
    premises.wrong = {name}
    (one,) = run(sixth, rooms, rooms.parent / "run", scenario)
    assert one.failure
    assert (one.verdict, why in one.failure.portal_did) == (Verdict.FAIL, True), one.failure.portal_did
