"""The certificate request (PKCS#10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from sekisho.certenroll.errors import ACCESS_DENIED, ALREADY_INITIALIZED, BLANK, ComError, GapError
from sekisho.certenroll.interface import PREFIX, ComObject, Value, an_object, number
from sekisho.certenroll.keys import PrivateKey
from sekisho.certenroll.parts import DistinguishedName, Extensions, ObjectId
from sekisho.language import say

CONTEXT_USER = 1
Hash = hashes.SHA256 | hashes.SHA384 | hashes.SHA512
# The control of Windows 7 signs with SHA-1 unless it is told otherwise; `cryptography` no longer does.
HASHES: Mapping[str, Hash] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
DEFAULT_HASH = "2.16.840.1.101.3.4.2.1"


def only_user(context: Value) -> None:
    """Pages work for the user, never for the whole machine. Raises ComError."""
    if number(context) != CONTEXT_USER:
        raise ComError(ACCESS_DENIED)


class Pkcs10(ComObject):
    """IX509CertificateRequestPkcs10."""

    prog_id = f"{PREFIX}CX509CertificateRequestPkcs10"
    properties: ClassVar[Mapping[str, Value]] = {
        "Subject": None,
        "HashAlgorithm": None,
        "KeyContainerNamePrefix": "",
        "ParentWindow": 0,
        "Silent": False,
        "SmimeCapabilities": False,
        "SuppressDefaults": False,
        "UIContextMessage": "",
    }
    readable = ("X509Extensions", "PrivateKey")
    methods = ("InitializeFromPrivateKey",)
    key: PrivateKey | None = None
    extensions: Extensions | None = None

    def initialize_from_private_key(self, context: Value, key: Value, template: Value = "") -> None:
        """Become a request for a key, which may still be unmade."""
        only_user(context)
        if self.key is not None:
            raise ComError(ALREADY_INITIALIZED)
        if template:
            raise GapError(say(f"証明書テンプレート「{template}」", f'the certificate template "{template}"'))
        self.key = an_object(key, PrivateKey)

    def x509_extensions(self) -> Extensions:
        """The extensions it asks for."""
        self.extensions = self.extensions or Extensions(self.computer)
        return self.extensions

    def private_key(self) -> PrivateKey:
        """The key it is about."""
        if self.key is None:
            raise ComError(BLANK)
        return self.key

    def encoded(self) -> bytes:
        """The request in DER; makes the key where that has not been done."""
        key = self.private_key()
        if key.made is None:
            key.create()
        assert key.made
        subject = self.values["Subject"]
        name = an_object(subject, DistinguishedName).x509_name() if subject else x509.Name([])
        builder = x509.CertificateSigningRequestBuilder(name)
        for content, critical in self.x509_extensions().built():
            builder = builder.add_extension(content, critical=critical)
        return builder.sign(key.made.key, self._hash()).public_bytes(Encoding.DER)

    def _hash(self) -> Hash:
        wanted = self.values["HashAlgorithm"]
        oid = an_object(wanted, ObjectId).value() if wanted else DEFAULT_HASH
        if oid not in HASHES:
            raise GapError(say(f"ハッシュ アルゴリズム {oid}", f"the hash algorithm {oid}"))
        return HASHES[oid]
