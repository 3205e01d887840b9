"""The download page of MPKI クライアント and its agent: whom it reminds when, and whose certificate it renews."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509

import mock_apps.mpki_client
from mock_apps.base import Package

from .obn_client import ask, notice, renew, requested, serial_of, take
from .obn_walks import Obn, linked, listed
from .visitor import identity

DUE = {90, 60, 30, 15, 7, 6, 5, 4, 3, 2, 1, 0}
NAMED = re.compile(r'"(client-[a-z0-9-]+)"')


def package(obn: Obn) -> tuple[str, bytes]:
    """The program's set-up file."""
    visitor = obn.visitor()
    visitor.get(obn.sites["client"])
    page = visitor.get("/p/rci/CybertrustManagedPKIClient.msi")
    return page.headers["Content-Disposition"], page.body


def reminded(obn: Obn, left: int) -> object:
    """What is said with so many days left."""
    return notice(obn, serial_of(obn.account("active", days_left=left)))


def reminded_after_renewal(obn: Obn) -> object:
    """The same once the certificate was renewed."""
    account = obn.account("renewable", days_left=15)
    take(obn, account, renew(obn, account)[1])
    return notice(obn, serial_of(account))


def refused(obn: Obn) -> object:
    """A renewal too early."""
    return renew(obn, obn.account("active", days_left=90))


def renewed_again(obn: Obn) -> object:
    """The status of a second renewal of the same certificate."""
    account = obn.account("renewable")
    take(obn, account, renew(obn, account)[1])
    return renew(obn, account)[0]


OBSERVATIONS: dict[str, Callable[[Obn], object]] = {
    "client-download-is-no-package": package,
    "client-download-under-another-name": package,
    "client-download-is-an-old-version": package,
    "client-refusal-unexplained": refused,
    "client-renews-twice": renewed_again,
    **{f"client-notice-day-{day}-missing": partial(reminded, left=day) for day in (90, 60, 30, 15, 7, 0)},
    **{f"client-notice-on-day-{day}": partial(reminded, left=day) for day in (91, 29, 8)},
    "client-notice-after-renewal": reminded_after_renewal,
    "client-notice-with-wrong-days": partial(reminded, left=30),
    "client-notice-without-expiry": partial(reminded, left=30),
}


@pytest.mark.parametrize("name", sorted(OBSERVATIONS))
def test_a_defect_changes_what_a_client_is_told(obn: Obn, name: str) -> None:
    """Differently with it on than off; and the run without it already told that it could have been noticed."""
    right = OBSERVATIONS[name](obn)
    assert name in obn.mock.touched()
    obn.mock.told("POST", "/scenario", {})
    obn.mock.defect(name)
    assert OBSERVATIONS[name](obn) != right


def test_every_defect_of_a_client_is_decided_somewhere(obn: Obn) -> None:
    """By the agent and its page, or by the program itself."""
    sources = Path(mock_apps.mpki_client.__file__).parent.glob("*.py")
    by_the_program = {name for source in sources for name in NAMED.findall(source.read_text(encoding="utf-8"))}
    catalogue = obn.mock.told("GET", "/defects")["catalogue"]
    own = {one["name"] for one in catalogue if any(row.startswith("OBN-") for row in one["ids"])}
    assert {name for name in own if name.startswith("client-")} == set(OBSERVATIONS) | by_the_program


def test_the_package_is_what_the_program_is_set_up_from(obn: Obn) -> None:
    """With the version of the program that is here."""
    disposition, body = package(obn)
    assert disposition == 'attachment; filename="CybertrustManagedPKIClient.msi"'
    assert Package(**json.loads(body)) == mock_apps.mpki_client.PACKAGE


@pytest.mark.parametrize("left", [92, 91, 90, 89, 61, 60, 59, 31, 30, 29, 16, 15, 14, *range(8, -1, -1)])
def test_it_reminds_on_certain_days(obn: Obn, left: int) -> None:
    """90, 60, 30 and 15 days before, and daily from 7 to 0."""
    told = notice(obn, serial_of(obn.account("active", days_left=left)))
    assert told["due"] is (left in DUE)
    assert told.get("left", str(left)) == str(left)


def test_a_renewed_or_revoked_certificate_is_not_spoken_of(obn: Obn) -> None:
    """Nor is a new one, for a long time."""
    account = obn.account("renewable", days_left=15)
    _, told = renew(obn, account)
    take(obn, account, told)
    (new, *_) = x509.load_pem_x509_certificates(told["certificates"].encode())
    assert notice(obn, serial_of(account)) == notice(obn, f"{new.serial_number:x}") == {"due": False}
    assert notice(obn, serial_of(obn.account("revoked", days_left=15))) == {"due": False}


@pytest.mark.parametrize("serial", ["", "xyz", "-1", "abc123", "0" * 500, "１２"])
def test_an_unknown_serial_number_is_refused(obn: Obn, serial: str) -> None:
    """With a sentence."""
    assert notice(obn, serial) == {"error": "電子証明書を確認できません。"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff\xfe"], ids=repr)
def test_what_is_no_json_is_refused(obn: Obn, body: bytes) -> None:
    """By both services, with a sentence."""
    holder = identity(obn.account("renewable"))
    assert ask(obn, "notice", body)[0] == ask(obn, "renew", body, holder)[0] == 403


def test_a_renewal_certifies_the_key_of_the_request(obn: Obn) -> None:
    """For the same holder, by the same issuer, for three years and three months; complete once the PC has it."""
    account, asked = obn.account("renewable"), requested()
    status, told = renew(obn, account, asked)
    own, issuer = x509.load_pem_x509_certificates(told["certificates"].encode())
    old = identity(account).certificate
    assert status == 200
    assert own.public_key() == x509.load_pem_x509_csr(asked.encode()).public_key()
    assert (own.subject, own.issuer) == (old.subject, issuer.subject)
    assert 1184 <= (own.not_valid_after_utc - own.not_valid_before_utc).days <= 1188
    (request,) = obn.mock.renewals(account)
    assert (request["request_id"], request["status"], request["fetched"]) == (told["request_id"], "issued", False)
    assert take(obn, account, told) == (200, {})
    assert obn.mock.renewals(account)[0]["fetched"]


def test_what_was_lost_on_the_way_is_renewed_again(obn: Obn) -> None:
    """Under the same request: of two certificates the one whose key nobody has is revoked; then it is known."""
    account = obn.account("renewable")
    first, second = renew(obn, account)[1], renew(obn, account)[1]
    assert first["request_id"] == second["request_id"]
    assert [one["status"] for one in obn.mock.facts(account)["certificates"]] == ["issued", "revoked", "issued"]
    take(obn, account, second)
    assert renew(obn, account)[0] == 403


def test_a_stranger_cannot_say_that_it_has_come(obn: Obn) -> None:
    """Nor does an id that is none say anything."""
    account, stranger = obn.account("renewable"), obn.account("renewable")
    _, told = renew(obn, account)
    assert take(obn, stranger, told) == take(obn, account, {"request_id": "x"}) == (200, {})
    assert not obn.mock.renewals(account)[0]["fetched"]
    assert ask(obn, "taken", b"{}")[0] == 403


@pytest.mark.parametrize(
    ("state", "traits", "sentence"),
    [
        ("active", {"days_left": 90}, "90日未満"),
        ("revoked", {}, "すでに失効"),
        ("renewing", {}, "すでに受け付けて"),
        ("expired", {}, "有効期限が過ぎている"),
    ],
)
def test_what_must_not_be_renewed_is_refused(obn: Obn, state: str, traits: dict[str, int], sentence: str) -> None:
    """And nothing is issued."""
    account = obn.account(state, **traits)
    before = obn.mock.facts(account)
    status, told = renew(obn, account)
    assert status == 403
    assert sentence in told["error"]
    assert obn.mock.facts(account) == before


def test_one_day_later_it_is_renewed(obn: Obn) -> None:
    """89 days are fewer than 90."""
    assert renew(obn, obn.account("active", days_left=89))[0] == 200


@pytest.mark.parametrize(
    "pkcs10", ["", "x", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"]
)
def test_a_broken_request_is_refused(obn: Obn, pkcs10: str) -> None:
    """And the certificate can still be renewed."""
    account = obn.account("renewable")
    assert renew(obn, account, pkcs10) == (403, {"error": "証明書発行要求が正しくありません。"})
    assert renew(obn, account, requested(1024))[0] == 403
    assert renew(obn, account)[0] == 200


def test_without_a_certificate_nothing_is_renewed(obn: Obn) -> None:
    """Nor with a certificate of another system."""
    body = json.dumps({"pkcs10": requested()}).encode()
    stranger = obn.mock.told("POST", "/subscribers", {"system": "kihonet", "state": "renewable"})
    assert ask(obn, "renew", body)[0] == ask(obn, "renew", body, identity(stranger))[0] == 403


def test_the_renewal_site_lists_the_renewal_and_has_no_key_for_it(obn: Obn) -> None:
    """The key never left its holder's PC."""
    account = obn.account("renewable")
    _, told = renew(obn, account)
    visitor, _ = obn.at("renew", account)
    page = listed(visitor)
    assert told["request_id"] in page.words
    assert linked(page) == ""
