"""Things that an institution can observe on the obn sites, each in one value."""

from __future__ import annotations

import re
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509 import ocsp as responses

from .obn_walks import (
    PASSWORD,
    Obn,
    addressed,
    apply,
    chosen,
    downloaded,
    ids,
    key_form,
    keyed,
    linked,
    listed,
    named,
    packed,
    press,
    renewed,
    resumed,
    revoked,
    statuses,
    twice,
)
from .visitor import Page, identity, opened


def root_file(obn: Obn) -> tuple[str, bool]:
    """The root's file: its name, and whether it is what signed the sites' certificates."""
    file = obn.visitor().get(f"{obn.sites['root']}/SCRoot2ca.cer")
    wanted = x509.load_pem_x509_certificate(obn.root.read_bytes()).public_bytes(Encoding.DER)
    return file.headers["Content-Disposition"], file.body == wanted


def entered(obn: Obn, **wrong: str) -> str:
    """What 次へ leads to, with wrong ids or a late notice."""
    account, visitor = obn.account("invited", days_ago=int(wrong.pop("days", "0"))), obn.visitor()
    page = press(visitor, visitor.get(obn.sites["enrol"]), **{**ids(account), **wrong})
    return page.error or page.url.partition("?")[0]


def password(obn: Obn, given: str, again: str) -> tuple[int, str]:
    """What Submit on /p/rcd answers to a password."""
    visitor = obn.visitor()
    page = press(visitor, chosen(visitor, obn, obn.account("invited")), password=given, passwordConfirm=again)
    return page.status, page.error


def pin(obn: Obn, given: str, again: str = "") -> str:
    """What Submit on /p/ru answers to a password."""
    visitor, page = key_form(obn, obn.account("renewable"))
    fields = {**keyed(page, given), "passwordConfirm": again or given}
    return press(visitor, page, **fields).error


def package(obn: Obn) -> tuple[str, bool]:
    """The downloaded file: whether its name is the request id's, and whether it opens under the password."""
    account, visitor = obn.account("invited"), obn.visitor()
    file = press(visitor, packed(visitor, obn, account))
    try:
        load_pkcs12(file.body, PASSWORD.encode())
    except ValueError:
        return "", False
    return file.headers["Content-Disposition"].replace(account["request_id"], "ID"), True


def friendly_name(obn: Obn) -> bool:
    """Whether the downloaded file names its certificate."""
    cert = downloaded(obn, obn.account("invited")).opened.cert
    assert cert
    return bool(cert.friendly_name)


def certificate(obn: Obn) -> x509.Certificate:
    """A downloaded certificate."""
    return downloaded(obn, obn.account("invited")).certificate


def months(made: x509.Certificate) -> int:
    """How long it is valid."""
    begins, ends = made.not_valid_before_utc, made.not_valid_after_utc
    return (ends.year - begins.year) * 12 + ends.month - begins.month


def begins_late(obn: Obn) -> bool:
    """Whether a certificate that is downloaded a month after its notice is valid only since then."""
    made = downloaded(obn, obn.account("invited", days_ago=30)).certificate
    return datetime.now(UTC) - made.not_valid_before_utc < timedelta(days=1)


def begun_again(obn: Obn) -> int:
    """The certificates after downloading twice."""
    account = obn.account("invited")
    for _ in range(2):
        downloaded(obn, account)
    return len(obn.mock.facts(account)["certificates"])


def applied(obn: Obn, left: int) -> bool:
    """Whether a renewal is accepted so many days before the end."""
    return "送信完了" in apply(obn.at("renew", obn.account("active", days_left=left))[0]).words


def shown_statuses(obn: Obn) -> list[str]:
    """The statuses in the order in which they appear."""
    visitor, _ = obn.at("renew", obn.account("renewable"))
    seen, _ = statuses(visitor, apply(visitor))
    return list(dict.fromkeys(seen))


def confirmed(obn: Obn) -> bool:
    """Whether the confirmation shows the applicant."""
    account = obn.account("renewable")
    return account["user_id"] in obn.at("renew", account)[0].get("/p/ru/apply").words


def moves_on(obn: Obn) -> bool:
    """Whether 送信完了 reloads itself."""
    return "location.replace" in apply(obn.at("renew", obn.account("renewable"))[0]).text


def reloaded(obn: Obn) -> int:
    """The requests after 送信完了 was reloaded."""
    account = obn.account("renewable")
    visitor, _ = obn.at("renew", account)
    visitor.get(apply(visitor).url)
    return len(obn.mock.facts(account)["requests"])


def filled_in(obn: Obn) -> bool:
    """Whether the key page has its request id."""
    return key_form(obn, obn.account("renewable"))[1].field("requestId") != ""


def new_by_link(obn: Obn) -> bool:
    """Whether the key from the list is the new one."""
    account = obn.account("renewing")
    return resumed(obn, account).serial != identity(account).serial


def renewed_afresh(obn: Obn) -> tuple[bool, bool]:
    """Whether a renewal has another key, and another serial number."""
    account = obn.account("renewable")
    old, new = identity(account), renewed(obn, account)
    return old.key.public_key() != new.key.public_key(), old.serial != new.serial


def opened_from_list(obn: Obn) -> tuple[bool, int]:
    """Whether the key page behind the list's link shows the listed ID, and how many requests are listed then."""
    account = obn.account("renewing")
    visitor, _ = obn.at("renew", account)
    shown = visitor.get(linked(listed(visitor))).field("requestId")
    (total,) = re.findall(r"(\d+) 件中", listed(visitor).words)  # a key that is still being made has no link yet
    return shown == account["request_id"], int(total)


def applied_again(obn: Obn) -> str:
    """What a second application says."""
    return apply(obn.at("renew", obn.account("renewing"))[0]).error


def paged(obn: Obn) -> list[str]:
    """The second page of a long list."""
    visitor, _ = obn.at("renew", obn.account("renewing", history=25))
    return re.findall(r"\d+ 件中 \d+ - \d+ 件目", visitor.get("/p/ru/list?start=20").words)


def listed_end(obn: Obn) -> bool:
    """Whether the list shows the new certificate's end."""
    account = obn.account("renewing")
    end = obn.mock.facts(account)["certificates"][-1]["not_after"]
    return f"{end[:4]}.{end[5:7]}." in listed(obn.at("renew", account)[0]).words


def after_the_end(obn: Obn) -> bool:
    """Whether a renewed certificate can be fetched on the day after the old one's last."""
    account = obn.account("renewing", days_left=1)
    obn.mock.pass_time(days=2)
    visitor, page = obn.at("renew", account)
    if page.status != 200:
        return False
    page = visitor.get(linked(listed(visitor)))
    return press(visitor, press(visitor, page, **keyed(page))).headers["Content-Type"] == "application/x-pkcs12"


def reminders(obn: Obn, day: int, *, renew: bool = False) -> int:
    """How many reminders come on one day."""
    account = obn.account("active", days_left=day + 1)
    if renew:
        renewed(obn, account)
    before = len(obn.mock.mails(account["mail"]))
    obn.mock.pass_time(days=1)
    return len(obn.mock.mails(account["mail"])) - before


def reminder(obn: Obn) -> tuple[str, bool, bool]:
    """A reminder's sender, and whether days and end stand in it rightly."""
    account = obn.account("active", days_left=30)
    mail = obn.mock.mails(account["mail"])[-1]
    body = str(mail.get_content())
    return mail["From"], "日数: 30日" in body, "有効期限: " in body


def renewal_linked(obn: Obn) -> bool:
    """Whether the service's menu leads to the renewal site."""
    account = obn.account("active")
    visitor, _ = obn.at("service", account)
    page = visitor.post("login", userId=account["user_id"], password=account["login_password"])
    return obn.sites["renew"] in page.text


def foreign_ids(obn: Obn) -> str:
    """What /p/rx answers to someone else's ids."""
    return named(obn.holder(obn.account("active")), obn, obn.account("active")).error


def address(obn: Obn, mail: str, again: str) -> str:
    """What /p/rx answers to an address."""
    account = obn.account("active")
    visitor = obn.holder(account)
    return press(visitor, named(visitor, obn, account), mail=mail, mailConfirm=again).error


def shown_address(obn: Obn) -> str:
    """The address on the confirmation page."""
    account = obn.account("active")
    found = re.search(r"メールアドレス ([!-~]+)", addressed(obn.holder(account), obn, account).words)
    assert found
    return found[1]


def after_back(obn: Obn) -> str:
    """Where 戻る leads."""
    account = obn.account("active")
    visitor = obn.holder(account)
    return press(visitor, addressed(visitor, obn, account), back="戻る").url.partition("?")[0]


def revoked_again(obn: Obn) -> str:
    """What a second application for revocation says."""
    account = obn.account("active")
    revoked(obn, account)
    return named(obn.holder(account), obn, account).error


def done(obn: Obn) -> tuple[dict[str, Any], bool, list[str]]:
    """Three days after an application: the account, whether it opens the service, the mails' headers."""
    account = obn.account("active")
    recipient = f"{account['user_id']}@clinic.example"
    revoked(obn, account, recipient)
    obn.mock.pass_time(days=3)
    headers = [f"{mail['From']} {mail['Subject']}" for mail in obn.mock.mails(recipient)]
    return account, obn.opens(identity(account)), headers


def told_after_return(obn: Obn) -> int:
    """How many mails tell of a revocation for which somebody came back who had applied."""
    account = obn.account("active")
    recipient = f"{account['user_id']}@clinic.example"
    revoked(obn, account, recipient)
    named(obn.holder(account), obn, account)
    obn.mock.pass_time(days=3)
    return len(obn.mock.mails(recipient))


def crl_lists(obn: Obn) -> bool:
    """Whether a revoked certificate is in the list."""
    serial = int(identity(obn.account("revoked")).serial, 16)
    with urllib.request.urlopen(f"{obn.mock.ready['repository']}/crl/obn.crl", timeout=10) as answer:
        return x509.load_der_x509_crl(answer.read()).get_revoked_certificate_by_serial_number(serial) is not None


def ocsp_says(obn: Obn) -> responses.OCSPCertStatus:
    """What the responder says of a revoked certificate."""
    holder = identity(obn.account("revoked"))
    (issuer,) = (one.certificate for one in holder.opened.additional_certs)
    asked = responses.OCSPRequestBuilder().add_certificate(holder.certificate, issuer, hashes.SHA256()).build()
    request = urllib.request.Request(f"{obn.mock.ready['repository']}/ocsp/obn", asked.public_bytes(Encoding.DER))
    with urllib.request.urlopen(request, timeout=10) as answer:
        return responses.load_der_ocsp_response(answer.read()).certificate_status


def idle(obn: Obn) -> tuple[int, str]:
    """A menu item after an idle hour."""
    visitor, _ = obn.at("renew", obn.account("renewable"))
    obn.mock.pass_time(minutes=60)
    page = visitor.get("/p/ru/apply")
    return page.status, page.words[:20]


def restarted(obn: Obn) -> bool:
    """Whether a new browser enters after a time-out."""
    account = obn.account("renewable")
    visitor, _ = obn.at("renew", account)
    obn.mock.pass_time(minutes=60)
    visitor.get("/p/ru/apply")
    return "更新後証明書の取得" in obn.at("renew", account)[1].words


def mixed_tabs(obn: Obn) -> str:
    """What Download in the first of two tabs gives: the user's number in the file, or a page."""
    one, two, visitor = obn.account("invited"), obn.account("invited"), obn.visitor()
    first, _ = packed(visitor, obn, one), packed(visitor, obn, two)
    return _owner(press(visitor, first), one, two)


def _owner(page: Page, one: dict[str, Any], two: dict[str, Any]) -> str:
    if page.headers["Content-Type"] != "application/x-pkcs12":
        return "refused"
    subject = opened(page.body, PASSWORD).certificate.subject.rfc4514_string()
    return {f"CN={one['user_id']}": "first", f"CN={two['user_id']}": "second"}[subject.split(",")[0]]


def mixed_passwords(obn: Obn) -> str:
    """The same for Submit of the password."""
    one, two, visitor = obn.account("invited"), obn.account("invited"), obn.visitor()
    first, _ = chosen(visitor, obn, one), chosen(visitor, obn, two)
    page = press(visitor, first, **twice(PASSWORD))
    return "refused" if "Download" not in page.text else _owner(press(visitor, page), one, two)


def mixed_windows(obn: Obn) -> list[int]:
    """The requests of two users after the first window's application."""
    one, two = obn.account("renewable"), obn.account("renewable")
    (left, _), (right, _) = obn.at("renew", one), obn.at("renew", two)
    page, _ = left.get("/p/ru/apply"), right.get("/p/ru/apply")
    statuses(left, press(left, page))
    return [len(obn.mock.facts(account)["requests"]) for account in (one, two)]


def mixed_revocations(obn: Obn, *, windows: bool) -> list[bool]:
    """Whose certificate is revoked, or to whom it is reported, after the first page's 申請."""
    one, two = obn.account("active"), obn.account("active")
    left = obn.holder(one)
    right = obn.holder(two) if windows else left
    page = addressed(left, obn, one, f"first{one['user_id']}@clinic.example")
    addressed(right, obn, two if windows else one, f"second{one['user_id']}@clinic.example")
    press(left, page, apply="申請")
    obn.mock.pass_time(days=3)
    mails = [bool(obn.mock.mails(f"{name}{one['user_id']}@clinic.example")) for name in ("first", "second")]
    return [*mails, *(obn.opens(identity(account)) for account in (one, two))]


def sent_twice(obn: Obn) -> tuple[int, int]:
    """The requests after one confirmation page was sent twice, and the reports after one 申請 was."""
    account = obn.account("renewable")
    visitor, _ = obn.at("renew", account)
    page = visitor.get("/p/ru/apply")
    for _ in range(2):
        press(visitor, page)
    recipient = f"twice{account['user_id']}@clinic.example"
    page = addressed(visitor, obn, account, recipient)
    for _ in range(2):
        press(visitor, page, apply="申請")
    obn.mock.pass_time(days=3)
    return len(obn.mock.facts(account)["requests"]), len(obn.mock.mails(recipient))
