"""Things that a visitor can observe, each in one value."""

from __future__ import annotations

import re
import urllib.request
from email.message import EmailMessage
from http.client import HTTPException
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12, serialize_key_and_certificates
from cryptography.x509 import ocsp as responses
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .running import Running, submit
from .visitor import Visitor, identity, opened
from .walks import (
    PASSWORD,
    advance,
    apply,
    at_renewal,
    enrol,
    enrolled,
    enters,
    key_page,
    opens,
    renewed,
    resumed,
)


def guide(mock: Running, user: dict[str, Any]) -> EmailMessage:
    """A new user's guide mail."""
    return next(mail for mail in mock.mails(user["mail"]) if "取得のご案内" in mail["Subject"])


def guide_names(mock: Running, what: str) -> bool:
    """Whether a new user's guide mail names something of his."""
    user = mock.account("invited")
    return str(user[what]) in str(guide(mock, user).get_content())


def reissue(mock: Running) -> tuple[dict[str, Any], dict[str, Any]]:
    """A user with a certificate, and what the support desk told him."""
    user = mock.account("active", days_left=50)
    told = mock.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    request_id = mock.facts(user)["requests"][0]["request_id"]
    return user, {**user, **told, "request_id": request_id}


def renewal_mail(mock: Running) -> str:
    """The body of a reminder."""
    return str(mock.mails(mock.account("renewable")["mail"])[0].get_content())


def reminders(mock: Running, left: int, days: int, *, renew: bool = False) -> int:
    """How many reminders have come after some days."""
    user = mock.account("renewable", days_left=left) if left <= 30 else mock.account("active", days_left=left)
    if renew:
        renewed(mock, user)
    mock.pass_time(days=days)
    return len(mock.mails(user["mail"]))


def login(mock: Running, password: str | None = None) -> str:
    """What the log-in answers: the page's name and its error."""
    user = mock.account("invited")
    visitor = mock.visitor()
    visitor.get(mock.sites["enrol"])
    page = visitor.post("login.jsp", userId=user["user_id"], password=password or user["login_password"])
    return page.url.rpartition("/")[2] + page.error


def after_midnight(mock: Running) -> str:
    """The answer to a key page submitted on the next day."""
    mock.pass_time(to="23:55")
    user = mock.account("invited")
    visitor, page = key_page(mock, user)
    mock.pass_time(minutes=10)
    return submit(visitor, user["request_id"], ticket=page.field("ticket")).url.rpartition("/")[2]


def someone_else(mock: Running) -> bool:
    """Whether another user's request id is served."""
    return not enrol(mock, mock.account("invited"), request_id=mock.account("invited")["request_id"]).error


def submitted_twice(mock: Running, *, same_form: bool) -> int:
    """The certificates after two Submits."""
    user = mock.account("invited")
    visitor, page = key_page(mock, user)
    for _ in range(2):
        submit(visitor, user["request_id"], ticket=page.field("ticket"))
        page = page if same_form else visitor.get("key.jsp")
    return len(mock.facts(user)["certificates"])


def package(mock: Running) -> tuple[bytes, Visitor]:
    """The downloaded file."""
    user = mock.account("invited")
    visitor, page = key_page(mock, user)
    submit(visitor, user["request_id"], ticket=page.field("ticket"))
    return visitor.download().body, visitor


def openable(mock: Running) -> bool:
    """Whether the download opens under the password that was entered."""
    try:
        load_pkcs12(package(mock)[0], PASSWORD.encode())
    except ValueError:
        return False
    return True


def purposes(certificate: x509.Certificate) -> bool:
    """Whether it may authenticate a TLS client."""
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    return ExtendedKeyUsageOID.CLIENT_AUTH in usage


def years(certificate: x509.Certificate) -> int:
    """How long it is valid."""
    return certificate.not_valid_after_utc.year - certificate.not_valid_before_utc.year


def confirmed(mock: Running) -> bool:
    """Whether the confirmation page shows the applicant."""
    mock.account("invited")
    user = mock.account("renewable")
    return user["user_id"] in at_renewal(mock, user).get("apply.jsp").words


def reloaded(mock: Running) -> int:
    """The requests after the waiting page was reloaded."""
    user = mock.account("renewable")
    visitor = at_renewal(mock, user)
    visitor.get(apply(visitor).url)
    return len(mock.facts(user)["requests"])


def applied_again(mock: Running) -> int:
    """The requests after a second application."""
    user = mock.account("renewing")
    apply(at_renewal(mock, user))
    return len(mock.facts(user)["requests"])


def idle(mock: Running, path: str = "key.jsp") -> tuple[int, bool]:
    """A menu item after an idle hour: its status, and whether it says that the session is invalid."""
    visitor = mock.logged_in(mock.account("invited"))
    mock.pass_time(minutes=60)
    page = visitor.get(path)
    return page.status, "セッションが無効です" in page.words


def restarted(mock: Running) -> bool:
    """Whether a new browser can log in after a time-out."""
    user = mock.account("invited")
    visitor = mock.logged_in(user)
    mock.pass_time(minutes=60)
    visitor.get("key.jsp")
    visitor = mock.visitor()
    visitor.get(mock.sites["enrol"])
    page = visitor.post("login.jsp", userId=user["user_id"], password=user["login_password"])
    return page.url.endswith("top.jsp")


def door(mock: Running, site: str, state: str = "active", **traits: str | int) -> bool:
    """Whether a kind of certificate opens a service."""
    return opens(mock, site, identity(mock.account(state, **traits)))


def bound_to_browser(mock: Running) -> bool:
    """Whether a certificate works in a browser that did not fetch it."""
    return opens(mock, "service", opened(package(mock)[0], PASSWORD))


def crl_length(mock: Running) -> bool:
    """Whether a revoked certificate is in the list."""
    serial = int(identity(mock.account("revoked")).serial, 16)
    with urllib.request.urlopen(f"{mock.ready['repository']}/crl/danshin.crl", timeout=10) as answer:
        listed_ = x509.load_der_x509_crl(answer.read())
    return listed_.get_revoked_certificate_by_serial_number(serial) is not None


def ocsp(mock: Running) -> responses.OCSPCertStatus:
    """What the responder says of a revoked certificate."""
    holder = identity(mock.account("revoked"))
    issuer = next(
        one.certificate
        for one in holder.opened.additional_certs
        if one.certificate.subject == holder.certificate.issuer
    )
    asked = responses.OCSPRequestBuilder().add_certificate(holder.certificate, issuer, hashes.SHA256()).build()
    request = urllib.request.Request(f"{mock.ready['repository']}/ocsp/danshin", asked.public_bytes(Encoding.DER))
    with urllib.request.urlopen(request, timeout=10) as answer:
        return responses.load_der_ocsp_response(answer.read()).certificate_status


def filled_in(mock: Running) -> bool:
    """Whether the key page of a renewal has its request id."""
    user = mock.account("renewable")
    visitor = at_renewal(mock, user)
    return advance(visitor, apply(visitor)).field("requestId") != ""


def paged(mock: Running) -> str:
    """The second page of a long list."""
    page = at_renewal(mock, mock.account("renewable", history=25)).get("list.jsp?start=20")
    return str(re.findall(r"\d+ 件中 \d+ - \d+ 件目", page.words)[0])


def fetched_by_link(mock: Running) -> bool:
    """Whether the key fetched from the list is a new one."""
    user = mock.account("renewing")
    return resumed(mock, user).serial != identity(user).serial


def needed_hosts(mock: Running) -> int:
    """Other hosts that the download page loads from."""
    user = mock.account("invited")
    visitor, page = key_page(mock, user)
    return submit(visitor, user["request_id"], ticket=page.field("ticket")).text.count('src="http')


def other_login(mock: Running) -> bool:
    """Whether another user may log in with this PC's certificate."""
    return enters(mock, "service", mock.visitor(identity(mock.account("active"))), mock.account("active"))


def link_status(mock: Running) -> int:
    """What the link in a reminder leads to."""
    user = mock.account("renewable")
    link = re.search(r"https://\S+", mock.mails(user["mail"])[0].get_content())
    assert link
    return mock.visitor(identity(user)).get(link[0]).status


def unknown_url(mock: Running) -> int:
    """The status of an address that does not exist."""
    visitor = mock.visitor()
    visitor.get(mock.sites["enrol"])
    return visitor.get("nowhere.jsp").status


def reissued_year(mock: Running) -> int:
    """How long a reissued certificate is valid."""
    made = enrolled(mock, reissue(mock)[1]).certificate
    return years(made)


def old_after_reissue(mock: Running) -> bool:
    """Whether the old certificate still opens the service."""
    return opens(mock, "service", identity(reissue(mock)[0]))


def other_after_reissue(mock: Running) -> bool:
    """Whether the certificate of the other kind still opens its service."""
    user = mock.account("active", certificate="both")
    mock.told("POST", f"/subscribers/{user['user_id']}/reissue", {})
    return opens(mock, "nissay", identity(user, 1))


def named_after_user(mock: Running) -> bool:
    """Whether a new certificate's common name is the user id."""
    user = mock.account("invited")
    (name,) = enrolled(mock, user).certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return bool(name.value == user["user_id"])


def enrolled_one(mock: Running) -> x509.Certificate:
    """A new user's certificate."""
    return enrolled(mock, mock.account("invited")).certificate


def renewed_afresh(mock: Running) -> tuple[bool, bool]:
    """Whether a renewal has another key, and another serial number."""
    user = mock.account("renewable")
    old, new = identity(user), renewed(mock, user)
    return old.key.public_key() != new.key.public_key(), old.serial != new.serial


def opened_from_list(mock: Running) -> tuple[bool, int]:
    """Whether the key page behind the list's link shows the listed ID, and how many renewals there are then."""
    user = mock.account("renewing")
    visitor = at_renewal(mock, user)
    link = re.search(r'href="([^"]*list=1)"', visitor.get("list.jsp").text)
    assert link
    shown = visitor.get(link[1].replace("&amp;", "&")).field("requestId")
    return shown == user["request_id"], len(mock.renewals(user))


def overtaken(mock: Running, *, downloading: bool) -> str:
    """Whose key a visitor gets from the page of one user after another has logged in; empty for none."""
    users = [mock.account("invited"), mock.account("invited")]
    visitor, pages = mock.visitor(), []
    for user in users:
        visitor.get(mock.sites["enrol"])
        visitor.post("login.jsp", userId=user["user_id"], password=user["login_password"])
        page = visitor.get("key.jsp")
        pages.append(submit(visitor, user["request_id"], ticket=page.field("ticket")) if downloading else page)
    if downloading:
        answer = visitor.post("file.p12", ticket=pages[0].field("ticket"))
    else:
        submit(visitor, users[0]["request_id"], ticket=pages[0].field("ticket"))
        answer = visitor.download()
    try:
        (name,) = opened(answer.body, PASSWORD).certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except ValueError:
        return ""
    return "first" if name.value == users[0]["user_id"] else "second"


def stranger(mock: Running, site: str) -> int:
    """What somebody with a certificate of an unknown authority gets: a page's status, or no connection."""
    issued = trustme.CA().issue_cert("x@example.com", common_name="x", key_type=trustme.KeyType.RSA)
    key = load_pem_private_key(issued.private_key_pem.bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    one = x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes())
    holder = opened(serialize_key_and_certificates(b"x", key, one, None, BestAvailableEncryption(b"x")), "x")
    try:
        return mock.visitor(holder).get(mock.sites[site]).status
    except (OSError, HTTPException):
        return 0
