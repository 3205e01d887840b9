"""Which objects a page can have made, and those of them that are built here."""

from __future__ import annotations

from sekisho.certenroll.enrollment import Enrollment
from sekisho.certenroll.interface import PREFIX, ComObject
from sekisho.certenroll.keys import PrivateKey
from sekisho.certenroll.parts import DistinguishedName, EnhancedKeyUsage, Extensions, KeyUsage, ObjectId, ObjectIds
from sekisho.certenroll.providers import CspInformation, CspInformations
from sekisho.certenroll.requests import Pkcs10

FACTORY = f"{PREFIX}CX509EnrollmentWebClassFactory"
FACTORY_CLASS = "clsid:884e2049-217d-11da-b2a4-000e7bbb2b09"
BUILT: tuple[type[ComObject], ...] = (
    CspInformation,
    CspInformations,
    DistinguishedName,
    EnhancedKeyUsage,
    Enrollment,
    Extensions,
    KeyUsage,
    ObjectId,
    ObjectIds,
    Pkcs10,
    PrivateKey,
)
# What IX509EnrollmentWebClassFactory::CreateObject also makes according to its documentation.
NOT_BUILT = tuple(
    f"{PREFIX}{name}"
    for name in (
        "CCertProperties",
        "CCertPropertyDescription",
        "CCertPropertyFriendlyName",
        "CCspStatus",
        "CSignerCertificate",
        "CX509CertificateRequestCmc",
        "CX509CertificateRequestPkcs7",
        "CX509EnrollmentHelper",
        "CX509Extension",
        "CX509ExtensionTemplate",
        "CX509ExtensionTemplateName",
    )
)


def built(prog_id: str) -> type[ComObject] | None:
    """The object of a name, whatever its case."""
    return next((one for one in BUILT if one.prog_id.lower() == prog_id.lower()), None)
