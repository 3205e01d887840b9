"""A run that can be certified, keys of every kind, certificates, and packages made of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from pypdf import PdfWriter

from reports.package import certify, content, dsse, keys, paper_statement, paper_text, statement
from reports.package.archive import pack, unpack
from reports.reading import read
from sekisho.browser.channels import BrowserChoice
from sekisho.manual.rows import rows
from sekisho.results import Gap, Product, Run, Scenario
from sekisho.verdict import Verdict
from tests.reports.samples import picture, run, save, save_picture, scenario, step

KINDS = ("ec", "rsa", "ed25519")
WHEN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PRODUCT = Product(name="認証ポータル", version="2.4.1", vendor="見本株式会社", manual_version="2025年4月版")
GAP = Gap(requirement="DAN-RULE-03", reason="次の版で直します", until=WHEN.date() + timedelta(days=90))


def whole(folder: Path) -> list[Scenario]:
    """A scenario for every procedure of the danshin manual, each with a picture."""
    found: dict[str, list[str]] = {}
    for row in rows():
        if row.manual == "danshin":
            found.setdefault(row.procedure, []).extend(row.members)
    shown = picture(save_picture(folder, "one.jpg"))
    return [
        scenario(f"danshin-{number:02}", [step("手順どおりに進める", *ids, evidence=[shown])], procedure=name)
        for number, (name, ids) in enumerate(found.items())
    ]


def ready(folder: Path, *more: Scenario, **changes: object) -> Path:
    """A run's folder that can be certified."""
    facts: Run = run(**({"product": PRODUCT, "gaps": [GAP]} | changes))
    return save(folder, facts, [*whole(folder), *more])


def new_key(kind: str) -> keys.PrivateKey:
    """A private key of one of the kinds."""
    match kind:
        case "ec":
            return ec.generate_private_key(ec.SECP256R1())
        case "rsa":
            return rsa.generate_private_key(65537, 2048)
        case _:
            return ed25519.Ed25519PrivateKey.generate()


def private_pem(key: keys.PrivateKey, password: str = "") -> bytes:
    """A private key as a file has it."""
    hidden = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden)


def paper() -> bytes:
    """A PDF of one empty page."""
    made, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(300, 300)
    writer.write(made)
    return made.getvalue()


@dataclass
class Authority:
    """An authority with its certificate, which issues others."""

    name: str = "検証用ルート"
    key: keys.PrivateKey = field(default_factory=lambda: new_key("ec"))
    path_length: int | None = None
    ca: bool = True
    certificate: x509.Certificate = field(init=False)

    def __post_init__(self) -> None:
        """Sign its own certificate."""
        self.certificate = self.issue(self.name, self.key.public_key(), ca=self.ca, path_length=self.path_length)

    def issue(
        self,
        name: str,
        key: keys.PublicKey,
        *,
        ca: bool = False,
        path_length: int | None = None,
        days: tuple[int, int] = (-400, 400),
        extra: x509.ExtensionType | None = None,
    ) -> x509.Certificate:
        """A certificate for somebody's key, valid between these days from now."""
        begin, end = (datetime.now(UTC) + timedelta(days=each) for each in days)
        made = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(self.name))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
        )
        if extra:
            made = made.add_extension(extra, critical=True)
        digest = None if isinstance(self.key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
        return made.sign(self.key, digest)


def named(name: str) -> x509.Name:
    """A name with a common name only."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def cert_pem(*certificates: x509.Certificate) -> bytes:
    """Certificates as a file has them."""
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


@dataclass(frozen=True)
class Made:
    """A package, the key that signed it, and its files."""

    package: bytes
    key: keys.PrivateKey

    @property
    def files(self) -> dict[str, bytes]:
        """What is inside."""
        return unpack(self.package)

    @property
    def envelope(self) -> dict[str, object]:
        """The envelope's JSON."""
        found: dict[str, object] = json.loads(self.files[content.ATTESTATION])
        return found

    def with_files(self, changes: dict[str, bytes | None]) -> bytes:
        """A package with files changed, added or (None) taken out, and the signature as it was."""
        found = self.files | {name: data for name, data in changes.items() if data is not None}
        return pack({name: data for name, data in found.items() if changes.get(name, b"") is not None})

    def signed_again(self, payload: bytes, key: keys.PrivateKey | None = None) -> bytes:
        """A package with another payload, signed properly."""
        return self.with_files({content.ATTESTATION: dsse.seal(payload, key or self.key)})


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A package made whole: with the statement printed by the browser."""
    folder = ready(tmp_path_factory.mktemp("run"))
    key = new_key("ec")
    signing = certify.Signing(key, [], "試験 太郎", WHEN)
    return Made(certify.certify(folder, signing, BrowserChoice.resolve(None).path), key)


Make = Callable[..., Made]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes packages quickly: with a few bytes in place of the printed statement."""
    monkeypatch.setattr(paper_statement, "pdf", lambda *_: b"%PDF-1.4 a statement")
    monkeypatch.setattr(paper_text, "read", lambda _: None)

    def made(
        *more: Scenario,
        kind: str = "ec",
        certificates: Callable[[keys.PublicKey], list[x509.Certificate]] | None = None,
    ) -> Made:
        key = new_key(kind)
        held = certificates(key.public_key()) if certificates else []
        signing = certify.Signing(key, held, "試験 太郎", WHEN)
        return Made(certify.certify(ready(tmp_path / "run", *more), signing, Path("unused")), key)

    return made


@pytest.fixture
def on_disk(tmp_path: Path) -> Callable[[bytes, str], Path]:
    """Writes bytes to a file of this test."""

    def write(data: bytes, name: str = "package.zip") -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def predicate_of(folder: Path) -> dict[str, object]:
    """The predicate over a run's folder."""
    return statement.predicate(read(folder))


def failed(name: str = "danshin-bad", verdict: Verdict = Verdict.FAIL, **changes: object) -> Scenario:
    """A scenario with another verdict than PASS."""
    steps = [step("期限を確かめる", "DAN-RULE-03", verdict=verdict)]
    return scenario(name, steps, **({"verdict": verdict, "procedure": "規則"} | changes))
