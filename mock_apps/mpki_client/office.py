"""What the program does when its windows have asked for everything: make a key, have it certified, store it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from mock_apps.base import Agent, Defects, Held, Proxy, RefusedError, Settings, Store, StoreError, Told

ISSUER = "Online Billing NW Common Root CA"
BITS = 2048


@dataclass(frozen=True)
class Renewed:
    """A new certificate with its key, and the id of the request that it was issued for."""

    request_id: str
    certificate: x509.Certificate
    chain: list[x509.Certificate]
    key: rsa.RSAPrivateKey = field(repr=False)


@dataclass(frozen=True)
class Reminder:
    """How long a certificate will still be valid, in the authority's words."""

    subject: str
    ends: str
    left: str


class Office:
    """The authority's agent at one end, the certificate store at the other."""

    def __init__(self, settings: Settings, defects: Defects) -> None:
        """Take the addresses; who the proxy and the keys are to be used by is not known yet."""
        self._settings = settings
        self.store = Store(settings.store)
        through = bool(settings.proxy) and not defects.broken("client-ignores-proxy")
        self._proxy = None
        if through:
            self._proxy = Proxy.at(settings.proxy, knows_ntlm=not defects.broken("client-without-ntlm"))

    def certificates(self) -> list[Held]:
        """All certificates of the user on this PC."""
        return self.store.held()

    def unlock(self, pin: str) -> bool:
        """Take a password for the private keys; false when it is not the one."""
        store = Store(self._settings.store, pin)
        if not store.unlocked():
            return False
        self.store = store
        return True

    def pass_proxy(self, user: str, password: str) -> None:
        """Take a user and his password for the proxy. Raises ProxyPasswordError when it does not, OSError."""
        assert self._proxy
        known, agent = self._proxy.known_to(user, password), urlsplit(self._settings.agents["agent"])
        assert agent.hostname
        assert agent.port
        known.open(agent.hostname, agent.port).close()
        self._proxy = known

    def reminder(self, held: Held) -> Reminder | None:
        """What the authority wants the user to be reminded of today. Raises RefusedError, ProxyPasswordError."""
        told = self._ask(None, "notice", serial=f"{held.certificate.serial_number:x}")
        return Reminder(common_name(held), str(told["ends"]), str(told["left"])) if told["due"] else None

    def renew(self, held: Held) -> Renewed:
        """Make a key and have it certified. Raises RefusedError with why not, ProxyPasswordError."""
        key = rsa.generate_private_key(65537, BITS)
        asked = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
        told = self._ask(held, "renew", pkcs10=asked.public_bytes(Encoding.PEM).decode())
        own, *chain = told.certificates()
        return Renewed(str(told["request_id"]), own, chain, key)

    def confirm(self, held: Held, renewed: Renewed) -> None:
        """Tell the authority that the renewed certificate is here. Raises RefusedError, ProxyPasswordError."""
        self._ask(held, "taken", request_id=renewed.request_id)

    def _ask(self, held: Held | None, what: str, **about: str) -> Told:
        address, root = self._settings.agents["agent"], self._settings.server_root
        try:
            return Agent(address, root, self.store, held, self._proxy).ask(what, about)
        except (OSError, StoreError) as problem:
            raise RefusedError(f"認証局に接続できません。（{problem}）") from problem


def common_name(held: Held) -> str:
    """発行先."""
    return str(held.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def issuer_name(held: Held) -> str:
    """The issuer's common name."""
    found = held.certificate.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""
