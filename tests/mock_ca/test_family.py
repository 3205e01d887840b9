"""Portals of the family that a manual's folder describes: one by a few lines, one by all that can be said."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from sekisho.mail.letters import read
from sekisho.manual.checking import READ_WHOLE
from sekisho.manual.family import PRINTED, Family, Mail
from sekisho.manual.family_checks import REMINDED, USUAL

from .running import Running, fetch
from .visitor import Identity, identity, opened
from .walks import PASSWORD, advance, apply, at_renewal, enrol, renewed, resumed

HERE = Path(__file__).parent
SHIRO, MINATO = HERE.parent / "manuals" / "shiro", HERE / "minato"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A mock that plays both beside its own systems."""
    running = Running(tmp_path_factory.mktemp("family"), f"--manual={SHIRO}", f"--manual={MINATO}", "--console")
    yield running
    running.close()


@pytest.fixture
def shiro(mock: Running) -> Running:
    """The one of a few lines."""
    return mock.of("shiro")


@pytest.fixture
def minato(mock: Running) -> Running:
    """The one of which everything is said."""
    return mock.of("minato")


def test_its_pages_and_mails_have_the_words_of_its_dialect(shiro: Running) -> None:
    """The first spelling of each; what the dialect does not have, as the family has it."""
    account = shiro.account("invited")
    guide, password = shiro.mails(account["mail"])
    assert (guide["Subject"], guide["From"]) == ("【城オンライン】証明書のお受け取りについて", "joseki@shiro.example")
    assert f"受付番号: {account['request_id']}" in guide.get_content()
    assert account["login_password"] not in guide.get_content()
    assert f"パスワード: {account['login_password']}" in password.get_content()

    visitor = shiro.visitor()
    page = visitor.get(re.findall(r"https://\S+", guide.get_content())[0])
    assert all(one in page.text for one in ("ご本人の確認", "お客様番号", "仮パスワード", 'value="認証する"'))
    menu = visitor.post("login.jsp", userId=account["user_id"], password=account["login_password"])
    assert ("鍵を受け取る" in menu.words, "申請情報一覧" in menu.words) == (True, True)
    assert "パスワード（もう一度）" in visitor.get("key.jsp").words


def test_the_console_has_its_sites_and_users(minato: Running) -> None:
    """As it has those of the systems with code of their own."""
    person = minato.visitor()
    assert all(url in person.get(minato.ready["console"]).text for url in minato.sites.values())
    assert "船員" in person.get("/console/people").words
    made = person.post("/console/people", system="minato", state="renewable", certificate="officer")
    assert "minato-0" in made.words


def test_what_it_issues_is_what_the_table_says(shiro: Running, minato: Running) -> None:
    """Issuer, subject and how long it is valid."""
    made = certificate_of(shiro, shiro.account("invited"))
    assert name_of(made.issuer, NameOID.COMMON_NAME) == ["Shiro Client CA G1"]
    assert months(made) == 13
    account = minato.account("invited", certificate="officer")
    other = certificate_of(minato, account)
    assert name_of(other.issuer, NameOID.COMMON_NAME) == ["Minato Officer CA"]
    assert name_of(other.subject, NameOID.ORGANIZATIONAL_UNIT_NAME) == ["piers", "pier1"]
    assert name_of(other.subject, NameOID.ORGANIZATION_NAME) == ["Minato Authority"]
    assert name_of(other.subject, NameOID.COMMON_NAME) == [account["user_id"]]
    assert months(other) == 12


def test_an_invitation_is_open_for_its_days(shiro: Running) -> None:
    """And the refusal names them where the dialect has no sentence."""
    assert enrol(shiro, shiro.account("invited", days_ago=14)).name == "download.jsp"
    refused = enrol(shiro, shiro.account("invited", days_ago=15))
    assert "発行後14日間" in refused.error


@pytest.mark.parametrize("state", ["renewable", "renewing"])
def test_a_certificate_is_renewed(shiro: Running, state: str) -> None:
    """By the reminder's link, or from the list; then it opens the service."""
    account = shiro.account(state)
    (reminder,) = [mail for mail in shiro.mails(account["mail"]) if "更新" in mail["Subject"]]
    assert shiro.sites["renew"] in reminder.get_content()
    new = renewed(shiro, account) if state == "renewable" else resumed(shiro, account)
    assert new.serial != identity(account).serial
    assert "入城" in shiro.visitor(new).get(shiro.sites["service"]).text


@pytest.mark.parametrize(("state", "status"), [("active", 200), ("revoked", 403), ("expired", 403), ("invited", 403)])
def test_only_a_valid_certificate_opens_the_service(shiro: Running, state: str, status: int) -> None:
    """Others are refused in the dialect's sentence."""
    account = shiro.account(state)
    page = shiro.visitor(identity(account) if account["identities"] else None).get(shiro.sites["service"])
    assert page.status == status
    assert ("証明書が確認できないため、ご利用いただけません" in page.words) == (status == 403)


def test_a_service_is_entered_by_the_kinds_of_the_table(minato: Running) -> None:
    """A user may hold several, and a kind opens only its own."""
    account = minato.account("active", certificate="both")
    sailor, officer = identity(account, 0), identity(account, 1)
    assert [one["which"] for one in account["identities"]] == ["sailor", "officer"]
    assert [doors(minato, one) for one in (sailor, officer)] == [
        {"quay": 200, "customs": 403},
        {"quay": 200, "customs": 200},
    ]
    minato.defect("another-kind-opens-service")
    assert doors(minato, sailor) == {"quay": 200, "customs": 200}


def test_who_gets_which_mail_and_letter(minato: Running) -> None:
    """By the kind of the user's certificate; at a reissue those that are repeated."""
    sailor, officer = minato.account("invited", certificate="sailor"), minato.account("invited", certificate="officer")
    (guide,) = minato.mails(sailor["mail"])
    assert guide["Subject"] == f"クライアント証明書取得のご案内（{sailor['user_id']}）"
    assert f"ご利用のURL: {minato.sites['quay']}" in guide.get_content()
    assert "港の窓口 00-0000" in guide.get_content()
    assert (minato.mails(officer["mail"]), sailor["letter"]) == ([], "")
    rows = dict(read(officer["letter"]).rows)
    expected = {"URL": minato.sites["enrol"], "ユーザーID": officer["user_id"], "リクエストID": officer["request_id"]}
    assert rows == {**expected, "初期パスワード": officer["login_password"]}
    assert [mail["From"] for mail in minato.mails(officer["password_mail"])] == ["secret@minato.example"]
    assert officer["user_id"] in minato.mails(officer["admin_mail"])[0].get_content()

    told = minato.told("POST", f"/subscribers/{officer['user_id']}/reissue", {})
    assert dict(read(told["letter"]).rows)["初期パスワード"] == told["login_password"]
    assert len(minato.mails(officer["password_mail"])) == 2
    assert len(minato.mails(officer["admin_mail"])) == 1


def test_reminders_come_on_the_days_of_the_table(minato: Running) -> None:
    """And renewal is open from the day of the table, and finished on the day on which it was begun."""
    account = minato.account("active", days_left=61)
    assert apply(at_renewal(minato, account)).error == "証明書を更新できるのは、有効期限の60日前からです。"
    for _ in range(61):
        minato.pass_time(days=1)
    mails = minato.mails(account["mail"])
    assert [mail["Subject"] for mail in mails] == [f"証明書が終わります（{account['user_id']}）"] * 2
    assert account["user_id"] not in mails[0].get_content()

    visitor = at_renewal(minato, minato.account("renewable"))
    page = advance(visitor, apply(visitor))
    minato.pass_time(to="23:59")
    page = visitor.get("key.jsp") if page.status != 200 else page
    minato.pass_time(minutes=2)
    form = {"requestId": page.field("requestId"), "ticket": page.field("ticket")}
    page = visitor.post("key.jsp", **form, password=PASSWORD, passwordConfirm=PASSWORD)
    assert "日付が変わったため" in page.words or "セッションが無効です" in page.words


def test_other_figures_are_those_of_the_table(minato: Running) -> None:
    """A second number, a password's length, how long one may be idle, and which browsers are let in."""
    visitor = at_renewal(minato, minato.account("renewable"))
    assert re.search(r"リファレンス ID [0-9A-Za-z]{30} ", apply(visitor).words)
    account = minato.account("invited", certificate="sailor")
    assert enrol(minato, account, "x" * 21).error == "パスワードは20文字以内で入力してください。"
    browser = minato.visitor(agent=FIREFOX)
    assert "ユーザ認証" in browser.get(minato.sites["enrol"]).words
    inside = minato.logged_in(account)
    minato.pass_time(minutes=5)
    assert inside.get("key.jsp").name == "key.jsp"
    minato.pass_time(minutes=6)
    assert "セッションが無効です" in inside.get("key.jsp").words


def defects(folder: Path) -> dict[str, list[str]]:
    """What a portal can be given, with its own rows."""
    command = [sys.executable, "-m", "mock_ca", "--list-defects"]
    without, listed = (
        {one["name"]: one["ids"] for one in json.loads(subprocess.check_output([*command, *options]))}
        for options in ((), (f"--manual={folder}",))
    )
    return {name: [one for one in ids if one not in without.get(name, ())] for name, ids in listed.items()}


def test_its_defects_break_rows_of_its_own() -> None:
    """By the convention, or as the table says; those whose rule it does not have are not offered for it."""
    shiro, minato = defects(SHIRO), defects(MINATO)
    assert shiro["invitation-never-expires"] == ["SHIRO-RULE-01"]
    assert shiro["renewal-opens-on-day-31"] == ["SHIRO-RULE-03"]
    assert minato["renewal-opens-on-day-61"] == ["MNT-RULE-03"]
    assert minato["wrong-issuer"] == ["MNT-OWN-07"]
    assert (shiro["any-browser-accepted"], minato["any-browser-accepted"]) == (["SHIRO-RULE-11"], [])
    assert (shiro["renewal-survives-midnight"], minato["renewal-survives-midnight"]) == ([], ["MNT-RULE-05"])
    assert (minato["password-in-guide-mail"], shiro["user-id-mail-missing"]) == (["MNT-ISSUE-01", "MNT-RULE-07"], [])


def told(running: Running, state: str, **traits: str) -> list[tuple[str, ...]]:
    """What a new user, or one who is reminded, gets; without what is anybody's own."""
    account = running.account(state, **traits)
    addresses = [account[key] for key in ("mail", "admin_mail", "password_mail")]
    shown = [masked(mail, account) for address in addresses if address for mail in running.mails(address)]
    rows = read(account["letter"]).rows if account["letter"] else ()
    return [*shown, tuple(mask(f"{heading}: {value}", account) for heading, value in rows)]


def masked(mail: EmailMessage, account: Mapping[str, Any]) -> tuple[str, ...]:
    """Sender, recipient, subject and text."""
    return tuple(mask(str(one), account) for one in (mail["From"], mail["To"], mail["Subject"], mail.get_content()))


def mask(text: str, account: Mapping[str, Any]) -> str:
    """Without names, numbers and days."""
    for key in ("name", "user_id", "request_id", "login_password"):
        text = text.replace(account[key], key).replace(account[key][::-1], f"not {key}")
    return re.sub(r"\d{4}/\d\d/\d\d", "day", text)


TOLD = re.compile(r"[a-z-]+-mail-(missing|to-user|link-dead|without-.*|from-another-sender)|password-in-.*|letter-.*")


@pytest.mark.parametrize(("folder", "kinds"), [(SHIRO, [{}]), (MINATO, [{"certificate": "officer"}, {}])])
def test_each_defect_of_what_is_told_changes_it(mock: Running, folder: Path, kinds: list[dict[str, str]]) -> None:
    """For users of some kind, whom that mail or letter reaches."""
    running = mock.of(folder.name)
    for name in (name for name, ids in defects(folder).items() if ids and TOLD.fullmatch(name)):
        state = "renewable" if name.startswith("renewal") else "invited"
        running.defect()
        right = [told(running, state, **traits) for traits in kinds]
        running.defect(name)
        assert [told(running, state, **traits) for traits in kinds] != right, name


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "FileNotFoundError"),
        ({"manual.toml": "id = 1", "dialect.toml": ""}, "KeyError('family')"),
        ({"manual.toml": "=", "dialect.toml": ""}, "TOMLDecodeError"),
    ],
)
def test_a_folder_that_cannot_be_played_is_named(tmp_path: Path, files: dict[str, str], said: str) -> None:
    """Before anything is started."""
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mock_ca", "--state", str(tmp_path / "state"), "--manual", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"mock_ca: {tmp_path}: no portal can be played from this folder")
    assert said in done.stderr


def test_a_portal_without_reissue_says_so(shiro: Running, tmp_path: Path) -> None:
    """By the control port."""
    for name in ("dialect.toml", "manual.toml"):
        (tmp_path / name).write_text((SHIRO / name).read_text("utf-8"), encoding="utf-8")
    with (tmp_path / "manual.toml").open("a", encoding="utf-8") as file:
        file.write("reissue = false\nreminder_days = []\n")
    running = Running(tmp_path / "state", f"--manual={tmp_path}").of("shiro")
    try:
        account = running.account("renewable")
        status, answer = running.ask("POST", f"/subscribers/{account['user_id']}/reissue", {})
        assert (status, "shiro does not reissue" in answer["error"]) == (400, True)
        running.pass_time(days=2)
        assert running.mails(account["mail"]) == []
    finally:
        running.close()
    account = shiro.account("active")
    assert shiro.told("POST", f"/subscribers/{account['user_id']}/reissue", {})["user_id"] == account["user_id"]


def test_the_mock_and_the_manuals_schema_agree_on_what_is_not_said() -> None:
    """Each has its own defaults, as the mock knows nothing of the harness."""
    program = (
        "import json; from mock_ca.family import table as t; "
        "own = {n: f.default for n, f in t.Table.__dataclass_fields__.items()}; "
        "print(json.dumps([own, {n: vars(m) for n, m in t.USUAL.items()}, t.REMINDS.tells], default=repr))"
    )
    own, usual, reminds = json.loads(subprocess.check_output([sys.executable, "-c", program]))
    fields = Family.model_fields
    shared = {name: field for name, field in fields.items() if name in own and not field.is_required()}
    assert set(shared) == set(fields) - {"kind", "issuer", "sender", "certificates"}
    written = {name: field.get_default(call_default_factory=True) for name, field in shared.items()}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in written.items()}
    for name in ("mails", "letter", "breaks"):
        assert not plain.pop(name)
    assert plain == {name: own[name] for name in plain}
    assert {name: mail["tells"] for name, mail in usual.items()} == {
        name: list(one.tells) for name, one in USUAL.items()
    }
    assert {mail["to"] for mail in usual.values()} == {Mail().to}
    assert tuple(reminds) == REMINDED


def test_words_that_the_mock_prints_count_as_used() -> None:
    """`manual check` knows them, as no sentence may ask for them."""
    program = (
        "from mock_ca.family import letters as l, words as w; print(*w.CALLED, *(f'mail.{n}' for n in "
        "(*l.SUBJECTS, *l.LABELS)), *(f'letter.{n}' for n, _ in l.HEADINGS.values()))"
    )
    printed = set(subprocess.check_output([sys.executable, "-c", program], text=True).split())
    whole = {one for one in printed if one.partition(".")[0] in READ_WHOLE}
    assert printed - whole == {f"{section}.{name}" for section, names in PRINTED.items() for name in names}


def certificate_of(running: Running, account: dict[str, Any]) -> x509.Certificate:
    """What an invited user fetches."""
    return opened(fetch(running.logged_in(account), account["request_id"]), "Himitsu#1").certificate


def name_of(name: x509.Name, part: x509.ObjectIdentifier) -> list[str]:
    """The values of one part of a name, from the outermost in."""
    return [str(one.value) for one in name.get_attributes_for_oid(part)]


def months(made: x509.Certificate) -> int:
    """How many months a certificate is valid, by its days."""
    return round((made.not_valid_after_utc - made.not_valid_before_utc).days / 30.44)


def doors(running: Running, holder: Identity) -> dict[str, int]:
    """How each service answers a certificate."""
    return {key: running.visitor(holder).get(running.sites[key]).status for key in ("quay", "customs")}
