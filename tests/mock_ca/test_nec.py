"""NEC's portal: its four steps, and both sides of its rules."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from sekisho.mail import letters

from .nec_walks import TOKYO, USED, confirmed, enrolment, holding, key, last_day, request, seen, source
from .running import Running
from .visitor import identity


def two_years_after(moment: datetime) -> str:
    """The same day two years later; the last of February after a leap day."""
    day = moment.astimezone(TOKYO).date()
    leap = (day.month, day.day) == (2, 29)
    return str(day.replace(year=day.year + 2, day=28 if leap else day.day))


def test_from_the_mail_to_a_usable_certificate(nec: Running) -> None:
    """The key stays with the subscriber; the certificate is for it, and opens the confirmation page."""
    person = enrolment(nec)
    assert "証明書発行サイト" in seen(nec.visitor().get(person.address))
    step_two = person.enter()
    assert "Microsoft Enhanced Cryptographic Provider v1.0" in seen(step_two)
    assert "1024 bit" in seen(step_two)
    assert "【ステップ3】" in seen(person.issue())
    own, root = person.response()
    assert own.public_key() == key().public_key()
    assert root.subject == root.issuer == own.issuer
    own.verify_directly_issued_by(root)
    assert confirmed(nec, holding(own))


def test_pages_are_written_as_in_their_time(nec: Running) -> None:
    """Shift_JIS, said in header and page, and nothing that would not survive it."""
    page = enrolment(nec).enter()
    assert page.headers["Content-Type"] == "text/html; charset=Shift_JIS"
    assert "&#" not in source(page)
    with pytest.raises(UnicodeDecodeError):
        page.body.decode()


@pytest.mark.parametrize("wrong", ["", "x", "swapped"])
def test_only_the_right_password_goes_on(nec: Running, wrong: str) -> None:
    """Another, none, and the right one in the wrong case are refused; the right one still works then."""
    person = enrolment(nec)
    given = person.account["login_password"].swapcase() if wrong == "swapped" else wrong
    assert "認証情報パスワードに誤り" in seen(person.enter(given))
    assert "【ステップ2】" in seen(person.enter())


def test_a_step_does_not_open_before_its_time(nec: Running) -> None:
    """Without the password, without a certificate, with another's secret, and after half an hour."""
    person = enrolment(nec)
    for step in ("step2", "step3", "step4", "root.cer", "client.cer"):
        assert "はじめから" in seen(person.visitor.get(f"{nec.sites['enrol']}{step}"))
    person.enter()
    for step in ("step3", "step4", "client.cer"):
        assert "はじめから" in seen(person.visitor.get(f"{nec.sites['enrol']}{step}"))
    other = person.address.rpartition("/")[0]
    assert person.visitor.get(f"{other}/{'x' * 24}").status == 404
    nec.pass_time(minutes=31)
    assert "はじめから" in seen(person.visitor.get("/ra/step2"))


def test_an_address_serves_once(nec: Running) -> None:
    """Its holder can enter as often as he likes until the certificate is issued, and never again."""
    person = enrolment(nec)
    person.enter()
    assert "【ステップ2】" in seen(person.enter())
    person.issue()
    assert USED in seen(person.enter())
    assert USED in seen(person.visitor.post("/ra/step2", pkcs10=request(key())))
    assert len(nec.facts(person.account)["certificates"]) == 1


@pytest.mark.parametrize("noise", ["", "x", "AAAA", "あ", "signed by another key"])
def test_what_is_no_request_is_refused(nec: Running, noise: str) -> None:
    """With a page; and the address is not used up by it."""
    person = enrolment(nec)
    person.enter()
    given = forged() if noise.startswith("signed") else noise
    assert "受け取れませんでした" in seen(person.visitor.post("/ra/step2", pkcs10=given))
    assert "【ステップ3】" in seen(person.issue())


def forged() -> str:
    """A request whose signature does not fit its key."""
    whole = bytearray(base64.b64decode(request(key())))
    whole[-1] ^= 1
    return base64.b64encode(whole).decode()


@pytest.mark.parametrize("days", [0, 1, 60])
def test_two_years_are_counted_from_the_application(nec: Running, days: int) -> None:
    """However late the certificate is fetched; it begins when it is."""
    made = enrolment(nec, days_ago=days).certificate()
    today = datetime.fromisoformat(
        nec.told("GET", "/clock")["now"]
    )  # shortly before midnight, not that of this machine
    assert last_day(made) == two_years_after(today - timedelta(days=days))
    assert datetime.now(UTC) - made.not_valid_before_utc < timedelta(minutes=5)


def test_a_renewal_has_its_own_title(nec: Running) -> None:
    """And its certificate opens the confirmation page, as the old one still does."""
    person = enrolment(nec, "renewable")
    assert "証明書更新サイト" in seen(person.enter())
    assert confirmed(nec, holding(person.certificate()))
    assert confirmed(nec, identity(person.account))


@pytest.mark.parametrize("state", ["revoked", "expired"])
def test_dead_certificates_cannot_be_used(nec: Running, state: str) -> None:
    """Nor none at all; a living one can."""
    assert not confirmed(nec, identity(nec.account(state)))
    assert not confirmed(nec)
    assert confirmed(nec, identity(nec.account("active")))


def test_giving_a_certificate_up_gives_another_address(nec: Running) -> None:
    """The old certificate is dead, the old address and password are void, the new ones work."""
    person = enrolment(nec)
    old, stale = person.certificate(), person.address
    told = nec.told("POST", f"/subscribers/{person.account['user_id']}/reissue")
    assert not confirmed(nec, holding(old))
    assert USED in seen(nec.visitor().get(stale))
    assert person.address != stale
    assert "誤り" in seen(person.enter())
    person.account |= told
    assert confirmed(nec, holding(person.certificate()))


def test_the_paper_tells_how_to_know_the_root(nec: Running) -> None:
    """By the fingerprint of the very certificate that step 3 offers."""
    person = enrolment(nec)
    person.issue()
    root = x509.load_der_x509_certificate(person.visitor.get("/ra/root.cer").body)
    written = dict(letters.read(person.account["letter"]).rows)
    assert written["ルートCA証明書の発行先"] == "NEC Certification Authority"
    shown = root.fingerprint(hashes.SHA1()).hex()  # noqa: S303 - what Windows shows
    assert written["ルートCA証明書の拇印（SHA-1）"].replace(" ", "").lower() == shown
    assert Path(person.account["letter"]).is_file()


@pytest.mark.parametrize("traits", [{"days_ago": -1}, {"days_left": "x"}, {"history": 1}, {"pkcs12": "none"}])
def test_impossible_traits_are_named(nec: Running, traits: dict[str, object]) -> None:
    """With the known ones; and so is an unknown state."""
    status, answer = nec.ask("POST", "/subscribers", {"system": "nec", "state": "active", **traits})
    assert status == 400
    assert next(iter(traits)) in answer["error"]
    status, answer = nec.ask("POST", "/subscribers", {"system": "nec", "state": "renewing"})
    assert (status, "renewing" in answer["error"]) == (400, True)
