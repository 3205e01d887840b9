"""What the program does when its windows have asked for everything: log in, make a key, have it certified, store it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from mock_apps.base import (
    Agent,
    Held,
    Proxy,
    ProxyPasswordError,
    RefusedError,
    SerialReusedError,
    Settings,
    Store,
    StoreError,
    Told,
)

UNIT = "ANSER-WEB(BizSOL)"
BITS = 2048


@dataclass(frozen=True)
class Result:
    """What the agent says that it has issued."""

    organization: str
    organization_unit: str
    common_name: str
    serial: str


class Office:
    """The bank's agent at one end, the certificate store at the other."""

    def __init__(self, settings: Settings, store: Store) -> None:
        """Take the addresses, and from the page that started the program the visit that it belongs to."""
        self._settings, self._store = settings, store
        self._visit = urlsplit(settings.address).query

    def certificates(self) -> list[Held]:
        """The bank's certificates on this PC."""
        return [one for one in self._store.held() if UNIT in one.certificate.subject.rfc4514_string()]

    def log_in(self, held: Held | None, login_id: str, password: str) -> str:
        """Log in, to renew a certificate or to get the first one; gives the agent's name for the stay."""
        told = self._ask(held, "login", login_id=login_id, password=password, visit=self._visit)
        return str(told["stay"])

    def issue(self, held: Held | None, stay: str, one_time_password: str) -> Result:
        """Make a key, have it certified and put both into the store."""
        key = rsa.generate_private_key(65537, BITS)
        asked = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
        pem = asked.public_bytes(Encoding.PEM).decode()
        told = self._ask(held, "issue", stay=stay, one_time_password=one_time_password, pkcs10=pem)
        own, *chain = told.certificates()
        try:
            self._store.add(key, own, chain)
        except SerialReusedError as problem:
            raise RefusedError(f"同じシリアル番号の証明書があるため、取り込めません。（{problem}）") from problem
        except StoreError as problem:
            raise RefusedError(f"証明書をこのパソコンに取り込めません。（{problem}）") from problem
        return Result(**{name: str(told[name]) for name in Result.__dataclass_fields__})

    def _ask(self, held: Held | None, what: str, **about: str) -> Told:
        name = "agent-renew" if held else "agent"
        proxy = Proxy.at(self._settings.proxy) if self._settings.proxy else None
        agent = Agent(self._settings.agents[name], self._settings.server_root, self._store, held, proxy)
        try:
            return agent.ask(what, about)
        except (OSError, StoreError, ProxyPasswordError) as problem:
            raise RefusedError(f"サーバーに接続できません。（{problem}）") from problem


def described(held: Held) -> str:
    """A certificate as the list names it."""
    names = {NameOID.COMMON_NAME: "CN", NameOID.ORGANIZATIONAL_UNIT_NAME: "OU", NameOID.ORGANIZATION_NAME: "O"}
    parts = [(names.get(one.oid, ""), str(one.value)) for one in reversed(list(held.certificate.subject))]
    return ", ".join(f"{name}={value}" for name, value in parts if name)
