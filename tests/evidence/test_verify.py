"""Packages as they are, changed, and made up: what `verify` finds."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509

from reports.package import content, dsse, keys
from reports.package.archive import pack
from reports.package.verify import Verification, verify
from sekisho.verdict import ConfigurationProblemError

from .conftest import KINDS, Authority, Made, Make, cert_pem, failed, new_key

Write = Callable[..., Path]
RUN = "run.json"


def checked(path: Path, made: Made, roots: list[x509.Certificate] | None = None) -> Verification:
    """What is found with the right key, or with roots alone."""
    return verify(path, None if roots else made.key.public_key(), roots or [])


def said(found: Verification) -> str:
    """Everything that is wrong."""
    return "\n".join(found.problems)


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_verifies_with_its_signers_key(make: Make, on_disk: Write, kind: str) -> None:
    """And says who tested what."""
    made = make(failed(), kind=kind)
    found = checked(on_disk(made.package), made)

    assert found.problems == []
    assert found.trusted
    assert found.certified
    assert found.certified.tester == "試験 太郎"
    assert found.results
    assert found.results.run.product


def test_a_package_is_verified_in_another_language_than_its_own(
    make: Make, on_disk: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its reports are compared with those in its language; what is wrong is said in the verifier's."""
    monkeypatch.setenv("SEKISHO_LANG", "en")
    made = make(failed())
    monkeypatch.setenv("SEKISHO_LANG", "ja")
    found = checked(on_disk(made.package), made)
    changed = made.with_files({"report.html": b"<html>"})

    assert found.certified
    assert (found.problems, found.certified.language) == ([], "en")
    assert not [one for one in found.hints if "report.html" in one or "conformance.csv" in one]
    assert "report.html: 中身が変わっています。" in said(checked(on_disk(changed), made))


def test_without_a_key_or_root_nobody_is_trusted(make: Make, on_disk: Write) -> None:
    """The package's own key proves only that it belongs together."""
    found = verify(on_disk(make().package), None, [])
    assert found.problems == []
    assert not found.trusted


def test_another_key_is_found(make: Make, on_disk: Write) -> None:
    """Of whatever kind."""
    made = make()
    for kind in KINDS:
        assert "--key" in said(verify(on_disk(made.package), new_key(kind).public_key(), []))


def test_every_changed_byte_is_found(make: Make, on_disk: Write) -> None:
    """Hundreds of places all over the package, and every place of the envelope's end, where key and signature are."""
    made = make()
    places = random.Random(1).sample(range(len(made.package)), 250)  # noqa: S311 - places to try, not secrets
    start = made.package.index(made.files[content.ATTESTATION])
    end = start + len(made.files[content.ATTESTATION])
    unnoticed = []
    for place in (*places, *range(end - 300, end), *range(len(made.package) - 100, len(made.package))):
        changed = bytearray(made.package)
        changed[place] ^= 1 << (place % 8)
        if not checked(on_disk(bytes(changed)), made).problems:
            unnoticed.append(place)
    assert unnoticed == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({RUN: b"{}"}, f"{RUN}: 中身が変わって"),
        ({"report.html": b"<p>all is well</p>"}, "report.html: 中身が変わって"),
        ({"statement.pdf": b"%PDF another"}, "statement.pdf: 中身が変わって"),
        ({"scenarios/danshin-00.json": None}, "scenarios/danshin-00.json: なくなって"),
        ({"extra.txt": b"read me first"}, "extra.txt: 署名されていない"),
        ({content.PUBLIC_KEY: None}, content.PUBLIC_KEY),
        ({content.ATTESTATION: None}, "封筒"),
        ({content.ATTESTATION: b"{}"}, "封筒"),
        ({content.ATTESTATION: b"[" * 100_000}, "封筒"),
    ],
    ids=[
        "results",
        "report",
        "statement",
        "removed",
        "added",
        "no key",
        "no envelope",
        "empty envelope",
        "deep envelope",
    ],
)
def test_a_changed_removed_or_added_file_is_named(
    make: Make, on_disk: Write, changes: dict[str, bytes | None], named: str
) -> None:
    """In a package that is written properly otherwise."""
    made = make()
    assert named in said(checked(on_disk(made.with_files(changes)), made))


def edited(made: Made, change: Callable[[dict[str, object]], object]) -> bytes:
    """A package whose envelope was edited as JSON and written as certify writes it."""
    envelope = made.envelope
    change(envelope)
    return made.with_files({content.ATTESTATION: (json.dumps(envelope, separators=(",", ":")) + "\n").encode()})


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(payloadType="text/plain"),
        lambda one: one.update(extra=1),
        lambda one: one["signatures"].append(one["signatures"][0]),
        lambda one: one["signatures"][0].update(keyid=""),
        lambda one: one["signatures"][0].update(sig="AAAA"),
        lambda one: one.update(signatures=[]),
        lambda one: one.update(payload=one["payload"] + "\n"),
        lambda one: one.pop("payload"),
        lambda one: one.update(signatures=7),
    ],
    ids=["type", "field", "two signatures", "key id", "signature", "no signature", "base64", "no payload", "number"],
)
def test_an_edited_envelope_is_found(make: Make, on_disk: Write, change: Callable[[dict[str, object]], object]) -> None:
    """Also where the payload and its signature are still good."""
    made = make()
    assert checked(on_disk(edited(made, change)), made).problems


def test_an_envelope_with_other_spaces_is_found(make: Make, on_disk: Write) -> None:
    """It means the same and is not the same."""
    made = make()
    loose = json.dumps(made.envelope, indent=1).encode()
    assert "封筒" in said(checked(on_disk(made.with_files({content.ATTESTATION: loose})), made))


def test_a_forger_with_a_key_of_his_own_is_found(make: Make, on_disk: Write) -> None:
    """Everything changed consistently: only the verifier's own knowledge of the key helps."""
    made, forger = make(failed()), new_key("ec")
    payload = dsse.read(made.files[content.ATTESTATION]).payload.replace(b'"FAILED"', b'"PASSED"')
    forged = made.signed_again(payload, forger)
    assert "--key" in said(checked(on_disk(forged), made))


def test_a_verdict_that_the_results_do_not_bear_is_found(make: Make, on_disk: Write) -> None:
    """Though it is signed with the right key."""
    made = make(failed())
    payload = dsse.read(made.files[content.ATTESTATION]).payload
    assert b'"FAILED"' in payload
    assert "一致しません" in said(checked(on_disk(made.signed_again(payload.replace(b'"FAILED"', b'"PASSED"'))), made))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b'{"_type": "https://in-toto.io/Statement/v1"}',
        b"\xff\xfe",
        json.dumps(
            {
                "_type": "x",
                "predicateType": "y",
                "subject": [],
                "predicate": {
                    "configuration": [{"annotations": {"tester": "", "certified": "2026-11-21T00:00:00+00:00"}}]
                },
            }
        ).encode(),
    ],
    ids=["nothing", "null", "half", "no text", "another type"],
)
def test_a_signed_something_else_is_found(make: Make, on_disk: Write, payload: bytes) -> None:
    """The key may sign other things too: they are no packages."""
    made = make()
    assert "署名された内容" in said(checked(on_disk(made.signed_again(payload)), made))


def test_a_package_repacked_by_another_program_is_found(make: Make, on_disk: Write, tmp_path: Path) -> None:
    """Same files, another ZIP."""
    made = make()
    path = on_disk(made.package)
    shutil.unpack_archive(path, tmp_path / "out")
    again = Path(shutil.make_archive(str(tmp_path / "again"), "zip", tmp_path / "out"))
    assert checked(again, made).problems


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04"], ids=["nothing", "text", "a beginning"])
def test_what_is_no_package_is_found(make: Make, on_disk: Write, data: bytes) -> None:
    """Without a traceback."""
    assert checked(on_disk(data), make()).problems


def test_a_package_without_files_is_found(make: Make, on_disk: Write) -> None:
    """Nothing but an unrelated file."""
    assert checked(on_disk(pack({"a": b"x"})), make()).problems


def test_a_package_that_is_not_there_is_wrong_usage(tmp_path: Path, make: Make) -> None:
    """Exit code 2, not a verdict on a package."""
    with pytest.raises(ConfigurationProblemError, match="nowhere"):
        checked(tmp_path / "nowhere.zip", make())
    with pytest.raises(ConfigurationProblemError, match="読めません"):
        checked(tmp_path, make())


class TestRoots:
    """The signer named by a certificate, and trusted through a root."""

    def test_a_certificate_leads_to_its_root(self, make: Make, on_disk: Write) -> None:
        """Directly, and through an authority between."""
        root, other = Authority(), Authority()
        direct = make(certificates=lambda key: [root.issue("試験者", key)])
        found = checked(on_disk(direct.package), direct, [other.certificate, root.certificate])
        assert (found.problems, found.trusted, found.signer) == ([], True, "CN=試験者")

    def test_an_authority_between_is_used(self, make: Make, on_disk: Write) -> None:
        """It comes with the package."""
        root, middle = Authority(), Authority("中間")
        link = root.issue("中間", middle.key.public_key(), ca=True)
        made = make(certificates=lambda key: [middle.issue("試験者", key), link])
        assert checked(on_disk(made.package), made, [root.certificate]).problems == []

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda _, key: [Authority().issue("試験者", key)], "署名は"),
            (lambda _, key: [Authority("別の認証局").issue("試験者", key)], "発行者の証明書がありません"),
            (lambda root, key: [root.issue("試験者", key, days=(-900, -800))], "有効ではありません"),
            (
                lambda root, key: [
                    root.issue("試験者", key, extra=x509.NameConstraints([x509.DNSName("a.test")], None))
                ],
                "重要な拡張",
            ),
            (lambda root, key: [root.issue("試験者", key, extra=usage(sign=False))], "digitalSignature"),
        ],
        ids=["other key", "other issuer", "expired", "unknown extension", "not for signing"],
    )
    def test_a_certificate_that_does_not_lead_there_is_found(
        self,
        make: Make,
        on_disk: Write,
        change: Callable[[Authority, keys.PublicKey], list[x509.Certificate]],
        words: str,
    ) -> None:
        """With the reason."""
        root = Authority()
        made = make(certificates=lambda key: change(root, key))
        assert words in said(checked(on_disk(made.package), made, [root.certificate]))

    def test_a_person_is_no_authority(self, make: Make, on_disk: Write) -> None:
        """A certificate issued with another person's certificate."""
        root, person = Authority(), Authority("ただの人", ca=False)
        link = root.issue("ただの人", person.key.public_key())
        made = make(certificates=lambda key: [person.issue("試験者", key), link])
        assert "認証局の証明書ではありません" in said(checked(on_disk(made.package), made, [root.certificate]))

    def test_an_authority_too_many_is_found(self, make: Make, on_disk: Write) -> None:
        """The root allows none between."""
        root, middle = Authority(path_length=0), Authority("中間")
        link = root.issue("中間", middle.key.public_key(), ca=True)
        made = make(certificates=lambda key: [middle.issue("試験者", key), link])
        assert "pathLen" in said(checked(on_disk(made.package), made, [root.certificate]))

    def test_authorities_that_issued_each_other_lead_nowhere(self, make: Make, on_disk: Write) -> None:
        """Nor does a root of their own that nobody trusts."""
        one, two = Authority("甲"), Authority("乙")
        ring = [one.issue("乙", two.key.public_key(), ca=True), two.issue("甲", one.key.public_key(), ca=True)]
        for others in (ring, [one.certificate], [*ring, one.certificate, two.certificate]):
            made = make(certificates=lambda key, others=others: [one.issue("試験者", key), *others])
            assert "信頼するルート証明書に至りません" in said(
                checked(on_disk(made.package), made, [Authority().certificate])
            )

    def test_a_package_without_a_certificate_has_no_root(self, make: Make, on_disk: Write) -> None:
        """And says what to use instead."""
        made = make()
        assert "--key" in said(checked(on_disk(made.package), made, [Authority().certificate]))

    def test_a_certificate_put_in_later_is_found(self, make: Make, on_disk: Write) -> None:
        """Somebody else's name on a package."""
        made, root = make(), Authority()
        named = cert_pem(root.issue("別人", new_key("ec").public_key()))
        package = made.with_files({content.CERTIFICATE: named})
        assert checked(on_disk(package), made, [root.certificate]).problems


def usage(*, sign: bool) -> x509.KeyUsage:
    """A key usage for key agreement only, or for signing."""
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=False,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
