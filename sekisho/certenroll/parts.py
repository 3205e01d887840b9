"""The parts of a request: object identifiers, names and extensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cryptography import x509

from sekisho.certenroll import names
from sekisho.certenroll.errors import ALREADY_INITIALIZED, BAD_NAME, BLANK, INVALID_ARGUMENT, ComError
from sekisho.certenroll.interface import PREFIX, ComObject, Value, an_object, number
from sekisho.certenroll.providers import Collection

# The bits of a key usage as CryptoAPI writes them.
USAGES = {
    "digital_signature": 0x80,
    "content_commitment": 0x40,
    "key_encipherment": 0x20,
    "data_encipherment": 0x10,
    "key_agreement": 0x08,
    "key_cert_sign": 0x04,
    "crl_sign": 0x02,
    "encipher_only": 0x01,
    "decipher_only": 0x8000,
}


class ObjectId(ComObject):
    """IObjectId."""

    prog_id = f"{PREFIX}CObjectId"
    readable = ("Value",)
    methods = ("InitializeFromValue",)
    identifier: x509.ObjectIdentifier | None = None

    def initialize_from_value(self, value: Value) -> None:
        """Become this identifier, in dots."""
        try:
            self.identifier = x509.ObjectIdentifier(str(value))
        except ValueError as problem:
            raise ComError(INVALID_ARGUMENT) from problem

    def oid(self) -> x509.ObjectIdentifier:
        """The identifier."""
        if self.identifier is None:
            raise ComError(BLANK)
        return self.identifier

    def value(self) -> str:
        """The same in dots."""
        return self.oid().dotted_string


class ObjectIds(Collection):
    """IObjectIds."""

    prog_id = f"{PREFIX}CObjectIds"
    holds = ObjectId

    def oids(self) -> list[x509.ObjectIdentifier]:
        """The identifiers."""
        return [one.oid() for one in self._items() if isinstance(one, ObjectId)]


class DistinguishedName(ComObject):
    """IX500DistinguishedName."""

    prog_id = f"{PREFIX}CX500DistinguishedName"
    readable = ("Name",)
    methods = ("Encode",)
    encoded: x509.Name | None = None

    def encode(self, text: Value, flags: Value = 0) -> None:
        """Become the name that is written so: CN=…, OU=…, O=…, C=…."""
        try:
            self.encoded = names.read(str(text), number(flags))
        except ValueError as problem:
            raise ComError(BAD_NAME) from problem

    def x509_name(self) -> x509.Name:
        """The name."""
        if self.encoded is None:
            raise ComError(BLANK)
        return self.encoded

    def name(self) -> str:
        """The same in letters."""
        return self.x509_name().rfc4514_string()


class Extension(ComObject):
    """What the extensions have in common."""

    properties: ClassVar[Mapping[str, Value]] = {"Critical": False}
    methods = ("InitializeEncode",)
    content: x509.ExtensionType | None = None

    def settle(self, content: x509.ExtensionType) -> None:
        """Become this extension, once."""
        if self.content is not None:
            raise ComError(ALREADY_INITIALIZED)
        self.content = content

    def built(self) -> tuple[x509.ExtensionType, bool]:
        """The extension, and whether it is critical."""
        if self.content is None:
            raise ComError(BLANK)
        return self.content, self.values["Critical"]


class EnhancedKeyUsage(Extension):
    """IX509ExtensionEnhancedKeyUsage."""

    prog_id = f"{PREFIX}CX509ExtensionEnhancedKeyUsage"

    def initialize_encode(self, identifiers: Value) -> None:
        """Become the list of these purposes."""
        self.settle(x509.ExtendedKeyUsage(an_object(identifiers, ObjectIds).oids()))


class KeyUsage(Extension):
    """IX509ExtensionKeyUsage."""

    prog_id = f"{PREFIX}CX509ExtensionKeyUsage"

    def initialize_encode(self, flags: Value) -> None:
        """Become the usages that these bits say."""
        bits = {usage: bool(number(flags) & bit) for usage, bit in USAGES.items()}
        try:
            self.settle(x509.KeyUsage(**bits))
        except ValueError as problem:
            raise ComError(INVALID_ARGUMENT) from problem


class Extensions(Collection):
    """IX509Extensions."""

    prog_id = f"{PREFIX}CX509Extensions"
    holds = Extension

    def built(self) -> list[tuple[x509.ExtensionType, bool]]:
        """The extensions."""
        return [one.built() for one in self._items() if isinstance(one, Extension)]
