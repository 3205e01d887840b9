"""The cryptographic providers of Windows 7, as a page can list and choose them."""

from __future__ import annotations

from typing import ClassVar

from sekisho.certenroll.errors import BAD_PROVIDER, BLANK, INVALID_ARGUMENT, NOT_FOUND, ComError
from sekisho.certenroll.interface import PREFIX, ComObject, Value, an_object, number

# Name and type; those of type 0 are of the newer kind (CNG).
PROVIDERS = {
    "Microsoft Base Cryptographic Provider v1.0": 1,
    "Microsoft Base DSS Cryptographic Provider": 3,
    "Microsoft Base DSS and Diffie-Hellman Cryptographic Provider": 13,
    "Microsoft Base Smart Card Crypto Provider": 1,
    "Microsoft DH SChannel Cryptographic Provider": 18,
    "Microsoft Enhanced Cryptographic Provider v1.0": 1,
    "Microsoft Enhanced DSS and Diffie-Hellman Cryptographic Provider": 13,
    "Microsoft Enhanced RSA and AES Cryptographic Provider": 24,
    "Microsoft RSA SChannel Cryptographic Provider": 12,
    "Microsoft Strong Cryptographic Provider": 1,
    "Microsoft Software Key Storage Provider": 0,
    "Microsoft Smart Card Key Storage Provider": 0,
}
DEFAULT = "Microsoft Strong Cryptographic Provider"


class CspInformation(ComObject):
    """ICspInformation: one provider."""

    prog_id = f"{PREFIX}CCspInformation"
    readable = (
        "Name",
        "Type",
        "LegacyCsp",
        "Valid",
        "IsSmartCard",
        "IsHardwareDevice",
        "IsRemovable",
        "IsSoftwareDevice",
        "HasHardwareRandomNumberGenerator",
    )
    methods = ("InitializeFromName",)
    chosen = ""

    def initialize_from_name(self, name: Value) -> None:
        """Become the provider of this name."""
        if name not in PROVIDERS:
            raise ComError(BAD_PROVIDER)
        self.chosen = str(name)

    def name(self) -> str:
        """Its name."""
        if not self.chosen:
            raise ComError(BLANK)
        return self.chosen

    def type(self) -> int:
        """Its type (X509ProviderType)."""
        return PROVIDERS[self.name()]

    def legacy_csp(self) -> bool:
        """Whether it is of the older kind (CryptoAPI)."""
        return self.type() != 0

    def valid(self) -> bool:
        """Every provider that is listed works."""
        return bool(self.name())

    def is_smart_card(self) -> bool:
        """Whether its keys are on a card."""
        return "Smart Card" in self.name()

    def is_hardware_device(self) -> bool:
        """Whether its keys are made in a device: of those of Windows itself only on a card."""
        return self.is_smart_card()

    def is_removable(self) -> bool:
        """Whether the device can be taken out."""
        return self.is_smart_card()

    def is_software_device(self) -> bool:
        """Whether its keys are made by the PC."""
        return not self.is_smart_card()

    def has_hardware_random_number_generator(self) -> bool:
        """None of Windows' own says so."""
        return False


class Collection(ComObject):
    """What the control's collections have in common."""

    readable = ("Count",)
    methods: ClassVar[tuple[str, ...]] = ("ItemByIndex", "Add", "Remove", "Clear")
    holds: ClassVar[type[ComObject]]

    def _items(self) -> list[ComObject]:
        items: list[ComObject] = self.__dict__.setdefault("items", [])
        return items

    def count(self) -> int:
        """How many there are."""
        return len(self._items())

    def item_by_index(self, index: Value) -> ComObject:
        """One of them, counted from 0."""
        place = number(index)
        if not 0 <= place < self.count():
            raise ComError(INVALID_ARGUMENT)
        return self._items()[place]

    def add(self, item: Value) -> None:
        """One more."""
        self._items().append(an_object(item, self.holds))

    def remove(self, index: Value) -> None:
        """Without this one."""
        self._items().remove(self.item_by_index(index))

    def clear(self) -> None:
        """Without any."""
        self._items().clear()


class CspInformations(Collection):
    """ICspInformations: some providers."""

    prog_id = f"{PREFIX}CCspInformations"
    methods = (*Collection.methods, "ItemByName")
    asks = ("AddAvailableCsps",)
    holds = CspInformation

    def item_by_name(self, name: Value) -> ComObject:
        """The provider of this name."""
        for one in self._items():
            assert isinstance(one, CspInformation)
            if one.name() == name:
                return one
        raise ComError(NOT_FOUND)

    def add_available_csps(self) -> None:
        """All providers of this PC."""
        for name in PROVIDERS:
            one = CspInformation(self.computer)
            one.initialize_from_name(name)
            self.add(one)
