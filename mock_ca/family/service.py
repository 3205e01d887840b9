"""The services of a table: each is opened by the kinds of certificates that the table says."""

from __future__ import annotations

from mock_ca.family.table import Table
from mock_ca.managed_pki.office import Office
from mock_ca.managed_pki.portal import Paths
from mock_ca.managed_pki.service import Service
from mock_ca.registry import Certificate

ANOTHER_KIND = "another-kind-opens-service"


class FamilyService(Service):
    """One of them."""

    def __init__(self, office: Office, key: str, table: Table) -> None:
        """Below a path of its own name."""
        super().__init__(office, key, table.sites[key], Paths(f"/{key}/", "", (("index", f"/{key}/"),)))
        self._table = table
        self.heading = table.word("services", key, f"{self.title} メニュー")

    def fits(self, certificate: Certificate) -> bool:
        """Of a kind that opens it."""
        opens = self.key in self._table.kinds[certificate.which].services
        return opens or self.mock.defects.broken(ANOTHER_KIND)
