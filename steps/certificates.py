"""What stands in a certificate, and whether its authority says that it is revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_bdd import parsers, then

from pages.keys import Download
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.holdings import Holdings
from sekisho.pki import revocation, x509_names
from sekisho.portal import Account
from sekisho.results import Certificate
from sekisho.verdict import require
from steps.entries import Entry
from steps.expected import Expected
from steps.keys import identity_in, opened
from steps.times import months_later, tokyo_date

CONCEPT = "証明書の内容と失効"
EXAMPLES = (
    "証明書の有効期間は今日から13か月である",
    "証明書の有効期限はそれまでの証明書の有効期限の2年後である",
    "証明書の有効期限は今日の25か月後である",
)
END = "証明書の有効期限"  # what a scenario calls it

A_DAY = timedelta(days=1)  # portals differ in the hour at which a certificate begins and ends


@pytest.fixture
def certificate(download: Download, key_password: str, evidence: Recorder) -> Certificate:
    """The certificate in the downloaded file."""
    found = opened(download, key_password)
    evidence.add(found)
    return found


@then(parsers.parse("証明書の発行者は「{issuer}」である"))
def _(certificate: Certificate, issuer: str) -> None:
    require(
        certificate.issuer_cn == issuer,
        say(f"発行者が「{certificate.issuer_cn}」である", f'The issuer is "{certificate.issuer_cn}"'),
    )


@then("証明書の発行先はユーザーIDである")
def _(certificate: Certificate, account: Account) -> None:
    require(
        certificate.subject_cn == account.user_id,
        say(f"発行先が「{certificate.subject_cn}」である", f'The subject is "{certificate.subject_cn}"'),
    )


@then(parsers.parse("証明書の鍵は「{key}」である"))
def _(certificate: Certificate, key: str) -> None:
    require(certificate.key == key, say(f"鍵が {certificate.key} である", f"The key is {certificate.key}"))


@then(parsers.parse("証明書の用途は「{purpose}」である"))
def _(certificate: Certificate, purpose: str) -> None:
    usage = next((one for one in certificate.extensions if one.startswith("ExtendedKeyUsage")), "")
    require(
        purpose in usage,
        say(f"拡張鍵用途が「{usage or 'なし'}」である", f'''The extended key usage is "{usage or "none"}"'''),
    )


@then(parsers.parse("証明書の有効期間は今日から{years:d}年である"))
def _(certificate: Certificate, years: int) -> None:
    check_term(certificate, 12 * years)


@then(parsers.parse("証明書の有効期間は今日から{years:d}年{months:d}か月である"))
def _(certificate: Certificate, years: int, months: int) -> None:
    check_term(certificate, 12 * years + months)


@then(parsers.parse("証明書の有効期間は今日から{months:d}か月である"))
def _(certificate: Certificate, months: int) -> None:
    check_term(certificate, months)


@then(parsers.parse("証明書の有効期間は{years:d}年{months:d}か月である"))
def _(certificate: Certificate, years: int, months: int) -> None:
    check_length(certificate, 12 * years + months)


@then(parsers.parse("証明書の有効期間は{years:d}年である"))
def _(certificate: Certificate, years: int) -> None:
    check_length(certificate, 12 * years)


@then(parsers.parse("取り込まれた証明書の有効期間は{years:d}年である"))
def _(holdings: Holdings, years: int) -> None:
    check_length(holdings.newest, 12 * years)


@then(parsers.parse("証明書の有効期限は{day}である"))
def _(certificate: Certificate, expected: Expected, day: str) -> None:
    expected.check(END, [tokyo_date(certificate.not_after)], expected.a_day(day)[0])


@then("証明書のシリアル番号は更新前の証明書と異なる")
def _(certificate: Certificate, holdings: Holdings) -> None:
    old, new = holdings.oldest, certificate
    again = (old.issuer, old.serial) == (new.issuer, new.serial)
    require(
        not again,
        say(
            f"更新前の証明書と同じシリアル番号 {new.serial} の証明書が発行された",
            f"A certificate was issued with the serial number of the one before the renewal, {new.serial}",
        ),
    )


@then("証明書の鍵は更新前の証明書と異なる")
def _(store: CertStore, holdings: Holdings, download: Download, key_password: str) -> None:
    password = holdings.password_of(download.path, key_password)
    old = store.identity(holdings.oldest.sha256).certificate.public_key()
    new = identity_in(download, password).certificate.public_key()
    require(
        new != old,
        say(
            "更新した証明書の鍵が、更新前の証明書の鍵と同じである",
            "The renewed certificate has the same key as the one before the renewal",
        ),
    )


@then("取り込まれた証明書のシリアル番号は更新前の証明書と異なる")
def _(holdings: Holdings) -> None:
    old, new = holdings.oldest, holdings.newest
    again = (old.issuer, old.serial) == (new.issuer, new.serial)
    require(
        not again,
        say(
            f"更新前の証明書と同じシリアル番号 {new.serial} の証明書が発行された",
            f"A certificate was issued with the serial number of the one before the renewal, {new.serial}",
        ),
    )


@then("取り込まれた証明書の鍵は更新前の証明書と異なる")
def _(store: CertStore, holdings: Holdings) -> None:
    old, new = (store.identity(one.sha256).certificate.public_key() for one in (holdings.oldest, holdings.newest))
    require(
        new != old,
        say(
            "更新した証明書の鍵が、更新前の証明書の鍵と同じである",
            "The renewed certificate has the same key as the one before the renewal",
        ),
    )


@then("証明書の記載は次のとおりである")
def _(datatable: list[list[str]], certificate: Certificate, entry: Entry) -> None:
    for name, said in datatable[1:]:
        shown, wanted = subject_parts(certificate, name), entry.cell(said)
        require(
            shown == [wanted],
            say(
                f"{name} が {'、'.join(shown) or '空'} である（{wanted} のはず）",
                f"{name} is {', '.join(shown) or 'empty'} ({wanted} is due)",
            ),
        )


@then("PKCS#12の表示名にユーザーIDが含まれる")
def _(download: Download, holdings: Holdings, key_password: str, account: Account) -> None:
    name = identity_in(download, holdings.password_of(download.path, key_password)).friendly_name
    require(
        account.user_id in name,
        say(f"PKCS#12の表示名が「{name}」である", f'The friendly name of the PKCS#12 is "{name}"'),
    )


@then("取り込まれた証明書は更新前の証明書より新しい")
def _(holdings: Holdings) -> None:
    old, new = holdings.oldest, holdings.newest
    require(
        new.not_after > old.not_after,
        say(
            f"有効期限が {tokyo_date(new.not_after)} で、更新前より延びていない",
            f"The certificate ends on {tokyo_date(new.not_after)}, no later than the one before the renewal",
        ),
    )


@then("失効リスト（CRL）にそれまでの証明書が載っている")
def _(store: CertStore, holdings: Holdings) -> None:
    identity = store.identity(holdings.oldest.sha256)
    require(
        revocation.in_crl(identity),
        say(
            f"CRL にシリアル番号 {holdings.oldest.serial} が載っていない",
            f"The CRL does not list serial number {holdings.oldest.serial}",
        ),
    )


@then("オンライン照会（OCSP）はそれまでの証明書を失効と答える")
def _(store: CertStore, holdings: Holdings) -> None:
    answer = revocation.ocsp_status(store.identity(holdings.oldest.sha256))
    require(answer == "REVOKED", say(f"OCSP の答えが {answer} である", f"OCSP answers {answer}"))


def check_term(certificate: Certificate, months: int) -> None:
    """Raise DeviationError unless a certificate begins today and lasts so many months, give or take a day."""
    start = certificate.not_before
    require(
        abs(datetime.now(UTC) - start) <= A_DAY,
        say(
            f"有効期間が今日でなく {tokyo_date(start)} から始まる",
            f"The validity begins not today, but on {tokyo_date(start)}",
        ),
    )
    check_length(certificate, months)


def check_length(certificate: Certificate, months: int) -> None:
    """Raise DeviationError unless a certificate lasts so many months, give or take a day."""
    start, end = certificate.not_before, certificate.not_after
    require(
        any(abs(wanted - end) <= A_DAY for wanted in months_later(start, months)),
        say(
            f"有効期間が {tokyo_date(start)} から {tokyo_date(end)} である",
            f"The validity is from {tokyo_date(start)} to {tokyo_date(end)}",
        ),
    )


def subject_parts(certificate: Certificate, name: str) -> list[str]:
    """The parts of a subject with a short name (O, OU, C), the innermost first."""
    return list(reversed(x509_names.parts(certificate.subject, name)))
