"""For each defect of nec something that can be observed, and that comes out differently with the defect on."""

from __future__ import annotations

from collections.abc import Callable

from cryptography import x509

from .nec_walks import USED, confirmed, enrolment, holding, key, last_day, seen, source
from .running import Running
from .visitor import identity


def step_two(nec: Running) -> str:
    """The source of step 2."""
    return source(enrolment(nec).enter())


def step_three(nec: Running) -> str:
    """The source of step 3, without the certificate in it."""
    person = enrolment(nec)
    person.issue()
    return source(person.visitor.get("/ra/step3")).partition("RESPONSE")[2].partition("\n")[2]


def offered(nec: Running, name: str) -> bytes | str:
    """What a file of step 3 is: its subject, or that it is none."""
    person = enrolment(nec)
    person.issue()
    data = person.visitor.get(f"/ra/{name}").body
    try:
        found = x509.load_der_x509_certificate(data)
    except ValueError:
        return "none"
    root = person.response()[-1]
    return "root" if found == root else found.subject.rfc4514_string().partition("CN=")[2][:3]


def entered_twice(nec: Running) -> bool:
    """Whether the address of an issued certificate still lets its holder in."""
    person = enrolment(nec)
    person.issue()
    return USED in seen(person.enter())


def skipped(nec: Running) -> bool:
    """Whether step 2 opens to someone who has only seen step 1."""
    person = enrolment(nec)
    person.visitor.get(person.address)
    return "【ステップ2】" in seen(person.visitor.get("/ra/step2"))


def fits(nec: Running) -> bool:
    """Whether the certificate is the key's."""
    return enrolment(nec).certificate().public_key() == key().public_key()


def link_status(nec: Running) -> int:
    """What is at the address that step 4 shows."""
    person = enrolment(nec)
    person.issue()
    return (
        nec.visitor().get(person.visitor.get("/ra/step4").body.decode("cp932").split('href="')[1].split('"')[0]).status
    )


def renewed(nec: Running) -> bool:
    """Whether a renewed certificate can be used."""
    return confirmed(nec, holding(enrolment(nec, "renewable").certificate()))


def renewed_afresh(nec: Running) -> tuple[bool, bool]:
    """Whether a renewal has another key, and another serial number."""
    person = enrolment(nec, "renewable")
    old, new = identity(person.account), person.certificate()
    return old.key.public_key() != new.public_key(), old.serial != f"{new.serial_number:x}"


def mails_after_reissue(nec: Running) -> int:
    """How many mails there are after a certificate was given up."""
    person = enrolment(nec)
    nec.told("POST", f"/subscribers/{person.account['user_id']}/reissue")
    return len(nec.mails(person.account["mail"]))


OBSERVATIONS: dict[str, Callable[[Running], object]] = {
    "wrong-issuer": lambda nec: enrolment(nec).certificate().issuer,
    "subject-without-user-id": lambda nec: "CN=NEC" in enrolment(nec).certificate().subject.rfc4514_string(),
    "reissue-without-mail": mails_after_reissue,
    "renewed-certificate-refused": renewed,
    "renewal-keeps-key": renewed_afresh,
    "renewal-keeps-serial": renewed_afresh,
    "issue-mail-link-dead": lambda nec: enrolment(nec).enter().status,
    "authentication-password-unchecked": lambda nec: "誤り" in seen(enrolment(nec).enter("x")),
    "steps-open-without-password": skipped,
    "one-time-url-works-twice": entered_twice,
    "renewal-titled-as-issue": lambda nec: "証明書更新サイト" in seen(enrolment(nec, "renewable").enter()),
    "control-failure-unexplained": step_two,
    "step-two-names-another-provider": lambda nec: "Enhanced" in seen(enrolment(nec).enter()),
    "step-two-names-another-length": lambda nec: "1024 bit" in seen(enrolment(nec).enter()),
    "key-made-by-another-provider": lambda nec: 'PROVIDER = "Microsoft Enhanced' in step_two(nec),
    "key-longer-than-shown": lambda nec: "BITS = 1024" in step_two(nec),
    "key-without-protection": lambda nec: "KeyProtection = 1" in step_two(nec),
    "root-file-of-another-authority": lambda nec: offered(nec, "root.cer"),
    "root-file-unreadable": lambda nec: offered(nec, "root.cer"),
    "certificate-of-another-key": fits,
    "untrusted-root-unmentioned": step_three,
    "install-success-unreported": step_three,
    "client-file-is-the-root": lambda nec: offered(nec, "client.cer"),
    "client-file-not-offered": step_three,
    "validity-from-operation": lambda nec: last_day(enrolment(nec, days_ago=9).certificate()),
    "validity-begins-with-application": lambda nec: (
        f"{enrolment(nec, days_ago=9).certificate().not_valid_before_utc:%Y-%m-%d}"
    ),
    "confirmation-link-dead": link_status,
    "confirmation-refuses-everyone": lambda nec: confirmed(nec, identity(nec.account("active"))),
    "confirmation-needs-no-certificate": confirmed,
    "confirmation-takes-revoked-certificate": lambda nec: confirmed(nec, identity(nec.account("revoked"))),
}
