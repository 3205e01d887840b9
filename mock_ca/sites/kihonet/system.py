"""The kihonet system: its sites, issuing CA and people."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from mock_ca.authority import Title
from mock_ca.managed_pki.letters import Letters
from mock_ca.managed_pki.portal import Paths, Portal
from mock_ca.managed_pki.provision import NAMES
from mock_ca.managed_pki.renew import Renewal
from mock_ca.managed_pki.system import ManagedPki
from mock_ca.managed_pki.traits import Traits
from mock_ca.registry import Subscriber
from mock_ca.sites.kihonet.defects import DEFECTS
from mock_ca.sites.kihonet.enrol import KihonetEnrolment
from mock_ca.sites.kihonet.figures import CAPTIONS, FIGURES, KIHONET, KINDS
from mock_ca.sites.kihonet.letters import KihonetLetters
from mock_ca.sites.kihonet.renew import KihonetRenewal
from mock_ca.sites.kihonet.service import KihonetService
from mock_ca.sites.kihonet.words import WORDS
from mock_ca.system import Asks, Site

TITLE = "日本生命（企保ネット・N-ナビ） クライアント証明書の新規取得・更新"
CA = "Nippon Life Insurance Company Kihonet CA - G1"
ENROL = Paths("/NipponLifeInsuranceCompanyKihonetCA/ee/")
RENEW = Paths("/NipponLifeInsuranceCompanyKihonetCA/renewal/")
SERVICES = {"service": "/kihonet/", "navi": "/n-navi/"}


class Kihonet(ManagedPki):
    """企保ネット and N-ナビ."""

    name = "kihonet"
    title = "企保ネット・N-ナビ"
    sites = (
        Site("enrol", "クライアント証明書の新規取得", Asks.NOTHING, 18451, ENROL.of("index")),
        Site("renew", "クライアント証明書の更新", Asks.REQUIRED, 18452, RENEW.of("index")),
        Site("service", "企保ネット", Asks.OPTIONAL, 18453, SERVICES["service"]),
        Site("navi", "N-ナビ", Asks.OPTIONAL, 18454, SERVICES["navi"]),
    )
    issuers: ClassVar = {KINDS.issuers[KIHONET]: Title(CA)}
    defects = DEFECTS
    figures = FIGURES
    kinds = KINDS
    captions = CAPTIONS
    words = WORDS
    templates = Path(__file__).with_name("templates")

    def letters(self, links: dict[str, str]) -> Letters:
        """Its mails and the letter to N-ナビ's users."""
        return KihonetLetters(self.office, links)

    def renewal_site(self) -> Renewal:
        """更新."""
        return KihonetRenewal(self.office, "renew", TITLE, RENEW, self.issuing)

    def portal(self, key: str) -> Portal:
        """Enrolment, and the two services."""
        if key == "enrol":
            return KihonetEnrolment(self.office, key, TITLE, ENROL, self.issuing)
        prefix = SERVICES[key]
        return KihonetService(self.office, key, self.title_of(key), Paths(prefix, "", (("index", prefix),)))

    def person(self, wanted: Traits) -> Subscriber:
        """Someone in charge of a company's group insurance; the company is not in his certificate."""
        user_id = self.mock.subscribers.new_user_id(self.name, "K{:07d}")
        return Subscriber(
            user_id=user_id,
            system=self.name,
            name=NAMES[int(user_id[1:]) % len(NAMES)],
            organization="Nippon Life Insurance Company",
            units=(CA,),
            mail=f"tanto.{user_id}@kigyo.example",
            admin_mail="",
            password_mail="",
            pkcs12=wanted.suite,
        )
