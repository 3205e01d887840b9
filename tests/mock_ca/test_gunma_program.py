"""The bank's listeners for its program: what they issue, and what they refuse."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from sekisho.person.one_time_passwords import Token

from .gunma_walks import Program, at_door, inside, renewing, request
from .running import Running
from .visitor import identity

WRONG_LOGIN = "ログインIDまたはログインパスワードが正しくありません。"
WRONG_CODE = "ワンタイムパスワードが正しくないか、有効時間を過ぎているか、使用済みです。"
UNREADABLE = "証明書発行要求を読み取れません。"


@pytest.fixture
def bank(mock: Running) -> Running:
    """The mock, looked at from the bank's customers' side."""
    return mock.of("gunma")


def test_a_first_certificate(bank: Running) -> None:
    """For the key that was sent, named after the user, for a year; the answer describes it and brings its chain."""
    user = bank.account("invited")
    told = Program(bank).issue(user)
    own, issuer, root = x509.load_pem_x509_certificates(told["certificates"].encode())
    assert own.subject.rfc4514_string().startswith(f"CN={user['user_id']} A001 20")
    assert own.subject.rfc4514_string().endswith("OU=ANSER-WEB(BizSOL) TEST CA - G4,O=NTT DATA CORPORATION,C=JP")
    assert told["common_name"] == own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    assert told["serial"] == f"{own.serial_number:x}"
    own.verify_directly_issued_by(issuer)
    issuer.verify_directly_issued_by(root)
    assert 364 <= (own.not_valid_after_utc - own.not_valid_before_utc).days <= 366
    assert f"{own.not_valid_after_utc:%H:%M:%S}" == "23:59:59"


def test_a_renewal_ends_the_old_certificate(bank: Running) -> None:
    """The new one is of the same user, and only it is left."""
    user = bank.account("renewable")
    told = renewing(bank, user).issue(user)
    assert told["common_name"].startswith(f"{user['user_id']} A001 ")
    assert [one["status"] for one in bank.facts(user)["certificates"]] == ["revoked", "issued"]


@pytest.mark.parametrize(("days", "opened"), [(41, False), (40, True), (1, True)])
def test_renewals_open_40_days_before_the_end(bank: Running, days: int, opened: bool) -> None:  # noqa: FBT001
    """Not a day earlier."""
    user = bank.account("active", days_left=days)
    told = renewing(bank, user).log_in(user)
    assert told.get("error") == (None if opened else "電子証明書を更新できるのは、有効期限の40日前からです。")


def test_who_has_a_certificate_gets_no_second_one(bank: Running) -> None:
    """Expired or revoked ones do not count."""
    for state in ("active", "renewable"):
        assert "すでに発行されています" in Program(bank).log_in(bank.account(state))["error"]
    for state in ("invited", "expired", "revoked"):
        assert "serial" in Program(bank).issue(bank.account(state))


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_a_dead_certificate_is_not_renewed(bank: Running, state: str) -> None:
    """The sentence says what to do."""
    user = bank.account(state)
    assert "証明書発行からやり直してください" in renewing(bank, user).log_in(user)["error"]


def test_a_certificate_of_another_system_renews_nothing(bank: Running, mock: Running) -> None:
    """Though the listener knows its authority."""
    stranger = mock.account("active")
    assert "error" in Program(bank, identity(stranger)).log_in(bank.account("renewable"))


@pytest.mark.parametrize("password", ["", "wrong", "x" * 100_000, "\x00'\"", "パスワード"])
def test_a_wrong_log_in_password_is_refused(bank: Running, password: str) -> None:
    """Of either kind of listener, and without saying which of the two was wrong."""
    assert Program(bank).log_in(bank.account("invited"), password=password) == {"error": WRONG_LOGIN}
    user = bank.account("renewable")
    assert renewing(bank, user).log_in(user, password=password) == {"error": WRONG_LOGIN}
    assert Program(bank).log_in(bank.account("invited"), login_id="nobody") == {"error": WRONG_LOGIN}


@pytest.mark.parametrize("code", ["", "0", "abcdef", "１２３４５６", "1234567", "-12345"])
def test_what_is_no_one_time_password_is_refused(bank: Running, code: str) -> None:
    """Nothing is issued."""
    user = bank.account("invited")
    assert Program(bank).issue(user, one_time_password=code) == {"error": WRONG_CODE}
    assert bank.facts(user)["certificates"] == []


def test_one_time_passwords_of_other_times_are_refused(bank: Running) -> None:
    """A token may be half a minute slow, not ten minutes."""
    user = bank.account("invited")
    token = Token(user["otp_seed"])
    assert Program(bank).issue(user, one_time_password=token.shown(seconds_ago=600)) == {"error": WRONG_CODE}
    assert Program(bank).issue(user, one_time_password=token.shown(seconds_ago=-120)) == {"error": WRONG_CODE}
    assert "serial" in Program(bank).issue(user, one_time_password=token.shown(seconds_ago=25))


def test_a_one_time_password_works_once(bank: Running) -> None:
    """Nor does one from before it."""
    user = bank.account("invited")
    token = Token(user["otp_seed"])
    earlier, code = token.shown(seconds_ago=30), token.shown()
    assert "serial" in Program(bank).issue(user, one_time_password=code)
    told = bank.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    again = {**user, "login_password": told["login_password"]}
    for used in (code, earlier):
        assert Program(bank).issue(again, one_time_password=used) == {"error": WRONG_CODE}


def test_a_stay_ends_with_the_certificate(bank: Running) -> None:
    """And what was never begun cannot be carried out."""
    user, program = bank.account("invited"), Program(bank)
    stay, code = program.log_in(user)["stay"], Token(user["otp_seed"]).shown()
    about = {"stay": stay, "one_time_password": code, "pkcs10": request()}
    assert "serial" in program.ask("issue", **about)
    for one in (stay, "", "x"):
        assert program.ask("issue", **{**about, "stay": one}) == {"error": "ログインからやり直してください。"}


@pytest.mark.parametrize(
    "pkcs10",
    [
        "",
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "\x00",
        request(rsa.generate_private_key(65537, 1024)),  # noqa: S505 - that is what must be refused
        request(ec.generate_private_key(ec.SECP256R1())),
    ],
    ids=["empty", "cut", "nul", "1024", "ec"],
)
def test_a_request_that_cannot_be_used_is_refused(bank: Running, pkcs10: str) -> None:
    """Also one for a short key, or of another kind; the one-time password is not used up by it."""
    user = bank.account("invited")
    assert Program(bank).issue(user, pkcs10=pkcs10) == {"error": UNREADABLE}
    assert "serial" in Program(bank).issue(user)


NO_REQUESTS = {
    "empty": b"",
    "cut": b"{",
    "list": b"[]",
    "null": b"null",
    "number": b'{"login_id": 1}',
    "object": b'{"login_id": {}}',
    "not utf-8": b"\xff\xfe",
}


@pytest.mark.parametrize("body", NO_REQUESTS.values(), ids=NO_REQUESTS)
def test_what_is_no_request_is_refused_like_a_wrong_one(bank: Running, body: bytes) -> None:
    """No error of the server's own."""
    assert Program(bank).send("login", body) == {"error": WRONG_LOGIN}
    assert Program(bank).send("issue", body) == {"error": "ログインからやり直してください。"}


def test_a_log_in_by_the_program_puts_the_browser_out(bank: Running) -> None:
    """The one that started it, and those in which the user is logged in; a new one comes in again."""
    user = bank.account("renewable")
    logged_in, beside = inside(bank, user), at_door(bank)
    renewing(bank, user).log_in(user)
    assert "操作を続けられません" in logged_in.get("/admin").words
    assert "証明書取得認証" in beside.get("/certificate").words
    handle = beside.get("/certificate").text.partition("certissue:start?")[2].partition('"')[0]
    Program(bank).log_in(bank.account("invited"), visit=handle)
    assert "操作を続けられません" in beside.get("/").words
    assert "トップページ" in inside(bank, user).get("/home").words


def test_a_refused_log_in_puts_nobody_out(bank: Running) -> None:
    """A stranger who tries passwords must not disturb."""
    user = bank.account("renewable")
    visitor = inside(bank, user)
    renewing(bank, user).log_in(user, password="wrong")
    Program(bank).log_in(user)
    assert "業務選択" in visitor.get("/admin").words
