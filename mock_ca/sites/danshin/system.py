"""The danshin system: its sites, issuing CAs and people."""

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
from mock_ca.sites.danshin.defects import DEFECTS
from mock_ca.sites.danshin.enrol import DanshinEnrolment
from mock_ca.sites.danshin.figures import CAPTIONS, FIGURES, KINDS, NISSAY, SHARED
from mock_ca.sites.danshin.letters import DanshinLetters
from mock_ca.sites.danshin.renew import DanshinRenewal
from mock_ca.sites.danshin.service import NissayService, SharedService, WebService
from mock_ca.sites.danshin.words import WORDS
from mock_ca.system import Asks, Site

TITLE = "サイバートラスト マネージドPKI"
ENROL = Paths("/NissayInformationTechnologyKDanshinnetCA/pages/ee/")
RENEW = Paths("/NissayInformationTechnologyKDanshinnetCA/pages/renewal/")
POLICY = "?s=Site1&p=CA1/Nissay_Information_Technology_KDanshinnet_Browser"
SERVICES = {
    "service": (SharedService, "/danshinnet/"),
    "nissay": (NissayService, "/danshinnet-nissay/"),
    "web": (WebService, "/danshinweb/"),
}


class Danshin(ManagedPki):
    """団信ネット and 団信Web."""

    name = "danshin"
    title = "団信ネット・団信Web"
    sites = (
        Site("enrol", "クライアント証明書の新規取得", Asks.NOTHING, 18443, ENROL.of("index") + POLICY),
        Site("renew", "クライアント証明書の更新", Asks.REQUIRED, 18444, RENEW.of("index")),
        Site("service", "団信ネット（3社共用）", Asks.OPTIONAL, 18445, "/danshinnet/"),
        Site("nissay", "団信ネット（日本生命）", Asks.OPTIONAL, 18446, "/danshinnet-nissay/"),
        Site("web", "団信Web", Asks.OPTIONAL, 18447, "/danshinweb/"),
    )
    issuers: ClassVar = {
        KINDS.issuers[SHARED]: Title("Nissay Information Technology KDanshinnet CA"),
        KINDS.issuers[NISSAY]: Title("Nissay Information Technology KDanshinnet Nissay CA"),
    }
    defects = DEFECTS
    figures = FIGURES
    kinds = KINDS
    captions = CAPTIONS
    words = WORDS
    templates = Path(__file__).with_name("templates")

    def letters(self, links: dict[str, str]) -> Letters:
        """Its mails."""
        return DanshinLetters(self.office, links)

    def renewal_site(self) -> Renewal:
        """更新."""
        return DanshinRenewal(self.office, "renew", TITLE, RENEW, self.issuing)

    def portal(self, key: str) -> Portal:
        """Enrolment, and the three services."""
        if key == "enrol":
            return DanshinEnrolment(self.office, key, TITLE, ENROL, self.issuing)
        service, prefix = SERVICES[key]
        return service(self.office, key, self.title_of(key), Paths(prefix, "", (("index", prefix),)))

    def person(self, wanted: Traits) -> Subscriber:
        """A clerk of some company."""
        user_id = self.mock.subscribers.new_user_id(self.name, "emp{:05d}")
        return Subscriber(
            user_id=user_id,
            system=self.name,
            name=NAMES[int(user_id[3:]) % len(NAMES)],
            organization="sampleCompany",
            units=("div1-1-1", "div1-1", "div1"),
            mail=f"email.{user_id}@samplecompany.example",
            admin_mail=f"admin.{user_id}@samplecompany.example",
            password_mail=f"password.{user_id}@samplecompany.example",
            pkcs12=wanted.suite,
        )
