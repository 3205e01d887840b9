"""Checking a package, offline: every byte, the signatures, and that what was signed is what the results say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reports.package import agreement, apart, archive, chain, content, dsse, keys, readiness, statement
from reports.package.apart import Stamp, StampError
from reports.package.paper_statement import Signer
from reports.reading import Results, read
from sekisho.language import say
from sekisho.machine import files as sekisho_files
from sekisho.machine import tempfolders
from sekisho.verdict import ConfigurationProblemError

SHOWN = 20
CLOCKS = timedelta(minutes=5)  # so much two clocks that are looked after may differ
LATE = timedelta(days=1)


@dataclass
class Verification:
    """What was found: facts about the package, what is wrong with it, and what its reader should know."""

    files: int = 0
    problems: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    results: Results | None = None
    certified: statement.Certified | None = None
    signer: str = ""
    fingerprint: str = ""
    trusted: bool = False
    """Whether the signer was checked against a key or a root that the verifier brought along."""
    stamp: Stamp | None = None
    paper_signed: bool = False
    """Whether the statement on paper bears the signer's signature, too."""


def verify(
    package: Path,
    key: keys.PublicKey | None,
    roots: list[x509.Certificate],
    authorities: Sequence[x509.Certificate] = (),
) -> Verification:
    """Check a package. Raises ConfigurationProblemError only when its file cannot be read.

    The signer is checked against a key or roots, the time stamp against the roots of its authorities; where these are
    given, there has to be one.
    """
    found, data = Verification(), _bytes(package)
    try:
        files = archive.unpack(data)
        envelope = dsse.read(files.get(content.ATTESTATION, b""))
        told = _signed(envelope, files, key, found)
        _check_stamp(files, authorities, found)
        _check_signer(files, roots, found)
        _compare(files, told, found)
        _check_paper(files, found)
        if not found.problems and (wrong := archive.difference(data, files)):
            found.problems.append(wrong)
        if not found.problems:
            _check_results(files, told, found)
    except (archive.ArchiveError, dsse.EnvelopeError, statement.StatementError) as error:
        found.problems.append(str(error))
    return found


def _bytes(package: Path) -> bytes:
    try:
        return sekisho_files.read(package.resolve(), archive.LARGEST * 2)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead to each other, before Python 3.13
        why = (
            error.strerror
            if isinstance(error, OSError)
            else say("リンクが輪になっています", "links lead round in a circle")
        )
        raise ConfigurationProblemError(
            say(f"{package}: 読めません（{why}）。", f"{package}: cannot be read ({why}).")
        ) from error


def _signed(
    envelope: dsse.Envelope, files: dict[str, bytes], key: keys.PublicKey | None, found: Verification
) -> statement.Statement:
    """The statement, after its signature was checked with the verifier's key, or with the one in the package."""
    used = key or _enclosed(files)
    found.fingerprint = keys.fingerprint(used)
    found.trusted = key is not None
    if not envelope.signed_by(used):
        whose = (
            say("--key の鍵", "the key given by --key")
            if key
            else say("パッケージの中の公開鍵", "the public key in the package")
        )
        found.problems.append(
            say(
                f"署名を {whose}（SHA-256 {found.fingerprint[:16]}…）で検証できません。",
                f"The signature does not verify with {whose} (SHA-256 {found.fingerprint[:16]}…).",
            )
        )
    elif key and keys.fingerprint(_enclosed(files)) != found.fingerprint:
        found.problems.append(
            say(
                f"{content.PUBLIC_KEY} は署名した鍵ではありません。",
                f"{content.PUBLIC_KEY} is not the key that signed.",
            )
        )
    told = statement.read(envelope.payload)
    found.certified = told.certified
    return told


def _enclosed(files: dict[str, bytes]) -> keys.PublicKey:
    try:
        return keys.parse_public_key(files[content.PUBLIC_KEY])
    except (KeyError, ValueError) as error:
        raise dsse.EnvelopeError(
            say(
                f"{content.PUBLIC_KEY} がないか、公開鍵ではありません。",
                f"{content.PUBLIC_KEY} is missing, or no public key.",
            )
        ) from error


def _check_stamp(files: Mapping[str, bytes], authorities: Sequence[x509.Certificate], found: Verification) -> None:
    """The time stamp over the attestation's bytes, and that it is not older than what it stamps."""
    if content.TIMESTAMP not in files:
        if authorities:
            found.problems.append(
                say(
                    f"{content.TIMESTAMP} がありません。このパッケージにタイムスタンプは付いていません。",
                    f"{content.TIMESTAMP} is missing. This package has no time stamp.",
                )
            )
        return
    try:
        found.stamp = apart.stamp(files[content.TIMESTAMP], files[content.ATTESTATION], authorities)
    except StampError as error:
        found.problems.append(f"{content.TIMESTAMP}: {error}")
        return
    assert found.certified
    certified, stamped = found.certified.when, found.stamp.when
    if stamped + CLOCKS < certified:
        found.problems.append(
            say(
                f"タイムスタンプ（{stamped:%Y-%m-%d %H:%M}）が、証明した日時より前です。",
                f"The time stamp ({stamped:%Y-%m-%d %H:%M}) is earlier than the time of certification.",
            )
        )
    elif stamped - LATE > certified:
        found.hints.append(
            say(
                f"タイムスタンプ（{stamped:%Y-%m-%d %H:%M}）は、証明した日時より一日以上あとのものです。",
                f"The time stamp ({stamped:%Y-%m-%d %H:%M}) is more than a day later than the time of certification.",
            )
        )
    if not found.stamp.trusted:
        found.hints.append(
            say(
                "タイムスタンプ局は確かめていません。局の認証局の証明書を --tsa-root に指定してください。",
                "The time stamping authority was not checked. Give the certificate of its certification authority "
                "by --tsa-root.",
            )
        )


def _check_paper(files: Mapping[str, bytes], found: Verification) -> None:
    """The signature within the statement on paper, where it has one: whole, and by the one who signed the package."""
    pdf = files.get(content.STATEMENT, b"")
    if b"/ByteRange" not in pdf:
        return
    told = apart.signed(pdf)
    if told is None or told.count != 1 or not told.whole:
        found.problems.append(
            say(
                f"{content.STATEMENT}: PDF の中の署名が壊れているか、署名のあとに PDF が変えられています。",
                f"{content.STATEMENT}: the signature in the PDF is damaged, or the PDF was changed after it was "
                "signed.",
            )
        )
    elif told.certificate != _first(files):
        found.problems.append(
            say(
                f"{content.STATEMENT}: PDF の中の署名が、パッケージに署名した人のものではありません。",
                f"{content.STATEMENT}: the signature in the PDF is not by the one who signed the package.",
            )
        )
    else:
        found.paper_signed = True


def _first(files: Mapping[str, bytes]) -> bytes:
    """The signer's certificate in DER; nothing where there is none that can be read."""
    try:
        return keys.parse_certificates(files[content.CERTIFICATE])[0].public_bytes(Encoding.DER)
    except (KeyError, ValueError):
        return b""


def _check_signer(files: dict[str, bytes], roots: list[x509.Certificate], found: Verification) -> None:
    """The certificate in the package: it must be the signing key's, and with roots it must lead up to one of them."""
    if content.CERTIFICATE not in files:
        if roots:
            found.problems.append(
                say(
                    f"{content.CERTIFICATE} がないため、--root では署名者を確かめられません。--key を使ってください。",
                    f"{content.CERTIFICATE} is missing, so the signer cannot be checked by --root. Use --key.",
                )
            )
        return
    try:
        held = keys.parse_certificates(files[content.CERTIFICATE])
        own = keys.fingerprint(keys.strong(held[0].public_key()))
    except ValueError:
        found.problems.append(say(f"{content.CERTIFICATE} を読めません。", f"{content.CERTIFICATE} cannot be read."))
        return
    found.signer = held[0].subject.rfc4514_string()
    if own != found.fingerprint:
        found.problems.append(
            say(
                f"{content.CERTIFICATE} は署名した鍵の証明書ではありません。",
                f"{content.CERTIFICATE} is not the certificate of the key that signed.",
            )
        )
    elif roots:
        _climb(held, roots, found)


def _climb(held: list[x509.Certificate], roots: list[x509.Certificate], found: Verification) -> None:
    assert found.certified
    stamp = found.stamp
    when = stamp.when if stamp and stamp.trusted else found.certified.when
    if wrong := chain.problem(held, roots, when):
        found.problems.append(say(f"署名者を確かめられません: {wrong}", f"The signer cannot be checked: {wrong}"))
        return
    found.trusted = True
    if held[0].not_valid_after_utc < datetime.now(UTC):
        found.hints.append(
            say(
                f"署名者の証明書は {held[0].not_valid_after_utc:%Y-%m-%d} に期限が切れています（証明した日には有効）。",
                f"The signer's certificate expired on {held[0].not_valid_after_utc:%Y-%m-%d} (it was valid on the "
                "day of certification).",
            )
        )


def _compare(files: dict[str, bytes], told: statement.Statement, found: Verification) -> None:
    """Every file against its signed digest, both ways."""
    present = {name: statement.digest(data) for name, data in files.items() if name not in content.UNSIGNED}
    found.files = len(files)
    wrong = [
        say(f"{name}: 中身が変わっています。", f"{name}: its content has changed.")
        for name in present
        if told.subjects.get(name, present[name]) != present[name]
    ]
    wrong += [
        say(f"{name}: 署名されていないファイルが加わっています。", f"{name}: was added, and is not signed.")
        for name in present
        if name not in told.subjects
    ]
    wrong += [say(f"{name}: なくなっています。", f"{name}: is gone.") for name in told.subjects if name not in present]
    found.problems += wrong[:SHOWN]
    if len(wrong) > SHOWN:
        found.problems.append(
            say(f"ほか {len(wrong) - SHOWN} 件のファイルが違います。", f"{len(wrong) - SHOWN} more files differ.")
        )


def _check_results(files: dict[str, bytes], told: statement.Statement, found: Verification) -> None:
    """What was signed must be what the results in the package say, and they must be such as can be certified."""
    with tempfolders.lent("verify") as place:
        for name, data in files.items():
            if name.startswith(("scenarios/", "pictures/")) or name in content.RESULTS:
                _put(place / name, data)
        try:
            results = read(place)
        except ConfigurationProblemError as error:
            found.problems.append(
                say(f"実行結果を読めません: {error}", f"The results of the run cannot be read: {error}")
            )
            return
        found.results = results
        found.problems += readiness.problems(results)
        if not found.problems:
            agreed = agreement.compare(results, files, told, Signer(found.fingerprint, found.signer))
            found.problems += agreed.problems
            found.hints += agreed.hints


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
