"""The profile of the certificates that the portal issued: key, algorithms, validity, names and extensions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reports.compare import noise
from reports.compare.model import ProfileChange
from reports.compare.pairs import StepPair
from sekisho.language import counted, say
from sekisho.results import Certificate, Step

SAME_VALIDITY = 2  # days: a leap day, and the hour of the run
HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
IDENTIFIERS = ("SubjectKeyIdentifier", "AuthorityKeyIdentifier")
CRITICAL = " (critical)"
_VALIDITY = "validity"

Finding = tuple[str, str, str, str, str, bool]


def changes(pairs: list[StepPair], *, alike: bool = True) -> list[ProfileChange]:
    """Every fact that changed, once, with the scenarios in which it did.

    `alike` is whether both runs name their certificates in one language.
    Certificates that were given at the start of a scenario are left out: a target's accounts have older ones.
    """
    found: dict[Finding, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        if not pair.given:
            for before, after in _certificates(pair.before, pair.after, alike=alike):
                for fact, was, became in _facts(before, after):
                    name = say(
                        f"{after.title or after.subject_cn}（{after.issuer_cn}）",
                        f"{after.title or after.subject_cn} ({after.issuer_cn})",
                    )
                    key = (pair.scenario.manual, name, fact, was, became, weaker(fact, was, became))
                    found[key][pair.scenario.base_id] = None
    return [_change(finding, list(scenarios)) for finding, scenarios in found.items()]


def _change(finding: Finding, scenarios: list[str]) -> ProfileChange:
    manual, certificate, fact, before, after, worse = finding
    return ProfileChange(
        manual=manual,
        certificate=certificate,
        fact=fact,
        before=before,
        after=after,
        weaker=worse,
        scenarios=scenarios,
    )


def _certificates(before: Step, after: Step, *, alike: bool) -> Iterator[tuple[Certificate, Certificate]]:
    """The certificates of a step in both runs, by title and order; by their order alone where titles differ anyway."""
    shown = [[one for one in step.evidence if isinstance(one, Certificate)] for step in (before, after)]
    if not alike:
        yield from zip(*shown, strict=False)
        return
    for title in dict.fromkeys(one.title for one in shown[1]):
        yield from zip(*([one for one in side if one.title == title] for side in shown), strict=False)


def _facts(before: Certificate, after: Certificate) -> Iterator[tuple[str, str, str]]:
    """Each fact that is another one: its name, before and after."""
    was, became = profile(before), profile(after)
    for fact in dict.fromkeys([*was, *became]):
        values = was.get(fact, ""), became.get(fact, "")
        if values[0] != values[1] and not (fact == _VALIDITY and _close(*values)):
            yield (fact, *values)


def _close(before: str, after: str) -> bool:
    days = [int(one.split()[0]) for one in (before, after)]
    return abs(days[0] - days[1]) <= SAME_VALIDITY


def profile(certificate: Certificate) -> dict[str, str]:
    """What a certificate has in common with every other one that the same authority issues for the same purpose."""
    facts = {
        "key": certificate.key,
        "signature": certificate.signature,
        _VALIDITY: say(
            f"{(certificate.not_after - certificate.not_before).days} 日",
            counted((certificate.not_after - certificate.not_before).days, "day"),
        ),
        "subject": _shape(certificate.subject),
        "issuer": certificate.issuer,
    }
    return facts | dict(_extension(one, certificate) for one in certificate.extensions)


def _shape(name: str) -> str:
    """The kinds of the parts of a name, in order: whom a certificate names is not its profile."""
    return ", ".join(re.findall(r"(?:^|[,+])([A-Za-z0-9.]+)=", name))


def _extension(text: str, certificate: Certificate) -> tuple[str, str]:
    """An extension's name and its value; identifiers of keys, addresses and the subject's own name are noise."""
    name, _, value = text.partition(": ")
    plain, critical = name.removesuffix(CRITICAL), CRITICAL if name.endswith(CRITICAL) else ""
    if plain in IDENTIFIERS:
        return plain, say(f"あり{critical}", f"present{critical}")
    return plain, noise.plain(value, [certificate.subject, certificate.subject_cn]) + critical


def weaker(fact: str, before: str, after: str) -> bool:
    """Whether a changed fact protects less than before: a shorter key, an older hash, a right gained, a limit lost."""
    match fact:
        case "key":
            return _smaller(before, after)
        case "signature":
            return _hash(after) < _hash(before)
        case "BasicConstraints":
            return not after or ("CA=TRUE" in after and "CA=TRUE" not in before) or _uncritical(before, after)
        case "KeyUsage" | "ExtendedKeyUsage":
            return not after or not _purposes(after) <= _purposes(before) or _uncritical(before, after)
        case _:
            return _uncritical(before, after)


def _smaller(before: str, after: str) -> bool:
    kinds = [one.rpartition("-")[0] for one in (before, after)]
    sizes = [re.search(r"(\d+)\D*$", one) for one in (before, after)]
    return kinds[0] == kinds[1] and bool(sizes[0] and sizes[1]) and int(sizes[1][1]) < int(sizes[0][1])  # type: ignore[index]


def _hash(signature: str) -> int:
    """The rank of a signature's hash; one without a name (Ed25519, PSS) is not compared and ranks highest."""
    name = signature.lower().replace("-", "")
    return next((rank for rank, one in enumerate(HASHES) if one in name), len(HASHES))


def _uncritical(before: str, after: str) -> bool:
    return before.endswith(CRITICAL) and not after.endswith(CRITICAL)


def _purposes(value: str) -> set[str]:
    return set(value.removesuffix(CRITICAL).split(", ")) if value else set()
